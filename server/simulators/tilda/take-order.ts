import { randomInt } from 'node:crypto'
import { orderFrom, type Order } from './order.ts'
import { countUse, sameCode, usablePromoCode } from './promo-codes.ts'
import type { Tilda } from './tilda.ts'

const MOST_ORDERS = 10_000
const OF_TILDA = /^(tildapayment|tildaspec-|tildamember|form-spec-comments|paymentsystem|formservices)/

export interface FormAnswer {
  message: 'OK' | 'ERROR'
  results?: string[]
  next?: { type: string; url: string }
  error?: string
}

/** What `/procces/` does with a form: the cart is believed as it was sent. */
export function takeOrder(tilda: Tilda, form: URLSearchParams): FormAnswer {
  const { site, orders, webhooks, clock } = tilda
  const fields = Object.fromEntries([...form].filter(([name]) => !OF_TILDA.test(name)))
  if (!form.has('tildapayment')) return { message: 'OK', results: ['0:0:0'] }
  const cart = JSON.parse(form.get('tildapayment')!) as Record<string, unknown>
  const member = form.get('tildamember')
  const system = form.get('paymentsystem') ?? 'cash'
  const order = orderFrom(cart, {
    id: String(randomInt(1_000_000_000, 2_147_483_647)),
    at: clock.now(),
    formId: form.get('tildaspec-formid') ?? 'form1',
    paid: false,
    sys: system === 'cash' ? 'none' : system,
    systranid: '0',
    fields: { ...fields, ...(member !== null && membersFields(member)) },
  })
  if (order.products.length === 0) return { message: 'ERROR', error: 'Корзина пуста' }
  const code = order.promocode
  if (code !== undefined) {
    const known = usablePromoCode(tilda, code)
    const isUsedUp = site.promoCodes.some((each) => sameCode(each.code, code)) && !known
    if (isUsedUp || (!known && site.refusesUnknownPromoCodes))
      return { message: 'ERROR', error: 'Промокод не действует' }
    countUse(tilda, code)
  }
  if (orders.size >= MOST_ORDERS) orders.delete([...orders.keys()][0]!)
  orders.set(order.id, order)
  if (site.webhook && !site.onlyAfterPayment) webhooks.send(order, site.webhook)
  return {
    message: 'OK',
    results: [`7001:${orders.size}:${order.id}`],
    ...(order.sys !== 'none' && { next: { type: 'payment', url: `/pay/${order.id}` } }),
  }
}

/** The payment system says that the money is there. */
export function payOrder({ site, orders, webhooks }: Tilda, id: string): Order {
  const order = orders.get(id)
  if (!order) throw new Error(`There is no order ${id}`)
  if (order.paid) return order
  const paid: Order = { ...order, paid: true, systranid: String(randomInt(1_000_000_000, 2_147_483_647)) }
  orders.set(id, paid)
  if (site.webhook && site.onlyAfterPayment) webhooks.send(paid, site.webhook)
  return paid
}

function membersFields(json: string): Record<string, string> {
  const { name = '', email = '', code = '' } = JSON.parse(json) as Record<string, string>
  return { ma_name: name, ma_email: email, ma_id: code }
}
