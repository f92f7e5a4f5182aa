import { isRefusal } from '../../kernel/refusal.ts'
import type { Refund, ReturnedLine } from './command.ts'
import { identifying } from './contact.ts'
import { errorSheet, refusalOf, type ErrorSheet } from './error-sheet.ts'
import { lineKey, MAX_LINES, parseQuantity } from './order-line.ts'
import { referenceIn, type ReferencePayload } from './order-reference.ts'
import { contactIn, type ContactPayload } from './read-contact.ts'
import { lineNames, positiveMoneyIn, type ItemPayload, type Money } from './read-goods.ts'
import type { Reading, ReadingRules } from './reading.ts'
import { known, printable, printableUpTo } from './text.ts'

const MAX_REFUND_ID = 100
const MAX_REASON = 500
const WHOLE = 'whole'

type ReturnedItemPayload = Pick<ItemPayload, 'externalId' | 'sku' | 'name'> & { quantity: number | string }

export type RefundPayload = ContactPayload &
  ReferencePayload & {
    refundId?: string
    amount?: Money
    items?: readonly ReturnedItemPayload[]
    currency?: string
    reason?: string | null
  }

/** Goods came back: an amount, lines, or all that is left of the order. */
export function readRefund(payload: RefundPayload, rules: ReadingRules): Reading<Refund> {
  const sheet = errorSheet()
  const { contact } = contactIn(payload, rules, sheet)
  const reference = referenceIn(payload, sheet)
  const isPart = payload.amount != null || payload.items != null
  const refundId = refundIdIn(payload.refundId, isPart, sheet)
  if (payload.amount != null && payload.items != null)
    sheet.add('/items', 'amount-or-items', 'A refund is of an amount or of items, not of both.')
  const amountMinor =
    payload.amount == null ? undefined : positiveMoneyIn(payload.amount, '/amount', rules.currency, sheet)
  const lines = payload.items == null ? undefined : returnedIn(payload.items, sheet)
  const refusal = refusalOf(sheet, payload.currency, rules)
  if (refusal !== undefined) return refusal
  // The order says whose it is: a bogus contact, which identifies nobody, is as good as none.
  const identified = identifying(contact, rules.blocklist)
  return known<Refund>({
    kind: 'refund',
    ...reference,
    refundId,
    amountMinor,
    lines,
    reason: printableUpTo(MAX_REASON, payload.reason),
    contact: isRefusal(identified) ? undefined : identified,
  })
}

/** One refund of a part that comes again must be told from a second one; the whole comes back once. */
function refundIdIn(value: string | undefined, isPart: boolean, sheet: ErrorSheet): string {
  const refundId = printable(value)
  if (refundId === undefined && !isPart) return WHOLE
  if (refundId === undefined)
    sheet.add('/refundId', 'required', 'A refund of a part needs its own refundId, so that it happens once.')
  else if (refundId.length > MAX_REFUND_ID)
    sheet.add('/refundId', 'too-long', `A refund id has at most ${MAX_REFUND_ID} characters.`)
  return refundId ?? ''
}

function returnedIn(items: readonly ReturnedItemPayload[], sheet: ErrorSheet): ReturnedLine[] {
  if (items.length === 0 || items.length > MAX_LINES) {
    sheet.add('/items', 'items-count', `A refund of items names 1 to ${MAX_LINES}.`)
    return []
  }
  return items.map((item, index) => {
    const key = lineKey(lineNames(item))
    if (key === '') sheet.add(`/items/${index}`, 'invalid-item', 'An item needs its sku, externalId or name.')
    const quantity = parseQuantity(item.quantity)
    if (quantity === undefined)
      sheet.add(`/items/${index}/quantity`, 'invalid-quantity', 'A quantity is above zero.')
    return { key, quantity: quantity ?? 1 }
  })
}
