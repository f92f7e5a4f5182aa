import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, startTapline, type Answer, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Accepted = Schemas['Accepted'] & Omit<Schemas['Problem'], 'status'>
type Order = Schemas['Order']
type LogItem = Schemas['InboxItem']
type Fields = Record<string, unknown>

let tapline: Tapline
let shop: Shop

beforeAll(async () => {
  tapline = await startTapline()
  shop = await tapline.createShop({ name: 'Формы' }, { basePercent: 10 })
})
afterAll(() => tapline.stop())

const wait = { prefer: 'wait=10' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }
const PAID = { sys: 'cloudpayments', systranid: '3521002298' }
const UNPAID = { sys: 'none', systranid: '0' }
const PRODUCT_TEXTS = [
  '5 км Весна 2027 (Vesna5b-2027)=490',
  'Кружка (K-1, Цвет: белый, Надпись: Я (470 руб.)) x 2 ≡ 960',
]
const PRODUCT_OBJECTS = [
  { name: '5 км Весна 2027', sku: 'Vesna5b-2027', quantity: '1', amount: '490', price: '490' },
  {
    name: 'Кружка',
    sku: 'K-1',
    quantity: 2,
    amount: 960,
    price: 480,
    options: [{ option: 'Цвет', variant: 'белый' }],
  },
]

let count = 0
const newOrderId = () => String(1_869_800_000 + ++count)
const paymentOf = (orderid: string, more: Fields = {}) => ({
  ...PAID,
  orderid,
  products: PRODUCT_TEXTS,
  amount: '1450',
  ...more,
})
const person = (name: string): Fields => ({
  Name: 'иван',
  Email: ` ${name}@Test.ru `,
  formid: 'form42581206',
  formname: 'Cart',
})

/** Form A: `payment` is JSON in one parameter. */
const formA = (fields: Fields, payment: Fields) =>
  new URLSearchParams({ ...(fields as Record<string, string>), payment: JSON.stringify(payment) }).toString()
const formAEscaped = (fields: Fields, payment: Fields) =>
  new URLSearchParams({
    ...(fields as Record<string, string>),
    payment: JSON.stringify(payment).replaceAll('"', '&quot;'),
  }).toString()

/** Form B: brackets, as PHP writes them; `[` and Cyrillic percent-encoded. */
function formB(fields: Fields, payment: Fields): string {
  const pairs: [string, string][] = []
  const add = (name: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) pairs.push([name, String(value)])
    else for (const [key, member] of Object.entries(value)) add(`${name}[${key}]`, member)
  }
  for (const [name, value] of Object.entries({ ...fields, payment })) add(name, value)
  return new URLSearchParams(pairs).toString()
}
/** Form B as a sender writes it that encodes next to nothing: a plus of a phone arrives as a blank. */
const formBRaw = (fields: Fields, payment: Fields) =>
  decodeURIComponent(formB(fields, payment).replaceAll('+', ' ').replaceAll('%26', '%2526'))

/** Form C: JSON; an object, or an array of one. */
const formC = (fields: Fields, payment: Fields) => JSON.stringify({ ...fields, payment })
const formCArray = (fields: Fields, payment: Fields) => JSON.stringify([{ ...fields, payment }])

const WIRE_FORMS = {
  'A: payment as JSON': { write: formA, headers: FORM },
  'A, HTML-escaped': { write: formAEscaped, headers: FORM },
  'B: brackets': { write: formB, headers: FORM },
  'B, hardly encoded': { write: formBRaw, headers: FORM },
  'C: a JSON object': { write: formC, headers: {} },
  'a JSON array': { write: formCArray, headers: { 'content-type': 'application/json; charset=utf-8' } },
} as const

function tilda(to: Shop, body: string, headers: Record<string, string> = FORM): Promise<Answer<Accepted>> {
  return tapline.call('POST', to.webhookUrl, undefined, body, headers)
}

const tildaOrder = (of: Shop, orderId: string, accept: (order: Order) => boolean = () => true) =>
  eventually(
    () => of.get<Order>(`/v1/orders/${orderId}?storefront=tilda`),
    ({ status, body }) => status === 200 && accept(body),
  ).then(({ body }) => body)

async function logOf(
  of: Shop,
  filter: string,
  accept: (items: LogItem[]) => boolean = (items) => items.length > 0,
): Promise<LogItem[]> {
  const { body } = await eventually(() => of.get<{ data: LogItem[] }>(`/v1/inbox?limit=200&${filter}`), (seen) => accept(seen.body.data)) // prettier-ignore
  return body.data
}

