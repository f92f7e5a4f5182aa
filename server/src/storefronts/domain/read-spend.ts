import type { Spend } from './command.ts'
import { errorSheet } from './error-sheet.ts'
import { referenceIn, type ReferencePayload } from './order-reference.ts'
import { contactIn, forSomebody, type ContactPayload } from './read-contact.ts'
import { moneyIn, positiveMoneyIn, type Money } from './read-goods.ts'
import type { Reading, ReadingRules } from './reading.ts'

export type SpendPayload = ContactPayload &
  ReferencePayload & { amount: Money; orderAmount?: Money; currency?: string }

export function readSpend(payload: SpendPayload, rules: ReadingRules): Reading<Spend> {
  const { currency } = rules
  const sheet = errorSheet()
  const reading = contactIn(payload, rules, sheet)
  const reference = referenceIn(payload, sheet)
  const amountMinor = positiveMoneyIn(payload.amount, '/amount', currency, sheet) ?? NaN
  const orderAmountMinor =
    payload.orderAmount == null ? undefined : moneyIn(payload.orderAmount, '/orderAmount', currency, sheet)
  return forSomebody(reading, sheet, payload, rules, (contact) => ({
    kind: 'spend',
    ...reference,
    contact,
    amountMinor,
    orderAmountMinor,
  }))
}
