import { createHmac } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { components } from '@tapline/openapi'
import { signBody, signWebhook } from '@tapline/signing'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../src/postgres/pool.ts'
import { createLog } from '../src/telemetry/log.ts'
import {
  eventually,
  OPERATOR_TOKEN,
  startTapline,
  type Answer,
  type Shop,
  type Tapline,
} from './tapline.fixture.ts'

type Schemas = components['schemas']
type Problem = Schemas['Problem']
type LogItem = Schemas['InboxItem']
type Headers = Record<string, string>

const logged: string[] = []
/** Everything that was answered with an error, as it was on the wire. */
const problems: string[] = []
let tapline: Tapline
let shop: Shop

beforeAll(async () => {
  const log = createLog('trace')
  Object.assign(log, { [pino.symbols.streamSym]: { write: (line: string) => logged.push(line) } })
  tapline = await startTapline({ log })
  shop = await tapline.createShop({ name: 'Answers' }, { basePercent: 10 })
})
afterAll(() => tapline.stop())

const wait = { prefer: 'wait=10' }
let count = 0
const purchase = (more: object = {}) => ({
  action: 'purchase',
  payload: { email: 'a@test.ru', amount: 100, orderId: `order-${++count}`, ...more },
})
const patch = (of: Shop, change: object) => tapline.admin('PATCH', `/admin/v1/projects/${of.id}`, change)

async function post(
  to: Shop,
  body: unknown,
  headers: Headers = {},
): Promise<Answer<Schemas['Accepted'] & Omit<Problem, 'status'>>> {
  const answer = await tapline.call<Schemas['Accepted'] & Omit<Problem, 'status'>>(
    'POST',
    to.webhookUrl,
    undefined,
    body,
    headers,
  )
  if (answer.status >= 400) hold(answer as unknown as Answer<Problem>)
  return answer
}

/** What every error must be. */
function hold({ status, headers, body }: Answer<Problem>): void {
  problems.push(JSON.stringify(body) + JSON.stringify([...headers]))
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(body).toMatchObject({
    status,
    code: expect.stringMatching(/^[a-z0-9-]+$/) as string,
    requestId: headers.get('x-request-id'),
  })
  expect(body.detail).not.toMatch(/[{}]/)
  expect(body.type).toBe(`/docs/problems#${body.code}`)
}

async function logOf(of: Shop, requestId: string | null, within = 5_000): Promise<LogItem> {
  const { body } = await eventually(
    () => of.get<{ data: LogItem[] }>('/v1/inbox?limit=200'),
    (seen) => seen.body.data.some((item) => item.requestId === requestId),
    within,
  )
  return body.data.find((item) => item.requestId === requestId)!
}

const refusedWith = async (of: Shop, answer: Answer<object>) => {
  const item = await logOf(of, answer.headers.get('x-request-id'))
  expect(item).toMatchObject({
    status: 'rejected',
    httpStatus: answer.status,
    from: expect.stringContaining('127.0.0.1') as string,
  })
  expect(item.durationMs).toBeGreaterThanOrEqual(0)
  expect(Math.abs(Date.parse(item.receivedAt) - Date.now())).toBeLessThan(60_000)
  return item.refusal!
}

const withoutIds = ({ status, headers, body }: Answer<object>) => {
  const kept = [...headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name))
  return { status, headers: kept, body: { ...body, requestId: '' } }
}