describe("Tilda's wire forms", () => {
  const cases = Object.entries(WIRE_FORMS).flatMap(([form, { write, headers }]) => [
    { form, products: 'texts', list: PRODUCT_TEXTS, write, headers },
    { form, products: 'objects', list: PRODUCT_OBJECTS, write, headers },
  ])

  it.each(cases)('$form, products as $products: the same order', async ({ write, headers, list }) => {
    const orderId = newOrderId()
    const answer = await tilda(
      shop,
      write(
        { ...person(`wire${orderId}`), Phone: `+7 (999) 222-${orderId.slice(-4, -2)}-${orderId.slice(-2)}` },
        paymentOf(orderId, { products: list }),
      ),
      headers,
    )
    expect(answer).toMatchObject({ status: 200, body: { status: 'accepted' } })
    const order = await tildaOrder(shop, orderId)
    expect(order).toMatchObject({
      storefront: 'tilda',
      status: 'paid',
      amount: '1450.00',
      currency: 'RUB',
      earned: '145.00',
    })
    expect(order.lines).toMatchObject([
      { name: '5 км Весна 2027', sku: 'Vesna5b-2027', quantity: 1, total: '490.00' },
      { name: 'Кружка', sku: 'K-1', quantity: 2, total: '960.00' },
    ])
    const customer = await shop.customer({ email: `wire${orderId}@test.ru` })
    expect(customer).toMatchObject({ name: 'иван', phones: [`+7999222${orderId.slice(-4)}`] })
  })

  it('of a basket of 1,600 parameters, every line', async () => {
    const orderId = newOrderId()
    const products = Array.from({ length: 400 }, (_, at) => ({
      name: `Товар ${at}`,
      sku: `S-${at}`,
      quantity: 1,
      amount: 10,
    }))
    const body = formB(person('basket'), paymentOf(orderId, { products, amount: 4000 }))
    expect(body.split('&').length).toBeGreaterThan(1_600)
    expect((await tilda(shop, body)).status).toBe(200)
    const { lines } = await tildaOrder(shop, orderId)
    expect(lines).toHaveLength(400)
    expect(lines!.at(-1)).toMatchObject({ sku: 'S-399', total: '10.00' })
  })

  it('keeps UTM marks, from fields and from the cookie', async () => {
    const orderId = newOrderId()
    await tilda(
      shop,
      formA(
        {
          ...person('marks'),
          utm_source: 'vk',
          COOKIES: 'a=1; TILDAUTM=utm_medium%3Dcpc%7C%7C%7Cutm_source%3Dold; b=2',
        },
        paymentOf(orderId),
      ),
    )
    expect((await tildaOrder(shop, orderId)).utm).toEqual({ utm_source: 'vk', utm_medium: 'cpc' })
  })

  it('reads fields by the names that the owner gave them', async () => {
    const renamed = await tapline.createShop({}, { basePercent: 10 })
    await tapline.admin('PATCH', `/admin/v1/projects/${renamed.id}`, {
      fieldMap: { phone: 'Ваш телефон', name: 'Имя', externalId: 'Карта' },
    })
    const orderId = newOrderId()
    await tilda(
      renamed,
      formB({ ваш_телефон: '8 999 111-22-33', Имя: 'Пётр', Карта: 'C-77' }, paymentOf(orderId)),
    )
    await tildaOrder(renamed, orderId)
    expect(await renamed.customer({ phone: '+79991112233' })).toMatchObject({
      name: 'Пётр',
      externalIds: ['C-77'],
    })
  })
})

