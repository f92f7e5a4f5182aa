import type { Locale } from './locale.ts'
import type { PageInfo } from './page-info.ts'
import type { Shell } from './shell.ts'
import type { Talk } from './talk.ts'
import type { Say } from './texts.ts'

/** What every view of the panel stands on; language, page and talk are always those of now. */
export interface Stage {
  shell: Shell
  readonly page: PageInfo
  readonly locale: Locale
  readonly say: Say
  readonly talk: Talk
  /** Reads a text out, once. */
  announce(text: string): void
  /** Whether somebody has been proven. */
  readonly isProven: boolean
}

/** A part of the panel. */
export interface View {
  element: HTMLElement
  draw(): void
}
