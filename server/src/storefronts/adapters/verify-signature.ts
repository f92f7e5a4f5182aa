import { timingSafeEqual } from 'node:crypto'
import { verifyBodySignature, verifyWebhook } from '@tapline/signing'
import { hashSecret } from '../../vault/vault.ts'
import type { Verify } from '../ports/door-keeping.ts'

/** A signature that is sent is always checked; Standard Webhooks goes before X-Signature. */
export const verifySignature: Verify = ({ headers, body, secrets }) => {
  if (headers['webhook-signature'] !== undefined) {
    const result = verifyWebhook({ headers, body, secrets })
    return result.verified ? 'verified' : { failed: result.reason }
  }
  const signature = headers['x-signature']
  if (signature === undefined) return 'unsigned'
  return verifyBodySignature({ body, signature, secrets }) ? 'verified' : { failed: 'x-signature-wrong' }
}

/** Compared by hash, so that neither content nor length shows in the time. */
export function sameSecret(given: string, known: readonly string[]): boolean {
  const hash = hashSecret(given)
  return known.reduce((same, secret) => timingSafeEqual(hash, hashSecret(secret)) || same, false)
}