describe("Tilda's key", () => {
  let strict: Shop
  beforeAll(async () => {
    strict = await tapline.createShop({}, { basePercent: 10 })
    await tapline.admin('PATCH', `/admin/v1/projects/${strict.id}`, {
      requireSignature: true,
      tildaApiKeyName: 'Shop-Key',
    })
  })

  it.each(['header', 'body', 'bearer in the body'])('is taken in the %s', async (place) => {
    const orderId = newOrderId()
    const inBody =
      place === 'header'
        ? {}
        : { 'shop-KEY': place === 'body' ? strict.tildaApiKey : `Bearer ${strict.tildaApiKey}` }
    const headers = { ...FORM, ...(place === 'header' ? { 'shop-key': strict.tildaApiKey } : {}) }
    expect(
      await tilda(strict, formA({ ...person('key'), ...inBody }, paymentOf(orderId)), headers),
    ).toMatchObject({ status: 200 })
    expect(await tildaOrder(strict, orderId)).toMatchObject({ status: 'paid' })
  })

  it('is needed where signatures are, and a wrong one is refused everywhere', async () => {
    const missing = await tilda(strict, formA(person('key'), paymentOf(newOrderId())))
    expect(missing).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
    const wrong = await tilda(
      shop,
      formA({ ...person('key'), 'Api-Key': strict.tildaApiKey }, paymentOf(newOrderId())),
    )
    expect(wrong).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
    const [logged] = await logOf(strict, 'status=rejected')
    expect(logged!.refusal).toMatchObject({
      code: 'unauthorized',
      details: { because: 'tilda-api-key-missing' },
    })
  })

  it.each(['test=test', '{"test":"test"}'])(
    'is not asked of the probe %s, which does nothing',
    async (probe) => {
      const customers = () =>
        strict.get<{ data: unknown[] }>('/v1/customers').then(({ body }) => body.data.length)
      const before = await customers()
      const headers = probe.startsWith('{') ? {} : FORM
      const answer = await tilda(strict, probe, headers)
      expect(answer).toMatchObject({ status: 200, body: { status: 'ignored' } })
      const [logged] = await logOf(strict, 'status=ignored')
      expect(logged).toMatchObject({ httpStatus: 200, refusal: { code: 'probe' }, orderId: null })
      expect(await customers()).toBe(before)
      const stranger = await tilda(
        { ...strict, webhookUrl: strict.webhookUrl.replace(/.{4}$/, 'AAAA') },
        probe,
        headers,
      )
      expect(stranger).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
    },
  )

  it('passes over a form without an order', async () => {
    const answer = await tilda(
      shop,
      new URLSearchParams({ Name: 'иван', Email: 'a@test.ru', formid: 'f1', tranid: '1:2' }).toString(),
    )
    expect(answer).toMatchObject({ status: 200, body: { status: 'ignored' } })
    expect(await logOf(shop, 'status=ignored')).toMatchObject([{ refusal: { code: 'no-order' } }])
  })
})

describe('an order that is not paid yet', () => {
  const afterwards = {
    'by a second hook': (of: Shop, orderId: string, name: string) =>
      tilda(of, formA(person(name), paymentOf(orderId))),
    'by the shop': (of: Shop, orderId: string) =>
      of.put(`/v1/orders/${orderId}?storefront=tilda`, { status: 'paid' }),
  }
  const policies = {
    award: ['145.00', '0.00'],
    pending: ['0.00', '145.00'],
    ignore: ['0.00', '0.00'],
  } as const
  const shops = new Map<string, Shop>()
  beforeAll(async () => {
    for (const unpaidOrders of ['award', 'pending', 'ignore'] as const) {
      shops.set(unpaidOrders, await tapline.createShop({}, { basePercent: 10, unpaidOrders }))
    }
  })

  const cases = Object.entries(policies).flatMap(([policy, first]) =>
    Object.entries(afterwards).map(([how, pay], at) => ({ policy, first, how, pay, name: `unpaid${at}` })),
  )
  it.each(cases)('policy $policy, paid $how: earns once', async ({ policy, first, pay, name }) => {
    const of = shops.get(policy)!
    const orderId = newOrderId()
    const bonuses = async () => (await of.customer({ email: `${name}@test.ru` })).bonuses
    expect((await tilda(of, formA(person(name), paymentOf(orderId, UNPAID)))).status).toBe(200)
    expect(await tildaOrder(of, orderId)).toMatchObject({ status: 'created', paidAt: null })
    expect(await bonuses()).toMatchObject({ available: first[0], pending: first[1] })

    for (let times = 0; times < 2; times++) expect((await pay(of, orderId, name)).status).toBe(200)
    expect(await tildaOrder(of, orderId, ({ status }) => status === 'paid')).toMatchObject({
      earned: '145.00',
    })
    expect(await bonuses()).toMatchObject({ available: '145.00', pending: '0.00' })
    expect(await of.customer({ email: `${name}@test.ru` })).toMatchObject({
      ordersCount: 1,
      totalSpent: '1450.00',
    })

    // The unpaid hook once more, late: the order stays paid.
    expect((await tilda(of, formA(person(name), paymentOf(orderId, UNPAID)))).status).toBe(200)
    expect(await tildaOrder(of, orderId)).toMatchObject({ status: 'paid' })
    expect(await bonuses()).toMatchObject({ available: '145.00', pending: '0.00' })
  })
})