describe('who may come in', () => {
  it('an unknown secret and a wrong signature are answered alike', async () => {
    const stranger = { ...shop, webhookUrl: shop.webhookUrl.replace(/.{6}$/, 'AAAAAA') }
    const body = JSON.stringify(purchase())
    const wrong = { 'x-signature': 'ab'.repeat(32) }
    const answers = [
      await post(stranger, body),
      await post(stranger, body, wrong),
      await post(shop, body, wrong),
      await post(
        shop,
        body,
        signWebhook({
          id: 'm1',
          timestamp: new Date(),
          body: 'other',
          secrets: [shop.signingSecret],
        }),
      ),
      await post({ ...shop, webhookUrl: `${tapline.url}/api/webhook/x` }, body),
    ]
    for (const answer of answers) expect(withoutIds(answer)).toEqual(withoutIds(answers[0]!))
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
    expect(await refusedWith(shop, answers[2]!)).toMatchObject({
      code: 'unauthorized',
      details: { because: 'x-signature-wrong' },
    })
    expect(await refusedWith(shop, answers[3]!)).toMatchObject({
      details: { because: 'no-matching-signature' },
    })
  })

  it('nobody while the project is paused, and nothing is stored', async () => {
    const paused = await tapline.createShop()
    await patch(paused, { status: 'paused' })
    const action = purchase()
    const answer = await post(paused, action)
    expect(answer).toMatchObject({ status: 403, body: { code: 'project-paused' } })
    expect(await refusedWith(paused, answer)).toMatchObject({ code: 'project-paused' })
    await patch(paused, { status: 'active' })
    expect(await paused.get(`/v1/orders/${action.payload.orderId}`)).toMatchObject({ status: 404 })
    expect(await post(paused, action, wait)).toMatchObject({ status: 200 })
  })

  it('no format that is switched off', async () => {
    const narrow = await tapline.createShop()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    await patch(narrow, { disabledFormats: ['tilda'] })
    const tilda = await post(narrow, 'Email=a@test.ru&payment[orderid]=1&payment[amount]=5', form)
    expect(tilda).toMatchObject({
      status: 403,
      body: { code: 'format-disabled', details: { format: 'tilda' } },
    })
    expect(await refusedWith(narrow, tilda)).toMatchObject({ code: 'format-disabled' })
    expect(await post(narrow, purchase())).toMatchObject({ status: 202 })
    await patch(narrow, { disabledFormats: ['standard'] })
    expect(await post(narrow, purchase())).toMatchObject({
      status: 403,
      body: { code: 'format-disabled', details: { format: 'standard' } },
    })
    expect(await post(narrow, 'Email=a@test.ru&payment[orderid]=1&payment[amount]=5', form)).toMatchObject({
      status: 200,
    })
  })
})

