import { verifyIdentity as verify } from '@tapline/signing/identity'
import type { Identities } from '../../ports/identities.ts'

const MOST_SECRETS = 10

export const verifyIdentity: Identities['verify'] = (token, secrets) => {
  const result = verify({ token, secrets: secrets.slice(0, MOST_SECRETS) })
  return result.verified ? result.identity : { reason: result.reason }
}
