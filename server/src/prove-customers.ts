import { isRefusal, refuse, type Refusal } from './kernel/refusal.ts'
import type { Transaction } from './kernel/transaction.ts'

type Contact = { email?: string; phone?: string; externalId?: string }
type Said = { email?: string; phone?: string; externalId?: string | number }
type Signed = { email?: string; phone?: string; externalId?: string; name?: string }
type Identity = { kind: 'email' | 'phone' | 'externalId'; value: string }
type Known = { customerId: string; name: string | null }

type Dependencies<Rules> = {
  rulesOf: (projectId: string) => Promise<Rules>
  readContact: (said: Said, rules: Rules) => Contact | Refusal
  ownersOf: (projectId: string, identities: Identity[]) => Promise<string[]>
  /** Makes a customer with its account, or gives a known one what it was not known by. */
  enrol: (
    projectId: string,
    contact: Contact,
    name: string | undefined,
  ) => Promise<{ customerId: string } | Refusal>
  find: (projectId: string, customerId: string) => Promise<{ id: string; name: string | null } | undefined>
  who: (
    projectId: string,
    said: Said & { id?: string },
  ) => Promise<{ customerId: string } | { contact: Contact } | Refusal>
  lookUp: (projectId: string, contact: Contact) => Promise<string | undefined | Refusal>
  hold: (transaction: Transaction, projectId: string, customerId: string) => Promise<boolean>
  secretsOf: (projectId: string) => Promise<readonly string[]>
}

const KINDS = ['externalId', 'email', 'phone'] as const

/** Who a shop's signed identity means, read by the same rules as its orders, so that both are one customer. */
export function proveCustomers<Rules>(dependencies: Dependencies<Rules>) {
  const { rulesOf, readContact, ownersOf, enrol, find, who, lookUp, hold, secretsOf } = dependencies
  return {
    hold,
    secretsOf,

    async identify(projectId: string, { name, ...said }: Signed): Promise<{ customerId: string } | Refusal> {
      const contact = readContact(said, await rulesOf(projectId))
      if (isRefusal(contact)) return refuse('identity-refused', { reason: 'unusable-contact' })
      const owners = await Promise.all(
        KINDS.flatMap((kind) => {
          const value = contact[kind]
          return value === undefined ? [] : [ownersOf(projectId, [{ kind, value }])]
        }),
      )
      // The usual case: known by all of it, so that no row has to be locked for a page that is looked at.
      const [customerId] = owners[0] ?? []
      if (customerId !== undefined && owners.every(([owner]) => owner === customerId)) return { customerId }
      return enrol(projectId, contact, name)
    },

    async find(projectId: string, said: Said & { id?: string }): Promise<Known | Refusal> {
      const meant = await who(projectId, said)
      if (isRefusal(meant)) return meant
      const customerId = 'contact' in meant ? await lookUp(projectId, meant.contact) : meant.customerId
      if (customerId !== undefined && typeof customerId !== 'string') return customerId
      const customer = customerId === undefined ? undefined : await find(projectId, customerId)
      return customer === undefined
        ? refuse('customer-not-found')
        : { customerId: customer.id, name: customer.name }
    },
  }
}
