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
  const parts = pattern.replace(/(.)\/$/, '$1').split('*')
  return follows(parts, path) || (path.endsWith('/') && follows(parts, path.slice(0, -1)))
}

/** Each part at its first place, the last at the end: a regular expression would try them all. */
function follows([first, ...rest]: string[], path: string): boolean {
  const last = rest.pop()
  if (last === undefined) return path === first
  if (!path.startsWith(first!) || !path.endsWith(last)) return false
  let at = first!.length
  for (const part of rest) {
    const found = path.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at + last.length <= path.length
}
