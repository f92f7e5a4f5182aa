import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

let tapline: Tapline
let shop: Shop

beforeAll(async () => {
  tapline = await startTapline()
  shop = await tapline.createShop(
    { name: 'Чай & <кофе>' },
    {
      basePercent: 5,
      tiers: [
        { name: 'Silver', threshold: '10000', percent: 2 },
        { name: 'Gold', threshold: 50_000, percent: 5 },
      ],
      referralPercent: 3,
      welcomeBonus: '100',
      expiryDays: 365,
      maxSpendPercent: 50,
    },
  )
  await shop.put('/v1/integrations/telegram', { token: tapline.telegram.tokens[0] })
})
afterAll(() => tapline.stop())

const wait = { prefer: 'wait=10' }

describe('from an order to bonuses and a Telegram message', () => {
  it('registers a customer with a welcome bonus, who is told of it in Telegram', async () => {
    const answer = await shop.post(
      {
        action: 'register_user',
        payload: {
          email: ' Anna@Example.com',
          phone: '8 (900) 123-45-67',
          name: 'Анна',
          telegramId: 501,
          locale: 'ru',
        },
      },
      wait,
    )
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'processed', result: { welcomeBonus: '100.00', available: '100.00' } },
    })
    const messages = await eventually(() => Promise.resolve(tapline.telegram.messages({ chatId: 501 })), (seen) => seen.length > 0) // prettier-ignore
    expect(messages[0]).toMatchObject({
      text: expect.stringContaining('Добро пожаловать в «Чай & <кофе>»! Дарим 100 бонусов') as string,
    })
  })

  it('turns an order into bonuses of the tier from before it, a ledger entry and a message', async () => {
    const accepted = await shop.post({
      action: 'purchase',
      payload: { phone: '+7 900 123-45-67', amount: '12000.50', orderId: 'A-1', utm_source: 'vk' },
    })
    expect(accepted).toMatchObject({ status: 202, body: { status: 'accepted' } })
    const customer = await eventually(() => shop.customer({ email: 'anna@example.com' }), ({ ordersCount }) => ordersCount === 1) // prettier-ignore
    expect(customer).toMatchObject({
      emails: ['anna@example.com'],
      phones: ['+79001234567'],
      bonuses: { available: '700.00', pending: '0.00' },
      tier: { name: 'Silver', percent: 2, earnPercent: 7, nextTier: 'Gold', toNextTier: '37999.50' },
      totalSpent: '12000.50',
    })
    const { body } = await shop.get<{
      data: { kind: string; amount: string; previousHash: string; hash: string }[]
    }>(`/v1/customers/${customer.id}/entries`)
    expect(body.data.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['earn', '600.00'],
      ['earn', '100.00'],
    ])
    expect(body.data[0]!.previousHash).toBe(body.data[1]!.hash)
    const messages = await eventually(() => Promise.resolve(tapline.telegram.messages({ chatId: 501 })), (seen) => seen.length >= 3) // prettier-ignore
    const texts = messages.map((message) => (message as { text?: string }).text ?? '')
    expect(texts.some((text) => text.includes('+600 бонусов за заказ A-1'))).toBe(true)
    expect(texts.some((text) => text.includes('Silver'))).toBe(true)
    const order = await shop.get('/v1/orders/A-1')
    expect(order.body).toMatchObject({
      status: 'paid',
      amount: '12000.50',
      earned: '600.00',
      percent: 5,
      utm: { utm_source: 'vk' },
    })
  })

  it('gives the referrer a share of each order of a friend', async () => {
    const { referralCode, id } = await shop.customer({ email: 'anna@example.com' })
    const answer = await shop.post(
      {
        action: 'purchase',
        payload: {
          email: 'friend@example.com',
          amount: 1000,
          orderId: 'F-1',
          referralCode: referralCode.toLowerCase(),
        },
      },
      wait,
    )
    expect(answer.body.result).toMatchObject({ earned: '50.00' })
    expect(await shop.customer({ email: 'friend@example.com' })).toMatchObject({ referredBy: id })
    expect((await shop.customer({ email: 'anna@example.com' })).bonuses.available).toBe('730.00')
  })

  it('spends at once, within the share that the program allows', async () => {
    const unknown = await shop.post({
      action: 'spend_bonuses',
      payload: { email: 'anna@example.com', amount: 300, orderId: 'A-2' },
    })
    expect(unknown).toMatchObject({ status: 422, body: { code: 'order-amount-required' } })
    const tooMuch = await shop.post(
      {
        action: 'spend_bonuses',
        payload: { email: 'anna@example.com', amount: '500.01', orderId: 'A-2', orderAmount: 1000 },
      },
      { 'accept-language': 'en' },
    )
    expect(tooMuch).toMatchObject({
      status: 422,
      body: { code: 'spend-limit-exceeded', detail: expect.stringContaining('500.00') as string },
    })
    const spent = await shop.post({
      action: 'spend_bonuses',
      payload: { email: 'anna@example.com', amount: 300, orderId: 'A-2', orderAmount: 1000 },
    })
    expect(spent).toMatchObject({
      status: 200,
      body: {
        status: 'processed',
        result: { spent: '300.00', available: '430.00', orderStatus: 'expected' },
      },
    })
    const order = await shop.post(
      { action: 'purchase', payload: { email: 'anna@example.com', amount: 1000, orderId: 'A-2' } },
      wait,
    )
    expect(order.body.result).toMatchObject({
      percent: 7,
      earned: '49.00',
      spent: '300.00',
      orderStatus: 'paid',
    })
    const again = await shop.post({
      action: 'spend_bonuses',
      payload: { email: 'anna@example.com', amount: 300, orderId: 'A-2', orderAmount: 1000 },
    })
    expect(again).toMatchObject({
      status: 200,
      body: { repeated: true, id: spent.body.id, result: { available: '430.00' } },
    })
  })

  it('shows everything in the log, also what was turned away', async () => {
    await shop.post({ action: 'purchase', payload: { email: 'anna@example.com', amount: 'many' } })
    const { body } = await eventually(
      () =>
        shop.get<{
          data: { status: string; refusal: { code: string } | null; from: string; durationMs: number }[]
        }>('/v1/inbox?limit=200'),
      (seen) => seen.body.data.some(({ status }) => status === 'rejected'),
    )
    const rejected = body.data.find(({ status }) => status === 'rejected')!
    expect(rejected).toMatchObject({ refusal: { code: 'invalid-request' } })
    expect(rejected.from).toContain('127.0.0.1')
    expect(body.data.filter(({ status }) => status === 'refused')).toHaveLength(2)
  })
})