describe('signatures', () => {
  let signed: Shop
  beforeAll(async () => {
    signed = await tapline.createShop({}, { basePercent: 10 })
    await patch(signed, { requireSignature: true })
  })
  const bytes = () =>
    Buffer.from(JSON.stringify({ ...purchase({ note: 'пробелы и 5.0' }), extra: 1 }, null, 2))
  const standard = (body: Buffer, more: Partial<Parameters<typeof signWebhook>[0]> = {}) =>
    ({
      ...signWebhook({
        id: `msg_${++count}`,
        timestamp: new Date(),
        body,
        secrets: [signed.signingSecret],
        ...more,
      }),
    }) as unknown as Headers
  const xSignature = (body: Buffer, secret = signed.signingSecret) => ({
    'x-signature': signBody({ body, secret }),
  })
  const schemes = {
    'Standard Webhooks': (body: Buffer) => standard(body),
    'X-Signature': (body: Buffer) => xSignature(body),
  }

  it('are required where the project says so', async () => {
    const answer = await post(signed, purchase())
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
    expect(await refusedWith(signed, answer)).toMatchObject({ details: { because: 'signature-missing' } })
    expect(await post(signed, { action: 'batch_purchase', payload: { purchases: [] } })).toMatchObject({
      status: 401,
    })
    expect(await post(signed, { action: 'unknown' })).toMatchObject({ status: 401 })
  })

  it('X-Signature is what any platform computes over the bytes', async () => {
    const body = bytes()
    const hex = createHmac('sha256', signed.signingSecret).update(body).digest('hex')
    expect(await post(signed, body, { 'x-signature': hex })).toMatchObject({ status: 202 })
  })

  it.each(Object.entries(schemes))('%s: the raw bytes, and no others', async (_, sign) => {
    const body = bytes()
    const headers = sign(body)
    expect(await post(signed, body, headers)).toMatchObject({ status: 202 })
    const changed = Buffer.from(body)
    changed[changed.indexOf('100')] = '9'.charCodeAt(0)
    expect(await post(signed, changed, headers)).toMatchObject({ status: 401 })
    expect(await post(signed, JSON.stringify(JSON.parse(body.toString())), headers)).toMatchObject({
      status: 401,
    })
    expect(await post(signed, Buffer.concat([body, Buffer.from(' ')]), headers)).toMatchObject({
      status: 401,
    })
    expect(await post(signed, body, sign(Buffer.from('')))).toMatchObject({ status: 401 })
  })

  it.each([-301, 301, -86_400])('Standard Webhooks of %d s from now are refused', async (seconds) => {
    const body = bytes()
    const answer = await post(
      signed,
      body,
      standard(body, { timestamp: new Date(Date.now() + seconds * 1_000) }),
    )
    expect(answer.status).toBe(401)
    expect(await refusedWith(signed, answer)).toMatchObject({
      details: { because: seconds < 0 ? 'timestamp-too-old' : 'timestamp-too-new' },
    })
  })

  it('Standard Webhooks within the window are taken, also among signatures of others', async () => {
    const body = bytes()
    expect(
      await post(signed, body, standard(body, { timestamp: new Date(Date.now() - 290_000) })),
    ).toMatchObject({ status: 202 })
    const other = bytes()
    const headers = standard(other)
    expect(
      await post(signed, other, {
        ...headers,
        'webhook-signature': `v1a,xx v1,${'A'.repeat(43)}= ${headers['webhook-signature']}`,
      }),
    ).toMatchObject({ status: 202 })
  })

  it.each(['webhook-id', 'webhook-timestamp'])('Standard Webhooks cover %s', async (name) => {
    const body = bytes()
    const headers = standard(body)
    const value = name === 'webhook-id' ? 'msg_other' : String(Number(headers[name]) + 1)
    expect(await post(signed, body, { ...headers, [name]: value })).toMatchObject({ status: 401 })
    expect(await post(signed, body, { ...headers, [name]: '' })).toMatchObject({ status: 401 })
  })

  it('that are sent are checked where none is needed; a wrong one of either scheme is refused', async () => {
    expect(await post(shop, purchase(), { 'x-signature': 'nonsense' })).toMatchObject({ status: 401 })
    const body = bytes()
    expect(
      await post(shop, body, { ...xSignature(body, shop.signingSecret), 'webhook-signature': 'v1,AAAA' }),
    ).toMatchObject({ status: 401 })
    expect(await post(shop, body, xSignature(body, shop.signingSecret))).toMatchObject({ status: 202 })
  })

  it('of the old secret live through the overlap and no longer', async () => {
    const rotating = await tapline.createShop()
    await patch(rotating, { requireSignature: true })
    const rotate = (input: object) =>
      tapline.admin<{ secret: string; previousExpiresAt: string }>(
        'POST',
        `/admin/v1/projects/${rotating.id}/secrets/signing-secret/rotate`,
        input,
      )
    const signedWith = (secret: string) => {
      const body = bytes()
      return post(
        rotating,
        body,
        signWebhook({
          id: `msg_${++count}`,
          timestamp: new Date(),
          body,
          secrets: [secret],
        }),
      )
    }
    const first = rotating.signingSecret
    const { body: second, status } = await rotate({ overlapSeconds: 2 })
    expect(status).toBe(201)
    expect((await signedWith(first)).status).toBe(202)
    expect((await signedWith(second.secret)).status).toBe(202)
    await eventually(() => signedWith(first), (answer) => answer.status === 401, 5_000) // prettier-ignore
    expect(Date.now()).toBeGreaterThan(Date.parse(second.previousExpiresAt) - 100)
    expect((await signedWith(second.secret)).status).toBe(202)

    const { body: third } = await rotate({ overlapSeconds: 0 })
    expect((await signedWith(second.secret)).status).toBe(401)
    expect((await signedWith(third.secret)).status).toBe(202)
  })

  it('go on being checked after many forced rotations', async () => {
    const rotating = await tapline.createShop()
    let newest = ''
    for (let times = 0; times < 11; times++) {
      const { body, status } = await tapline.admin<{ secret: string }>(
        'POST',
        `/admin/v1/projects/${rotating.id}/secrets/signing-secret/rotate`,
        { force: true },
      )
      expect(status).toBe(201)
      newest = body.secret
    }
    const body = bytes()
    expect(await post(rotating, body, { 'x-signature': signBody({ body, secret: newest }) })).toMatchObject({
      status: 202,
    })
    expect(
      await post(rotating, body, { 'x-signature': signBody({ body, secret: rotating.signingSecret }) }),
    ).toMatchObject({ status: 401 })
  })
})

