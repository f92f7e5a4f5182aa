import type { components } from '@tapline/openapi'

type Schemas = components['schemas']

/** What a page of the shop may know: currency, percent, how bonuses are spent, whether there is a bot. */
export type ShopPage = Schemas['Page']

/** What an order would earn, and how much bonuses may pay of it. Amounts are decimal strings. */
export type Quote = Schemas['Quote']

/** A proven customer: bonuses, tier, referral code. */
export type Customer = Schemas['Customer']

/** One row of a customer's ledger; its signed `amount` is a decimal string. */
export type Entry = Schemas['Entry']

export type Hold = Schemas['Hold']
export type Session = Schemas['VisitorSession']
export type TelegramLink = Schemas['TelegramLink']
