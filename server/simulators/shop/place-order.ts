import { GOODS } from './goods.ts'
import type { ShopSettings } from './settings.ts'

export type WantedOrder = {
  lines: { sku: string; quantity: number }[]
  email: string
  name: string
  /** Of bonuses put aside in the cart, and what they take off. */
  reservation: string | null
  discount: string | null
}

export type PlacedOrder = { orderId: string; total: number; paid: number; answer: unknown; status: number }

const MOST_PIECES = 99

/** Prices an order by the shop's own list, never by the browser's, and posts it to Tapline as a shop's backend does. */
export async function placeOrder(
  settings: ShopSettings,
  orderId: string,
  wanted: WantedOrder,
): Promise<PlacedOrder | { error: string }> {
  const items = wanted.lines.flatMap(({ sku, quantity }) => {
    const good = GOODS.find((one) => one.sku === sku)
    if (good === undefined || !Number.isInteger(quantity) || quantity < 1 || quantity > MOST_PIECES) return []
    const { price, category, name } = good
    return [{ sku, name: name.ru, category, price: `${price}.00`, quantity }]
  })
  if (items.length === 0 || items.length !== wanted.lines.length)
    return { error: 'The cart is empty, or holds what is not sold here.' }
  const total = items.reduce((sum, { price, quantity }) => sum + Number(price) * quantity, 0)
  const discount = wanted.reservation === null ? 0 : Number(wanted.discount)
  if (!(discount >= 0 && discount <= total)) return { error: 'The discount is more than the order.' }
  const response = await fetch(settings.webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'wait=5' },
    body: JSON.stringify({
      action: 'purchase',
      payload: {
        ...{ orderId, storefront: 'demo-shop', amount: total.toFixed(2), items },
        ...{ email: wanted.email, name: wanted.name },
        ...(wanted.reservation !== null && {
          reservation: wanted.reservation,
          discount: discount.toFixed(2),
        }),
      },
    }),
  })
  return { orderId, total, paid: total - discount, status: response.status, answer: await response.json() }
}
