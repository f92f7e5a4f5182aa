import { refuse, type Refusal } from '../../kernel/refusal.ts'
import { identitiesIn, identityKey, type Contact, type Identity } from './contact.ts'

export type CustomerRefusalCode = 'customer-conflict' | 'customer-not-found'

export type Request = {
  contact: Contact
  /** A spend never makes a customer, nor does it give one a new name. */
  mayCreate: boolean
}

export type Matched = { customerId: string; created: boolean } | Refusal<CustomerRefusalCode>

export type Matching = {
  matches: Matched[]
  attached: (Identity & { customerId: string })[]
  created: string[]
}

/**
 * Who is meant, request by request, where the earlier ones of the slice count for the later ones.
 * Two customers behind one request are a conflict, never a silent merge; so is a known customer with another external id,
 * because families share phones.
 */
export function matchCustomers(
  requests: readonly Request[],
  known: readonly (Identity & { customerId: string })[],
  newId: () => string,
): Matching {
  const owners = new Map(known.map((identity) => [identityKey(identity), identity.customerId]))
  const withExternalId = new Set(
    known.filter(({ kind }) => kind === 'externalId').map(({ customerId }) => customerId),
  )
  const attached: Matching['attached'] = []
  const created: string[] = []

  const matches = requests.map(({ contact, mayCreate }): Matched => {
    const identities = identitiesIn(contact)
    const found = new Set(identities.flatMap((identity) => owners.get(identityKey(identity)) ?? []))
    const unknown = identities.filter((identity) => !owners.has(identityKey(identity)))
    if (found.size > 1)
      return refuse('customer-conflict', { identifiers: identities.map(({ kind }) => kind) })

    let [customerId] = found
    if (customerId === undefined) {
      if (!mayCreate) return refuse('customer-not-found')
      customerId = newId()
      created.push(customerId)
    } else if (unknown.some(({ kind }) => kind === 'externalId') && withExternalId.has(customerId)) {
      return refuse('customer-conflict', { identifiers: ['externalId'] })
    }
    if (mayCreate) {
      for (const identity of unknown) {
        owners.set(identityKey(identity), customerId)
        if (identity.kind === 'externalId') withExternalId.add(customerId)
        attached.push({ ...identity, customerId })
      }
    }
    return { customerId, created: created.at(-1) === customerId && found.size === 0 }
  })
  return { matches, attached, created }
}
