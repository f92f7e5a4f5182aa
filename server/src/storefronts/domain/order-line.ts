import type { OrderLine } from './command.ts'

export const MAX_LINES = 1000
export const MAX_NAME = 200
export const MAX_SKU = 100
export const MAX_CATEGORY = 200

const MAX_QUANTITY = 1e9
const MAX_TOTAL = 1e15

/** Pieces, kilograms, metres: above zero; a JSON number, or a plain decimal string. */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'string' ? !/^\d{1,10}(?:\.\d{1,9})?$/.test(value) : typeof value !== 'number')
    return undefined
  const quantity = Number(value)
  return quantity > 0 && quantity <= MAX_QUANTITY ? quantity : undefined
}

/** Unit price times quantity, to the nearest minor unit. */
export function lineTotal(priceMinor: number, quantity: number): number | undefined {
  const total = Math.round(priceMinor * quantity)
  return total < MAX_TOTAL ? total : undefined
}

/** What names a line, for a refund as for a repeat of its order. */
export function lineKey({ sku, externalId, name }: Pick<OrderLine, 'sku' | 'externalId' | 'name'>): string {
  return sku ?? externalId ?? name ?? ''
}
