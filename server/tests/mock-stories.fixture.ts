import { signBody, signWebhook, type Identity } from '@tapline/signing'

/** One suite for the mocks and the server: what a shop does, step by step. What is answered is compared, not looked at here. */

export type Answer = { status: number; headers: Headers; body: unknown }
type Choices = { headers?: Record<string, string>; key?: string | null }

/** A shop of either kind. Whatever it is asked goes into its transcript. */
export type ToldShop = {
  call(method: string, path: string, body?: unknown, choices?: Choices): Promise<Answer>
  /** To the door, in its raw form. */
  door(body: string, headers: Record<string, string>): Promise<Answer>
  /** A standard action; waits for the result unless told otherwise. */
  act(action: string, payload: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Id of whoever has this contact. */
  idOf(contact: Record<string, string>): Promise<string>
  /** Asks again until the answer is so. Kept out of the transcript: it may take a while or not. */
  until(path: string, is: (body: { data: unknown[] }) => boolean): Promise<void>
  /** A token that says who somebody is. */
  identityOf(identity: Identity): Promise<string>
  publishableKey: string
  signingSecret: string
}
export type Story = (shop: ToldShop) => Promise<void>

const WAIT = { prefer: 'wait=10' }
const ANNA = { email: 'anna@example.com' }
const BORIS = { phone: '8 (900) 123-45-67' }
const TIERS = [
  { name: 'Silver', threshold: '1000', percent: 2.5 },
  { name: 'Gold', threshold: '5000', percent: 7 },
]
const GOODS = [
  { sku: 'cup', price: '100', quantity: 4 },
  { sku: 'pot', price: '450.50' },
]
const purchase = (orderId: string, amount: string | number, more: object = {}) => ({
  ...ANNA,
  orderId,
  amount,
  ...more,
})
const bookOf = async (shop: ToldShop, contact: Record<string, string> = ANNA) => {
  const id = await shop.idOf(contact)
  await shop.call('GET', `/v1/customers/${id}`)
  await shop.call('GET', `/v1/customers/${id}/lots`)
  await shop.call('GET', `/v1/customers/${id}/entries?limit=200`)
  return id
}
const publish = (shop: ToldShop, program: object) => shop.call('PUT', '/v1/program', program)
const give = async (shop: ToldShop, amount: string, contact: Record<string, string> = ANNA) => {
  await shop.act('register_user', contact)
  const id = await shop.idOf(contact)
  await shop.call('POST', `/v1/customers/${id}/adjustments`, { amount, reason: 'A gift', staff: 'olga' })
  return id
}
const pass = (shop: ToldShop, advanceDays: number) => shop.call('POST', '/v1/sandbox/clock', { advanceDays })
const hold = (shop: ToldShop, more: object = {}) =>
  shop.call('POST', '/v1/holds', { customer: ANNA, orderId: 'h1', amount: '60', ...more })
const idIn = ({ body }: Answer) => (body as { id: string }).id

export const STORIES: Readonly<Record<string, Story>> = {
  'a new project': async (shop) => {
    await shop.call('GET', '/v1/program')
    await shop.call('GET', '/v1/customers')
    await shop.call('GET', '/v1/customers?email=nobody@example.com')
    await shop.call('GET', '/v1/webhook-endpoints')
    await shop.call('GET', '/v1/orders/none')
    await shop.call('GET', '/v1/holds/hld_00000000000000000000000000')
    await shop.call('GET', '/v1/customers/cus_00000000000000000000000000')
    await shop.call('GET', '/v1/customers/cus_00000000000000000000000000/lots')
    await shop.call('GET', '/v1/customers/cus_00000000000000000000000000/entries')
    await shop.call('GET', '/v1/inbox/inb_00000000000000000000000000')
    await shop.call('GET', '/v1/events/evt_00000000000000000000000000')
  },

  'rules are published, read, and refused': async (shop) => {
    await publish(shop, { basePercent: 5, tiers: TIERS, maxSpendPercent: 30, activationDelayDays: 14 })
    await publish(shop, { basePercent: 5, tiers: TIERS, maxSpendPercent: 30, activationDelayDays: 14 })
    await publish(shop, { basePercent: 2.25, rounding: 'nearest', welcomeBonus: 200, expiryDays: null })
    await shop.call('GET', '/v1/program')
    await publish(shop, { basePercent: 101 })
    await publish(shop, { basePercent: 1.234 })
    await publish(shop, { tiers: [TIERS[0], TIERS[0]] })
    await publish(shop, { surprise: true })
    await publish(shop, { rounding: 'up', basePercent: 'five' })
  },

  'earning with tiers and a delay': async (shop) => {
    await publish(shop, { basePercent: 5, tiers: TIERS, activationDelayDays: 14, expiryDays: 30 })
    await shop.act('purchase', purchase('1', '999.99', { name: 'Anna', utm: { source: 'mail' } }))
    await shop.act('purchase', purchase('2', 0.01))
    await shop.act('purchase', purchase('3', '4000'))
    await shop.act('purchase', purchase('4', '777.77', { items: GOODS }))
    await bookOf(shop)
    await pass(shop, 14)
    await bookOf(shop)
    await pass(shop, 30)
    await bookOf(shop)
    await shop.call('GET', '/v1/orders/4')
  },

  'rounding, least orders, unpaid orders': async (shop) => {
    for (const rounding of ['floor', 'nearest', 'none']) {
      await publish(shop, { basePercent: 7.77, rounding, leastOrder: '100', unpaidOrders: 'pending' })
      await shop.act('purchase', purchase(`${rounding}-1`, '1234.56'))
      await shop.act('purchase', purchase(`${rounding}-2`, '99.99'))
      await shop.act('purchase', purchase(`${rounding}-3`, '500', { paid: false }))
      await shop.act('purchase', purchase(`${rounding}-3`, '500', { paid: true }))
    }
    await publish(shop, { basePercent: 10, unpaidOrders: 'ignore' })
    await shop.act('purchase', purchase('5', '500', { paid: false }))
    await publish(shop, { basePercent: 10, unpaidOrders: 'award', awardOn: 'fulfilment' })
    await shop.act('purchase', purchase('6', '500', { paid: false }))
    await bookOf(shop)
  },

  'who it is': async (shop) => {
    await shop.act('register_user', {
      ...ANNA,
      externalId: 7,
      name: ' Anna ',
      birthday: '1990-02-28',
      locale: 'en',
    })
    await shop.act('register_user', { email: 'ANNA@Example.com', ...BORIS, telegramId: '12345' })
    await shop.act('register_user', { ...BORIS, externalId: '8' })
    await shop.act('purchase', { ...BORIS, email: 'boris@example.com', orderId: '1', amount: 100 })
    await shop.act('register_user', { externalId: '9' })
    await shop.act('register_user', { externalId: '9', ...ANNA })
    await shop.call('GET', '/v1/customers?phone=%2B79001234567')
    await shop.call('GET', '/v1/customers?email=boris@example.com')
    await shop.call('GET', '/v1/customers?externalId=7')
    await shop.call('GET', '/v1/customers?limit=1')
    await shop.call('GET', '/v1/customers')
    await shop.act('register_user', { name: 'Nobody' })
    await shop.act('register_user', { email: 'not an address' })
    await shop.act('purchase', { email: 'no', phone: '12', orderId: '2', amount: '1' })
  },

  'a welcome': async (shop) => {
    await publish(shop, { welcomeBonus: '200', expiryDays: 10 })
    await shop.act('register_user', ANNA)
    await shop.act('register_user', ANNA)
    await bookOf(shop)
    await pass(shop, 10)
    await bookOf(shop)
  },

  spending: async (shop) => {
    await publish(shop, { basePercent: 10, maxSpendPercent: 30, leastSpendOrder: '100' })
    await shop.act('spend_bonuses', { ...ANNA, orderId: '1', amount: '10', orderAmount: '1000' })
    await give(shop, '500')
    await shop.act('spend_bonuses', { ...ANNA, orderId: '1', amount: '10' })
    await shop.act('spend_bonuses', { ...ANNA, orderId: '1', amount: '10', orderAmount: '99' })
    await shop.act('spend_bonuses', { ...ANNA, orderId: '1', amount: '300.01', orderAmount: '1000' })
    await shop.act('spend_bonuses', { ...ANNA, orderId: '1', amount: '501', orderAmount: '5000' })
    await shop.act('spend_bonuses', { ...ANNA, orderId: '1', amount: '0', orderAmount: '1000' })
    await shop.act('spend_bonuses', { ...ANNA, orderId: '1', amount: 120.5, orderAmount: '1000' })
    await shop.act('spend_bonuses', { ...ANNA, orderId: '1', amount: '120.50', orderAmount: '1000' })
    await shop.act('spend_bonuses', { ...ANNA, orderId: '1', amount: '121', orderAmount: '1000' })
    await shop.call('GET', '/v1/orders/1')
    await shop.act('purchase', purchase('1', '1000'))
    await shop.act('purchase', purchase('2', '1000'))
    await shop.act('spend_bonuses', { ...ANNA, orderId: '2', amount: '250' }, {})
    await shop.call('GET', '/v1/orders/2')
    await shop.act('spend_bonuses', { ...ANNA, orderId: '3', amount: '100', orderAmount: '400' })
    await shop.act('purchase', purchase('3', '50'))
    await shop.call('GET', '/v1/orders/3')
    await bookOf(shop)
  },

  'the soonest to expire is spent first': async (shop) => {
    await publish(shop, { expiryDays: 30 })
    await give(shop, '100')
    await pass(shop, 10)
    await give(shop, '100')
    const id = await shop.idOf(ANNA)
    const expiresAt = new Date(Date.now() + 20 * 86_400_000).toISOString()
    const adjustment = { amount: '50', reason: 'For a week', staff: 'olga', expiresAt }
    await shop.call('POST', `/v1/customers/${id}/adjustments`, adjustment)
    await shop.act('spend_bonuses', { ...ANNA, orderId: '1', amount: '170' })
    await bookOf(shop)
    await pass(shop, 25)
    await bookOf(shop)
    await shop.call('POST', '/v1/orders/1/refunds')
    await bookOf(shop)
  },

  'a hold is captured': async (shop) => {
    await publish(shop, { basePercent: 5, maxSpendPercent: 50 })
    await give(shop, '100')
    await hold(shop)
    const made = await hold(shop, { orderAmount: '1000' })
    await hold(shop, { orderAmount: '1000' })
    await hold(shop, { orderAmount: '1000', amount: '61' })
    await hold(shop, { orderId: 'h2', orderAmount: '1000', amount: '41' })
    await hold(shop, { orderId: 'h2', orderAmount: '50', amount: '26' })
    await hold(shop, { orderId: 'h2', amount: '0' })
    await hold(shop, { customer: { email: 'stranger@example.com' }, orderAmount: '1000' })
    await shop.call('GET', `/v1/holds/${idIn(made)}`)
    await bookOf(shop)
    await shop.call('POST', `/v1/holds/${idIn(made)}/capture`, { amount: '61' })
    await shop.call('POST', `/v1/holds/${idIn(made)}/capture`, { amount: '40' })
    await shop.call('POST', `/v1/holds/${idIn(made)}/capture`, { amount: '40' })
    await shop.call('POST', `/v1/holds/${idIn(made)}/capture`)
    await shop.call('POST', `/v1/holds/${idIn(made)}/void`)
    await shop.call('GET', '/v1/orders/h1')
    await shop.act('purchase', purchase('h1', '1000'))
    await hold(shop, { orderAmount: '1000' })
    await bookOf(shop)
  },

  'a hold is voided, runs out, or waits for its customer': async (shop) => {
    await publish(shop, { expiryDays: 20 })
    await give(shop, '100')
    const voided = idIn(await hold(shop))
    await shop.call('POST', `/v1/holds/${voided}/void`)
    await shop.call('POST', `/v1/holds/${voided}/void`)
    await shop.call('POST', `/v1/holds/${voided}/capture`)
    const overdue = idIn(await hold(shop, { expiresInSeconds: 86_400 }))
    await pass(shop, 2)
    await shop.call('GET', `/v1/holds/${overdue}`)
    await shop.call('POST', `/v1/holds/${overdue}/capture`)
    await shop.call('POST', `/v1/holds/${overdue}/void`)
    const unsure = idIn(await hold(shop, { awaitsConfirmation: true, expiresInSeconds: 1_296_000 }))
    await shop.call('POST', `/v1/holds/${unsure}/capture`)
    await shop.call('POST', `/v1/sandbox/holds/${unsure}/confirm`)
    await shop.call('POST', `/v1/sandbox/holds/${unsure}/confirm`)
    await pass(shop, 10)
    await shop.call('PUT', '/v1/orders/h1', { status: 'paid', customer: ANNA, amount: '200', holdId: unsure })
    await shop.call('PUT', '/v1/orders/h1', { status: 'paid', holdId: unsure })
    await shop.call('PUT', '/v1/orders/h2', { status: 'paid', customer: ANNA, amount: '200', holdId: unsure })
    await shop.call('POST', '/v1/sandbox/holds/hld_00000000000000000000000000/confirm')
    await bookOf(shop)
  },

  'held bonuses outlive their lot': async (shop) => {
    await publish(shop, { expiryDays: 5 })
    await give(shop, '100')
    const first = idIn(await hold(shop, { expiresInSeconds: 1_000_000 }))
    await pass(shop, 6)
    await bookOf(shop)
    await shop.call('POST', `/v1/holds/${first}/capture`, { amount: '50' })
    await bookOf(shop)
  },

  'a quote is what the order does': async (shop) => {
    await publish(shop, { basePercent: 5, tiers: TIERS, maxSpendPercent: 40, activationDelayDays: 3 })
    await shop.call('POST', '/v1/quotes', { amount: '850.50', items: GOODS })
    await shop.call('POST', '/v1/quotes', { amount: '850.50', customer: { email: 'stranger@example.com' } })
    await give(shop, '1000')
    await shop.act('purchase', purchase('0', '1500'))
    await shop.call('POST', '/v1/quotes', { amount: '900', items: GOODS, customer: ANNA, spend: '123.45' })
    await shop.call('POST', '/v1/quotes', { amount: '800', items: GOODS, customer: ANNA, spend: '320.01' })
    await shop.call('POST', '/v1/quotes', { amount: '100000', customer: ANNA, spend: '5' })
    await shop.call('POST', '/v1/quotes', { amount: '0', customer: ANNA })
    await shop.call('POST', '/v1/quotes', { amount: '1', customer: { id: 'cus_00000000000000000000000000' } })
    await shop.call('POST', '/v1/quotes', { amount: '1.001' })
    await shop.call('POST', '/v1/quotes', { amount: '1', spend: '1.001' })
    await shop.call('PUT', '/v1/orders/1', {
      status: 'paid',
      customer: ANNA,
      amount: '900',
      items: GOODS,
      spend: '123.45',
    })
    await bookOf(shop)
  },

  'an order as full state': async (shop) => {
    await publish(shop, { basePercent: 10, awardOn: 'fulfilment', tiers: TIERS })
    await shop.call('PUT', '/v1/orders/1', { status: 'paid' })
    await shop.call('PUT', '/v1/orders/1', {
      status: 'created',
      customer: ANNA,
      amount: '850.50',
      items: GOODS,
    })
    await shop.call('PUT', '/v1/orders/1', { status: 'paid', amount: '850.50' })
    await shop.call('PUT', '/v1/orders/1', { status: 'paid', amount: '851.50' })
    await shop.call('PUT', '/v1/orders/1', { status: 'paid', customer: { email: 'other@example.com' } })
    await bookOf(shop)
    await shop.call('PUT', '/v1/orders/1', { status: 'fulfilled', amount: '1850.50' })
    await shop.call('PUT', '/v1/orders/1', { status: 'created' })
    await shop.call('PUT', '/v1/orders/1', { status: 'partially_refunded' })
    await shop.call('PUT', '/v1/orders/1', { status: 'partially_refunded', refundedAmount: '2000' })
    await shop.call('PUT', '/v1/orders/1', { status: 'partially_refunded', refundedAmount: '1000.30' })
    await shop.call('PUT', '/v1/orders/1', { status: 'partially_refunded', refundedAmount: '500' })
    await bookOf(shop)
    await shop.call('PUT', '/v1/orders/1', { status: 'cancelled' })
    await shop.call('PUT', '/v1/orders/1', { status: 'fulfilled' })
    await shop.call('PUT', '/v1/orders/2', { status: 'refunded', customer: ANNA, amount: '10' })
    await shop.call('PUT', '/v1/orders/3?storefront=woocommerce', {
      status: 'paid',
      customer: ANNA,
      amount: '10',
    })
    await shop.call('GET', '/v1/orders/3')
    await shop.call('GET', '/v1/orders/3?storefront=woocommerce')
    await shop.call('PUT', '/v1/orders/4', { status: 'paid', customer: ANNA, amount: '10', currency: 'USD' })
    await shop.call('PUT', '/v1/orders/4', { status: 'paid', customer: ANNA, amount: '10', spend: '1', holdId: 'hld_00000000000000000000000000' }) // prettier-ignore
    await shop.call('PUT', '/v1/orders/4', { status: 'paid', customer: ANNA, amount: '10', spend: '1' })
    await shop.call('PUT', '/v1/orders/4', {
      status: 'paid',
      customer: ANNA,
      amount: '10',
      referralCode: 'nobodys',
    })
    await bookOf(shop)
  },

  'refunds by amount': async (shop) => {
    await publish(shop, { basePercent: 10, expiryDays: 100 })
    await give(shop, '300')
    await shop.call('PUT', '/v1/orders/1', {
      status: 'paid',
      customer: ANNA,
      amount: '999.99',
      spend: '111.11',
    })
    await shop.call('POST', '/v1/orders/1/refunds', { amount: '333.33' })
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'a', amount: '333.33' })
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'a', amount: '333.33' })
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'a', amount: '333.34' })
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'b', amount: '700' })
    await shop.call(
      'POST',
      '/v1/orders/1/refunds',
      { amount: '1.01' },
      { headers: { 'idempotency-key': 'r-1' } },
    )
    await shop.call(
      'POST',
      '/v1/orders/1/refunds',
      { amount: '1.01' },
      { headers: { 'idempotency-key': 'r-1' } },
    )
    await shop.act('refund', { orderId: '1', refundId: 'c', amount: 100, reason: 'Broken' })
    await shop.act('refund', { orderId: '1', refundId: 'c', amount: 100 })
    await shop.act('refund', { orderId: '1', refundId: 'c', amount: 101 })
    await bookOf(shop)
    await shop.call('POST', '/v1/orders/1/refunds')
    await shop.call('POST', '/v1/orders/1/refunds')
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'd', amount: '1' })
    await shop.call('GET', '/v1/orders/1')
    await bookOf(shop)
  },

  'refunds by lines': async (shop) => {
    await publish(shop, { basePercent: 7.5, rounding: 'none' })
    await shop.act('purchase', purchase('1', '800', { items: GOODS }))
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'a', items: [{ sku: 'cup', quantity: 1 }] })
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'b', items: [{ sku: 'spoon', quantity: 1 }] })
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'b', items: [{ sku: 'cup', quantity: 4 }] })
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'b', items: [{ quantity: 4 }] })
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'b', items: [], amount: '1' })
    await shop.call('POST', '/v1/orders/1/refunds', {
      refundId: 'b',
      amount: '1',
      items: [{ sku: 'cup', quantity: 1 }],
    })
    await shop.act('refund', { orderId: '1', refundId: 'c', items: [{ sku: 'pot', quantity: 1 }, { sku: 'cup', quantity: 2 }] }) // prettier-ignore
    await shop.act('refund', { orderId: '1', refundId: 'd', items: [{ sku: 'cup', quantity: 1 }], amount: 1 })
    await shop.act('refund', { orderId: '1', items: [{ sku: 'cup', quantity: 1 }] })
    await shop.call('GET', '/v1/orders/1')
    await bookOf(shop)
  },

  'a refund of what is spent already': async (shop) => {
    for (const whenSpent of ['within-balance', 'allow-debt', 'only-pending']) {
      const contact = { email: `${whenSpent}@example.com` }
      await publish(shop, { basePercent: 20, refunds: { whenSpent, leastLifeDays: 0 } })
      await shop.act('purchase', { ...contact, orderId: `${whenSpent}-1`, amount: '500' })
      await shop.act('spend_bonuses', { ...contact, orderId: `${whenSpent}-2`, amount: '70' })
      await shop.call('POST', `/v1/orders/${whenSpent}-1/refunds`)
      await bookOf(shop, contact)
      await shop.act('purchase', { ...contact, orderId: `${whenSpent}-3`, amount: '1000' })
      await shop.call('POST', `/v1/orders/${whenSpent}-2/refunds`)
      await bookOf(shop, contact)
    }
  },

  'a refund before its order': async (shop) => {
    await shop.act('refund', { orderId: '1', refundId: 'a', amount: '10' })
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'a', amount: '10' })
    await shop.act('refund', { ...ANNA, orderId: '1', refundId: 'a', amount: '10' })
    await shop.call('GET', '/v1/orders/1')
    await shop.act('purchase', purchase('1', '110'))
    await bookOf(shop)
  },

  'what expired is not taken back': async (shop) => {
    await publish(shop, { basePercent: 10, expiryDays: 5 })
    await shop.act('purchase', purchase('1', '1000'))
    await shop.act('spend_bonuses', { ...ANNA, orderId: '2', amount: '30' })
    await pass(shop, 6)
    await give(shop, '500')
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'a', amount: '600' })
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'b', amount: '400' })
    await shop.call('POST', '/v1/orders/2/refunds')
    await bookOf(shop)
  },

  'tiers fall when goods come back': async (shop) => {
    await publish(shop, { basePercent: 5, tiers: TIERS })
    await shop.act('purchase', purchase('1', '5000'))
    await shop.act('purchase', purchase('2', '100'))
    await shop.call('POST', '/v1/orders/1/refunds', { refundId: 'a', amount: '4500' })
    await shop.act('purchase', purchase('3', '100'))
    await bookOf(shop)
    await publish(shop, { basePercent: 5, tiers: [{ name: 'All', threshold: 0, percent: 1 }] })
    await shop.act('purchase', { email: 'new@example.com', orderId: '4', amount: '100' })
    await bookOf(shop, { email: 'new@example.com' })
    await publish(shop, {
      tierPolicy: { by: 'orders' },
      tiers: [{ name: 'Regular', threshold: 2, percent: 1 }],
    })
    await shop.act('purchase', { email: 'new@example.com', orderId: '5', amount: '100' })
    await bookOf(shop, { email: 'new@example.com' })
  },

  'the same order again': async (shop) => {
    await shop.act('purchase', purchase('1', '850.50', { items: GOODS }))
    await shop.act('purchase', purchase('1', 850.5, { items: [...GOODS].reverse(), name: 'Ann' }))
    await shop.act('purchase', purchase('1', '851', { items: GOODS }))
    await shop.act('purchase', { email: 'other@example.com', orderId: '1', amount: '850.50', items: GOODS })
    await shop.act('purchase', purchase('1', '850.50'))
    await shop.act('purchase', purchase('1', '850.50', { storefront: 'woocommerce' }))
    await shop.act('purchase', purchase('2', '100', { currency: 'EUR' }))
    await shop.act('purchase', purchase('2', '100', { currency: 'rub' }))
    await shop.act('refund', { orderId: '2' })
    await shop.act('refund', { orderId: '2' })
    await bookOf(shop)
  },

  'an order known from the API, told by the door': async (shop) => {
    await shop.call('PUT', '/v1/orders/1', { status: 'paid', customer: ANNA, amount: '100' })
    await shop.act('purchase', purchase('1', '100'))
    await shop.act('purchase', { email: 'other@example.com', orderId: '1', amount: '100' })
    await shop.act('purchase', purchase('1', '101'))
    await bookOf(shop)
  },

  'a batch': async (shop) => {
    await shop.act('batch_purchase', {
      purchases: [
        purchase('1', '100'),
        purchase('1', '100'),
        purchase('1', '101'),
        { orderId: '2' },
        purchase('3', '0.001'),
      ],
    })
    await shop.act('batch_purchase', { purchases: [] })
    await shop.act('batch_purchase', {})
    await bookOf(shop)
  },

  'what does not fit at the door': async (shop) => {
    const json = { 'content-type': 'application/json' }
    await shop.door('{', json)
    await shop.door('[]', json)
    await shop.door('{}', json)
    await shop.door('{"action":"dance","payload":{}}', json)
    await shop.door('{"action":"purchase"}', json)
    await shop.door('<order/>', { 'content-type': 'text/xml' })
    await shop.act('purchase', {})
    await shop.act('purchase', { ...ANNA, orderId: '', amount: '-5' })
    await shop.act('purchase', { ...ANNA, orderId: ' ', amount: true, currency: 'RUBLE' })
    await shop.act('purchase', purchase('1', '1.001'))
    await shop.act('purchase', purchase('1', 1e21))
    await shop.act(
      'purchase',
      purchase('1', '1', { items: [{ price: 'x', quantity: 0 }, { quantity: '0' }] }),
    )
    await shop.act('spend_bonuses', { orderId: '1' })
    await shop.act('refund', { orderId: '1', amount: '5' })
    await shop.act('register_user', { ...ANNA, birthday: '1990-02-30', locale: 'fr', telegramId: 'x' })
    await shop.act('purchase', purchase('1', '1', { storefront: 'Shop!', referralCode: 'nobodys' }))
    await shop.act('purchase', purchase('1', '1', { referralCode: 'nobodys' }))
    await shop.call('GET', '/v1/orders/1')
  },

  signatures: async (shop) => {
    const body = JSON.stringify({ action: 'purchase', payload: purchase('1', '10') })
    const json = { 'content-type': 'application/json', ...WAIT }
    await shop.door(body, { ...json, 'x-signature': '0'.repeat(64) })
    await shop.door(body, {
      ...json,
      'webhook-id': 'a',
      'webhook-timestamp': '1',
      'webhook-signature': 'v1,x',
    })
    await shop.door(body, { ...json, 'x-signature': signBody({ body, secret: shop.signingSecret }) })
    const signed = { id: 'order_2', timestamp: new Date(), body, secrets: [shop.signingSecret] }
    await shop.door(body, { ...json, ...signWebhook(signed) })
    await shop.door(body, json)
  },

  'nobody waits': async (shop) => {
    await shop.act('register_user', ANNA, {})
    await shop.act('purchase', purchase('1', '10'), {})
    await shop.act('batch_purchase', { purchases: [purchase('2', '10'), { orderId: '3' }] }, {})
    await shop.act('spend_bonuses', { ...ANNA, orderId: '4', amount: '5000' }, {})
    await shop.act('refund', { orderId: '1', amount: '5' }, {})
  },

  'deliveries of webhooks': async (shop) => {
    const made = await shop.call('POST', '/v1/webhook-endpoints', { url: 'https://shop.example/hook', events: ['tier.*'], enabled: false }) // prettier-ignore
    const endpointId = idIn(made)
    await shop.call('GET', '/v1/webhook-endpoints')
    await shop.call('GET', `/v1/webhook-deliveries?endpointId=${endpointId}`)
    await shop.call('POST', `/v1/webhook-endpoints/${endpointId}/replay`)
    await shop.call('POST', '/v1/events/evt_00000000000000000000000000/replay')
    await shop.call('POST', '/v1/webhook-endpoints/whe_00000000000000000000000000/replay', {
      types: ['dance'],
    })
    await shop.call('POST', '/v1/webhook-endpoints/whe_00000000000000000000000000/replay')
    await shop.call('GET', '/v1/webhook-replays')
    await shop.call('GET', '/v1/events?type=dance')
  },

  'keys of requests': async (shop) => {
    const id = await give(shop, '100')
    const keyed = (key: string) => ({ headers: { 'idempotency-key': key } })
    const adjustment = { amount: '-10', reason: 'A mistake', staff: 'olga' }
    await shop.call('POST', `/v1/customers/${id}/adjustments`, adjustment, keyed('k-1'))
    await shop.call('POST', `/v1/customers/${id}/adjustments`, adjustment, keyed('"k-1"'))
    await shop.call('POST', `/v1/customers/${id}/adjustments`, { ...adjustment, amount: '-11' }, keyed('k-1'))
    await shop.call(
      'POST',
      `/v1/customers/${id}/adjustments`,
      { ...adjustment, amount: '-1000' },
      keyed('k-2'),
    )
    await shop.call('POST', `/v1/customers/${id}/adjustments`, { ...adjustment, amount: '-1' }, keyed('k-2'))
    await shop.call('POST', '/v1/quotes', { amount: '10' }, keyed('k-1'))
    await shop.call('POST', '/v1/quotes', { amount: '10' }, keyed('"'))
    await shop.call('POST', '/v1/quotes', { amount: '10' }, keyed('k-3'))
    await shop.call('POST', '/v1/quotes', { amount: '10' }, keyed('k-3'))
    await shop.call('POST', '/v1/webhook-endpoints', { url: 'https://shop.example/hook' }, keyed('k-4'))
    await bookOf(shop)
  },

  'adjustments and lots': async (shop) => {
    const id = await give(shop, '100')
    const adjust = (body: object) => shop.call('POST', `/v1/customers/${id}/adjustments`, body)
    await adjust({ amount: '-30.50', reason: 'A mistake', staff: ' olga ' })
    await adjust({ amount: '-70', reason: 'Too much', staff: 'olga' })
    await adjust({ amount: '0', reason: 'Nothing', staff: 'olga' })
    await adjust({ amount: '1', reason: 'Late', staff: 'olga', expiresAt: '2020-01-01T00:00:00Z' })
    await adjust({ amount: '1', reason: ' ', staff: 'olga' })
    await adjust({ amount: 1, reason: 'A number', staff: 'olga' })
    await publish(shop, { basePercent: 10, activationDelayDays: 5 })
    await shop.act('purchase', purchase('1', '100'))
    await shop.act('purchase', purchase('2', '200'))
    const lots = (await shop.call('GET', `/v1/customers/${id}/lots`)).body as {
      data: { id: string; state: string }[]
    }
    const [first, second] = lots.data.filter(({ state }) => state === 'pending').map((lot) => lot.id)
    await shop.call('POST', `/v1/customers/${id}/lots/${first}/activate`)
    await shop.call('POST', `/v1/customers/${id}/lots/${first}/activate`)
    await shop.call('POST', `/v1/customers/${id}/lots/${first}/cancel`)
    await shop.call('POST', `/v1/customers/${id}/lots/${second}/cancel`)
    await shop.call('POST', `/v1/customers/${id}/lots/${second}/cancel`)
    await shop.call('POST', `/v1/customers/${id}/lots/lot_00000000000000000000000000/cancel`)
    await shop.call('GET', '/v1/orders/2')
    await shop.call('POST', '/v1/orders/2/refunds')
    await shop.call('POST', '/v1/customers/cus_00000000000000000000000000/adjustments', { amount: '1', reason: 'Whose', staff: 'olga' }) // prettier-ignore
    await bookOf(shop)
  },

  'pages of a ledger': async (shop) => {
    const id = await give(shop, '1')
    for (const amount of ['2', '3', '4']) {
      await shop.call('POST', `/v1/customers/${id}/adjustments`, {
        amount,
        reason: 'More of it',
        staff: 'olga',
      })
    }
    let cursor: string | null = null
    do {
      const after: string = cursor === null ? '' : `&cursor=${cursor}`
      const page = await shop.call('GET', `/v1/customers/${id}/entries?limit=3${after}`)
      cursor = (page.body as { nextCursor: string | null }).nextCursor
    } while (cursor !== null)
    await shop.call('GET', `/v1/customers/${id}/entries?cursor=x`)
  },

  'who may not': async (shop) => {
    await shop.call('GET', '/v1/program', undefined, { key: null })
    await shop.call('GET', '/v1/program', undefined, { key: 'sk_wrong' })
    await shop.call('PUT', '/v1/program', { basePercent: 'x' }, { key: 'sk_wrong' })
    await shop.call('POST', '/v1/quotes', undefined, { key: null })
  },

  'what does not fit the API': async (shop) => {
    await shop.call('GET', '/v1/customers?limit=0')
    await shop.call('GET', '/v1/customers?limit=x')
    await shop.call('GET', '/v1/customers?surprise=1')
    await shop.call('GET', '/v1/customers/cus_1')
    await shop.call('GET', '/v1/nothing')
    await shop.call('DELETE', '/v1/program')
    await shop.call('DELETE', '/v1/webhook-endpoints')
    await shop.call('PUT', '/v1/webhook-endpoints/whe_1', {})
    await shop.call('POST', '/v1/program', {}, { key: null })
    await shop.call('POST', '/v1/quotes')
    await shop.call('POST', '/v1/quotes', '{', { headers: { 'content-type': 'application/json' } })
    await shop.call('POST', '/v1/quotes', '[]', { headers: { 'content-type': 'application/json' } })
    await shop.call('POST', '/v1/quotes', 'a=1', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    await shop.call('POST', '/v1/quotes', {})
    await shop.call('POST', '/v1/quotes', { amount: -1 })
    await shop.call('POST', '/v1/quotes', { amount: '1', surprise: true })
    await shop.call('POST', '/v1/quotes', { amount: '1', items: [{ quantity: 0 }] })
    await shop.call('POST', '/v1/quotes', { amount: '1', customer: {} })
    await shop.call('POST', '/v1/quotes', { amount: '1', customer: { email: 'nobody' } })
    await shop.call('POST', '/v1/holds', { customer: ANNA, orderId: '1' })
    await shop.call('POST', '/v1/holds', { customer: ANNA, orderId: '1', amount: '1', expiresInSeconds: 1.5 })
    await shop.call('POST', '/v1/holds', { customer: ANNA, orderId: '1', amount: '1', expiresInSeconds: 59 })
    await shop.call('PUT', '/v1/orders/1', { status: 'lost' })
    await shop.call('PUT', '/v1/orders/1?storefront=No', { status: 'paid' })
    await shop.call('POST', '/v1/sandbox/clock', {})
    await shop.call('POST', '/v1/sandbox/clock', { advanceDays: 1, advanceSeconds: 1 })
    await shop.call('POST', '/v1/sandbox/clock', { to: '2020-01-01' })
  },

  'endpoints of webhooks': async (shop) => {
    const made = await shop.call('POST', '/v1/webhook-endpoints', {
      url: 'https://shop.example/hook#part',
      description: 'Ours',
      events: ['bonus.*'],
    })
    const id = idIn(made)
    await shop.call('GET', `/v1/webhook-endpoints/${id}`)
    await shop.call('PATCH', `/v1/webhook-endpoints/${id}`, { events: ['dance.*'] })
    await shop.call('PATCH', `/v1/webhook-endpoints/${id}`, { enabled: false, description: null })
    await shop.call('POST', `/v1/webhook-endpoints/${id}/test`)
    await shop.call('PATCH', `/v1/webhook-endpoints/${id}`, { enabled: true })
    await shop.call('POST', `/v1/webhook-endpoints/${id}/secret/rotate`)
    await shop.call('POST', `/v1/webhook-endpoints/${id}/secret/rotate`)
    await shop.call('POST', `/v1/webhook-endpoints/${id}/secret/rotate`, { force: true, overlapSeconds: 0 })
    for (const url of [
      'http://shop.example',
      'https://127.0.0.1/',
      'https://shop.example:444/',
      'ftp://x.example',
      'shop',
    ]) {
      await shop.call('POST', '/v1/webhook-endpoints', { url })
    }
    await shop.call('POST', '/v1/webhook-endpoints', {})
    await shop.call('DELETE', `/v1/webhook-endpoints/${id}`)
    await shop.call('DELETE', `/v1/webhook-endpoints/${id}`)
    await shop.call('GET', `/v1/webhook-endpoints/${id}`)
    await shop.call('GET', '/v1/webhook-deliveries/whd_00000000000000000000000000')
    await shop.call('GET', '/v1/webhook-replays/whr_00000000000000000000000000')
  },
}
