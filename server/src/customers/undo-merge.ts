import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Merge } from './domain/merge.ts'
import { emptyGaps } from './domain/profile.ts'
import type { IdentityStore } from './ports/identity-store.ts'
import type { MergeStore } from './ports/merge-store.ts'
import type { Audit, Events } from './ports/neighbours.ts'
import type { Participant } from './ports/participants.ts'
import { whole } from './whole.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  identities: IdentityStore
  merges: MergeStore
  participants: () => readonly Participant[]
  events: Events
  record: Audit
}

/** Makes two of one again: what the merge moved goes back, what came since stays. Undone once, however often it is asked for. */
export function undoMerge({ unitOfWork, identities, merges, participants, events, record }: Dependencies) {
  return (projectId: string, mergeId: string): Promise<Merge | Refusal> =>
    whole(unitOfWork, async (transaction) => {
      const known = await merges.find(transaction, projectId, mergeId)
      if (known === undefined) return refuse('merge-not-found')
      const { from, into } = known
      const locked = await identities.lock(transaction, projectId, [from, into])
      // Read again: whoever had the locks before may have undone it, or erased what it remembers.
      const { record: remembered, ...merge } = (await merges.find(transaction, projectId, mergeId))!
      if (merge.undoneAt !== null) return merge
      const erased = [...locked.values()].find(({ erasedAt }) => erasedAt !== null)
      if (erased !== undefined) return refuse('customer-erased', { customerId: erased.id })
      const later = await merges.laterThan(transaction, projectId, mergeId)
      if (later !== undefined) return refuse('merge-not-newest', { mergeId: later })

      for (const participant of [...participants()].reverse()) {
        const outcome = await participant.undoMerge(transaction, projectId, {
          mergeId,
          from,
          into,
          record: remembered.participants[participant.name] ?? {},
        })
        if (outcome !== undefined) return outcome
      }
      await identities.setMergedInto(transaction, projectId, from, null)
      await identities.moveBack(transaction, projectId, remembered.identities, into, from)
      const restored = emptyGaps(locked.get(into)!, remembered.profile)
      await identities.writeProfile(transaction, projectId, into, restored)

      const undone = await merges.markUndone(transaction, projectId, mergeId)
      await events.add(transaction, projectId, [
        { type: 'customer.merge-undone', customerId: into, from, mergeId },
      ])
      await record(transaction, projectId, 'customer.merge-undone', { customerId: into, from, mergeId })
      return undone
    })
}
