/** Order number `index` of a run: always the same for the same index, so that everyone can make it again. */
export type Purchase = {
  orderId: string
  customer: number
  email: string
  phone: string
  amountMinor: number
  lines: { sku: string; name: string; quantity: number; priceMinor: number }[]
}

const GOODS = ['Кофе в зёрнах, Эфиопия', 'Кружка керамическая', 'Чай улун', 'Фильтры для воронки', 'Шоколад']

export function purchaseOf(index: number, customers: number): Purchase {
  const customer = scatter(index) % customers
  const lines = [1, 2].map((line) => {
    const good = scatter(index * 2 + line) % GOODS.length
    return {
      sku: `SKU-${1_000 + good}`,
      name: GOODS[good]!,
      quantity: 1 + (scatter(index + line) % 3),
      priceMinor: (150 + (scatter(index * 3 + line) % 2_000)) * 100,
    }
  })
  return {
    orderId: `order-${index}`,
    customer,
    email: `customer-${customer}@example.com`,
    phone: `+79${String(160_000_000 + customer)}`,
    amountMinor: lines.reduce((sum, { quantity, priceMinor }) => sum + quantity * priceMinor, 0),
    lines,
  }
}

/** What a shop would post of it: about 400 bytes. */
export function bodyOf({ orderId, email, phone, amountMinor, lines }: Purchase): string {
  return JSON.stringify({
    action: 'purchase',
    payload: {
      orderId,
      amount: decimal(amountMinor),
      currency: 'RUB',
      email,
      phone,
      paid: true,
      description: `Заказ ${orderId} с сайта`,
      promoCode: 'AUTUMN-2026',
      items: lines.map(({ priceMinor, ...line }) => ({ ...line, price: decimal(priceMinor) })),
    },
  })
}

/** What a checkout would ask before it. */
export function quoteOf({ email, amountMinor, lines }: Purchase): string {
  return JSON.stringify({
    customer: { email },
    amount: decimal(amountMinor),
    spend: '10',
    items: lines.map(({ priceMinor, ...line }) => ({ ...line, price: decimal(priceMinor) })),
  })
}

/** By the rules that a new project begins with: 5 %, down to whole bonuses. */
export function earnedMinor({ amountMinor }: Purchase): number {
  return Math.floor(amountMinor / 2_000) * 100
}

function decimal(minor: number): string {
  return (minor / 100).toFixed(2)
}

/** Knuth's multiplicative hash: neighbours land far apart. */
function scatter(index: number): number {
  return (Math.imul(index + 1, 2_654_435_761) >>> 0) % 2_147_483_647
}
