import type { Instant } from '../../kernel/clock.ts'

/** What a browser carries. A `visitor` proves nothing but that it was here before; a `customer` has proven who it is. */
export type Session = { projectId: string; participantId: string; kind: 'visitor' | 'customer' }

export type SessionTokens = {
  issue(session: Session, now: Instant): { token: string; expiresAt: Instant }
  /** `expired`: it was ours, and is over. */
  read(token: string, now: Instant): Session | 'expired' | undefined
  /** Gives a visitor the next session. A customer proves it again instead. */
  renewal(visitor: Omit<Session, 'kind'>, now: Instant): string
  readRenewal(token: string, now: Instant): Omit<Session, 'kind'> | undefined
}
