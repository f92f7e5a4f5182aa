import type { Instant } from '../kernel/clock.ts'
import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import { ConcurrentChange } from '../kernel/retryable-error.ts'
import type { becomeCustomer } from './become-customer.ts'
import type { ChatSettings } from './domain/chat-settings.ts'
import type { Participant } from './domain/conversation.ts'
import type { SessionTokens } from './domain/session.ts'
import type { Identities } from './ports/identities.ts'
import type { Proofs } from './ports/proofs.ts'
import type { Participants } from './ports/participants.ts'

type Dependencies = {
  settingsOf: (projectId: string) => Promise<Pick<ChatSettings, 'requireIdentity'>>
  identities: Identities
  proofs: Proofs
  /** Who a customer is by now. */
  find: (
    projectId: string,
    said: { id: string },
  ) => Promise<{ customerId: string; name: string | null } | Refusal>
  become: ReturnType<typeof becomeCustomer>
  participants: Pick<Participants, 'visitor' | 'newVisitor'>
  tokens: SessionTokens
  now: () => Instant
}

export type OpenedSession = {
  token: string
  expiresAt: Instant
  renewal: string | null
  participant: Participant
}

export type Asked = {
  identity?: string | undefined
  telegramProof?: string | undefined
  renewal?: string | undefined
  name?: string | undefined
}

type Proven = { customerId: string; name: string | null }

/** A merge may come between the question who it is and the lock. */
const TRIES = 3

/**
 * A session for a browser. A renewal alone is never more than a visitor's: who shares a computer with a customer must not
 * become that customer.
 */
export function openSession(dependencies: Dependencies) {
  const { settingsOf, identities, proofs, find, become, participants, tokens, now } = dependencies

  /** What can be asked again when the customer was merged meanwhile. */
  async function prove(
    projectId: string,
    { identity, telegramProof }: Asked,
  ): Promise<(() => Promise<Proven | Refusal>) | Refusal | undefined> {
    if (identity !== undefined && telegramProof !== undefined) return refuse('invalid-request')
    if (identity !== undefined) return () => proveBySignature(projectId, identity)
    if (telegramProof === undefined) return undefined
    // Good once, so it is not asked again.
    const proven = await proofs.redeem(projectId, telegramProof)
    if (isRefusal(proven)) return proven
    return async () => {
      const customer = await find(projectId, { id: proven.customerId })
      return isRefusal(customer)
        ? refuse('proof-refused')
        : { customerId: customer.customerId, name: proven.name }
    }
  }

  async function proveBySignature(projectId: string, token: string): Promise<Proven | Refusal> {
    const proven = identities.verify(token, await identities.secretsOf(projectId))
    if ('reason' in proven) return refuse('identity-refused', { reason: proven.reason })
    const customer = await identities.customerOf(projectId, proven)
    return isRefusal(customer) ? customer : { ...customer, name: proven.name?.trim() || null }
  }

  async function visitorOf(projectId: string, earlier: string | undefined, name: string | null) {
    const known = earlier === undefined ? undefined : await participants.visitor(projectId, earlier, name)
    return known ?? participants.newVisitor(projectId, name)
  }

  function sessionOf(
    projectId: string,
    kind: 'visitor' | 'customer',
    participant: Participant,
  ): OpenedSession {
    const session = { projectId, participantId: participant.id }
    return {
      ...tokens.issue({ ...session, kind }, now()),
      renewal: kind === 'visitor' ? tokens.renewal(session, now()) : null,
      participant,
    }
  }

  return async (projectId: string, asked: Asked): Promise<OpenedSession | Refusal> => {
    const { renewal, name } = asked
    const before = renewal === undefined ? undefined : tokens.readRenewal(renewal, now())
    const earlier = before?.projectId === projectId ? before.participantId : undefined
    const who = await prove(projectId, asked)
    if (who !== undefined && isRefusal(who)) return who
    if (who === undefined) {
      if ((await settingsOf(projectId)).requireIdentity) return refuse('identity-required')
      return sessionOf(projectId, 'visitor', await visitorOf(projectId, earlier, name?.trim() ?? null))
    }
    for (let tries = 1; tries <= TRIES; tries++) {
      const proven = await who()
      if (isRefusal(proven)) return proven
      const customer = await become(projectId, proven, earlier)
      if (customer !== undefined) return sessionOf(projectId, 'customer', customer)
    }
    throw new ConcurrentChange('A customer was merged again and again while its session was opened')
  }
}
