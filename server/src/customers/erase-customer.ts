import { refuse, type Refusal } from '../kernel/refusal.ts'
import { ConcurrentChange } from '../kernel/retryable-error.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
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
  /** Processes what waits of these people. How much waits still, because it failed and is to be tried again. */
  settleWaiting: (projectId: string, contacts: string[]) => Promise<number>
}

export type Erasure = { id: string; erasedAt: Date; waitingItems: number }

/**
 * Forgets who a customer is; what it had stays in the books under an id that means nobody. With it go all that were merged
 * into it. The same contact in a later order is a new customer's.
 */
export function eraseCustomer({
  unitOfWork,
  identities,
  merges,
  participants,
  events,
  record,
  settleWaiting,
}: Dependencies) {
  return async (projectId: string, customerId: string): Promise<Erasure | Refusal> => {
    // What was sent before belongs to this customer, so it comes before the end.
    const contacts = await unitOfWork((transaction) =>
      identities.contactsOf(transaction, projectId, [customerId]),
    )
    const waitingItems = contacts.length === 0 ? 0 : await settleWaiting(projectId, contacts)

    return whole(unitOfWork, async (transaction) => {
      const merged = await identities.mergedInto(transaction, projectId, customerId)
      const family = [customerId, ...merged].sort()
      const locked = await identities.lock(transaction, projectId, family)
      const customer = locked.get(customerId)
      if (customer === undefined) return refuse('customer-not-found')
      if (customer.erasedAt !== null) return { id: customerId, erasedAt: customer.erasedAt, waitingItems: 0 }
      if (customer.mergedInto !== null)
        return refuse('customer-merged', { customerId, into: customer.mergedInto })
      const nowMerged = await identities.mergedInto(transaction, projectId, customerId)
      if (nowMerged.join() !== merged.join())
        throw new ConcurrentChange(`${customerId} was merged or parted just now`)

      // Read under the lock: nobody can give it another one any more.
      const known = await identities.contactsOf(transaction, projectId, family)
      const erasedAt = await identities.erase(transaction, projectId, family)
      await merges.forget(transaction, projectId, family)
      for (const participant of participants()) {
        for (const id of family) {
          const person = { customerId: id, contacts: id === customerId ? known : [] }
          await participant.erase(transaction, projectId, person)
        }
      }
      await events.add(transaction, projectId, [{ type: 'customer.erased', customerId }])
      await record(transaction, projectId, 'customer.erased', { customerId })
      return { id: customerId, erasedAt, waitingItems }
    })
  }
}
