import type { Refusal } from '../../kernel/refusal.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { OrderFacts } from '../domain/order.ts'
import type { LoyaltyEvent } from '../domain/event.ts'

export type Contact = { email?: string; phone?: string; externalId?: string }

/** Who is meant by a contact: the customers' business. */
export type People = {
  identify(
    transaction: Transaction,
    projectId: string,
    requests: { contact: Contact; mayCreate: boolean }[],
  ): Promise<{ matches: ({ customerId: string; created: boolean } | Refusal)[]; created: string[] }>
  updateProfiles(transaction: Transaction, projectId: string, changes: Profile[]): Promise<void>
  /** Whether two customers look like one person, pair by pair. */
  alike(transaction: Transaction, projectId: string, pairs: { a: string; b: string }[]): Promise<boolean[]>
}

export type Profile = {
  customerId: string
  name?: string | undefined
  birthday?: string | undefined
  locale?: 'ru' | 'en' | 'kk' | undefined
  telegramId?: string | undefined
  utm?: Record<string, string> | undefined
}

/** What loyalty needs to know of a project. */
export type ProjectFacts = { currency: string; wholeMinor: number; clockOffsetMs: number; timeZone: string }
export type Projects = { facts(projectId: string): Promise<ProjectFacts> }

/** What was accepted and could not be done. */
export type RejectedOrder = {
  type: 'order.rejected'
  inboxItemId: string
  action: string
  orderId: string | null
  storefront: string
  code: string
}

export type Events = {
  add(
    transaction: Transaction,
    projectId: string,
    events: (
      | ((LoyaltyEvent | { type: 'customer.created'; customerId: string }) & { currency: string })
      | RejectedOrder
    )[],
  ): Promise<void>
}

/** What a caller of the API says, read as the storefronts read it. */
export type Reader = {
  /** A customer by our id, or a contact in its one form. */
  who(projectId: string, said: CustomerRef): Promise<{ customerId: string } | { contact: Contact } | Refusal>
  /** Whose contact it is; nobody's when undefined. */
  lookUp(projectId: string, contact: Contact): Promise<string | undefined | Refusal>
  goods(projectId: string, said: SaidGoods): Promise<OrderFacts | Refusal>
}

export type CustomerRef = { id?: string; email?: string; phone?: string; externalId?: string | number }
export type SaidGoods = {
  amount: string | number
  currency?: string | undefined
  items?: readonly object[] | undefined
}

/** Works off what was sent earlier, about this person or this order, and still waits. */
export type CatchUp = (
  projectId: string,
  about: {
    contact?: Contact | undefined
    customerId?: string | undefined
    order?: { storefront: string; orderId: string }
  },
) => Promise<void>
