import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import { ConcurrentChange } from '../kernel/retryable-error.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Merge } from './domain/merge.ts'
import { fillGaps } from './domain/profile.ts'
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
  newId: () => string
}

/** Makes one customer of two. All that `from` was called and had is with `into` afterwards, and a record says what moved. */
export function mergeCustomers({
  unitOfWork,
  identities,
  merges,
  participants,
  events,
  record,
  newId,
}: Dependencies) {
  return (
    projectId: string,
    { from, into: named, reason }: { from: string; into: string; reason: string | null },
  ): Promise<Merge | Refusal> =>
    whole(unitOfWork, async (transaction) => {
      const into = await identities.survivorOf(transaction, projectId, named)
      if (into === undefined) return refuse('customer-not-found')
      if (from === into || from === named) return refuse('merge-same-customer')

      const locked = await identities.lock(transaction, projectId, [from, into])
      const [source, target] = [locked.get(from), locked.get(into)]
      if (source === undefined || target === undefined) return refuse('customer-not-found')
      if (target.mergedInto !== null) throw new ConcurrentChange(`${into} was just merged itself`)
      const erased = [source, target].find(({ erasedAt }) => erasedAt !== null)
      if (erased !== undefined) return refuse('customer-erased', { customerId: erased.id })
      if (source.mergedInto !== null)
        return refuse('customer-merged', { customerId: from, into: source.mergedInto })

      const mergeId = newId()
      const moved = await identities.moveIdentities(transaction, projectId, from, into)
      const { profile, filled } = fillGaps(target, source)
      await identities.writeProfile(transaction, projectId, into, profile)
      await identities.setMergedInto(transaction, projectId, from, into)
      const records: Record<string, object> = {}
      for (const participant of participants()) {
        const outcome = await participant.merge(transaction, projectId, { mergeId, from, into })
        if (isRefusal(outcome)) return outcome
        records[participant.name] = outcome
      }

      const merge = await merges.insert(transaction, projectId, {
        id: mergeId,
        from,
        into,
        reason,
        record: { identities: moved, profile: filled, participants: records },
      })
      await events.add(transaction, projectId, [{ type: 'customer.merged', customerId: into, from, mergeId }])
      await record(transaction, projectId, 'customer.merged', { customerId: into, from, mergeId })
      return merge
    })
}
