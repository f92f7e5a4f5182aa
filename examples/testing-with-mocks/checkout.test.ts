import { createTapline } from '@tapline/client'
import { createEvents, createHandlers, scenarios, signedWebhookRequest } from '@tapline/mocks'
import { generateSecret } from '@tapline/signing'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { abandonCheckout, beginCheckout, finishCheckout } from './checkout.ts'
import { tellCustomer } from './tell-customer.ts'

const baseUrl = 'https://tapline.example'
const ANNA = { email: 'anna@example.com' }
const cart = { orderId: '1001', ...ANNA, amount: '1000.00', wantedBonuses: '400' }

const { handlers, shop } = createHandlers({
  baseUrl,
  program: { basePercent: 5, maxSpendPercent: 30 },
  customers: [{ ...ANNA, available: '500.00' }],
})
const server = setupServer(...handlers)
const tapline = createTapline({ baseUrl, secretKey: shop.secretKey })

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
beforeEach(() => shop.reset())
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

test('bonuses pay their share, and the rest in money earns', async () => {
  const paid = await beginCheckout(tapline, cart)
  expect(paid).toMatchObject({ money: '700.00', bonuses: '300.00' })
  expect(shop.customer(ANNA)?.bonuses).toMatchObject({ available: '200.00', held: '300.00' })

  await finishCheckout(tapline, cart, paid)
  expect(shop.order('1001')).toMatchObject({ status: 'paid', spent: '300.00', earned: '35.00' })
  expect(shop.customer(ANNA)?.bonuses).toMatchObject({ available: '235.00', held: '0.00' })
})

test('paid twice, it counts once', async () => {
  const paid = await beginCheckout(tapline, cart)
  await finishCheckout(tapline, cart, paid)
  await finishCheckout(tapline, cart, paid)
  expect(shop.customer(ANNA)).toMatchObject({ ordersCount: 1, bonuses: { available: '235.00' } })
})

test('who goes away has the bonuses again, at once or when the hold runs out', async () => {
  await abandonCheckout(tapline, await beginCheckout(tapline, cart))
  expect(shop.customer(ANNA)?.bonuses).toMatchObject({ available: '500.00', held: '0.00' })

  await beginCheckout(tapline, cart)
  shop.advance({ minutes: 30 })
  expect(shop.customer(ANNA)?.bonuses).toMatchObject({ available: '500.00', held: '0.00' })
  expect(shop.events.at(-1)?.type).toBe('hold.expired')
})

test('a stranger pays in money', async () => {
  expect(await beginCheckout(tapline, { ...cart, email: 'new@example.com' })).toMatchObject({
    money: '1000.00',
    holdId: undefined,
  })
})

test('without Tapline the shop goes on selling', async () => {
  server.use(...scenarios.failing({ baseUrl }))
  const patient = createTapline({ baseUrl, secretKey: shop.secretKey, maxRetries: 0 })
  expect(await beginCheckout(patient, cart)).toMatchObject({ money: '1000.00', bonuses: '0.00' })
})

test('one moment of trouble is not noticed: the client asks again', async () => {
  server.use(...scenarios.rateLimited({ baseUrl, times: 1, retryAfterSeconds: 0 }))
  expect(await beginCheckout(tapline, cart)).toMatchObject({ bonuses: '300.00' })
})

test('events: told once, however often they come, and only by who knows the secret', async () => {
  const secret = generateSecret()
  const sent: string[] = []
  const receive = tellCustomer(secret, (_customerId, text) => sent.push(text))
  const make = createEvents()
  const awarded = make.bonusAwarded({ amount: '35.00' })

  expect((await receive(await signedWebhookRequest(awarded, { secret }))).status).toBe(204)
  expect((await receive(await signedWebhookRequest(awarded, { secret }))).status).toBe(204)
  expect(
    (await receive(await signedWebhookRequest(make.bonusExpiring({ amount: '35.00' }), { secret }))).status,
  ).toBe(204)
  for (const tamper of ['body', 'signature', 'timestamp', 'unsigned'] as const) {
    const forged = await signedWebhookRequest(make.bonusAwarded({ amount: '1000000.00' }), { secret, tamper })
    expect((await receive(forged)).status).toBe(401)
  }
  expect(sent).toEqual(['+35.00, thank you!', '35.00 will end soon'])
})
