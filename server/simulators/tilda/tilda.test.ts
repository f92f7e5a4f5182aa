import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WebhookSettings } from './site.ts'
import { startTildaSimulator, type TildaSimulator } from './start-tilda-simulator.ts'

type Seen = { url: string; headers: Record<string, unknown>; body: string }

let receiver: Server
let address: string
let seen: Seen[]
let status: number
let tilda: TildaSimulator

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      seen.push({ url: request.url!, headers: request.headers, body })
      response.writeHead(status).end('ok')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
})
afterAll(() => void receiver.close())
beforeEach(async () => {
  seen = []
  status = 200
  tilda = await startTildaSimulator()
})
afterEach(() => tilda.stop())

const hook = (changes: Partial<WebhookSettings> = {}): WebhookSettings => ({
  url: address,
  form: 'A',
  products: 'strings',
  escaped: false,
  key: null,
  ...changes,
})
const CART = {
  products: [
    { name: 'Свеча = «Сосна»', sku: 'CND', uid: '7', quantity: 2, price: 1690, amount: 3380, options: [{ option: 'Размер', variant: '300 мл' }] },
  ],
  prodamount: 3380,
  prodamount_discountsum: 500,
  promocode: { promocode: 'BONUSX', discountsum: 500 },
  delivery: { name: 'Курьер', price: 300, freedl: 3000 },
  amount: 3180,
} // prettier-ignore

async function submit(cart: object = CART, fields: Record<string, string> = {}) {
  const body = new URLSearchParams({
    Name: 'Анна',
    Email: 'a@b.c',
    ...fields,
    tildapayment: JSON.stringify(cart),
  })
  const response = await fetch(`${tilda.url}/procces/`, { method: 'POST', body })
  return (await response.json()) as { results?: string[]; error?: string }
}

async function sent(settings: Partial<WebhookSettings>): Promise<Seen> {
  tilda.changeSite({ webhook: hook(settings) })
  await submit()
  await tilda.webhooksSettled()
  return seen.at(-1)!
}

describe('the webhook of an order', () => {
  it('A: urlencoded with payment as JSON, products in words, the key in the body', async () => {
    const { body, headers } = await sent({ key: { name: 'API-key', value: 'k', place: 'body' } })
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
    const form = new URLSearchParams(body)
    expect(form.get('API-key')).toBe('k')
    expect(form.get('Name')).toBe('Анна')
    expect(JSON.parse(form.get('payment')!)).toMatchObject({
      sys: 'none',
      systranid: '0',
      orderid: expect.stringMatching(/^\d{10}$/),
      products: ['Свеча = «Сосна» (CND, Размер: 300 мл) x 2 ≡ 3380'],
      promocode: 'BONUSX',
      discountvalue: '500',
      discount: '500',
      subtotal: '3380',
      amount: '3180',
    })
    const escaped = new URLSearchParams((await sent({ escaped: true })).body).get('payment')!
    expect(escaped).toMatch(/^{&quot;sys&quot;/)
  })

  it('B: brackets, the key in the header; C: JSON, the key in the address', async () => {
    const b = await sent({ form: 'B', key: { name: 'Api-Key', value: 'k', place: 'header' } })
    expect(b.headers['api-key']).toBe('k')
    const form = new URLSearchParams(b.body)
    expect(form.get('payment[products][0][options][0][variant]')).toBe('300 мл')
    expect(form.get('payment[delivery_price]')).toBe('300')
    const c = await sent({
      form: 'C',
      products: 'objects',
      key: { name: 'key', value: 'k', place: 'url' },
    })
    expect(c.url).toBe('/hook?key=k')
    expect(JSON.parse(c.body)).toMatchObject({ formname: 'Cart', payment: { products: [{ price: '1690', quantity: 2 }] } }) // prettier-ignore
  })

  it('goes three times, a minute apart, with the same order, and then no more', async () => {
    status = 500
    tilda.changeSite({ webhook: hook() })
    await submit()
    for (let minute = 0; minute < 4; minute++) {
      await tilda.webhooksSettled()
      tilda.advanceClock({ milliseconds: 59_000 })
      await tilda.webhooksSettled()
      expect(seen).toHaveLength(Math.min(minute + 1, 3))
      tilda.advanceClock({ milliseconds: 1_000 })
    }
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1)
  })

  it('goes after the payment where the owner wants it so', async () => {
    tilda.changeSite({ webhook: hook({ form: 'C' }), onlyAfterPayment: true })
    const { results } = await submit(CART, { paymentsystem: 'cloudpayments' })
    await tilda.webhooksSettled()
    expect(seen).toEqual([])
    const orderId = results![0]!.split(':')[2]!
    await fetch(`${tilda.url}/pay/${orderId}`, { method: 'POST' })
    await tilda.webhooksSettled()
    const { payment } = JSON.parse(seen[0]!.body)
    expect(payment).toMatchObject({ orderid: orderId, sys: 'cloudpayments' })
    expect(payment.systranid).not.toBe('0')
  })

  it('is connected only where the probe is answered with 200', async () => {
    status = 400
    expect(await tilda.connectWebhook(hook())).toEqual({ accepted: false, shown: '[400] ok' })
    expect(tilda.site().webhook).toBeNull()
    status = 200
    await tilda.connectWebhook(hook())
    expect(seen.map(({ body }) => body)).toEqual(['test=test', 'test=test'])
    expect(tilda.site().webhook).not.toBeNull()
  })
})

it('knows its promo codes, counts their uses, and refuses unknown ones only when told to', async () => {
  tilda.changeSite({ promoCodes: [{ code: 'ONCE', discountsum: 500, uses: 1 }] })
  const ask = async (promocode: string) => {
    const body = new URLSearchParams({ promocode })
    return (await fetch(`${tilda.url}/promocode/`, { method: 'POST', body })).json()
  }
  const cart = { ...CART, promocode: { promocode: 'ONCE', discountsum: 500 } }
  expect(await ask('once')).toMatchObject({ promocode: 'ONCE', discountsum: 500 })
  expect(await submit(cart)).toMatchObject({ message: 'OK' })
  expect(await submit(cart)).toMatchObject({ error: 'Промокод не действует' })
  expect(await ask('ONCE')).toMatchObject({ error: expect.any(String) })
  expect(await submit()).toMatchObject({ message: 'OK' })
  tilda.changeSite({ refusesUnknownPromoCodes: true })
  expect(await submit()).toMatchObject({ error: expect.any(String) })
})

it('is steered over HTTP, but not by a page of somewhere else', async () => {
  const steer = (headers: Record<string, string>) =>
    fetch(`${tilda.url}/control/change-site`, { method: 'POST', headers, body: '{"name":"Другая"}' })
  expect((await steer({ 'content-type': 'text/plain', origin: 'https://a.example' })).status).toBe(415)
  expect((await steer({ 'content-type': 'application/json' })).status).toBe(200)
  expect(await (await fetch(tilda.url)).text()).toContain('<title>Другая</title>')
  tilda.failNext({ times: 1, path: '/procces/', effect: { status: 503 } })
  expect((await fetch(`${tilda.url}/procces/`, { method: 'POST' })).status).toBe(503)
  expect(tilda.calls({ path: '/procces/' })).toMatchObject([{ status: 503 }])
})