describe('what is no request', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  it.each([
    ['nothing', ''],
    ['broken JSON', '{"action":"purchase",'],
    ['two values', '{} {}'],
    ['a byte order mark', '\ufeff{}'],
    ['null', 'null'],
    ['a number', '42'],
    ['a text', '"purchase"'],
    ['true', 'true'],
    ['an empty list', '[]'],
    ['a list of nothing', '[null]'],
    ['a list of actions', JSON.stringify([purchase()])],
    ['an empty object', '{}'],
    ['no action', '{"payload":{}}'],
    ['an unknown action', '{"action":"refund_all","payload":{}}'],
    ['an action that is no text', '{"action":{"purchase":1},"payload":{}}'],
    ['an action of the prototype', '{"action":"constructor","payload":{}}'],
    ['no payload', '{"action":"purchase"}'],
    ['null as payload', '{"action":"purchase","payload":null}'],
    ['a list as payload', '{"action":"purchase","payload":[]}'],
    ['deep lists', deep(200_000)],
    ['deep lists as payload', `{"action":"purchase","payload":${deep(200_000)}}`],
    ['deep objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    [
      'a deep amount',
      `{"action":"purchase","payload":{"email":"a@test.ru","orderId":"1","amount":${deep(50_000)}}}`,
    ],
    ['only a prototype', '{"__proto__":{"action":"purchase","payload":{}}}'],
    [
      'a prototype as payload',
      '{"action":"purchase","payload":{"__proto__":{"email":"a@test.ru","amount":1,"orderId":"1"}}}',
    ],
    ['a huge amount', '{"action":"purchase","payload":{"email":"a@test.ru","amount":1e400,"orderId":"1"}}'],
    [
      'a huge order id',
      '{"action":"purchase","payload":{"email":"a@test.ru","amount":1,"orderId":9007199254740993}}',
    ],
    [
      'an endless order id',
      '{"action":"purchase","payload":{"email":"a@test.ru","amount":1,"orderId":1e400}}',
    ],
    [
      'a fraction as order id',
      '{"action":"purchase","payload":{"email":"a@test.ru","amount":1,"orderId":1.5}}',
    ],
    [
      'an order id of controls',
      '{"action":"purchase","payload":{"email":"a@test.ru","amount":1,"orderId":"\\u0000\\u0007"}}',
    ],
    [
      'an order id of half a character',
      '{"action":"purchase","payload":{"email":"a@test.ru","amount":1,"orderId":"\\ud83d"}}',
    ],
    [
      'a NUL in the name of a field',
      '{"action":"purchase","payload":{"email":"a@test.ru","amount":1,"orderId":"1","utm":{"utm_\\u0000":5}}}',
    ],
    [
      'half a character in the name of a field',
      '{"action":"purchase","payload":{"email":"a@test.ru","amount":1,"orderId":"1","utm":{"utm_\\ud83d":5}}}',
    ],
    [
      'a name of a field without end',
      `{"action":"purchase","payload":{"email":"a@test.ru","amount":1,"orderId":"1","utm":{"utm_${'x'.repeat(500_000)}":5}}}`,
    ],
    ['no e-mail', '{"action":"purchase","payload":{"email":"nobody","amount":1,"orderId":"1"}}'],
    ['a refund of no order', '{"action":"refund","payload":{}}'],
    ['a part refunded without its id', '{"action":"refund","payload":{"orderId":"1","amount":5}}'],
    [
      'a refund of an amount and of items',
      '{"action":"refund","payload":{"orderId":"1","refundId":"r","amount":5,"items":[{"sku":"K","quantity":1}]}}',
    ],
    ['a refund of nothing', '{"action":"refund","payload":{"orderId":"1","refundId":"r","amount":0}}'],
    [
      'a refund of an item without a name',
      '{"action":"refund","payload":{"orderId":"1","refundId":"r","items":[{"quantity":1}]}}',
    ],
    [
      'a list of too many',
      JSON.stringify({
        action: 'purchase',
        payload: { email: 'a@test.ru', amount: 1, orderId: '1', items: Array(1001).fill({}) },
      }),
    ],
  ])('%s: 400, in the log', async (_, body) => {
    const answer = await post(shop, body, { 'content-type': 'application/json' })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
    expect(answer.body.errors!.length).toBeGreaterThan(0)
    expect(JSON.stringify(answer.body).length).toBeLessThan(20_000)
    expect(await refusedWith(shop, answer)).toMatchObject({ code: 'invalid-request' })
  })

  it('too large: 413, in the log', async () => {
    const answer = await post(shop, purchase({ note: 'x'.repeat(2_200_000) }))
    expect(answer).toMatchObject({ status: 413, body: { code: 'body-too-large' } })
    expect(await refusedWith(shop, answer)).toMatchObject({ code: 'body-too-large' })
  })

  it.each([
    ['text/plain', JSON.stringify(purchase()), { 'content-type': 'text/plain' }, 'unsupported-media-type'],
    ['no type', Buffer.from(JSON.stringify(purchase())), { 'content-type': '' }, 'unsupported-media-type'],
    ['XML', '<order/>', { 'content-type': 'application/xml' }, 'unsupported-media-type'],
    ['multipart', '--x--', { 'content-type': 'multipart/form-data; boundary=x' }, 'unsupported-media-type'],
    ['gzip', gzipSync(JSON.stringify(purchase())), { 'content-encoding': 'gzip' }, 'unsupported-encoding'],
  ])('%s: 415, in the log', async (_, body, headers, code) => {
    const answer = await post(shop, body, headers)
    expect(answer).toMatchObject({ status: 415, body: { code } })
    expect(await refusedWith(shop, answer)).toMatchObject({ code })
  })

  it('the business refuses: 422, in the log', async () => {
    const answer = await post(shop, purchase({ currency: 'USD' }))
    expect(answer).toMatchObject({ status: 422, body: { code: 'currency-mismatch' } })
    expect(await refusedWith(shop, answer)).toMatchObject({ code: 'currency-mismatch' })
  })

  it('another method: 405 and what is allowed', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await tapline.call<Problem>(method, shop.webhookUrl, undefined)
      hold(answer)
      expect(answer).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } })
      expect(answer.headers.get('allow')).toBe('POST')
    }
  })

  it('an address that cannot be decoded: an error of the contract', async () => {
    const answer = await tapline.call<Problem>(
      'POST',
      `${tapline.url}/api/webhook/%E0%A4%A`,
      undefined,
      purchase(),
    )
    hold(answer)
    expect(answer.status).toBe(400)
  })
})

