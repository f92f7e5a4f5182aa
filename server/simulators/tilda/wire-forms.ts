import type { Order, OrderedProduct } from './order.ts'
import type { WebhookSettings } from './site.ts'

export interface Wire {
  url: string
  headers: Record<string, string>
  body: string
}

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

/** The order's webhook in the bytes that the owner chose. */
export function wireOf(order: Order, { url, form, products, escaped, key }: WebhookSettings): Wire {
  const plain: Record<string, string> = { ...order.fields }
  const headers: Record<string, string> = {}
  let address = url
  if (key?.place === 'body') plain[key.name] = key.value
  if (key?.place === 'header') headers[key.name] = key.value
  if (key?.place === 'url') {
    const withKey = new URL(url)
    withKey.searchParams.set(key.name, key.value)
    address = withKey.href
  }
  const tail = { formid: order.formId, formname: 'Cart' }

  if (form === 'B') {
    const body = new URLSearchParams({ ...plain, ...tail })
    for (const [name, value] of bracketed('payment', paymentOf(order, 'objects'))) body.append(name, value)
    return { url: address, headers: { ...headers, ...FORM }, body: body.toString() }
  }
  const payment = paymentOf(order, products)
  if (form === 'C') {
    return {
      url: address,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...plain, payment, ...tail }),
    }
  }
  const json = JSON.stringify(payment)
  const written = escaped ? json.replaceAll('&', '&amp;').replaceAll('"', '&quot;') : json
  const body = new URLSearchParams({ ...plain, payment: written, ...tail }).toString()
  return { url: address, headers: { ...headers, ...FORM }, body }
}

/** Money as Tilda writes it: text without needless decimals. */
const money = (amount: number) => String(Number(amount.toFixed(2)))

function paymentOf(order: Order, products: 'objects' | 'strings'): Record<string, unknown> {
  const { promocode, discountvalue, discount, delivery } = order
  return {
    sys: order.sys,
    systranid: order.systranid,
    orderid: order.id,
    products: order.products.map((each) => (products === 'strings' ? inWords(each) : asObject(each))),
    ...(promocode !== undefined && { promocode, discountvalue, discount: money(discount ?? 0) }),
    subtotal: money(order.subtotal),
    ...(delivery !== undefined && { delivery, delivery_price: order.deliveryPrice }),
    amount: money(order.amount),
  }
}

const asObject = ({ price, ...product }: OrderedProduct) => ({ ...product, price: money(price) })

/** "Name (sku, Option: X) x 2 ≡ 1920" */
function inWords({ name, sku, options = [], quantity, amount }: OrderedProduct): string {
  const inside = [sku, ...options.map(({ option, variant }) => `${option}: ${variant}`)].filter(Boolean)
  const title = inside.length > 0 ? `${name} (${inside.join(', ')})` : name
  return quantity === 1 ? `${title}=${money(amount)}` : `${title} x ${quantity} ≡ ${money(amount)}`
}

function bracketed(path: string, value: unknown): Array<[string, string]> {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([name, member]) => bracketed(`${path}[${name}]`, member))
}