describe('the same order again', () => {
  it('delivered three times at once has one effect, and 200 each time', async () => {
    const orderId = newOrderId()
    const body = formB(person('triple'), paymentOf(orderId))
    const answers = await Promise.all([tilda(shop, body), tilda(shop, body), tilda(shop, body)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    await tildaOrder(shop, orderId)
    expect(await tilda(shop, formC(person('triple'), paymentOf(orderId)), {})).toMatchObject({
      status: 200,
      body: { status: 'processed', repeated: true, id: answers[0].body.id, result: { earned: '145.00' } },
    })
    expect(await shop.customer({ email: 'triple@test.ru' })).toMatchObject({
      ordersCount: 1,
      bonuses: { available: '145.00' },
    })
    const log = await logOf(shop, `orderId=${orderId}`, (items) => items.length === 4)
    expect(log.map(({ status }) => status).sort()).toEqual(['processed', 'repeated', 'repeated', 'repeated'])
  })

  it('with another amount is a flag for the owner, and 200 for Tilda', async () => {
    const orderId = newOrderId()
    await tilda(shop, formA(person('flag'), paymentOf(orderId)))
    await tildaOrder(shop, orderId)
    const answer = await tilda(shop, formA(person('flag'), paymentOf(orderId, { amount: '1450.01' })))
    expect(answer).toMatchObject({ status: 200, body: { status: 'flagged' } })
    const [flagged] = await logOf(shop, 'status=flagged')
    expect(flagged).toMatchObject({
      id: answer.body.id,
      httpStatus: 200,
      orderId,
      refusal: { code: 'order-conflict', details: { differs: ['amount'] } },
    })
    expect(await tildaOrder(shop, orderId)).toMatchObject({ amount: '1450.00' })
  })

  it('is another order in another storefront and in another shop', async () => {
    const orderId = newOrderId()
    const other = await tapline.createShop({}, { basePercent: 1 })
    await tilda(shop, formA(person('both'), paymentOf(orderId)))
    await tilda(other, formA(person('both'), paymentOf(orderId)))
    const api = await shop.post(
      { action: 'purchase', payload: { email: 'both@test.ru', amount: 7, orderId } },
      wait,
    )
    expect(api).toMatchObject({ status: 200, body: { status: 'processed' } })
    expect(await tildaOrder(other, orderId)).toMatchObject({ earned: '14.00' })
    expect(await tildaOrder(shop, orderId)).toMatchObject({ earned: '145.00' })
  })
})

describe('standard actions', () => {
  it.each([
    [1200.5, '1200.50'],
    ['1200.50', '1200.50'],
    ['1200.5', '1200.50'],
    [4900, '4900.00'],
    [0, '0.00'],
    ['0', '0.00'],
  ])('take the amount %j as %s', async (amount, shown) => {
    const orderId = `money-${++count}`
    const answer = await shop.post(
      { action: 'purchase', payload: { email: 'money@test.ru', amount, orderId } },
      wait,
    )
    expect(answer).toMatchObject({ status: 200, body: { status: 'processed' } })
    expect((await shop.get<Order>(`/v1/orders/${orderId}`)).body).toMatchObject({ amount: shown })
  })

  it('take one sum however it is written as the same order', async () => {
    const payload = { email: 'written@test.ru', orderId: 5001 }
    const first = await shop.post({ action: 'purchase', payload: { ...payload, amount: 1200.5 } }, wait)
    for (const again of [
      { amount: '1200.50' },
      { amount: '1200.5' },
      { amount: 1200.5, orderId: '5001', description: 'other' },
    ]) {
      expect(await shop.post({ action: 'purchase', payload: { ...payload, ...again } })).toMatchObject({
        status: 200,
        body: { id: first.body.id, repeated: true, result: first.body.result },
      })
    }
  })

  it.each([
    '12,5',
    '1e5',
    1e21,
    0.1 + 0.2,
    '-5',
    -5,
    '10.001',
    '',
    ' 5',
    '1234567890123456',
    null,
    true,
    {},
    [5],
  ])('refuse the amount %j', async (amount) => {
    const answer = await shop.post({
      action: 'purchase',
      payload: { email: 'money@test.ru', amount, orderId: `bad-${++count}` },
    })
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ pointer: '/payload/amount' }] },
    })
  })

  it('know one person by every spelling of a phone', async () => {
    const spellings = [
      '+7 900 555-00-11',
      '8 (900) 555-00-11',
      '89005550011',
      '7 900 555 00 11',
      '9005550011',
      '+7(900)555.00.11',
      '8–900–555–00–11',
    ]
    for (const phone of spellings) {
      const answer = await shop.post(
        { action: 'purchase', payload: { phone, amount: 100, orderId: `phone-${++count}` } },
        wait,
      )
      expect(answer, phone).toMatchObject({ status: 200 })
    }
    expect(await shop.customer({ phone: '8 900 555 00 11' })).toMatchObject({
      phones: ['+79005550011'],
      ordersCount: spellings.length,
    })
  })

  it('keep UTM marks, nested or beside', async () => {
    const payload = {
      email: 'utm@test.ru',
      amount: 1,
      orderId: 'utm-1',
      utm: { source: 'vk', utm_medium: 'cpc' },
      utm_campaign: ' весна ',
    }
    await shop.post({ action: 'purchase', payload }, wait)
    const { body } = await shop.get<Order>('/v1/orders/utm-1')
    expect(body.utm).toEqual({ utm_source: 'vk', utm_medium: 'cpc', utm_campaign: 'весна' })
  })

  it('register once, however often it comes', async () => {
    const welcoming = await tapline.createShop({}, { welcomeBonus: 50 })
    const action = {
      action: 'register_user',
      payload: {
        email: 'new@test.ru',
        externalId: 7,
        name: 'Анна',
        birthday: '1990-02-28',
        locale: 'kk',
        telegramId: '77',
      },
    }
    const answers = [await welcoming.post(action, wait), await welcoming.post(action, wait)]
    expect(answers.map(({ body }) => body.result?.available)).toEqual(['50.00', '50.00'])
    expect(await welcoming.customer({ externalId: '7' })).toMatchObject({
      name: 'Анна',
      birthday: '1990-02-28',
      locale: 'kk',
      telegramId: '77',
    })
  })

  it('spend at once, and give the id back when refused', async () => {
    await shop.post({
      action: 'purchase',
      payload: { email: 'spend@test.ru', amount: 1000, orderId: 'spend-0' },
    })
    const spend = (amount: string) =>
      shop.post(
        { action: 'spend_bonuses', payload: { email: 'spend@test.ru', amount, orderId: 'spend-1' } },
        { 'accept-language': 'en' },
      )
    expect(await spend('100.01')).toMatchObject({
      status: 422,
      body: { code: 'insufficient-bonuses', details: { available: '100.00', missing: '0.01' } },
    })
    expect(await spend('40')).toMatchObject({
      status: 200,
      body: { status: 'processed', result: { spent: '40.00', available: '60.00' } },
    })
    expect(await spend('40.00')).toMatchObject({
      status: 200,
      body: { repeated: true, result: { available: '60.00' } },
    })
    expect(await spend('41')).toMatchObject({
      status: 409,
      body: { code: 'order-conflict', details: { differs: ['amount'] } },
    })
  })

  it('of an unpaid order wait for its payment', async () => {
    const payload = { email: 'later@test.ru', amount: 1000, orderId: 'later-1' }
    expect(await shop.post({ action: 'purchase', payload: { ...payload, paid: false } }, wait)).toMatchObject(
      { status: 200, body: { result: { orderStatus: 'created', pending: true } } },
    )
    expect(await shop.post({ action: 'purchase', payload }, wait)).toMatchObject({
      status: 200,
      body: { result: { orderStatus: 'paid' } },
    })
    expect((await shop.customer({ email: 'later@test.ru' })).bonuses).toMatchObject({
      available: '100.00',
      pending: '0.00',
    })
  })
})