describe('strange text in what is taken', () => {
  it('leaves no trace that could break the store', async () => {
    const strange = 'я\u0000\ud83d\u0007\u202e' + '😀'.repeat(3)
    const action = purchase({
      name: strange,
      description: strange,
      unknown: { deep: strange },
      utm: { source: strange },
      promoCode: strange,
      items: [{ name: strange, sku: strange, amount: 1 }],
      [strange]: strange,
    })
    expect(await post(shop, action, wait)).toMatchObject({ status: 200, body: { status: 'processed' } })
    const { body } = await shop.get<Schemas['Order']>(`/v1/orders/${action.payload.orderId}`)
    expect(JSON.stringify(body)).not.toMatch(/\\u0000|\\ud83d/)
    expect(body.lines).toMatchObject([{ name: expect.stringContaining('я') as string }])
  })

  it('may stand in an order id, without its controls', async () => {
    const action = purchase({ orderId: ' a\u0000/б?&#%41\ud83d ' })
    expect(await post(shop, action, wait)).toMatchObject({
      status: 200,
      body: { result: { orderId: 'a/б?&#%41' } },
    })
    expect(await shop.get(`/v1/orders/${encodeURIComponent('a/б?&#%41')}`)).toMatchObject({ status: 200 })
  })

  it('in Tilda’s forms too', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const payment = {
      orderid: `t-${++count}`,
      amount: 5,
      products: ['я\u0000\ud83d=5'],
      promocode: '\ud83d\u0000',
      currency: 'ЪЪЪЪЪЪЪЪЪЪЪЪЪЪЪЪЪЪЪ😀',
    }
    const refused = await post(
      shop,
      `Email=a@test.ru&na%00me=%00&payment=${encodeURIComponent(JSON.stringify(payment))}`,
      form,
    )
    expect(refused).toMatchObject({ status: 422, body: { code: 'currency-mismatch' } })
    expect(await refusedWith(shop, refused)).toMatchObject({ code: 'currency-mismatch' })
    const taken = await post(
      shop,
      `Email=a@test.ru&Name=%00%ff%ed%a0%bd&na%00me=%00&payment=${encodeURIComponent(JSON.stringify({ ...payment, currency: 'RUB' }))}`,
      { ...form, ...wait },
    )
    expect(taken).toMatchObject({ status: 200, body: { status: 'processed' } })
  })

  it('a megabyte in an unknown field costs nothing', async () => {
    expect(
      await post(
        shop,
        purchase({ note: 'x'.repeat(1_000_000), more: { deep: ['я'.repeat(100_000)] } }),
        wait,
      ),
    ).toMatchObject({ status: 200 })
    expect(
      await post(
        shop,
        JSON.stringify(purchase()).replace(
          '{',
          '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
        ),
        wait,
      ),
    ).toMatchObject({ status: 200 })
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('the same order again', () => {
  it('is answered 202 with the same id, then 200 with the first result', async () => {
    const action = purchase()
    const [first, second] = await Promise.all([post(shop, action), post(shop, action)])
    expect([first.status, second.status]).toEqual([202, 202])
    expect(second.body.id).toBe(first.body.id)
    const { body } = await eventually(() => post(shop, action), ({ status }) => status === 200) // prettier-ignore
    expect(body).toMatchObject({
      id: first.body.id,
      status: 'processed',
      repeated: true,
      result: { earned: '10.00' },
    })
  })

  it.each([
    ['amount', { amount: 101 }],
    ['customer', { email: 'b@test.ru' }],
    ['lines', { items: [{ sku: 'K', amount: 100 }] }],
  ])('with another %s: 409 that says so, in the log', async (what, change) => {
    const action = purchase({ phone: '+79009009000' })
    expect(await post(shop, action, wait)).toMatchObject({ status: 200 })
    const answer = await post(
      shop,
      { ...action, payload: { ...action.payload, ...change } },
      { 'accept-language': 'en' },
    )
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'order-conflict', details: { orderId: action.payload.orderId, differs: [what] } },
    })
    expect(answer.body.detail).toContain(what)
    expect(await refusedWith(shop, answer)).toMatchObject({
      code: 'order-conflict',
      details: { differs: [what] },
    })
  })

  it('that was refused is a new one: the id is free', async () => {
    const action = purchase({ email: 'free@test.ru', amount: 'much' })
    expect((await post(shop, action)).status).toBe(400)
    expect(
      (await post(shop, { ...action, payload: { ...action.payload, amount: 5, currency: 'USD' } })).status,
    ).toBe(422)
    expect(await post(shop, { ...action, payload: { ...action.payload, amount: 6 } }, wait)).toMatchObject({
      status: 200,
      body: { status: 'processed' },
    })
  })
})

