import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Short statements that come back from outside: whoever shows one can have it from nobody but us, for this purpose. */
export type TokenSigner = {
  sign(claims: readonly string[], expiresAt: number): string
  /** What was signed, and until when; undefined when it was not signed here, for this. Whether it is over is asked by the reader. */
  read(token: string): { claims: string[]; expiresAt: number } | undefined
}

const MOST_CHARACTERS = 600
const MAC_BYTES = 32
const SEPARATOR = '\n'

/**
 * Every purpose has keys of its own, derived from the vault's: a token of one is nothing to another. The newest key signs,
 * each of the list verifies, so that keys can rotate.
 */
export function tokenSigner(keys: readonly Buffer[], purpose: string, prefix = ''): TokenSigner {
  const derived = keys.map((key) =>
    Buffer.from(hkdfSync('sha256', key, '', `tapline token ${purpose}`, MAC_BYTES)),
  )
  const [newest] = derived
  if (newest === undefined) throw new Error('A token signer needs at least one key')
  const mac = (key: Buffer, body: string) => createHmac('sha256', key).update(body).digest()

  return {
    sign(claims, expiresAt) {
      if (claims.some((claim) => claim.includes(SEPARATOR))) throw new Error('A claim must be one line')
      const body = Buffer.from([...claims, expiresAt].join(SEPARATOR)).toString('base64url')
      return `${prefix}${body}.${mac(newest, body).toString('base64url')}`
    },

    read(token) {
      if (token.length > MOST_CHARACTERS || !token.startsWith(prefix)) return undefined
      const [body = '', signature = '', ...more] = token.slice(prefix.length).split('.')
      const shown = Buffer.from(signature, 'base64url')
      // The alphabet is forgiving at its end: a token has one spelling.
      if (more.length > 0 || shown.length !== MAC_BYTES || shown.toString('base64url') !== signature)
        return undefined
      if (!derived.some((key) => timingSafeEqual(mac(key, body), shown))) return undefined
      const claims = Buffer.from(body, 'base64url').toString().split(SEPARATOR)
      return { expiresAt: Number(claims.pop()), claims }
    },
  }
}
