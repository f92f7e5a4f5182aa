import type { Transaction } from '../../kernel/transaction.ts'
import type { Person } from '../domain/alike.ts'
import type { Identity } from '../domain/contact.ts'
import type { Profile } from '../domain/profile.ts'

export type LockedCustomer = Profile & { id: string; mergedInto: string | null; erasedAt: Date | null }
export type DatedIdentity = Identity & { createdAt: Date }
export type ExportedCustomer = Profile & { id: string; createdAt: Date }

export type IdentityStore = {
  /** The end of the chain of merges. */
  survivorOf(transaction: Transaction, projectId: string, customerId: string): Promise<string | undefined>
  /** All who are part of a customer, in id order, without itself. */
  mergedInto(transaction: Transaction, projectId: string, customerId: string): Promise<string[]>
  /** In id order. Waits for every slice that identified one of them; those that come later see what was made of them. */
  lock(
    transaction: Transaction,
    projectId: string,
    customerIds: string[],
  ): Promise<Map<string, LockedCustomer>>

  /** All of them; answers which they were. */
  moveIdentities(transaction: Transaction, projectId: string, from: string, to: string): Promise<Identity[]>
  /** Those of these that are still with `from`. */
  moveBack(
    transaction: Transaction,
    projectId: string,
    identities: Identity[],
    from: string,
    to: string,
  ): Promise<void>
  writeProfile(
    transaction: Transaction,
    projectId: string,
    customerId: string,
    profile: Profile,
  ): Promise<void>
  setMergedInto(
    transaction: Transaction,
    projectId: string,
    customerId: string,
    into: string | null,
  ): Promise<void>
  /** Nothing but the ids stays. */
  erase(transaction: Transaction, projectId: string, customerIds: string[]): Promise<Date>

  /** A customer written `kind:value`, with its Telegram id, and who is part of it. */
  contactsOf(transaction: Transaction, projectId: string, customerIds: string[]): Promise<string[]>
  identitiesOf(projectId: string, customerId: string, limit: number): Promise<DatedIdentity[]>
  profilesOf(projectId: string, customerIds: string[]): Promise<ExportedCustomer[]>

  /** By the id that was asked for. */
  persons(transaction: Transaction, projectId: string, customerIds: string[]): Promise<Map<string, Person>>
  /** Month and day as one number: 229 is the 29th of February. */
  bornOn(
    projectId: string,
    days: number[],
    limit: number,
    afterCustomerId: string | undefined,
  ): Promise<string[]>
}
