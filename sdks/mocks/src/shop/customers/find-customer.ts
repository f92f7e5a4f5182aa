import { scramble } from '../ids.ts'
import { recordEvents } from '../events/record-event.ts'
import type { Contact } from '../read/command.ts'
import { under } from '../read/error-sheet.ts'
import { readContact, type SaidContact } from '../read/read-contact.ts'
import { isRefusal, refuse, type Refusal } from '../refusal.ts'
import type { Customer, Shop } from '../state.ts'

type Identity = Customer['identities'][number]

const KINDS = ['externalId', 'email', 'phone'] as const
const CODE = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Who is meant. Two customers behind one request are a conflict; so is a known one with another external id. */
export function findCustomer(shop: Shop, contact: Contact, mayCreate: boolean): string | Refusal {
  const { owners, customers } = shop.state
  const identities = identitiesIn(contact)
  const found = new Set(identities.flatMap((identity) => owners.get(keyOf(identity)) ?? []))
  if (found.size > 1) return conflict(identities)
  const unknown = identities.filter((identity) => !owners.has(keyOf(identity)))
  const [known] = found
  if (known === undefined && !mayCreate) return refuse('customer-not-found')
  const isOfAnother =
    known !== undefined &&
    unknown.some(({ kind }) => kind === 'externalId') &&
    customers.get(known)!.identities.some(({ kind }) => kind === 'externalId')
  if (isOfAnother) return refuse('customer-conflict', { identifiers: ['externalId'] })
  const customerId = known ?? createCustomer(shop)
  if (mayCreate) attach(shop, customerId, unknown)
  return customerId
}

/** Somebody by our id or a contact, as a request of the API names him; a contact may be nobody's yet. */
export function readWho(
  shop: Shop,
  { id, ...said }: SaidContact & { id?: string },
): { customerId: string } | { contact: Contact } | Refusal {
  if (id !== undefined)
    return shop.state.customers.has(id) ? { customerId: id } : refuse('customer-not-found')
  const contact = under('/customer', readContact(said))
  return isRefusal(contact) ? contact : { contact }
}

/** Whose contact it is; nobody's when undefined. */
export function lookUp(
  shop: Shop,
  who: { customerId: string } | { contact: Contact },
): string | undefined | Refusal {
  if ('customerId' in who) return who.customerId
  const identities = identitiesIn(who.contact)
  const found = new Set(identities.flatMap((identity) => shop.state.owners.get(keyOf(identity)) ?? []))
  return found.size > 1 ? conflict(identities) : [...found][0]
}

function createCustomer(shop: Shop): string {
  const { state, seed } = shop
  const id = shop.newId('customer')
  const createdAt = shop.now()
  const nobody = { name: null, birthday: null, locale: null, telegramId: null }
  state.customers.set(id, { id, ...nobody, identities: [], createdAt })
  state.books.set(id, {
    account: {
      customerId: id,
      totalSpentMinor: 0,
      ordersCount: 0,
      tier: null,
      referralCode: scramble(8, CODE, seed, id),
      welcomed: false,
      debtMinor: 0,
      remindedUntil: null,
      sequence: 0,
      lastHash: '0'.repeat(64),
    },
    lots: [],
    holds: [],
    entries: [],
  })
  recordEvents(shop, [{ type: 'customer.created', customerId: id }], null)
  return id
}

function attach({ state }: Shop, customerId: string, identities: Identity[]): void {
  state.customers.get(customerId)!.identities.push(...identities)
  for (const identity of identities) state.owners.set(keyOf(identity), customerId)
}

function identitiesIn(contact: Contact): Identity[] {
  return KINDS.flatMap((kind) => (contact[kind] === undefined ? [] : [{ kind, value: contact[kind] }]))
}

function keyOf({ kind, value }: Identity): string {
  return `${kind}:${value}`
}

function conflict(identities: Identity[]): Refusal {
  return refuse('customer-conflict', { identifiers: identities.map(({ kind }) => kind) })
}
