import { isRefusal, refuse, type Refusal } from './kernel/refusal.ts'
import type { Contact, Reader } from './loyalty/ports/neighbours.ts'
import type { OrderFacts } from './loyalty/domain/order.ts'

type Identity = { kind: 'email' | 'phone' | 'externalId'; value: string }
type Said = { email?: string; phone?: string; externalId?: string | number }

type Dependencies<Rules> = {
  rulesOf: (projectId: string) => Promise<Rules>
  readContact: (said: Said, rules: Rules) => Contact | Refusal
  readGoods: (
    said: { amount: string | number; currency?: string | undefined; items?: readonly object[] | undefined },
    rules: Rules,
  ) => OrderFacts | Refusal
  find: (projectId: string, customerId: string) => Promise<{ id: string; erasedAt: Date | null } | undefined>
  ownersOf: (projectId: string, identities: Identity[]) => Promise<string[]>
}

const KINDS = ['externalId', 'email', 'phone'] as const

/** What callers of the API say of customers and goods, read by the same code as what storefronts send to the door. */
export function readCallers<Rules>(dependencies: Dependencies<Rules>): Reader {
  const { rulesOf, readContact, readGoods, find, ownersOf } = dependencies
  return {
    async who(projectId, { id, ...said }) {
      if (id !== undefined) {
        // Of merged customers, the one that they became.
        const customer = await find(projectId, id)
        if (customer === undefined) return refuse('customer-not-found')
        return customer.erasedAt === null
          ? { customerId: customer.id }
          : refuse('customer-erased', { customerId: customer.id })
      }
      const contact = readContact(said, await rulesOf(projectId))
      return isRefusal(contact) ? contact : { contact }
    },

    async lookUp(projectId, contact) {
      const identities = KINDS.flatMap((kind) =>
        contact[kind] === undefined ? [] : [{ kind, value: contact[kind] }],
      )
      const ids = await ownersOf(projectId, identities)
      return ids.length > 1
        ? refuse('customer-conflict', { identifiers: identities.map(({ kind }) => kind) })
        : ids[0]
    },

    goods: async (projectId, said) => readGoods(said, await rulesOf(projectId)),
  }
}
