import { parseMoney } from '../../kernel/money.ts'
import type { OrderLine } from './command.ts'
import { MAX_EXTERNAL_ID } from './contact.ts'
import { errorSheet, refusalOf, type ErrorSheet } from './error-sheet.ts'
import { lineTotal, MAX_CATEGORY, MAX_LINES, MAX_NAME, MAX_SKU, parseQuantity } from './order-line.ts'
import type { ReadingRefusal, ReadingRules } from './reading.ts'
import { known, printableUpTo } from './text.ts'

export type Money = string | number

/** `price` is of one unit; `amount`, where it is given, is the line's total and goes first. */
export type ItemPayload = {
  name?: string | null
  sku?: string | null
  externalId?: string | number
  quantity?: number | string
  price?: Money
  amount?: Money
  category?: string | null
  delivery?: boolean
  sale?: boolean
}

export type GoodsPayload = { amount: Money; currency?: string | null; items?: readonly ItemPayload[] }

/** What was bought and what it costs. The lines need not add up to the amount. */
export type Goods = { amountMinor: number; currency: string; lines: OrderLine[] }

type Currency = Pick<ReadingRules, 'currency'>

export function readGoods(payload: GoodsPayload, rules: Currency): Goods | ReadingRefusal {
  const sheet = errorSheet()
  const goods = goodsIn(payload, rules, sheet)
  return refusalOf(sheet, payload.currency, rules) ?? goods
}

export function goodsIn({ amount, items }: GoodsPayload, { currency }: Currency, sheet: ErrorSheet): Goods {
  return {
    amountMinor: moneyIn(amount, '/amount', currency, sheet) ?? NaN,
    currency,
    lines: linesIn(items, currency, sheet),
  }
}

export function moneyIn(
  value: unknown,
  pointer: string,
  currency: string,
  sheet: ErrorSheet,
): number | undefined {
  const minor =
    typeof value === 'string' || typeof value === 'number' ? parseMoney(value, currency) : undefined
  if (minor === undefined) sheet.add(pointer, 'invalid-money', `This is no amount in ${currency}.`)
  return minor
}

/** Of what is given or taken back there is more than nothing. */
export function positiveMoneyIn(
  value: unknown,
  pointer: string,
  currency: string,
  sheet: ErrorSheet,
): number | undefined {
  const minor = moneyIn(value, pointer, currency, sheet)
  if (minor === 0) sheet.add(pointer, 'not-positive', 'The amount must be more than zero.')
  return minor
}

function linesIn(items: GoodsPayload['items'], currency: string, sheet: ErrorSheet): OrderLine[] {
  if (items == null) return []
  if (items.length > MAX_LINES) {
    sheet.add('/items', 'too-many-items', `An order has at most ${MAX_LINES} items.`)
    return []
  }
  return items.map((item, index) => lineIn(item, `/items/${index}`, currency, sheet))
}

function lineIn(item: ItemPayload, pointer: string, currency: string, sheet: ErrorSheet): OrderLine {
  const quantity = item.quantity == null ? 1 : parseQuantity(item.quantity)
  if (quantity === undefined)
    sheet.add(`${pointer}/quantity`, 'invalid-quantity', 'A quantity is above zero.')
  const amount = item.amount == null ? undefined : moneyIn(item.amount, `${pointer}/amount`, currency, sheet)
  const price = item.price == null ? undefined : moneyIn(item.price, `${pointer}/price`, currency, sheet)
  const total = amount ?? lineTotal(price ?? 0, quantity ?? 1)
  if (total === undefined) sheet.add(`${pointer}/price`, 'invalid-money', 'Price times quantity is too much.')
  return known<OrderLine>({
    ...lineNames(item),
    quantity: quantity ?? 1,
    totalMinor: total ?? 0,
    category: printableUpTo(MAX_CATEGORY, item.category),
    delivery: item.delivery === true || undefined,
    sale: item.sale === true || undefined,
  })
}

/** Cut alike wherever goods are named, so that a refund finds the line of its order. */
export function lineNames({
  externalId,
  sku,
  name,
}: Pick<ItemPayload, 'externalId' | 'sku' | 'name'>): Pick<OrderLine, 'externalId' | 'sku' | 'name'> {
  return {
    externalId: printableUpTo(MAX_EXTERNAL_ID, externalId),
    sku: printableUpTo(MAX_SKU, sku),
    name: printableUpTo(MAX_NAME, name),
  }
}
