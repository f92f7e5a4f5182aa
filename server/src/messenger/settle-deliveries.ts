import type { UnitOfWork } from '../kernel/transaction.ts'
import type { DeadLetter, DeliveryState, Due, Plan } from './ports/delivery-state.ts'
import type { Presence } from './ports/presence.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  state: Pick<DeliveryState, 'due' | 'plan' | 'bury'>
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
    const looked = await unitOfWork(async (transaction) => {
      const due = await state.due(transaction, most)
      if (due.length === 0) return []
      const present = await presence.present(
        due.flatMap(({ projectId, lagging }) =>
          lagging.map(({ participantId }) => ({ projectId, participantId })),
        ),
      )
      const verdicts = due.map((one) => judge(one, present))
      await state.plan(transaction, verdicts.map(({ plan }) => plan)) // prettier-ignore
      await state.bury(transaction, verdicts.flatMap(({ letters }) => letters)) // prettier-ignore
      return verdicts
    })
    for (const { outcome } of looked) onSettled(outcome, 1)
    return looked.length === most
  }
}

export function judge(
  { projectId, conversationId, sequence, attempts, lagging }: Due,
  present: ReadonlySet<string> | 'unknown',
): { plan: Plan; letters: DeadLetter[]; outcome: 'delivered' | 'absent' | 'again' | 'dead' } {
  const key = { projectId, conversationId }
  const over: Plan = { ...key, attempts: 0, againInMs: null }
  if (lagging.length === 0) return { plan: over, letters: [], outcome: 'delivered' }
  const there = lagging.filter(({ participantId }) => present === 'unknown' || present.has(participantId))
  if (there.length === 0) return { plan: over, letters: [], outcome: 'absent' }
  const tried = attempts + 1
  if (tried < MOST_ATTEMPTS)
    return {
      plan: { ...key, attempts: tried, againInMs: Math.min(FIRST_MS * 2 ** attempts, LONGEST_MS) },
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
