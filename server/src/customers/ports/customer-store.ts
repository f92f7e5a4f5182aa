import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Identity } from '../domain/contact.ts'
import type { Customer, ProfileChange } from '../domain/customer.ts'
import type { Profile } from '../domain/profile.ts'

/** Where a customer can be told something. */
export type Reach = Pick<Profile, 'telegramId' | 'telegramUnreachable' | 'locale'>

export type CustomerStore = {
  /**
   * Holds the owners until the transaction ends: nobody merges or erases them meanwhile. Throws a concurrent change when
   * somebody just did.
   */
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

  /** Of a merged customer, who it is now. */
  find(projectId: string, customerId: string): Promise<Customer | undefined>
  findByIdentity(projectId: string, identity: Identity): Promise<Customer | undefined>
  /** Whose they are, without a lock. */
  ownersOf(projectId: string, identities: Identity[]): Promise<string[]>
  /** These contacts, written `kind:value`, and all others of the same customers. */
  contactsOf(projectId: string, contacts: string[]): Promise<string[]>
  list(projectId: string, limit: number, cursor: string | undefined): Promise<Page<Customer>>
  /** Held until the transaction ends: what is written to that address comes before an erasure, not after it. */
  reach(transaction: Transaction, projectId: string, customerId: string): Promise<Reach | undefined>
  /** Until the transaction ends nobody merges or erases it; false when that was done before. */
  hold(transaction: Transaction, projectId: string, customerId: string): Promise<boolean>
  /** Where notices reach whoever the customer is now, if anywhere; it can be tried again from then on. False when that is nobody. */
  linkTelegram(
    projectId: string,
    customerId: string,
    telegramId: string | null,
    transaction: Transaction | undefined,
  ): Promise<boolean>
  /** The address was of this customer, and may be of the one that it was merged into. */
  markTelegramUnreachable(projectId: string, customerId: string, why: string): Promise<void>
  /** Of everybody with this id in Telegram. */
  markTelegramReachable(projectId: string, telegramId: string): Promise<void>
}
