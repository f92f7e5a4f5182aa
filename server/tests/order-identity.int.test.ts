import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

let tapline: Tapline
let shop: Shop

beforeAll(async () => {
  tapline = await startTapline()
  shop = await tapline.createShop({}, { basePercent: 10 })
})
afterAll(() => tapline.stop())

const buy = (email: string, orderId: string, more: object = {}) =>
  shop.post({ action: 'purchase', payload: { email, amount: 100, orderId, ...more } }, { prefer: 'wait=10' })

describe('which order is meant', () => {
  it('an id that looks like the payment of another order is an order of its own', async () => {
    expect((await buy('a@example.com', '1:paid')).body.result).toMatchObject({ orderId: '1:paid' })
    await buy('b@example.com', '1', { paid: false })
    expect((await buy('b@example.com', '1', { paid: true })).body.result).toMatchObject({
      orderId: '1',
      orderStatus: 'paid',
    })
    await buy('b@example.com', '2', { paid: false })
    await buy('b@example.com', '2', { paid: true })
    expect((await buy('a@example.com', '2:paid')).status).toBe(200)
  })

  it('an article with a new name is the same line, at the door and in the engine', async () => {
    const items = (name: string) => ({ items: [{ sku: 'S1', name, quantity: 1, price: '100' }] })
    await buy('c@example.com', '3', { paid: false, ...items('Сыр') })
    const paid = await buy('c@example.com', '3', { paid: true, ...items('Сыр со скидкой') })
    expect(paid.body.result).toMatchObject({ orderStatus: 'paid', available: '10.00' })
  })

  it('a body that is longer than the log keeps is accepted wherever it is cut', async () => {
    for (const orderId of ['cut-0', 'cut-1']) {
      const head = `{"action":"purchase","payload":{"email":"d@example.com","amount":100,"orderId":"${orderId}","note":"`
      const padding = 'x'.repeat(64_000 - head.length - 1 + Number(orderId.slice(-1)))
      const answer = await shop.post(`${head}${padding}😀😀"}}`, { 'content-type': 'application/json' })
      expect(answer.status).toBe(202)
    }
  })
})
