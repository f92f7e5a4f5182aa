import { parseMoney } from '../money.ts'
import type { Refusal } from '../refusal.ts'
import { known, type OrderLine } from './command.ts'
import { refusalOf, type ErrorSheet } from './error-sheet.ts'
import { printableUpTo } from './text.ts'

export type SaidItem = Record<string, unknown>
export type SaidGoods = { amount: unknown; currency?: unknown; items?: readonly SaidItem[] | undefined }
export type Goods = { amountMinor: number; currency: string; lines: OrderLine[] }

/** What was bought and what it costs. The lines need not add up to the amount. */
export function readGoods(said: SaidGoods, currency: string): Goods | Refusal {
  const sheet: ErrorSheet = []
  const goods = goodsIn(said, currency, sheet)
  return refusalOf(sheet, said.currency, currency) ?? goods
}

export function goodsIn({ amount, items }: SaidGoods, currency: string, sheet: ErrorSheet): Goods {
  return {
    amountMinor: moneyIn(amount, '/amount', currency, sheet) ?? 0,
    currency,
    lines: (items ?? []).map((item, index) => lineIn(item, `/items/${index}`, currency, sheet)),
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
  if (minor === undefined)
    sheet.push({ pointer, code: 'invalid-money', message: `This is no amount in ${currency}.` })
  return minor
}

export function positiveMoneyIn(
  value: unknown,
  pointer: string,
  currency: string,
  sheet: ErrorSheet,
): number | undefined {
  const minor = moneyIn(value, pointer, currency, sheet)
  if (minor === 0)
    sheet.push({ pointer, code: 'not-positive', message: 'The amount must be more than zero.' })
  return minor
}

/** Cut alike wherever goods are named, so that a refund finds the line of its order. */
export function lineNames({
  externalId,
  sku,
  name,
}: SaidItem): Pick<OrderLine, 'externalId' | 'sku' | 'name'> {
  return known({
    externalId: printableUpTo(200, externalId),
    sku: printableUpTo(100, sku),
    name: printableUpTo(200, name),
  })
}

export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'string' ? !/^\d{1,10}(?:\.\d{1,9})?$/.test(value) : typeof value !== 'number')
    return undefined
  const quantity = Number(value)
  return quantity > 0 && quantity <= 1e9 ? quantity : undefined
}

function lineIn(item: SaidItem, pointer: string, currency: string, sheet: ErrorSheet): OrderLine {
  const quantity = item.quantity == null ? 1 : parseQuantity(item.quantity)
  if (quantity === undefined)
    sheet.push({
      pointer: `${pointer}/quantity`,
      code: 'invalid-quantity',
      message: 'A quantity is above zero.',
    })
  const amount = item.amount == null ? undefined : moneyIn(item.amount, `${pointer}/amount`, currency, sheet)
  const price = item.price == null ? undefined : moneyIn(item.price, `${pointer}/price`, currency, sheet)
  const total = amount ?? Math.round((price ?? 0) * (quantity ?? 1))
  if (total >= 1e15)
    sheet.push({
      pointer: `${pointer}/price`,
      code: 'invalid-money',
      message: 'Price times quantity is too much.',
    })
  return known({
    ...lineNames(item),
    quantity: quantity ?? 1,
    totalMinor: total,
    category: printableUpTo(200, item.category),
    delivery: item.delivery === true || undefined,
    sale: item.sale === true || undefined,
  })
}
