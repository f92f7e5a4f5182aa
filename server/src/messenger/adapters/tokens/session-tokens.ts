import { DAY_MS } from '../../../kernel/clock.ts'
import { tokenSigner } from '../../../vault/token-signer.ts'
import type { SessionTokens } from '../../domain/session.ts'

const SESSION_MS = 3_600_000
const RENEWAL_MS = 180 * DAY_MS
export const SESSION_PREFIX = 'st_'

/** Nothing is stored: a token says by itself whose it is. Whether that one may still speak is asked at each use. */
export function sessionTokens(keys: readonly Buffer[]): SessionTokens {
  const sessions = tokenSigner(keys, 'chat session', SESSION_PREFIX)
  const renewals = tokenSigner(keys, 'chat renewal', 'sr_')
  return {
    issue({ projectId, participantId, kind }, now) {
      const expiresAt = now + SESSION_MS
      return { token: sessions.sign([projectId, participantId, kind], expiresAt), expiresAt }
    },

    read(token, now) {
      const read = sessions.read(token)
      if (read === undefined) return undefined
      if (read.expiresAt <= now) return 'expired'
      const [projectId, participantId, kind] = read.claims
      return { projectId: projectId!, participantId: participantId!, kind: kind as 'visitor' | 'customer' }
    },

    renewal: ({ projectId, participantId }, now) =>
      renewals.sign([projectId, participantId], now + RENEWAL_MS),

    readRenewal(token, now) {
      const read = renewals.read(token)
      if (read === undefined || read.expiresAt <= now) return undefined
      const [projectId, participantId] = read.claims
      return { projectId: projectId!, participantId: participantId! }
    },
  }
}
