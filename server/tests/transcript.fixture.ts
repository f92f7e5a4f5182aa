import type { Answer } from './mock-stories.fixture.ts'

export type Line = { asked: string; status: number; headers: Record<string, unknown>; body: unknown }

const HEADERS = [
  'content-type',
  'www-authenticate',
  'retry-after',
  'idempotency-replayed',
  'preference-applied',
  'allow',
]
const ID = /\b[a-z]{3}_[0-9A-Z]{26}\b/g
const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
/** Of a hold, made from its id. */
const CODE = /^\d{4}$/
/** Of a hold whose order has no id yet; chance makes it. */
const RESERVATION = /\bBONUS[2-9A-HJKMNP-Z]{8}\b/g
const DIGEST = /^[0-9a-f]{32}$/
const ADDRESS = /^(?:http|ws)s?:\/\/[^/]+(?=\/v1\/)/
const FILE = /(?<=^\/v1\/(?:uploads|files)\/)[^?]+.*/
const MINUTE_MS = 60_000
/** What no two shops have alike, or what only people read of the network. */
const OWN: ReadonlySet<string> = new Set([
  'hash',
  'previousHash',
  'referralCode',
  'secret',
  'from',
  'token',
  'renewal',
  'ticket',
  'durationMs',
])

/** What was asked and answered, in terms that two shops can have alike: ids by their order, times by their distance in minutes. */
export function transcript() {
  const startedAt = Date.now()
  const seen = new Map<string, string>()
  const lines: Line[] = []

  const nameOf = (id: string) => {
    if (/0{20}/.test(id)) return id
    const kind = id.slice(0, 3)
    const known =
      seen.get(id) ?? `${kind}#${[...seen.values()].filter((name) => name.startsWith(`${kind}#`)).length + 1}`
    seen.set(id, known)
    return known
  }
  const after = (at: number) => `+${Math.round((at - startedAt) / MINUTE_MS)} min`

  /** In the order of the names, so that ids are named alike. */
  function plain(value: unknown): unknown {
    if (typeof value === 'string')
      return value
        .replace(ID, nameOf)
        .replace(TIME, (time) => after(Date.parse(time)))
        .replace(RESERVATION, 'reservation')
        .replace(DIGEST, 'digest')
        .replace(ADDRESS, '')
        .replace(FILE, 'file')
    if (typeof value === 'number' && value > 1e12) return after(value)
    if (Array.isArray(value)) return value.map(plain)
    if (typeof value !== 'object' || value === null) return value
    const names = Object.keys(value).sort()
    return Object.fromEntries(
      names.map((name) => {
        const field = (value as Record<string, unknown>)[name]
        const isOwn = OWN.has(name) || (name === 'code' && CODE.test(String(field)))
        return [name, isOwn ? name : plain(field)]
      }),
    )
  }

  return {
    lines,
    plain,
    add(method: string, path: string, { status, headers, body }: Answer): void {
      const shown = HEADERS.flatMap((name) => {
        const value = headers.get(name)
        return value === null ? [] : [[name, value] as const]
      })
      lines.push({
        asked: plain(`${method} ${path}`) as string,
        status,
        headers: Object.fromEntries(shown),
        body: plain(body),
      })
    },
  }
}