describe('a refund', () => {
  const refund = (payload: Fields, headers: Record<string, string> = wait) =>
    shop.post({ action: 'refund', payload }, { 'accept-language': 'en', ...headers })
  const purchase = (payload: Fields, headers: Record<string, string> = wait) =>
    shop.post({ action: 'purchase', payload }, headers)
  const bonusesOf = async (email: string) => (await shop.customer({ email })).bonuses.available

  it('of lines, of an amount, of the rest: each once, and whose it is the order says', async () => {
    const orderId = `refund-${++count}`
    const items = [
      { sku: 'K-1', name: 'Кружка', quantity: 2, price: 300 },
      { externalId: 7, amount: 400 },
    ]
    await purchase({ email: 'parts@test.ru', amount: 1000, orderId, items })
    const mug = { orderId, refundId: 'r1', items: [{ sku: 'K-1', quantity: 1 }], reason: 'Разбилась' }
    const first = await refund(mug)
    expect(first).toMatchObject({
      status: 200,
      body: {
        status: 'processed',
        result: {
          orderStatus: 'partially_refunded',
          available: '70.00',
          refund: { refundId: 'r1', amount: '300.00', money: '300.00', bonusesReversed: '30.00' },
        },
      },
    })
    expect(await refund({ ...mug, email: 'parts@test.ru', reason: null })).toMatchObject({
      status: 200,
      body: { id: first.body.id, repeated: true, result: first.body.result },
    })
    expect(await refund({ ...mug, items: [{ sku: 'K-1', quantity: 2 }] })).toMatchObject({
      status: 409,
      body: { code: 'refund-conflict', details: { refundId: 'r1', differs: ['lines'] } },
    })
    expect(await refund({ orderId, refundId: 'r2', amount: 200 })).toMatchObject({
      status: 200,
      body: { result: { available: '50.00', refund: { amount: '200.00' } } },
    })
    expect(await refund({ orderId })).toMatchObject({
      status: 200,
      body: {
        result: {
          orderStatus: 'refunded',
          refund: { refundId: 'whole', amount: '500.00' },
          available: '0.00',
        },
      },
    })
    expect(await refund({ orderId })).toMatchObject({ status: 200, body: { repeated: true } })
    expect((await shop.get<Order>(`/v1/orders/${orderId}`)).body).toMatchObject({
      status: 'refunded',
      earned: '0.00',
    })
    const log = await logOf(shop, `orderId=${orderId}`, (seen) => seen.length === 7)
    expect(
      log
        .filter(({ action }) => action === 'refund')
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['processed', 'processed', 'processed', 'rejected', 'repeated', 'repeated'])
  })

  it('is answered 202 where nobody waits, and happens', async () => {
    const orderId = `refund-${++count}`
    await purchase({ email: 'soon@test.ru', amount: 1000, orderId }, {})
    expect(await refund({ orderId }, {})).toMatchObject({ status: 202, body: { status: 'accepted' } })
    await eventually(
      () => shop.get<Order>(`/v1/orders/${orderId}`),
      ({ body }) => body.status === 'refunded',
    )
    expect(await bonusesOf('soon@test.ru')).toBe('0.00')
  })

  it('that names nobody comes after what came before it', async () => {
    const orderId = `refund-${++count}`
    await purchase({ email: 'order@test.ru', amount: 500, orderId: `${orderId}-other` }, {})
    await purchase({ email: 'order@test.ru', amount: 1000, orderId }, {})
    expect(await refund({ orderId, refundId: 'r1', amount: 100 })).toMatchObject({
      status: 200,
      body: { result: { available: '140.00' } },
    })
    await refund({ orderId }, {})
    const spend = { email: 'order@test.ru', amount: 140, orderId: `${orderId}-next` }
    expect(
      await shop.post({ action: 'spend_bonuses', payload: { ...spend, orderAmount: 1000 } }),
    ).toMatchObject({
      status: 422,
      body: { code: 'insufficient-bonuses', details: { available: '50.00' } },
    })
  })

  it('of an unknown order is refused, and may be sent again when the order is there', async () => {
    const orderId = `refund-${++count}`
    expect(await refund({ orderId })).toMatchObject({ status: 404, body: { code: 'order-not-found' } })
    await purchase({ email: 'again@test.ru', amount: 1000, orderId })
    expect(await refund({ orderId })).toMatchObject({ status: 200, body: { status: 'processed' } })
    expect(await refund({ orderId, storefront: 'elsewhere' })).toMatchObject({ status: 404 })
  })

  it('that says whose it is may come before its order', async () => {
    const orderId = `refund-${++count}`
    expect(await refund({ orderId, email: 'early@test.ru' })).toMatchObject({
      status: 200,
      body: { result: { orderStatus: 'expected' } },
    })
    expect(await purchase({ email: 'early@test.ru', amount: 1000, orderId })).toMatchObject({
      status: 200,
      body: { result: { orderStatus: 'refunded', available: '0.00' } },
    })
  })

  it('of more than there is, of a line that is none, is refused and claims nothing', async () => {
    const orderId = `refund-${++count}`
    const items = [{ sku: 'K-1', amount: 1000 }]
    await purchase({ email: 'much@test.ru', amount: 1000, orderId, items })
    expect(await refund({ orderId, refundId: 'r1', amount: '1000.01' })).toMatchObject({
      status: 422,
      body: { code: 'refund-too-large' },
    })
    expect(await refund({ orderId, refundId: 'r1', items: [{ name: 'Чай', quantity: 1 }] })).toMatchObject({
      status: 422,
      body: { code: 'refund-line-unknown' },
    })
    expect(await refund({ orderId, refundId: 'r1', amount: 1000 })).toMatchObject({ status: 200 })
  })
})

