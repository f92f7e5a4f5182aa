import { own } from './json.ts'
import { decimalOf, minorOf } from './money.ts'

/** What the shopper is about to buy. Amounts are decimal strings. */
export interface Cart {
  /** Gross, before bonuses, with everything that is paid for. */
  amount: string
  /** For rules by category and for what earns nothing; needed only where the program has such rules. */
  items?: CartItem[]
}

/** A line of a {@link Cart}. */
export interface CartItem {
  sku?: string
  name: string
  /** Of one piece. */
  price: string
  quantity: number
  category?: string
  /** The line is the delivery. */
  delivery?: boolean
}

const MOST_LINES = 1_000

/** A cart as the API takes it; undefined when its amount is none. Where a line is no line, all are left out. */
export function tidy(cart: Cart): Cart | undefined {
  const { amount, items } = own(cart)
  const minor = minorOf(String(amount))
  if (minor === undefined) return undefined
  const whole = { amount: decimalOf(minor) }
  if (!Array.isArray(items)) return whole
  const lines: CartItem[] = []
  for (const item of items) {
    const { sku, name, price, quantity, category, delivery } = own(item)
    const each = minorOf(String(price))
    if (each === undefined || !(quantity > 0)) return whole
    lines.push({
      ...{ name: String(name).slice(0, 500), price: decimalOf(each), quantity },
      ...(sku && { sku: String(sku).slice(0, 200) }),
      ...(category && { category: String(category).slice(0, 200) }),
      ...(delivery && { delivery }),
    })
  }
  return lines.length > 0 && lines.length <= MOST_LINES ? { ...whole, items: lines } : whole
}