describe('the language of an answer', () => {
  const UNAUTHORIZED = { ru: 'Секрет, ключ', en: 'The secret, key', kk: 'Құпия, кілт' } as const
  const CURRENCY = { ru: 'а проект считает', en: 'the project counts', kk: 'жоба RUB валютасында' } as const

  it.each(['ru', 'en', 'kk'] as const)('is %s where the caller asks for it', async (locale) => {
    const answer = await post(shop, purchase({ currency: 'USD' }), {
      'accept-language': `${locale}-XX,de;q=0.1`,
    })
    expect(answer.body.detail).toContain(CURRENCY[locale])
    const stranger = { ...shop, webhookUrl: `${tapline.url}/api/webhook/none` }
    expect((await post(stranger, purchase(), { 'accept-language': locale })).body.detail).toContain(
      UNAUTHORIZED[locale],
    )
  })

  it.each(['ru', 'en', 'kk'] as const)(
    'is %s where the project is, and the caller asks for none of ours',
    async (locale) => {
      const local = await tapline.createShop({ locale })
      expect((await post(local, purchase({ currency: 'USD' }))).body.detail).toContain(CURRENCY[locale])
      expect(
        (await post(local, purchase({ currency: 'USD' }), { 'accept-language': 'de' })).body.detail,
      ).toContain(CURRENCY[locale])
      const large = await post(local, purchase({ note: 'x'.repeat(2_200_000) }))
      expect(large.body.detail).toContain({ ru: 'слишком велик', en: 'too large', kk: 'тым үлкен' }[locale])
    },
  )
})

