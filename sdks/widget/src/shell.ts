import type { Locale } from './locale.ts'
import type { PageInfo } from './page-info.ts'

/** What the script tag says. */
export interface Settings {
  url: string
  key: string
  locale: string | undefined
  theme: string | undefined
  side: string | undefined
  colour: string | undefined
  /** A signed token of who the shopper is. */
  identity: string | undefined
  /** `never`: nothing is kept in the browser. */
  storage: string | undefined
  /** Without a bubble the page opens the chat by itself. */
  bubble: boolean
}

/** Gives a token, or the token itself. */
export type IdentitySource = string | (() => string | Promise<string>)

/** What the loader gives to the panel. */
export interface Shell {
  settings: Settings
  element: HTMLElement
  root: ShadowRoot
  page(): PageInfo
  locale(): Locale
  identity(): IdentitySource | undefined
  emit(name: string, detail?: object): void
  open(): void
  close(): void
  unread(count: number): void
  /** Says that somebody has written, so that nobody is greeted any more. */
  spoken(): void
}

/** What the loader asks of the panel. */
export interface Panel {
  open(): void
  close(): void
  send(text: string): void
  /** Who the shopper is has changed. */
  identify(): void
  /** Language or settings of the shop have changed. */
  redraw(): void
  destroy(): void
}
