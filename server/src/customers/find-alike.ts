import type { Transaction } from '../kernel/transaction.ts'
import { looksAlike } from './domain/alike.ts'
import type { IdentityStore } from './ports/identity-store.ts'

/** Which of these pairs look like one person: so that nobody refers themselves. Merged customers are one person. */
export function findAlike({ identities }: { identities: Pick<IdentityStore, 'persons'> }) {
  return async (
    transaction: Transaction,
    projectId: string,
    pairs: readonly { a: string; b: string }[],
  ): Promise<boolean[]> => {
    if (pairs.length === 0) return []
    const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]
    const persons = await identities.persons(transaction, projectId, ids)
    return pairs.map(({ a, b }) => {
      const [one, other] = [persons.get(a), persons.get(b)]
      return one !== undefined && other !== undefined && looksAlike(one, other)
    })
  }
}
