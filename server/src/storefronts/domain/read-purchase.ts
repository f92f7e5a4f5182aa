import type { Purchase } from './command.ts'
import { errorSheet } from './error-sheet.ts'
import { marksIn, type MarksPayload } from './marks.ts'
import { MAX_NAME } from './order-line.ts'
import { referenceIn, type ReferencePayload } from './order-reference.ts'
import { contactIn, forSomebody, type ContactPayload } from './read-contact.ts'
import { goodsIn, moneyIn, type GoodsPayload, type Money } from './read-goods.ts'
import type { Reading, ReadingRules } from './reading.ts'
import { MAX_CODE, printableUpTo } from './text.ts'

const MAX_DESCRIPTION = 500

export type PurchasePayload = ContactPayload &
  MarksPayload &
  ReferencePayload &
  GoodsPayload & {
    description?: string
    referralCode?: string
    name?: string
    paid?: boolean
    promoCode?: string
    reservation?: string | null
    discount?: Money
  }

export function readPurchase(payload: PurchasePayload, rules: ReadingRules): Reading<Purchase> {
  const sheet = errorSheet()
  const reading = contactIn(payload, rules, sheet)
  const reference = referenceIn(payload, sheet)
  const goods = goodsIn(payload, rules, sheet)
  const discountMinor =
    payload.discount == null ? undefined : moneyIn(payload.discount, '/discount', rules.currency, sheet)
  return forSomebody(reading, sheet, payload, rules, (contact) => ({
    kind: 'purchase',
    ...reference,
    contact,
    ...goods,
    paid: payload.paid ?? true,
    name: printableUpTo(MAX_NAME, payload.name),
    description: printableUpTo(MAX_DESCRIPTION, payload.description),
    referralCode: printableUpTo(MAX_CODE, payload.referralCode),
    promoCode: printableUpTo(MAX_CODE, payload.promoCode),
    reservation: printableUpTo(MAX_CODE, payload.reservation),
    discountMinor,
    utm: marksIn(payload),
  }))
}
