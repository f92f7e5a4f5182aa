import type { Greeting } from './page-info.ts'

const DEFAULT_SECONDS = 10

interface Moment {
  path: string
  /** Whole seconds on this page. */
  seconds: number
  open: boolean
}

/** The first greeting that fits and was not said yet, by its place. */
export function greetingAt(
  greetings: readonly Greeting[],
  said: ReadonlySet<number>,
  { path, seconds, open }: Moment,
): number | undefined {
  for (let index = 0; index < greetings.length; index++) {
    const { paths, afterSeconds = DEFAULT_SECONDS, whenOpen } = greetings[index]!
    if (said.has(index) || seconds < afterSeconds || (whenOpen && !open)) continue
    if (!paths || paths.some((pattern) => fits(pattern, path))) return index
  }
  return undefined
}

/** `*` is anything, also nothing; a slash at the end makes no difference. */
export function fits(pattern: string, path: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.*').replace(/(.)\/$/, '$1')}/?$`).test(path)
}
