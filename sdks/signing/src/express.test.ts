import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler } from 'express'
import { afterEach, describe, expect, expectTypeOf, onTestFinished, test, vi } from 'vitest'
import { type ReceivedWebhook, receiveWebhook, type Refusal } from './express.ts'
import { generateSecret, signRequest } from './index.ts'

type BonusAwarded = { type: 'bonus.awarded'; timestamp: string; data: { amount: string } }

const secret = generateSecret()
const event: BonusAwarded = {
  type: 'bonus.awarded',
  timestamp: '2026-11-21T10:00:00Z',
  data: { amount: '5' },
}
const body = JSON.stringify(event)

afterEach(() => vi.restoreAllMocks())

async function listen(configure: (app: express.Express) => void): Promise<string> {
  const app = express()
  configure(app)
  const told: ErrorRequestHandler = (error: Error, _request, response, _next) => {
    response.status(500).send(`${error.name}: ${error.message}`)
  }
  app.use(told)
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/tapline`
}

function send(url: string, { text = body, secrets = [secret] } = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signRequest({ body: text, secrets, id: 'evt_1' }) },
    body: text,
  })
}

describe('a handler', () => {
  test('is given the event, and the sender 204', async () => {
    const received: ReceivedWebhook<BonusAwarded>[] = []
    const url = await listen((app) =>
      app.post(
        '/tapline',
        receiveWebhook<BonusAwarded>({ secrets: [generateSecret(), secret] }, async (given, webhook) => {
          expectTypeOf(given.data.amount).toBeString()
          expect(given).toBe(webhook.event)
          received.push(webhook)
        }),
      ),
    )
    const response = await send(url)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(received).toEqual([{ id: 'evt_1', timestamp: expect.any(Number), secretIndex: 1, event }])
  })

  test('that throws is an error of the application, so that the sender tries again', async () => {
    const url = await listen((app) =>
      app.post(
        '/tapline',
        receiveWebhook({ secrets: [secret] }, async () => Promise.reject(new Error('no database'))),
      ),
    )
    const response = await send(url)
    expect([response.status, await response.text()]).toEqual([500, 'Error: no database'])
  })
})

test('with no handler it sets request.webhook and goes on', async () => {
  const url = await listen((app) =>
    app.post('/tapline', receiveWebhook({ secrets: [secret] }), (request, response) => {
      expectTypeOf(request.webhook).toEqualTypeOf<ReceivedWebhook | undefined>()
      response.status(202).json(request.webhook)
    }),
  )
  const response = await send(url)
  expect(response.status).toBe(202)
  expect(await response.json()).toMatchObject({ id: 'evt_1', event })
})

test('the sender is told nothing, the developer everything', async () => {
  const refusals: Refusal[] = []
  const url = await listen((app) =>
    app.post(
      '/tapline',
      receiveWebhook(
        { secrets: [secret], maxBodyBytes: 1000, onRefused: (refusal) => refusals.push(refusal) },
        () => expect.unreachable(),
      ),
    ),
  )
  const answers = [
    await fetch(url, { method: 'POST', body }),
    await fetch(url, { method: 'POST' }),
    await send(url, { secrets: [generateSecret()] }),
    await send(url, { text: 'x'.repeat(1001) }),
    await send(url, { text: 'hello' }),
    await send(url, { text: '{"a":1}' }),
  ]
  expect(await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`))).toEqual(
    [
      '401 Unauthorized',
      '401 Unauthorized',
      '401 Unauthorized',
      '413 Content Too Large',
      '400 Bad Request',
      '400 Bad Request',
    ],
  )
  expect(refusals.map(({ reason }) => reason)).toEqual([
    'missing-header',
    'missing-header',
    'no-matching-signature',
    'body-too-large',
    'malformed-event',
    'malformed-event',
  ])
  expect(refusals.every(({ message }) => message.endsWith('.') || message.includes(': '))).toBe(true)
})

test('a body without its length is measured while it comes', async () => {
  const url = await listen((app) =>
    app.post(
      '/tapline',
      receiveWebhook({ secrets: [secret], onRefused: () => undefined }, () => undefined),
    ),
  )
  const request = httpRequest(url, { method: 'POST' })
  request.on('error', () => undefined)
  request.write('x'.repeat(262_144))
  request.write('x')
  const [response] = (await once(request, 'response')) as [{ statusCode: number; headers: object }]
  expect(response.statusCode).toBe(413)
  expect(response.headers).toMatchObject({ connection: 'close' })
  request.destroy()
})

test('by default a refusal is written to the console, once per reason', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const url = await listen((app) =>
    app.post(
      '/tapline',
      receiveWebhook({ secrets: [secret] }, () => undefined),
    ),
  )
  for (let time = 0; time < 3; time++) await fetch(url, { method: 'POST', body })
  await send(url, { secrets: [generateSecret()] })
  expect(warn.mock.calls.map(([text]) => String(text))).toEqual([
    expect.stringMatching(/^@tapline\/signing turned a webhook away \(missing-header\): /),
    expect.stringMatching(/^@tapline\/signing turned a webhook away \(no-matching-signature\): /),
  ])
})

describe('body parsers', () => {
  test.each([
    ['express.raw()', express.raw({ type: () => true })],
    ['express.text()', express.text({ type: () => true })],
    ['a parser for another type', express.urlencoded({ extended: false })],
  ])('%s before it is fine', async (_, parser) => {
    const url = await listen((app) => {
      app.use(parser)
      app.post(
        '/tapline',
        receiveWebhook({ secrets: [secret] }, () => undefined),
      )
    })
    expect((await send(url)).status).toBe(204)
  })

  test('one that took the bytes away is named, with the way out', async () => {
    const url = await listen((app) => {
      app.use(express.json())
      app.post(
        '/tapline',
        receiveWebhook({ secrets: [secret] }, () => undefined),
      )
    })
    const response = await send(url)
    expect(response.status).toBe(500)
    expect(await response.text()).toMatch(
      /^TypeError: A body parser was here before .* above app\.use\(express\.json\(\)\)/,
    )
  })

  test('what express.raw() has read is measured too', async () => {
    const url = await listen((app) => {
      app.use(express.raw({ type: () => true }))
      app.post(
        '/tapline',
        receiveWebhook({ secrets: [secret], maxBodyBytes: 10, onRefused: () => undefined }, () => undefined),
      )
    })
    expect((await send(url)).status).toBe(413)
  })
})

test('what can be no secret, and no limit, stops the start', () => {
  expect(() => receiveWebhook({ secrets: [] })).toThrow(/^secrets must be an array/)
  expect(() => receiveWebhook({ secrets: ['short'] })).toThrow(/^secrets\[0\]/)
  expect(() => receiveWebhook({ secrets: [secret], maxBodyBytes: 0 })).toThrow(/^maxBodyBytes is 0/)
})