describe('the lines of an order', () => {
  it('keep what rules look at: category, delivery, sale', async () => {
    const orderId = `lines-${++count}`
    const items = [
      { sku: 'K-1', amount: 700, category: 'Посуда', sale: true },
      { name: 'Курьер', amount: 300, delivery: true },
    ]
    await shop.post(
      { action: 'purchase', payload: { email: 'lines@test.ru', amount: 1000, orderId, items } },
      wait,
    )
    const { lines } = (await shop.get<Order>(`/v1/orders/${orderId}`)).body
    expect(lines).toMatchObject([
      { sku: 'K-1', category: 'Посуда', sale: true },
      { name: 'Курьер', delivery: true, total: '300.00' },
    ])
    expect(lines![0]).not.toHaveProperty('delivery')
  })

  it("tell Tilda's delivery from its goods", async () => {
    const orderId = newOrderId()
    const payment = paymentOf(orderId, { delivery: 'СДЭК', delivery_price: '300', amount: '1750' })
    await tilda(shop, formB(person('delivery'), payment))
    const { lines } = await tildaOrder(shop, orderId)
    expect(lines).toHaveLength(3)
    expect(lines![2]).toMatchObject({ name: 'СДЭК', delivery: true, total: '300.00' })
  })
})

describe('who an order is of', () => {
  it("is nobody where the contact is on the shop's blocklist, in whatever spelling", async () => {
    const strict = await tapline.createShop({}, { basePercent: 10 })
    await tapline.admin('PATCH', `/admin/v1/projects/${strict.id}`, {
      blocklist: [' Test@Test.ru', '8 (999) 999-99-99'],
    })
    const purchase = (contact: Fields) =>
      strict.post(
        { action: 'purchase', payload: { ...contact, amount: 100, orderId: `blocked-${++count}` } },
        wait,
      )
    expect(await purchase({ email: 'test@test.ru' })).toMatchObject({
      status: 422,
      body: { code: 'contact-blocked', errors: [{ pointer: '/payload/email' }] },
    })
    expect(await purchase({ email: 'TEST@test.ru', phone: '+79999999999' })).toMatchObject({
      status: 422,
      body: { code: 'contact-blocked' },
    })
    expect(await purchase({ email: 'test@test.ru', phone: '+79991234567' })).toMatchObject({ status: 200 })
    expect(await strict.customer({ phone: '+79991234567' })).toMatchObject({ emails: [], ordersCount: 1 })
    const hook = await tilda(strict, formA({ Email: 'test@test.ru' }, paymentOf(newOrderId())))
    expect(hook).toMatchObject({ status: 422, body: { code: 'contact-blocked' } })
  })

  it('is in doubt where contacts belong to two customers; the id stays free', async () => {
    await shop.post({ action: 'register_user', payload: { email: 'one@test.ru' } }, wait)
    await shop.post({ action: 'register_user', payload: { phone: '+79007770001' } }, wait)
    const purchase = (contact: Fields) =>
      shop.post({ action: 'purchase', payload: { ...contact, amount: 100, orderId: 'doubt-1' } }, wait)
    const answer = await purchase({ email: 'one@test.ru', phone: '+79007770001' })
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'customer-conflict', details: { identifiers: ['email', 'phone'] } },
    })
    expect(await purchase({ email: 'one@test.ru' })).toMatchObject({
      status: 200,
      body: { result: { earned: '10.00' } },
    })
  })

  it('is asked after the currency, which must be the project’s', async () => {
    const answer = await shop.post({
      action: 'purchase',
      payload: { email: 'one@test.ru', amount: 1, orderId: 'cur-1', currency: 'kzt' },
    })
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'currency-mismatch', details: { currency: 'KZT', expected: 'RUB' } },
    })
    const hook = await tilda(shop, formA(person('cur'), paymentOf(newOrderId(), { currency: '₸' })))
    expect(hook).toMatchObject({ status: 422, body: { code: 'currency-mismatch' } })
  })
})

