import fastify, { type FastifyInstance } from 'fastify'
import { expect, expectTypeOf, onTestFinished, test } from 'vitest'
import { receiveWebhook, type ReceivedWebhook, type Refusal } from './fastify.ts'
import { generateSecret, signRequest } from './index.ts'

type BonusAwarded = { type: 'bonus.awarded'; timestamp: string; data: { amount: string } }

const secret = generateSecret()
const event = { type: 'bonus.awarded', timestamp: '2026-11-21T10:00:00Z', data: { amount: '5' } }
const body = JSON.stringify(event)

function application(): FastifyInstance {
  const app = fastify()
  onTestFinished(() => app.close())
  return app
}

function signed(text: string, type = 'application/json', secrets = [secret]) {
  const headers = { 'content-type': type, ...signRequest({ body: text, secrets, id: 'evt_1' }) }
  return { method: 'POST', url: '/hooks/tapline', headers, payload: text } as const
}

test('a handler is given the event, and the sender 204; other routes keep their parsers', async () => {
  const received: ReceivedWebhook<BonusAwarded>[] = []
  const app = application()
  app.register(
    receiveWebhook<BonusAwarded>({ url: '/tapline', secrets: [secret] }, async (given, webhook) => {
      expectTypeOf(given.data.amount).toBeString()
      received.push(webhook)
    }),
    { prefix: '/hooks' },
  )
  app.post('/other', async (request) => request.body)

  for (const type of ['application/json', 'application/json; charset=utf-8', 'text/plain', 'x/y']) {
    const answer = await app.inject(signed(body, type))
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
  }
  expect(received).toHaveLength(4)
  expect(received[0]).toEqual({ id: 'evt_1', timestamp: expect.any(Number), secretIndex: 0, event })
  expect((await app.inject({ method: 'POST', url: '/other', payload: { a: 1 } })).json()).toEqual({ a: 1 })
})

test('the sender is told nothing, the developer everything', async () => {
  const refusals: Refusal[] = []
  const app = application()
  app.register(
    receiveWebhook(
      { url: '/hooks/tapline', secrets: [secret], maxBodyBytes: 1000, onRefused: (it) => refusals.push(it) },
      () => expect.unreachable(),
    ),
  )
  const answers = [
    await app.inject({ method: 'POST', url: '/hooks/tapline' }),
    await app.inject(signed(body, 'application/json', [generateSecret()])),
    await app.inject(signed('hello')),
  ]
  expect(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).toEqual([
    '401 Unauthorized',
    '401 Unauthorized',
    '400 Bad Request',
  ])
  expect(refusals.map(({ reason }) => reason)).toEqual([
    'missing-header',
    'no-matching-signature',
    'malformed-event',
  ])
  expect((await app.inject(signed('x'.repeat(1001)))).statusCode).toBe(413)
})

test('a handler that throws is an error of the application, so that the sender tries again', async () => {
  const app = application()
  app.register(
    receiveWebhook({ url: '/hooks/tapline', secrets: [secret] }, () =>
      Promise.reject(new Error('no database')),
    ),
  )
  expect((await app.inject(signed(body))).statusCode).toBe(500)
})

test('what can be no secret stops the start', () => {
  expect(() => receiveWebhook({ url: '/', secrets: [] }, () => undefined)).toThrow(/^secrets must be/)
})
