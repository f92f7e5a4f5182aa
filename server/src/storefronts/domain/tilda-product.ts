import type { OrderLine } from './command.ts'
import { parseLooseMoney } from './loose-money.ts'
import { lineTotal, MAX_NAME, MAX_SKU, parseQuantity } from './order-line.ts'
import { isRecord, known, printable, printableUpTo } from './text.ts'
import { MAX_EXTERNAL_ID } from './contact.ts'

/**
 * One product of a Tilda order, in either of its forms. A product whose money cannot be read counts 0: the order's
 * amount stands apart from its lines, and a strange line must not cost the shop the order.
 */
export function readTildaProduct(product: unknown, currency: string): OrderLine | undefined {
  return isRecord(product) ? fromRecord(product, currency) : fromText(printable(product), currency)
}

function fromRecord(product: Record<string, unknown>, currency: string): OrderLine | undefined {
  const name = printableUpTo(MAX_NAME, product.name)
  const sku = printableUpTo(MAX_SKU, product.sku)
  const externalId = printableUpTo(MAX_EXTERNAL_ID, product.externalid)
  if (name === undefined && sku === undefined && externalId === undefined) return undefined
  const quantity = looseQuantity(product.quantity)
  const price = parseLooseMoney(product.price, currency)
  const totalMinor =
    parseLooseMoney(product.amount, currency) ?? (price === undefined ? 0 : (lineTotal(price, quantity) ?? 0))
  return known({ externalId, sku, name, quantity, totalMinor })
}

/** "Name=490", "Name (sku, Option: X)=490", "Name (sku, Option: X, Extra: Y (470 руб.)) x 2 ≡ 1920". */
function fromText(text: string | undefined, currency: string): OrderLine | undefined {
  if (text === undefined) return undefined
  const at = Math.max(text.lastIndexOf('='), text.lastIndexOf('≡'))
  const totalMinor = at < 0 ? undefined : parseLooseMoney(text.slice(at + 1), currency)
  const title = totalMinor === undefined ? text : text.slice(0, at).trim()
  const times = /\s[xх×]\s*(\d[\d.,]*)$/iu.exec(title.slice(-40))
  const { name, sku } = splitTitle(times ? title.slice(0, -times[0].length).trim() : title)
  if (name === undefined && sku === undefined) return undefined
  return known({ sku, name, quantity: looseQuantity(times?.[1]), totalMinor: totalMinor ?? 0 })
}

function splitTitle(title: string): { name: string | undefined; sku?: string } {
  const whole = { name: printableUpTo(MAX_NAME, title) }
  const open = openingOfLastGroup(title)
  const name = printableUpTo(MAX_NAME, title.slice(0, Math.max(open, 0)))
  if (name === undefined) return whole
  const [first = '', ...others] = splitOutsideBrackets(title.slice(open + 1, -1))
  if (isOption(first)) return { name }
  // A lone word in brackets is as often a part of the name: "Сыр (500 г)", "Футболка (XL)".
  const sku =
    others.some(isOption) || (others.length === 0 && /^(?=.*[a-z]|\d{4})[\w./#+-]{3,}$/i.test(first))
  return sku ? { name, sku: printableUpTo(MAX_SKU, first) } : whole
}

/** Where the bracket opens that the title's last character closes, or -1. */
function openingOfLastGroup(title: string): number {
  if (!title.endsWith(')')) return -1
  let depth = 0
  for (let at = title.length - 1; at >= 0; at--) {
    if (title[at] === ')') depth++
    else if (title[at] === '(' && --depth === 0) return at
  }
  return -1
}

function splitOutsideBrackets(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')') depth--
    else if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim())
      from = at + 1
    }
  }
  return [...parts, text.slice(from).trim()]
}

function isOption(part: string): boolean {
  return part.includes(':')
}

function looseQuantity(value: unknown): number {
  return parseQuantity(typeof value === 'string' ? value.trim().replace(',', '.') : value) ?? 1
}
