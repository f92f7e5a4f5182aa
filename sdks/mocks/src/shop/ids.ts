const PREFIXES = {
  customer: 'cus',
  order: 'ord',
  lot: 'lot',
  entry: 'ent',
  hold: 'hld',
  inboxItem: 'inb',
  event: 'evt',
  endpoint: 'whe',
  delivery: 'whd',
  replay: 'whr',
  participant: 'par',
  conversation: 'cnv',
  message: 'msg',
  attachment: 'att',
  agent: 'agt',
  token: 'tok',
  request: 'req',
} as const
export type IdKind = keyof typeof PREFIXES
export type NewId = (kind: IdKind) => string

/** Ids in the form of the real ones that rise in the order in which they are made; the same seed gives the same. */
export function idMaker(seed: number): NewId {
  let made = 0
  const stem = `01MCK${base36(seed, 5)}`
  return (kind) => `${PREFIXES[kind]}_${stem}${base36(++made, 16)}`
}

export const HEX = '0123456789abcdef'
export const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Looks like chance and is none: equal parts give equal text. */
export function scramble(length: number, alphabet: string, ...parts: (string | number)[]): string {
  let hash = 0x811c9dc5
  for (const character of parts.join('\u0001')) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  let text = ''
  for (let index = 0; index < length; index++) {
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + index
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
    text += alphabet[((hash ^ (hash >>> 15)) >>> 0) % alphabet.length]
  }
  return text
}

function base36(number: number, length: number): string {
  return Math.abs(Math.trunc(number)).toString(36).toUpperCase().padStart(length, '0').slice(-length)
}
