import { createHash, timingSafeEqual } from 'node:crypto'
import type { Guard } from '../../../http/serve-contract.ts'
import { refuse } from '../../../kernel/refusal.ts'

type Settings = {
  /** What the storage shows; nobody is let in without one. */
  token: string | undefined
  allow: (bucket: string, limit: number) => Promise<{ allowed: boolean; limit: number; resetSeconds: number }>
}

const WRONG_PER_MINUTE = 60

/** Lets the storage in, and whoever guesses only so often. */
export function storageGuard({ token, allow }: Settings): Guard {
  const expected = token === undefined ? undefined : sha256(token)
  return {
    prefix: '',
    admit: async (bearer, { remoteAddress }) => {
      if (bearer !== undefined && expected !== undefined && timingSafeEqual(sha256(bearer), expected))
        return { caller: { projectId: '', locale: 'en' } }
      const { allowed, limit, resetSeconds } = await allow(
        `wrong-key:${remoteAddress ?? 'unknown'}`,
        WRONG_PER_MINUTE,
      )
      return allowed
        ? refuse('unauthorized')
        : refuse('rate-limited', { limit, retryAfterSeconds: resetSeconds })
    },
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
