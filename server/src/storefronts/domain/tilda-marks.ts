import type { Marks } from './command.ts'
import { marksOf } from './marks.ts'
import type { TildaFields } from './tilda-fields.ts'
import { isRecord } from './text.ts'

const MAX_COOKIES = 16_000

/** The utm fields of a form, and behind them those that Tilda keeps in its TILDAUTM cookie. */
export function tildaMarks(fields: Readonly<Record<string, unknown>>, find: TildaFields): Marks | undefined {
  return marksOf([...cookieMarks(find('COOKIES')?.value), ...Object.entries(fields)])
}

/** `TILDAUTM=utm_source%3Dvk%7C%7C%7Cutm_medium%3Dcpc; …`, escaped once, twice or not at all. */
function cookieMarks(cookies: unknown): Array<[string, string]> {
  const kept = isRecord(cookies) ? cookies.TILDAUTM : cookies
  if (typeof kept !== 'string') return []
  const text = kept.slice(0, MAX_COOKIES)
  const marks = isRecord(cookies) ? text : (/(?:^|[;\s])TILDAUTM=((?:amp;|[^;])*)/.exec(text)?.[1] ?? '')
  return unescaped(unescaped(marks))
    .split(/\|{2,3}|&/)
    .map((pair) => pair.replace(/^amp;/, ''))
    .flatMap((pair): Array<[string, string]> => {
      const at = pair.indexOf('=')
      return at < 0 ? [] : [[pair.slice(0, at), unescaped(pair.slice(at + 1))]]
    })
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
