import type { Transaction } from '../../kernel/transaction.ts'
import type { Chat } from '../ports/neighbours.ts'
import type { Links } from '../ports/links.ts'
import type { MergedPeople, People } from '../ports/people.ts'
import type { Prompts } from '../ports/prompts.ts'
import type { Transport } from '../ports/transport.ts'

type Dependencies = {
  people: Pick<People, 'merge' | 'undoMerge' | 'ofCustomer' | 'change' | 'remove'>
  links: Pick<Links, 'removeOf'>
  prompts: Pick<Prompts, 'removeOf'>
  chat: Pick<Chat, 'ofCustomer'>
  transport: Pick<Transport, 'forget'>
}
type OfTwo = { mergeId: string; from: string; into: string }

/** What becomes of whoever is linked when its customer is merged, parted again, erased or exported. */
export function takePart({ people, links, prompts, chat, transport }: Dependencies) {
  return {
    name: 'telegram',

    async merge(transaction: Transaction, projectId: string, { from, into }: OfTwo): Promise<MergedPeople> {
      const merged = await people.merge(transaction, projectId, from, into)
      const person = await people.ofCustomer(transaction, projectId, into)
      if (person !== undefined) {
        // The chat has merged before.
        const { id } = await chat.ofCustomer(transaction, projectId, { customerId: into, name: null })
        await people.change(transaction, projectId, person.telegramId, { participantId: id })
      }
      return merged
    },

    undoMerge: (
      transaction: Transaction,
      projectId: string,
      { from, record }: OfTwo & { record: object },
    ): Promise<void> => people.undoMerge(transaction, projectId, from, record),

    async erase(
      transaction: Transaction,
      projectId: string,
      { customerId }: { customerId: string; contacts: string[] },
    ): Promise<void> {
      const person = await people.ofCustomer(transaction, projectId, customerId)
      await links.removeOf(transaction, projectId, { customerId })
      await prompts.removeOf(transaction, projectId, customerId)
      if (person === undefined) return
      const { telegramId } = person
      await links.removeOf(transaction, projectId, { telegramId })
      await transport.forget(transaction, projectId, telegramId)
      await people.remove(transaction, projectId, telegramId)
    },

    async exportOf(projectId: string, customerId: string): Promise<object> {
      const person = await people.ofCustomer(undefined, projectId, customerId)
      if (person === undefined) return { person: null }
      const { telegramId, name, username, locale, linkedBy, blocked, marketing } = person
      return { person: { telegramId, name, username, locale, linkedBy, blocked, marketing } }
    },
  }
}
