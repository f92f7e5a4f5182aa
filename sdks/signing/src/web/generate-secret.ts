import { GENERATED_BYTES, PREFIX } from '../secret.ts'
import { encodeBase64 } from './hmac.ts'

/**
 * Makes a new signing secret: `whsec_` and the base64 of 32 random bytes, 50 characters. Synchronous. Make one per
 * endpoint, show it once, and store it as you store a password that you have to read back.
 *
 * @example
 * const secret = generateSecret() // 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDQLxkr6eJ0Gg='
 */
export function generateSecret(): string {
  return PREFIX + encodeBase64(crypto.getRandomValues(new Uint8Array(GENERATED_BYTES)))
}
