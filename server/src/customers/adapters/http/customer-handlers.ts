import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Identity } from '../../domain/contact.ts'
import type { Customer } from '../../domain/customer.ts'
import type { CustomerStore } from '../../ports/customer-store.ts'

type Schema = components['schemas']['Customer']
/** What loyalty says of customers: their bonuses, tier and totals. */
export type Standings = (
  projectId: string,
  customerIds: string[],
) => Promise<Map<string, Omit<Schema, keyof ReturnType<typeof profile>>>>

type Dependencies = {
  customers: Pick<CustomerStore, 'find' | 'findByIdentity' | 'list'>
  standings: Standings
  /** As customers write them, or undefined when it is no contact. */
  normalise: (
    projectId: string,
    contact: { email?: string | undefined; phone?: string | undefined; externalId?: string | undefined },
  ) => Promise<Identity | undefined>
}

const PAGE = 50

export function customerHandlers({
  customers,
  standings,
  normalise,
}: Dependencies): Pick<Handlers, 'listCustomers' | 'getCustomer'> {
  async function present(projectId: string, found: Customer[]): Promise<Schema[]> {
    const known = await standings(projectId, found.map(({ id }) => id)) // prettier-ignore
    return found.flatMap((customer) => {
      const standing = known.get(customer.id)
      return standing === undefined ? [] : [{ ...profile(customer), ...standing }]
    })
  }

  return {
    listCustomers: async ({ caller: { projectId }, query }) => {
      const { email, phone, externalId, limit = PAGE, cursor } = query
      if (email === undefined && phone === undefined && externalId === undefined) {
        const { data, nextCursor } = await customers.list(projectId, limit, cursor)
        return { status: 200, body: { data: await present(projectId, data), nextCursor } }
      }
      const identity = await normalise(projectId, { email, phone, externalId })
      const customer =
        identity === undefined ? undefined : await customers.findByIdentity(projectId, identity)
      const data = customer === undefined ? [] : await present(projectId, [customer])
      return { status: 200, body: { data, nextCursor: null } }
    },

    getCustomer: async ({ caller: { projectId }, path }) => {
      const customer = await customers.find(projectId, path.customerId)
      const [shown] = customer === undefined ? [] : await present(projectId, [customer])
      return shown === undefined ? refuse('customer-not-found') : { status: 200, body: shown }
    },
  }
}

export function profile({
  id,
  emails,
  phones,
  externalIds,
  name,
  birthday,
  locale,
  telegramId,
  createdAt,
  erasedAt,
  mergedFrom,
}: Customer) {
  return {
    id,
    emails,
    phones,
    externalIds,
    name,
    birthday,
    locale,
    telegramId,
    createdAt: createdAt.toISOString(),
    erasedAt: erasedAt?.toISOString() ?? null,
    mergedFrom,
  }
}
