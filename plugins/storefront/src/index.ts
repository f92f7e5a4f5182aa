/**
 * Bonuses of Tapline in the pages of any shop.
 *
 * {@link createBonuses} says what a cart earns, lets the shopper prove who it is, and puts bonuses aside for an order.
 * It knows nothing of the page's markup: for that there is the script with its `data-` attributes.
 *
 * @packageDocumentation
 */
export type { Cart, CartItem } from './cart.ts'
export type { Customer, Entry, Quote, ShopPage } from './contract.ts'
export { createBonuses } from './create-bonuses.ts'
export type { Bonuses, BonusesEvents, BonusesOptions } from './create-bonuses.ts'
export type { On } from './emitter.ts'
export { findApi } from './find-api.ts'
export type { ApiFindings, ApiSetup } from './find-api.ts'
export { finding, printFindings } from './finding.ts'
export type { Finding } from './finding.ts'
export { decimalOf, minorOf, shareOf } from './money.ts'
export type { Answer, Problem } from './problem.ts'
export type { TelegramBot, TelegramProof } from './proofs.ts'
export { drawQr } from './draw-qr.ts'
export { referralOf } from './referral-of.ts'
export type { Fetch } from './request.ts'
export type { Identity } from './sessions.ts'
export type { BonusesStorage } from './shelf.ts'
export type { SpendInput, Spending } from './spendings.ts'
