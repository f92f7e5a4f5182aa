import { signIdentity } from '@tapline/signing'
import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANNA, minor, money, shopDesk, WAIT } from './shop-desk.fixture.ts'
import { eventually, startTapline, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Program = Schemas['ProgramInput']

const ORIGIN = 'https://shop.test'
const OTHER = { email: 'boris@example.com' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const MINUTE_S = 60

let tapline: Tapline
let count = 0

beforeAll(async () => {
  tapline = await startTapline()
})
afterAll(() => tapline?.stop())

type Events = { data: Schemas['Event'][] }
type Page = Awaited<ReturnType<typeof openPage>>
const newOrderId = () => String(2_100_000_000 + ++count)

/** A sandbox shop, Anna with bonuses, and her browser on its page. */
async function openPage(bonuses = '1000', program: Program = { basePercent: 10 }, ownerId?: string) {
  const desk = shopDesk(tapline, await tapline.createShop({ sandbox: true }, program))
  const { shop } = desk
  if (ownerId !== undefined) {
    await shop.put('/v1/integrations/telegram', { token: tapline.telegram.tokens[0] })
    await shop.put('/v1/integrations/telegram/owner', { telegramId: ownerId })
  }
  await desk.register(ANNA)
  if (minor(bonuses) > 0) await desk.adjust(bonuses)
  await shop.put('/v1/chat-settings', { allowedOrigins: [ORIGIN] })
  const session = async (body: object) =>
    (
      await tapline.call<Schemas['VisitorSession']>(
        'POST',
        '/v1/visitor-sessions',
        shop.publishableKey,
        body,
        { origin: ORIGIN },
      )
    ).body.token
  const token = await session({ identity: signIdentity({ secret: shop.signingSecret, ...ANNA }) })
  const mine = <T>(method: string, path: string, body?: unknown, key = token, headers: object = {}) =>
    tapline.call<T & { code: string }>(method, path, key, body, { origin: ORIGIN, ...headers })

  async function unconfirmed(amount = '300', more: object = {}): Promise<Schemas['Hold']> {
    const answer = await mine<Schemas['Hold']>('POST', '/v1/me/holds', {
      amount,
      storefront: 'tilda',
      ...more,
    })
    if (answer.status !== 201) throw new Error(`Not held: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  async function confirmed(hold: Schemas['Hold']) {
    await desk.confirm(hold.id)
    return { ...hold, code: hold.reservation! }
  }
  const order = async (orderId: string, storefront = 'tilda') =>
    (await desk.call<Schemas['Order']>('GET', `/v1/orders/${orderId}?storefront=${storefront}`)).body

  return {
    desk,
    session,
    mine,
    unconfirmed,
    confirmed,
    order,
    held: async (amount?: string, more?: object) => confirmed(await unconfirmed(amount, more)),
    /** As Tilda sends it, in the fields of its form. */
    tilda: async (payment: object, fields: object = ANNA): Promise<Schemas['Order']> => {
      const orderid = newOrderId()
      const whole = { sys: 'tinkoff', systranid: '44', orderid, ...payment }
      await shop.post({ ...fields, payment: whole })
      const id = String(whole.orderid)
      return eventually(
        () => order(id),
        ({ status }) => (status as string) === 'paid',
      )
    },
    purchase: (payload: object) =>
      shop.post({ action: 'purchase', payload: { ...ANNA, orderId: newOrderId(), ...payload } }, WAIT),
    doubts: async () =>
      (await desk.alerts())
        .filter(({ type }) => type === 'reservation.doubted')
        .map(({ details }) => details as { because: string; orderId: string }),
    available: async (contact: object = ANNA) => (await desk.bonuses(contact)).available,
  }
}

/** 1000 of goods, of which the code takes 300. */
const cart = (code: string, more: object = {}) => ({
  products: ['Cup=1000'],
  promocode: code,
  discount: '300',
  amount: '700',
  ...more,
})

describe('a hold without an order id', () => {
  it('has a code that can be typed, and waits for its customer as every hold of a browser', async () => {
    const page = await openPage()
    const hold = await page.unconfirmed()
    expect(hold).toMatchObject({ state: 'awaiting-confirmation', amount: '300.00', storefront: 'tilda' })
    expect(hold.reservation).toMatch(/^BONUS[2-9A-HJKMNP-Z]{8}$/)
    expect(hold.orderId).toBe(hold.reservation)
    expect(Date.parse(hold.expiresAt) - Date.parse(hold.createdAt)).toBe(30 * MINUTE_S * 1_000)
    expect(await page.available()).toBe('700.00')
    const another = await page.unconfirmed('100')
    expect(another.reservation).not.toBe(hold.reservation)
    expect((await page.mine<Schemas['Hold']>('GET', `/v1/me/holds/${hold.id}`)).body).toEqual(hold)
    expect((await page.mine('POST', `/v1/me/holds/${hold.id}/void`)).status).toBe(200)
    expect(await page.available()).toBe('900.00')
    expect(await page.mine('POST', '/v1/me/holds', { amount: '5000' })).toMatchObject({
      status: 422,
      body: { code: 'insufficient-bonuses' },
    })
    // Each asks its owner: two minutes let in twenty.
    const many = await Promise.all(
      Array.from({ length: 21 }, () => page.mine('POST', '/v1/me/holds', { amount: '1' })),
    )
    expect(many.map(({ body }) => body.code)).toContain('rate-limited')
    const visitor = await page.session({ name: 'Guest' })
    expect(await page.mine('POST', '/v1/me/holds', { amount: '1' }, visitor)).toMatchObject({
      status: 403,
      body: { code: 'proof-required' },
    })
  })

  it('is captured by the order that brings its code, in every wire form of Tilda', async () => {
    const page = await openPage('2000')
    const { shop } = page.desk
    type Send = (code: string, orderid: string) => Promise<unknown>
    const payment = (code: string, orderid: string) => ({
      ...cart(code),
      sys: 'tinkoff',
      systranid: '44',
      orderid,
    })
    const forms: [string, Send][] = [
      [
        'A: the payment is JSON, HTML-escaped',
        (code, orderid) => {
          const json = JSON.stringify(payment(code, orderid)).replaceAll('"', '&quot;')
          return shop.post(new URLSearchParams({ ...ANNA, payment: json }).toString(), FORM)
        },
      ],
      [
        'B: brackets, the code in the hidden field only',
        (code, orderid) => {
          const { products: _products, promocode: _promocode, ...rest } = payment(code, orderid)
          const fields = Object.entries(rest).map(([name, value]) => [`payment[${name}]`, value])
          const products = { 'payment[products][0][name]': 'Cup', 'payment[products][0][amount]': '1000' }
          const body = {
            Email: ANNA.email,
            ...Object.fromEntries(fields),
            ...products,
            tapline_reservation: code,
          }
          return shop.post(new URLSearchParams(body as Record<string, string>).toString(), FORM)
        },
      ],
      [
        'C: JSON, the code in both, in other letters',
        (code, orderid) =>
          shop.post({
            ...ANNA,
            Tapline_Reservation: ` ${code.toLowerCase()} `,
            payment: { ...payment(code, orderid), discount: 300, amount: 700 },
          }),
      ],
      ['C: as an array', (code, orderid) => shop.post([{ ...ANNA, payment: payment(code, orderid) }])],
    ]
    for (const [name, send] of forms) {
      const { id, code } = await page.held()
      const orderId = newOrderId()
      await send(code, orderId)
      const order = await eventually(
        () => page.order(orderId),
        ({ status }) => (status as string) === 'paid',
      ).catch((error: unknown) => Promise.reject(new Error(name, { cause: error })))
      // Gross is what the goods cost; what was paid earns.
      expect([name, order]).toMatchObject([
        name,
        { amount: '1000.00', spent: '300.00', earned: '70.00', flags: [] },
      ])
      expect(await page.desk.holdOf(id)).toMatchObject({
        state: 'captured',
        captured: '300.00',
        orderId,
        storefront: 'tilda',
        reservation: code,
      })
    }
    expect(await page.doubts()).toEqual([])
    expect(await page.available()).toBe(money(200_000 - 4 * 30_000 + 4 * 7_000))
    expect(await page.desk.problems()).toEqual([])
  })

  it('is captured by a purchase that names it, whose amount is gross', async () => {
    const page = await openPage()
    for (const said of ['reservation', 'promoCode']) {
      const { code } = await page.held()
      const answer = await page.purchase({ amount: '1000', discount: '300', [said]: code })
      expect(answer.body).toMatchObject({ result: { earned: '70.00', spent: '300.00' } })
    }
    expect(await page.doubts()).toEqual([])
  })

  it('is captured once, though Tilda tells the order again, and unpaid before paid', async () => {
    const page = await openPage('1000', { basePercent: 10, unpaidOrders: 'pending' })
    const { id, code } = await page.held()
    const { shop } = page.desk
    const orderid = newOrderId()
    const unpaid = { ...cart(code), sys: 'tinkoff', systranid: '0', orderid }
    const send = (payment: object) => shop.post({ ...ANNA, payment })
    await send(unpaid)
    const first = await eventually(
      () => page.order(orderid),
      ({ status }) => status === 'created',
    )
    expect(first).toMatchObject({ amount: '1000.00', spent: '300.00', earned: '70.00' })
    await send(unpaid)
    // Then without the code: the amount tells that it is the same.
    const { promocode: _code, discount: _discount, ...bare } = unpaid
    await send({ ...bare, systranid: '44' })
    const paid = await eventually(
      () => page.order(orderid),
      ({ status }) => status === 'paid',
    )
    expect(paid).toMatchObject({ amount: '1000.00', spent: '300.00', earned: '70.00', flags: [] })
    await send({ ...unpaid, systranid: '44' })
    await Promise.all(Array.from({ length: 50 }, () => send({ ...unpaid, systranid: '44' })))
    // Another amount under the same id is another order: it changes nothing.
    await send({ ...unpaid, systranid: '44', amount: '1' })
    expect(await page.order(orderid)).toEqual(paid)
    expect(await page.desk.holdOf(id)).toMatchObject({ state: 'captured', orderId: orderid })
    expect(await page.available()).toBe('770.00')
    expect(await page.doubts()).toEqual([])
    expect(await page.desk.problems()).toEqual([])
  })

  it('is its customer’s though the order names nobody we know, and nobody’s contact is learnt from it', async () => {
    const page = await openPage()
    const { code } = await page.held()
    const stranger = { email: 'work@example.com', name: 'Somebody' }
    const order = await page.tilda(cart(code), stranger)
    expect(order).toMatchObject({ customerId: await page.desk.idOf(ANNA), spent: '300.00', flags: [] })
    await expect(page.desk.shop.customer({ email: stranger.email })).rejects.toThrow('No customer')
    expect((await page.desk.shop.customer(ANNA)).name).not.toBe('Somebody')
  })

  it('comes back with its order, as other spent bonuses do', async () => {
    const page = await openPage()
    const { code } = await page.held()
    const { orderId } = await page.tilda(cart(code))
    const path = `/v1/orders/${orderId}?storefront=tilda`
    expect((await page.desk.call('PUT', path, { status: 'cancelled' })).status).toBe(200)
    expect(await page.order(orderId)).toMatchObject({ returned: '300.00', earned: '0.00' })
    expect(await page.available()).toBe('1000.00')
    expect(await page.desk.problems()).toEqual([])
  })

  it('is its customer’s again when a merge is undone, though its time ended or it was let go meanwhile', async () => {
    const page = await openPage()
    await page.desk.register(OTHER)
    await page.desk.adjust('1000', {}, undefined, OTHER)
    const [from, into] = [await page.desk.idOf(ANNA), await page.desk.idOf(OTHER)]
    const [freed, late, seen] = [await page.held('300'), await page.held('200'), await page.held('100')]
    const merge = await page.desk.post<{ id: string }>(`/v1/customers/${into}/merge`, { from })
    await page.desk.voidHold(freed.id)
    expect((await page.desk.holdOf(seen.id)).customerId).toBe(into)
    await page.desk.move({ advanceSeconds: 33 * MINUTE_S })
    expect((await page.desk.post(`/v1/merges/${merge.body.id}/undo`)).status).toBe(200)
    for (const { id } of [freed, late, seen]) expect((await page.desk.holdOf(id)).customerId).toBe(from)
    await page.tilda(cart(freed.code), { email: 'work@example.com' })
    expect([await page.available(), await page.available(OTHER)]).toEqual(['1000.00', '1000.00'])
    expect(await page.doubts()).toMatchObject([{ because: 'expired' }])
    expect(await page.desk.problems()).toEqual([])
  })

  it('over what the program allows is spent all the same, and the owner is told', async () => {
    const page = await openPage('1000', { basePercent: 10, maxSpendPercent: 30 })
    const { code } = await page.held('300', { orderAmount: '1000' })
    const order = await page.tilda(cart(code, { products: ['Cup=400'], amount: '100' }))
    expect(order).toMatchObject({ spent: '300.00', flags: ['spent-more-than-share'], earned: '10.00' })
    expect(await page.doubts()).toMatchObject([{ because: 'over-limit', orderId: order.orderId }])
  })

  it('is paid with them also where the shopper let the code go and kept the discount', async () => {
    const page = await openPage()
    const { id, code } = await page.held()
    await page.desk.voidHold(id)
    expect(await page.tilda(cart(code))).toMatchObject({ spent: '300.00', earned: '70.00', flags: [] })
    expect((await page.desk.holdOf(id)).state).toBe('captured')
    // Once.
    expect(await page.tilda(cart(code))).toMatchObject({ spent: '0.00', flags: ['reservation-used'] })
    expect(await page.desk.problems()).toEqual([])
  })

  it('may be named by the shop’s own backend', async () => {
    const page = await openPage()
    const { id } = await page.held('300', { storefront: 'api' })
    const paid = { status: 'paid', customer: ANNA, amount: '1000', holdId: id }
    expect((await page.desk.put('mine', paid)).body).toMatchObject({ spent: '300.00', earned: '70.00' })
    expect((await page.desk.put('other', paid)).body.code).toBe('order-conflict')
  })
})

describe('an order whose discount no bonuses stand behind', () => {
  const before = async (page: Page) => {
    const { id, code } = await page.held()
    return { id, code }
  }
  type Case = {
    because: string
    held?: string
    /** What becomes of the hold. */
    state?: string
    order: (page: Page) => Promise<{ payment: object; fields?: object; id?: string }>
  }
  const cases: Record<string, Case> = {
    'has a forged discount': {
      because: 'discount',
      state: 'voided',
      order: async (page) => {
        const { id, code } = await before(page)
        return { id, payment: cart(code, { discount: '900', amount: '100' }) }
      },
    },
    'has no discount at all': {
      because: 'discount',
      state: 'voided',
      order: async (page) => {
        const { id, code } = await before(page)
        return { id, payment: cart(code, { discount: undefined, amount: '1000' }) }
      },
    },
    'brings a code that looks like ours and is none': {
      because: 'unknown',
      order: () => Promise.resolve({ payment: cart('BONUS2345ABCD') }),
    },
    'has a code in the hidden field that nobody knows': {
      because: 'unknown',
      order: () =>
        Promise.resolve({ payment: cart('SALE30'), fields: { ...ANNA, tapline_reservation: 'NOBODYS' } }),
    },
    'brings another promo code than the hidden field': {
      because: 'promo-code',
      state: 'voided',
      order: async (page) => {
        const { id, code } = await before(page)
        return { id, payment: cart('SALE300'), fields: { ...ANNA, tapline_reservation: code } }
      },
    },
    'brings another shop’s code': {
      because: 'unknown',
      order: async () => ({ payment: cart((await (await openPage()).held()).code) }),
    },
    'brings another customer’s code': {
      because: 'foreign',
      state: 'voided',
      order: async (page) => {
        await page.desk.register(OTHER)
        const { id, code } = await before(page)
        return { id, payment: cart(code), fields: OTHER }
      },
    },
    'brings a code that was not confirmed': {
      because: 'unconfirmed',
      state: 'voided',
      order: async (page) => {
        const { id, reservation } = await page.unconfirmed()
        return { id, payment: cart(reservation!) }
      },
    },
    'brings a code that was let go, whose bonuses are gone': {
      because: 'released',
      state: 'voided',
      held: '200.00',
      order: async (page) => {
        const { id, code } = await before(page)
        await page.desk.voidHold(id)
        await page.desk.adjust('-800')
        return { id, payment: cart(code) }
      },
    },
    'brings an expired code': {
      because: 'expired',
      state: 'expired',
      order: async (page) => {
        const { id, code } = await before(page)
        await page.desk.move({ advanceSeconds: 33 * MINUTE_S })
        return { id, payment: cart(code) }
      },
    },
    'brings a code that has paid for another order': {
      because: 'used',
      held: '700.00',
      state: 'captured',
      order: async (page) => {
        const { id, code } = await before(page)
        await page.purchase({ amount: '1000', discount: '300', reservation: code, paid: false })
        return { id, payment: cart(code) }
      },
    },
  }

  it.each(Object.entries(cases))('%s: kept, marked, earns and spends nothing', async (_, one) => {
    const page = await openPage()
    const { payment, fields = ANNA, id } = await one.order(page)
    const order = await page.tilda(payment, fields)
    expect(order).toMatchObject({ earned: '0.00', spent: '0.00', flags: [`reservation-${one.because}`] })
    const { email } = fields as typeof ANNA
    // It counts for nothing either.
    expect(await page.desk.shop.customer({ email })).toMatchObject({ ordersCount: 0, totalSpent: '0.00' })
    expect(await page.doubts()).toMatchObject([{ because: one.because, orderId: order.orderId }])
    const told = await eventually(
      async () => (await page.desk.call<Events>('GET', '/v1/events?type=reservation.doubted')).body.data,
      (events) => events.length > 0,
    )
    const { because, orderId } = { ...order, ...one }
    expect(told).toMatchObject([{ data: { because, orderId, storefront: 'tilda', currency: 'RUB' } }])
    if (id !== undefined) expect((await page.desk.holdOf(id)).state).toBe(one.state)
    expect(await page.available()).toBe(one.held ?? '1000.00')
    expect(await page.desk.problems()).toEqual([])
  })

  it('costs less than what was put aside for a bigger cart: nothing is below zero', async () => {
    const page = await openPage()
    const { id, code } = await before(page)
    const { body } = await page.purchase({ amount: '100', discount: '300', reservation: code })
    expect(body).toMatchObject({ result: { spent: '0.00', earned: '0.00' } })
    expect((await page.desk.holdOf(id)).state).toBe('voided')
    expect([await page.available(), (await page.doubts())[0]?.because]).toEqual(['1000.00', 'discount'])
  })

  it('whose code was held by somebody who was erased is kept all the same', async () => {
    const page = await openPage()
    const { code } = await before(page)
    const { id } = await page.desk.shop.customer(ANNA)
    await page.desk.call('DELETE', `/v1/customers/${id}`)
    const orderId = newOrderId()
    const { status } = await page.purchase({
      ...OTHER,
      storefront: 'tilda',
      orderId,
      amount: '1000',
      discount: '300',
      reservation: code,
    })
    expect([status, (await page.order(orderId)).flags]).toEqual([200, ['reservation-foreign']])
  })

  it('is told of to the owner in Telegram, in words', async () => {
    const page = await openPage('1000', {}, '4711')
    const { code } = await page.held()
    const { orderId } = await page.tilda(cart(code, { discount: '900', amount: '100' }))
    const [message] = await eventually(
      () => Promise.resolve(tapline.telegram.messages({ chatId: 4711 })),
      (sent) => sent.length > 0,
    )
    const words = JSON.stringify(message)
    for (const word of [orderId, code, '900.00', '300.00', 'Бонусы не списаны']) expect(words).toContain(word)
  })

  it('goes on as it began when it is paid later, and is told of once', async () => {
    const page = await openPage('1000', { basePercent: 10, unpaidOrders: 'pending' })
    const orderid = newOrderId()
    const payment = { ...cart('BONUS2345ABCD'), sys: 'tinkoff', systranid: '0', orderid }
    await page.desk.shop.post({ ...ANNA, payment })
    await eventually(
      () => page.order(orderid),
      ({ status }) => status === 'created',
    )
    const order = await page.tilda({ ...payment, systranid: '44' })
    expect(order).toMatchObject({ earned: '0.00', flags: ['reservation-unknown'] })
    expect(await page.doubts()).toHaveLength(1)
    // The next one is the customer's first.
    expect((await page.desk.shop.customer(ANNA)).ordersCount).toBe(0)
  })

  it('is none when the promo code is the shop’s own affair', async () => {
    const page = await openPage()
    for (const promocode of ['SALE300', 'BONUS', 'BONUS2024', 'BONUS10IO2345'])
      expect(await page.tilda(cart(promocode))).toMatchObject({
        amount: '700.00',
        earned: '70.00',
        flags: [],
      })
    expect(await page.tilda({ amount: '700', discount: '300' })).toMatchObject({ earned: '70.00', flags: [] })
    expect(await page.doubts()).toEqual([])
  })
})

describe('the deadline of a code', () => {
  it('lets an order through that Tilda has tried to tell before it, and nobody else', async () => {
    const page = await openPage()
    const [{ id, code }, late] = [await page.held(), await page.unconfirmed('100')]
    await page.desk.move({ advanceSeconds: 31 * MINUTE_S + 30 })
    expect(await page.desk.holdOf(id)).toMatchObject({ state: 'expired' })
    expect((await page.desk.confirm(late.id)).body).toMatchObject({ code: 'hold-ended' })
    expect((await page.desk.capture(id)).body).toMatchObject({
      code: 'hold-ended',
      details: { state: 'expired' },
    })
    expect(await page.tilda(cart(code))).toMatchObject({ spent: '300.00', flags: [] })
    expect(await page.desk.holdOf(id)).toMatchObject({ state: 'captured' })
    await page.desk.move({ advanceSeconds: 2 * MINUTE_S })
    expect(await page.available()).toBe('770.00')
    expect(await page.desk.problems()).toEqual([])
  })

  it('is judged by when the order came, however long it has waited for us', async () => {
    const page = await openPage()
    const { shop } = page.desk
    const like = await page.tilda({ amount: '700' })
    const [first, second] = [await page.held(), await page.held('700')]
    await page.desk.move({ advanceSeconds: 33 * MINUTE_S })
    expect(await page.available()).toBe('1070.00')
    /** As if it had come ten minutes ago, when both were held. */
    const waited = async (code: string, discountMinor: number): Promise<Schemas['Order']> => {
      const orderId = newOrderId()
      const command = { orderId, promoCode: code, discountMinor, afterDiscount: true }
      const changes = {
        id: `inb_${orderId.padStart(26, '0')}`,
        order_id: orderId,
        claim_key: orderId,
        status: 'accepted',
      }
      await tapline.app.sql.query(
        `insert into inbox_items select (jsonb_populate_record(i, $3::jsonb || jsonb_build_object(
             'command', i.command || $4::jsonb, 'received_at', now() - interval '10 minutes'))).*
         from inbox_items i where i.project_id = $1 and i.order_id = $2`,
        [shop.id, like.orderId, JSON.stringify(changes), JSON.stringify(command)],
      )
      await tapline.app.wake(shop.id)
      return eventually(
        () => page.order(orderId),
        ({ status }) => (status as string) === 'paid',
      )
    }
    expect(await waited(first.code, 30_000)).toMatchObject({ spent: '300.00', amount: '1000.00', flags: [] })
    expect(await page.desk.holdOf(first.id)).toMatchObject({ state: 'captured' })
    // Free again meanwhile, and gone.
    await page.desk.spend({ orderId: 'elsewhere', amount: '600' })
    expect(await waited(second.code, 70_000)).toMatchObject({ spent: '0.00', flags: ['reservation-expired'] })
    expect(await page.desk.problems()).toEqual([])
  })
})

describe('at once', () => {
  it('fifty times the same order is one; of fifty orders with one code one has it', async () => {
    const page = await openPage()
    const { shop } = page.desk
    const [first, second] = [await page.held(), await page.held()]
    const payment = { ...cart(first.code), sys: 'tinkoff', systranid: '44', orderid: newOrderId() }
    const answers = await Promise.all(Array.from({ length: 50 }, () => shop.post({ ...ANNA, payment }, WAIT)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const ids = Array.from({ length: 50 }, newOrderId)
    await Promise.all(
      ids.map((orderid) => shop.post({ ...ANNA, payment: { ...payment, ...cart(second.code), orderid } })),
    )
    const orders = await Promise.all(
      [payment.orderid, ...ids].map((id) =>
        eventually(
          () => page.order(id),
          ({ status }) => (status as string) === 'paid',
        ),
      ),
    )
    const spent = orders.filter((order) => order.spent === '300.00')
    expect(spent).toHaveLength(2)
    for (const order of orders) expect(order.flags).toEqual(spent.includes(order) ? [] : ['reservation-used'])
    const { orderId } = await page.desk.holdOf(second.id)
    expect(spent.map((order) => order.orderId)).toEqual([payment.orderid, orderId])
    expect(await page.available()).toBe('540.00')
    expect(await page.desk.problems()).toEqual([])
  })

  it('yes of its customer and no of the page: one of both, and what was promised to an order stays', async () => {
    const page = await openPage()
    const rounds = Array.from({ length: 5 }, async (_, round) => {
      const { id } = await page.unconfirmed('100', { orderId: `round-${round}` })
      const answers = await Promise.all([page.desk.confirm(id), page.mine('POST', `/v1/me/holds/${id}/void`)])
      return [...answers.map(({ status }) => status), (await page.desk.holdOf(id)).state]
    })
    for (const outcome of await Promise.all(rounds))
      expect([
        [200, 403, 'active'],
        [409, 200, 'voided'],
      ]).toContainEqual(outcome)
  })

  it('an order and the end of its code, or its being let go: one of both, and never half', async () => {
    const page = await openPage('5000')
    for (let round = 0; round < 6; round++) {
      const { id, code } = await page.held()
      const ends =
        round % 2 === 0 ? page.desk.move({ advanceSeconds: 33 * MINUTE_S }) : page.desk.voidHold(id)
      const [order] = await Promise.all([page.tilda(cart(code)), ends])
      const { state } = await page.desk.holdOf(id)
      const outcome = [order.spent, state, order.flags?.length]
      expect([
        ['300.00', 'captured', 0],
        ['0.00', round % 2 === 0 ? 'expired' : 'voided', 1],
      ]).toContainEqual(outcome)
    }
    expect((await page.desk.bonuses()).held).toBe('0.00')
    expect(await page.desk.problems()).toEqual([])
  })
})

describe('promo codes of the shop', () => {
  type Taken = Schemas['Hold']
  const take = (page: Page, nominal = '300', headers: object = {}) =>
    page.mine<Taken>('POST', '/v1/me/promo-codes', { nominal }, undefined, headers)
  const give = (page: Page, codes: string[], nominal = '300') =>
    page.desk.post<{ added: number; known: number }>('/v1/promo-codes', { nominal, codes })
  const counts = async (page: Page) =>
    (await page.desk.call<{ data: object[] }>('GET', '/v1/promo-codes')).body.data

  it('are imported once, given once, and spent by the order that brings them', async () => {
    const page = await openPage()
    expect((await give(page, ['Абв-1', 'K7', 'k7', 'K8'])).body).toEqual({ added: 3, known: 1 })
    expect((await give(page, ['АБВ-1', 'K9'])).body).toEqual({ added: 1, known: 1 })
    expect((await give(page, ['N1'], '50.5')).body).toEqual({ added: 1, known: 0 })
    expect((await give(page, ['N2'], '0')).status).toBe(422)

    const key = { 'idempotency-key': 'one-tap' }
    const [{ status, body: first }, again] = [await take(page, '300', key), await take(page, '300', key)]
    expect([status, first.amount, first.state, first.orderId]).toEqual([
      201,
      '300.00',
      'awaiting-confirmation',
      first.reservation,
    ])
    expect(again.body).toEqual(first)
    const { id, code } = await page.confirmed(first)
    const order = await page.tilda(cart(code.toLowerCase()))
    expect(order).toMatchObject({ amount: '1000.00', spent: '300.00', earned: '70.00', flags: [] })
    expect(await page.desk.holdOf(id)).toMatchObject({ state: 'captured', orderId: order.orderId })

    const second = (await take(page)).body
    expect(second.reservation).not.toBe(first.reservation)
    await page.mine('POST', `/v1/me/holds/${second.id}/void`)
    expect((await take(page)).body.reservation).not.toBe(second.reservation)
    expect(await counts(page)).toEqual([
      { nominal: '50.50', free: 1, given: 0, used: 0 },
      { nominal: '300.00', free: 1, given: 2, used: 1 },
    ])
    expect((await take(page, '400')).body.code).toBe('promo-codes-exhausted')
    expect((await take(page, '0')).body.code).toBe('amount-invalid')
    // Refused by the balance: the code stays free.
    await page.desk.spend({ orderId: 'elsewhere', amount: '300' })
    expect((await take(page)).body.code).toBe('insufficient-bonuses')
    expect((await counts(page)).at(-1)).toMatchObject({ free: 1 })
    expect(await page.desk.problems()).toEqual([])
  })

  it('can be guessed: without its customer a code proves nothing, and one that came is never given', async () => {
    const page = await openPage()
    await give(page, ['A1', 'A2'])
    const { id, code } = await page.confirmed((await take(page)).body)
    const stranger = { email: 'stranger@example.com' }
    expect(await page.tilda(cart(code), stranger)).toMatchObject({
      customerId: await page.desk.idOf(stranger),
      flags: ['reservation-foreign'],
    })
    expect((await page.desk.holdOf(id)).state).toBe('voided')
    const forged = { ...stranger, tapline_reservation: 'a2' }
    for (const [payment, fields] of [
      [cart('SALE'), forged],
      [cart('a2'), stranger],
    ] as const) {
      expect(await counts(page)).toMatchObject([{ free: 1 }])
      expect((await page.tilda(payment, fields)).flags).toEqual(['reservation-unknown'])
    }
    expect((await take(page)).body.code).toBe('promo-codes-exhausted')
    expect(await counts(page)).toMatchObject([{ free: 0, given: 1, used: 1 }])
    expect(await page.available()).toBe('1000.00')
  })

  it('are paid for also by who kept one beyond its time, while there are bonuses', async () => {
    const page = await openPage('350')
    await give(page, ['L1', 'L2'])
    for (const outcome of [
      { spent: '300.00', flags: [] },
      { spent: '0.00', flags: ['reservation-expired'] },
    ]) {
      const { code } = await page.confirmed((await take(page)).body)
      await page.desk.move({ advanceSeconds: 60 * MINUTE_S })
      if (outcome.spent === '0.00') await page.desk.adjust('-100')
      expect(await page.tilda(cart(code))).toMatchObject(outcome)
      await page.desk.adjust('250')
    }
    expect(await page.desk.problems()).toEqual([])
  })

  it('are given to one each, and not all of them to one', async () => {
    const page = await openPage('5000')
    await give(
      page,
      Array.from({ length: 15 }, (_, index) => `C${index}`),
      '10',
    )
    const taken = await Promise.all(Array.from({ length: 14 }, () => take(page, '10')))
    const codes = taken.filter(({ status }) => status === 201).map(({ body }) => body.reservation)
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    expect(new Set(taken.map(({ body }) => body.code).filter((code) => code.length > 4))).toEqual(
      new Set(['limit-exceeded']),
    )
    expect(await counts(page)).toMatchObject([{ free: 5, given: 10 }])
  })
})

describe('a quote in the browser', () => {
  it('is for somebody new where nobody is proven, on the shop’s pages only', async () => {
    const page = await openPage('1000', {
      basePercent: 10,
      tiers: [{ name: 'Silver', threshold: '100', percent: 5 }],
    })
    await page.tilda({ amount: '200' })
    const { publishableKey } = page.desk.shop
    const quote = (key?: string, headers: object = {}) =>
      page.mine<Schemas['Quote']>('POST', '/v1/me/quotes', { amount: '500' }, key, headers)
    const stranger = {
      status: 200,
      body: { customerId: null, earned: '50.00', tier: null, spend: { available: '0.00' } },
    }
    expect(await quote(publishableKey)).toMatchObject(stranger)
    expect(await quote(await page.session({ name: 'Guest' }))).toMatchObject(stranger)
    expect(await quote()).toMatchObject({
      body: { customerId: await page.desk.idOf(ANNA), earned: '75.00', tier: 'Silver' },
    })
    for (const origin of ['https://evil.test', 'null'])
      expect(await quote(publishableKey, { origin })).toMatchObject({
        status: 403,
        body: { code: 'origin-not-allowed' },
      })
    const bare = await tapline.call<{ code: string }>('POST', '/v1/me/quotes', publishableKey, {
      amount: '1',
    })
    expect(bare).toMatchObject({ status: 403, body: { code: 'origin-not-allowed' } })
  })
})