describe('a batch', () => {
  const batch = (purchases: unknown[], headers?: Record<string, string>) =>
    shop.post({ action: 'batch_purchase', payload: { purchases } }, headers)
  const line = (orderId: string, more: Fields = {}) => ({
    email: `${orderId.split('-')[0]}@test.ru`,
    amount: 100,
    orderId,
    ...more,
  })

  it('of one line answers like one', async () => {
    const answer = await batch([line('single-1')], wait)
    expect(answer.headers.get('preference-applied')).toBe('wait=10')
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'processed', lines: [{ line: 0, status: 'processed', result: { earned: '10.00' } }] },
    })
  })

  it('answers line by line, in order, each on its own', async () => {
    await shop.post({ action: 'purchase', payload: { ...line('mixed-0'), amount: 1 } }, wait)
    const purchases = [
      line('mixed-1'),
      { amount: 5, orderId: 'mixed-2' },
      line('mixed-1'),
      line('mixed-1', { amount: 101 }),
      line('mixed-0'),
      line('mixed-3', { amount: '1e5' }),
      null,
      line('mixed-4', { currency: 'USD' }),
      line('mixed-5'),
    ]
    const { status, body } = await batch(purchases, { ...wait, 'accept-language': 'en' })
    expect(status).toBe(200)
    expect(body.lines!.map(({ line: at }) => at)).toEqual(purchases.map((_, at) => at))
    expect(
      body.lines!.map((result) => [result.status, result.problem?.code, result.repeated ?? false]),
    ).toEqual([
      ['processed', undefined, false],
      ['rejected', 'invalid-request', false],
      ['processed', undefined, true],
      ['rejected', 'order-conflict', false],
      ['rejected', 'order-conflict', false],
      ['rejected', 'invalid-request', false],
      ['rejected', 'invalid-request', false],
      ['rejected', 'currency-mismatch', false],
      ['processed', undefined, false],
    ])
    expect(body.lines![2]!.id).toBe(body.lines![0]!.id)
    expect(body.lines![5]!.problem!.errors).toMatchObject([{ pointer: '/amount' }])
    expect(await shop.customer({ email: 'mixed@test.ru' })).toMatchObject({
      ordersCount: 3,
      totalSpent: '201.00',
    })
  })

  it('of a thousand lines is taken whole, and its repeat changes nothing', async () => {
    const purchases = Array.from({ length: 1_000 }, (_, at) => ({
      ...line(`thousand-${at}`),
      email: `thousand${at % 50}@test.ru`,
    }))
    const accepted = await batch(purchases)
    expect(accepted).toMatchObject({ status: 202, body: { status: 'accepted' } })
    expect(accepted.body.lines).toHaveLength(1_000)
    await eventually(() => shop.get<{ data: unknown[] }>('/v1/inbox?status=accepted&limit=1'), ({ body }) => body.data.length === 0, 25_000) // prettier-ignore
    const { body } = await shop.get<LogItem>(`/v1/inbox/${accepted.body.id}`)
    expect(body.status).toBe('processed')
    expect(body.lines!.map(({ line: at, status }) => [at, status])).toEqual(
      purchases.map((_, at) => [at, 'processed']),
    )
    const again = await batch(purchases)
    expect(again).toMatchObject({ status: 200, body: { status: 'processed' } })
    expect(
      again.body.lines!.every(
        ({ repeated, status, result }) =>
          repeated === true && status === 'processed' && result?.earned === '10.00',
      ),
    ).toBe(true)
    expect(again.body.lines!.map(({ id }) => id)).toEqual(accepted.body.lines!.map(({ id }) => id))
    expect(await shop.customer({ email: 'thousand49@test.ru' })).toMatchObject({
      ordersCount: 20,
      bonuses: { available: '200.00' },
    })
  })

  it.each([
    [[]],
    [Array.from({ length: 1_001 }, (_, at) => line(`many-${at}`))],
    ['x'],
    [null],
    [{ 0: line('object-1') }],
  ])('of anything but 1 to 1,000 lines is refused whole', async (purchases) => {
    expect(await batch(purchases as unknown[])).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ pointer: '/payload/purchases' }] },
    })
  })
})

describe('Prefer: wait', () => {
  it('answers with the final result, without it at once', async () => {
    const purchase = (orderId: string, prefer?: string) =>
      shop.post(
        { action: 'purchase', payload: { email: 'prefer@test.ru', amount: 100, orderId } },
        prefer === undefined ? {} : { prefer },
      )
    const waited = await purchase('prefer-1', 'respond-async, wait=5')
    expect(waited).toMatchObject({ status: 200, body: { status: 'processed', result: { earned: '10.00' } } })
    expect(waited.headers.get('preference-applied')).toBe('wait=5')
    const atOnce = await purchase('prefer-2', 'wait=0')
    expect(atOnce).toMatchObject({ status: 202, body: { status: 'accepted' } })
    expect(atOnce.body).not.toHaveProperty('result')
    expect(atOnce.headers.has('preference-applied')).toBe(false)
  })
})
