import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { Customer } from './domain/customer.ts'
import type { Merge } from './domain/merge.ts'
import type { CustomerStore } from './ports/customer-store.ts'
import type { DatedIdentity, ExportedCustomer, IdentityStore } from './ports/identity-store.ts'
import type { MergeStore } from './ports/merge-store.ts'
import type { Participant } from './ports/participants.ts'

type Dependencies = {
  customers: Pick<CustomerStore, 'find'>
  identities: IdentityStore
  merges: MergeStore
  participants: () => readonly Participant[]
}

type Sections = Record<string, object>

export type CustomerExport = {
  customer: Customer
  profile: ExportedCustomer
  identities: DatedIdentity[]
  merges: Merge[]
  sections: Sections
  merged: (ExportedCustomer & { sections: Sections })[]
}

const MOST = 1_000

/** Everything that is kept of a customer and of those that were merged into it. */
export function exportCustomer({ customers, identities, merges, participants }: Dependencies) {
  async function sectionsOf(projectId: string, customerId: string, contacts: string[]): Promise<Sections> {
    const sections: Sections = {}
    // One after the other: the memory of one section at a time is enough.
    for (const { name, exportOf } of participants())
      sections[name] = await exportOf(projectId, customerId, contacts)
    return sections
  }

  return async (projectId: string, customerId: string): Promise<CustomerExport | Refusal> => {
    const customer = await customers.find(projectId, customerId)
    if (customer === undefined) return refuse('customer-not-found')
    const { id, mergedFrom } = customer
    const [profiles, known, { data }] = await Promise.all([
      identities.profilesOf(projectId, [id, ...mergedFrom.slice(0, MOST)]),
      identities.identitiesOf(projectId, id, MOST),
      merges.list(projectId, id, MOST, undefined),
    ])
    const contacts = known.map(({ kind, value }) => `${kind}:${value}`)
    const merged: CustomerExport['merged'] = []
    for (const profile of profiles)
      if (profile.id !== id)
        merged.push({ ...profile, sections: await sectionsOf(projectId, profile.id, []) })
    return {
      customer,
      profile: profiles.find((profile) => profile.id === id)!,
      identities: known,
      merges: data,
      sections: await sectionsOf(projectId, id, contacts),
      merged,
    }
  }
}
