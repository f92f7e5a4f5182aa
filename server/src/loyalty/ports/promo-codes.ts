import type { Transaction } from '../../kernel/transaction.ts'

export type PromoCode = { key: string; code: string }
export type PromoCodeCount = { nominalMinor: number; free: number; given: number; used: number }

/** One-time codes that a shop made in its own storefront and let us give. */
export type PromoCodes = {
  /** Answers how many were new. */
  add(transaction: Transaction, projectId: string, nominalMinor: number, codes: PromoCode[]): Promise<number>
  /** Of those that are left, from the smallest: asked for with every page that is looked at, however many codes there are. */
  freeNominals(projectId: string, most: number): Promise<number[]>
  count(projectId: string): Promise<PromoCodeCount[]>
  /** The account's lock comes before the code's, as it does where an order spoils one. */
  lockAccount(transaction: Transaction, projectId: string, customerId: string): Promise<void>
  /** Locked; those that others are just being given are passed over. */
  nextFree(transaction: Transaction, projectId: string, nominalMinor: number): Promise<PromoCode | undefined>
  give(
    transaction: Transaction,
    projectId: string,
    key: string,
    to: { holdId: string; request: string | undefined },
  ): Promise<void>
  /** The hold that this request was given a code for before. */
  givenFor(
    transaction: Transaction,
    projectId: string,
    customerId: string,
    request: string,
  ): Promise<string | undefined>
  /** How many codes of the last day the customer has let go, or still holds. */
  unusedOf(transaction: Transaction, projectId: string, customerId: string): Promise<number>
}
