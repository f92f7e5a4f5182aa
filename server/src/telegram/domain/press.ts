/** What stands behind a button: at most 64 bytes, of letters that Telegram counts as one byte each. */
export type Press =
  | { kind: 'language'; locale: string }
  | { kind: 'marketing'; wanted: boolean }
  | { kind: 'unlink' | 'unlink-sure' | 'delete' | 'delete-sure' | 'delete-certain' | 'keep' }
  | { kind: 'settings' | 'ask-language' }
  | { kind: 'new'; topic: string | null }
  | { kind: 'requests'; before: string | null }
  | { kind: 'switch' | 'close' | 'take' | 'card' | 'comment' | 'skip'; ticketId: string }
  | { kind: 'rate'; ticketId: string; score: number }
  | { kind: 'confirm' | 'decline'; holdId: string }
  | { kind: 'link' | 'site'; linkId: string; yes: boolean }
  | { kind: 'relink'; yes: boolean }
  | { kind: 'history'; before: string }

const PLAIN: Readonly<Record<string, Press>> = {
  u: { kind: 'unlink' },
  us: { kind: 'unlink-sure' },
  d: { kind: 'delete' },
  ds: { kind: 'delete-sure' },
  dc: { kind: 'delete-certain' },
  k: { kind: 'keep' },
  s: { kind: 'settings' },
  al: { kind: 'ask-language' },
  m0: { kind: 'marketing', wanted: false },
  m1: { kind: 'marketing', wanted: true },
  n: { kind: 'new', topic: null },
  q: { kind: 'requests', before: null },
  r0: { kind: 'relink', yes: false },
  r1: { kind: 'relink', yes: true },
}
const plainOf = new Map(Object.entries(PLAIN).map(([data, press]) => [JSON.stringify(press), data]))
const OF_TICKET = { sw: 'switch', cl: 'close', tk: 'take', cd: 'card', cm: 'comment', sk: 'skip' } as const
const OF_HOLD = { hc: 'confirm', hd: 'decline' } as const
const OF_LINK = { ln: ['link', false], ly: ['link', true], sn: ['site', false], sy: ['site', true] } as const

export function writePress(press: Press): string {
  switch (press.kind) {
    case 'language':
      return `l:${press.locale}`
    case 'switch':
    case 'close':
    case 'take':
    case 'card':
    case 'comment':
    case 'skip':
      return `${keyOf(OF_TICKET, press.kind)}:${press.ticketId}`
    case 'rate':
      return `rt:${press.ticketId}:${press.score}`
    case 'confirm':
    case 'decline':
      return `${keyOf(OF_HOLD, press.kind)}:${press.holdId}`
    case 'link':
    case 'site':
      return `${press.kind === 'link' ? 'l' : 's'}${press.yes ? 'y' : 'n'}:${press.linkId}`
    case 'history':
      return `h:${press.before}`
    case 'requests':
      return press.before === null ? 'q' : `q:${press.before}`
    case 'new':
      return press.topic === null ? 'n' : `n:${press.topic}`
    default:
      return plainOf.get(JSON.stringify(press))!
  }
}

/** Whatever anybody sends: a client may make up what stands behind a button, so ids in it are still to be checked. */
export function readPress(data: string): Press | undefined {
  if (Object.hasOwn(PLAIN, data)) return PLAIN[data]
  const [, key, first, second] = /^([a-z]{1,2}):([^:]{1,60})(?::([^:]{1,10}))?$/.exec(data) ?? []
  if (key === undefined || first === undefined) return undefined
  if (key === 'rt' && /^[1-5]$/.test(second ?? ''))
    return { kind: 'rate', ticketId: first, score: Number(second) }
  if (second !== undefined) return undefined
  if (key === 'l') return { kind: 'language', locale: first }
  if (key === 'h') return { kind: 'history', before: first }
  if (key === 'q') return { kind: 'requests', before: first }
  if (key === 'n') return { kind: 'new', topic: first }
  if (key in OF_TICKET) return { kind: OF_TICKET[key as keyof typeof OF_TICKET], ticketId: first }
  if (key in OF_HOLD) return { kind: OF_HOLD[key as keyof typeof OF_HOLD], holdId: first }
  if (!(key in OF_LINK)) return undefined
  const [kind, yes] = OF_LINK[key as keyof typeof OF_LINK]
  return { kind, linkId: first, yes }
}

function keyOf(of: Readonly<Record<string, string>>, kind: string): string {
  return Object.entries(of).find(([, value]) => value === kind)![0]
}
