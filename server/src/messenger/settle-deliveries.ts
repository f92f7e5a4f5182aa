import type { UnitOfWork } from '../kernel/transaction.ts'
import type { DeadLetter, DeliveryState, Due, Plan } from './ports/delivery-state.ts'
import type { Presence } from './ports/presence.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  state: Pick<DeliveryState, 'dueSoon' | 'lagging' | 'due' | 'plan' | 'bury'>
  presence: Pick<Presence, 'present'>
  /** How many conversations may be looked at now, at most. */
  budget: () => number
  onSettled: (outcome: 'delivered' | 'absent' | 'again' | 'dead', count: number) => void
}

const FIRST_MS = 2_000
const LONGEST_MS = 300_000
export const MOST_ATTEMPTS = 8

/**
 * Looks after conversations that somebody has not received: who is there is tried again with longer and longer waits, and
 * given up at last, for somebody to see; who is known to be away asks by itself when it comes back. Nothing is lost by
 * giving up, as the log keeps it.
 */
export function settleDeliveries({ unitOfWork, state, presence, budget, onSettled }: Dependencies) {
  return async (): Promise<boolean> => {
    const most = budget()
    const keys = await state.dueSoon(most)
    if (keys.length === 0) return false
    // Asked before anything is locked: a Redis that hangs must not hold up those who write there.
    const lagging = await state.lagging(keys)
    const there = await presence.present(lagging)
    const away =
      there === 'unknown'
        ? there
        : new Set(lagging.map(({ participantId }) => participantId).filter((id) => !there.has(id)))
    const looked = await unitOfWork(async (transaction) => {
      const verdicts = (await state.due(transaction, keys)).map((one) => judge(one, away))
      await state.plan(transaction, verdicts.map(({ plan }) => plan)) // prettier-ignore
      await state.bury(transaction, verdicts.flatMap(({ letters }) => letters)) // prettier-ignore
      return verdicts
    })
    for (const { outcome } of looked) onSettled(outcome, 1)
    return keys.length === most
  }
}

export function judge(
  { projectId, conversationId, sequence, attempts, lagging }: Due,
  /** Known to be away; whoever came in meanwhile is not. */
  away: ReadonlySet<string> | 'unknown',
): { plan: Plan; letters: DeadLetter[]; outcome: 'delivered' | 'absent' | 'again' | 'dead' } {
  const key = { projectId, conversationId }
  const over: Plan = { ...key, attempts: 0, againInMs: null }
  if (lagging.length === 0) return { plan: over, letters: [], outcome: 'delivered' }
  const there = lagging.filter(({ participantId }) => away === 'unknown' || !away.has(participantId))
  if (there.length === 0) return { plan: over, letters: [], outcome: 'absent' }
  const tried = attempts + 1
  // Nobody is given up while nobody can say who is there.
  if (tried < MOST_ATTEMPTS || away === 'unknown')
    return {
      plan: {
        ...key,
        attempts: Math.min(tried, MOST_ATTEMPTS - 1),
        againInMs: Math.min(FIRST_MS * 2 ** attempts, LONGEST_MS),
      },
      letters: [],
      outcome: 'again',
    }
  return {
    plan: over,
    letters: there.map(({ participantId, received }) => ({
      ...key,
      participantId,
      fromSequence: received + 1,
      toSequence: sequence,
      reason: 'not-received',
      attempts: tried,
    })),
    outcome: 'dead',
  }
}
