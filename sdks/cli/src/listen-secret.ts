import { hkdfSync } from 'node:crypto'
import { signWebhook } from '@tapline/signing'
import { Misuse } from './misuse.ts'

const PURPOSE = 'tapline listen: signs what is forwarded to a developer'

/**
 * What `listen` signs with. Made of the secret key, so that it is the same at every start and on every machine of the
 * project's developers and nothing has to be kept on a disk; the key cannot be made of it.
 */
export function listenSecret(secretKey: string): string {
  return `whsec_${Buffer.from(hkdfSync('sha256', secretKey, '', PURPOSE, 32)).toString('base64')}`
}

/** Says at once what would fail at the first event. */
export function requireSecret(secret: string): string {
  try {
    signWebhook({ id: 'evt_1', timestamp: new Date(), body: '', secrets: [secret] })
    return secret
  } catch (error) {
    throw new Misuse(`--secret: ${(error as Error).message}`)
  }
}
