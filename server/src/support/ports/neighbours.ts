import type { Locale } from '../../kernel/locale.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** Agents speak in the chat like everybody else. */
export type Participants = {
  /** The same one for the same agent, by its newest name. */
  ofAgent(
    transaction: Transaction,
    projectId: string,
    agent: { agentId: string; name: string },
  ): Promise<{ id: string }>
}

/** The project's audit log: ids only. */
export type Audit = (
  transaction: Transaction,
  projectId: string,
  action: string,
  details: Record<string, unknown>,
) => Promise<void>

export type FindParticipant = (
  projectId: string,
  participantId: string,
) => Promise<{ id: string } | undefined>

/**
 * What was said in conversations in the given times, the oldest first in each; at most one more than `most`. `key` says which
 * of them it belongs to.
 */
export type Transcripts = (
  projectId: string,
  spans: readonly { key: string; conversationId: string; from: Date; until: Date | null }[],
  most: number,
) => Promise<
  {
    key: string
    at: Date
    from: string
    name: string | null
    text: string | null
    file: string | null
  }[]
>

/** What a canned answer can say of a customer. */
export type PocketOf = (
  projectId: string,
  customerId: string,
) => Promise<
  { name: string | null; balance: string; tier: string | null; referralLink: string | null } | undefined
>

/** Gives bonuses, once for an effect's id. */
export type Grant = (
  projectId: string,
  bonus: { customerId: string; amountMinor: number; reason: string; staff: string; effectId: string },
) => Promise<{ available: string } | Refusal>

/** The language of whoever asks, where it is known. */
export type LocaleOf = (
  projectId: string,
  person: { participantId: string; customerId: string | null },
) => Promise<Locale | null>
