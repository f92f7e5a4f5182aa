import type { Transaction } from '../kernel/transaction.ts'
import { identitiesIn, identityKey, type Identity } from './domain/contact.ts'
import { matchCustomers, type Matching, type Request } from './domain/match.ts'
import type { CustomerStore } from './ports/customer-store.ts'

type Dependencies = { customers: CustomerStore; newId: () => string }

/** Finds or makes the customers of many requests at once, within the transaction that will act on them. */
export function identify({ customers, newId }: Dependencies) {
  return async (transaction: Transaction, projectId: string, requests: Request[]): Promise<Matching> => {
    const wanted = new Map<string, Identity>()
    for (const { contact } of requests)
      for (const identity of identitiesIn(contact)) wanted.set(identityKey(identity), identity)
    const known = await customers.owners(transaction, projectId, [...wanted.values()])
    const matching = matchCustomers(requests, known, newId)
    await customers.insert(transaction, projectId, matching.created, matching.attached)
    return matching
  }
}
