import { randomBytes } from 'node:crypto'

// No digits alone: an id that looks like the numbers of the old API must never be made.
const ALPHABET = '23456789CFGHJMPQRVWXcfghjmpqrvwx'

export function opaqueId(): string {
  let id = '6X'
  for (const byte of randomBytes(14)) id += ALPHABET[byte % ALPHABET.length]!
  return id
}
