import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Identity } from '../domain/contact.ts'
import type { Customer, ProfileChange } from '../domain/customer.ts'

export type CustomerStore = {
  owners(
    transaction: Transaction,
    projectId: string,
    identities: Identity[],
  ): Promise<(Identity & { customerId: string })[]>
  /** Throws a concurrent change when somebody else took one of the identities meanwhile. */
  insert(
    transaction: Transaction,
    projectId: string,
    customerIds: string[],
    identities: (Identity & { customerId: string })[],
  ): Promise<void>
  updateProfiles(transaction: Transaction, projectId: string, changes: ProfileChange[]): Promise<void>

  find(projectId: string, customerId: string): Promise<Customer | undefined>
  findByIdentity(projectId: string, identity: Identity): Promise<Customer | undefined>
  /** These contacts, written `kind:value`, and all others of the same customers. */
  contactsOf(projectId: string, contacts: string[]): Promise<string[]>
  list(projectId: string, limit: number, cursor: string | undefined): Promise<Page<Customer>>
  markTelegramUnreachable(projectId: string, customerId: string, why: string): Promise<void>
}
