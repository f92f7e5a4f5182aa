import { randomBytes } from './hmac.ts'
import { GENERATED_BYTES, PREFIX } from './secret.ts'

/**
 * Makes a new signing secret: `whsec_` and the base64 of 32 random bytes, 50 characters.
 *
 * The same text serves both schemes, but as different keys: {@link signWebhook} uses the 32 decoded bytes,
 * {@link signBody} and {@link signIdentity} the 50 characters as they stand. Make one per endpoint, show it once, and
 * store it as you store a password that you have to read back.
 *
 * @example
 * const secret = generateSecret() // 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDQLxkr6eJ0Gg='
 */
export function generateSecret(): string {
  return PREFIX + randomBytes(GENERATED_BYTES).toString('base64')
}