describe('the log', () => {
  it('shows a body with its contacts masked', async () => {
    const action = purchase({
      email: 'masked.person@example.com',
      phone: '+7 (900) 777-66-55',
      note: 'x'.repeat(100_000),
    })
    const { headers } = await post(shop, action)
    const { id } = await logOf(shop, headers.get('x-request-id'))
    const { body } = await shop.get<LogItem>(`/v1/inbox/${id}`)
    expect(body.body).toContain('m***@example.com')
    expect(body.body).toContain(action.payload.orderId)
    expect(body.body).not.toMatch(/masked\.person|777-66/)
    expect(body.body!.length).toBeLessThanOrEqual(64_000)
    const list = await tapline.call('GET', '/v1/inbox?limit=200', shop.secretKey)
    expect(JSON.stringify(list.body)).not.toContain('masked.person')
  })

  it('tells of a request that broke off, nothing', async () => {
    const before = (await shop.get<{ data: LogItem[] }>('/v1/inbox?limit=200')).body.data.length
    await new Promise<void>((resolve) => {
      const { pathname, hostname, port } = new URL(shop.webhookUrl)
      const request = httpRequest({
        method: 'POST',
        hostname,
        port,
        path: pathname,
        headers: { 'content-type': 'application/json', 'content-length': '1000' },
      })
      request.on('error', () => resolve()).on('close', resolve)
      request.write('{"action":', () => request.destroy())
    })
    expect((await shop.get<{ data: LogItem[] }>('/v1/inbox?limit=200')).body.data).toHaveLength(before)
  })

  it('keeps no Tilda key that was sent in a body', async () => {
    const { headers } = await post(
      shop,
      `Email=key@test.ru&Api-Key=${shop.tildaApiKey}&payment[orderid]=k-1&payment[amount]=5`,
      { 'content-type': 'application/x-www-form-urlencoded' },
    )
    const { id } = await logOf(shop, headers.get('x-request-id'))
    const { body } = await shop.get<LogItem>(`/v1/inbox/${id}`)
    expect(body.body).toContain('k-1')
    expect(body.body).not.toContain(shop.tildaApiKey)
    expect(JSON.stringify(await rows('select * from inbox_items'))).not.toContain(shop.tildaApiKey)
  })
})

async function rows(text: string, values: unknown[] = []): Promise<unknown[]> {
  const pool = createPool({ url: tapline.databaseUrl, max: 1, name: 'tests', onIdleError: () => undefined })
  try {
    return (await pool.query(text, values)).rows as unknown[]
  } finally {
    await pool.end()
  }
}

describe('when something breaks', () => {
  it('says so without a word of what, and keeps every secret', async () => {
    await post(shop, `Email=a@test.ru&Api-Key=${shop.tildaApiKey}x&payment[orderid]=1`, {
      'content-type': 'application/x-www-form-urlencoded',
    })
    await tapline.call('GET', '/v1/program', `${shop.secretKey}x`)
    await tapline.call('GET', `/v1/customers?email=${shop.secretKey}`, shop.secretKey)
    const before = logged.length
    await rows('alter table inbox_items rename to inbox_away')
    const signature = signBody({ body: '{}', secret: shop.signingSecret })
    const broken = await post(shop, purchase(), { authorization: `Bearer ${shop.secretKey}` })
    await post(shop, '{}', { 'x-signature': signature })
    hold(await tapline.call<Problem>('GET', '/v1/inbox', shop.secretKey))
    await rows('alter table inbox_away rename to inbox_items')
    expect(broken).toMatchObject({ status: 500, body: { code: 'internal-error' } })
    expect(JSON.stringify(broken.body)).not.toMatch(/inbox_items|relation/)
    await eventually(() => Promise.resolve(logged.slice(before)), (lines) => lines.some((line) => line.includes(broken.body.requestId))) // prettier-ignore

    const metrics = await (await fetch(`${tapline.url}/metrics`)).text()
    expect(metrics).toContain('tapline_door_seconds')
    const told = { log: logged.join(''), metrics, problems: problems.join('') }
    const { webhookSecret, signingSecret, secretKey, publishableKey, tildaApiKey } = shop
    const secrets = {
      webhookSecret,
      signingSecret,
      secretKey,
      publishableKey,
      tildaApiKey,
      OPERATOR_TOKEN,
      signature,
      contact: 'masked.person',
    }
    for (const [where, text] of Object.entries(told)) {
      expect(text.length, where).toBeGreaterThan(1_000)
      for (const [name, secret] of Object.entries(secrets))
        expect(text.includes(secret), `${name} in ${where}`).toBe(false)
    }
    for (const word of [shop.id, 'a@test.ru']) expect(metrics).not.toContain(word)
  })
})
