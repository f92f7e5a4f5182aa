import { describe, expect, expectTypeOf, test, vi } from 'vitest'
import { receiveWebhook, type ReceiveOptions, type Refusal } from './fetch.ts'
import { generateSecret, signRequest } from './web/index.ts'

const secret = generateSecret()
const event = { type: 'bonus.awarded', timestamp: '2026-11-21T10:00:00Z', data: { amount: '5' } }

async function requestOf(text: string, secrets = [secret]): Promise<Request> {
  const headers = await signRequest({ body: text, secrets, id: 'evt_1' })
  return new Request('https://shop.example/tapline', { method: 'POST', headers, body: text })
}

function receive(options: Partial<ReceiveOptions> = {}): (request: Request) => Promise<Response> {
  return receiveWebhook({ secrets: [secret], onRefused: () => undefined, ...options }, () => undefined)
}

describe('a handler', () => {
  test('is given the event, and the sender 204', async () => {
    const handler = vi.fn(async () => undefined)
    const response = await receiveWebhook(
      { secrets: [secret] },
      handler,
    )(await requestOf(JSON.stringify(event)))
    expect([response.status, await response.text()]).toEqual([204, ''])
    const webhook = { id: 'evt_1', timestamp: expect.any(Number), secretIndex: 0, event }
    expect(handler.mock.calls).toEqual([[event, webhook]])
  })

  test('may answer by itself', async () => {
    const handle = receiveWebhook<typeof event>({ secrets: [secret] }, ({ data }) => {
      expectTypeOf(data.amount).toBeString()
      return Response.json(data, { status: 202 })
    })
    const response = await handle(await requestOf(JSON.stringify(event)))
    expect([response.status, await response.json()]).toEqual([202, { amount: '5' }])
  })

  test('that throws is for the framework', async () => {
    const handle = receiveWebhook({ secrets: [secret] }, () => Promise.reject(new Error('no database')))
    await expect(handle(await requestOf(JSON.stringify(event)))).rejects.toThrow('no database')
  })
})

test('the sender is told nothing, the developer everything', async () => {
  const refusals: Refusal[] = []
  const handle = receiveWebhook(
    { secrets: [secret], maxBodyBytes: 1000, onRefused: (refusal) => refusals.push(refusal) },
    () => expect.unreachable(),
  )
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(600)) })
  const answers = [
    await handle(new Request('https://shop.example/tapline')),
    await handle(await requestOf('{}', [generateSecret()])),
    await handle(
      new Request('https://shop.example', {
        method: 'POST',
        body: 'x'.repeat(9),
        headers: { 'content-length': '1001' },
      }),
    ),
    await handle(new Request('https://shop.example', { method: 'POST', body: endless, duplex: 'half' })),
    await handle(await requestOf('hello')),
  ]
  expect(await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`))).toEqual(
    [
      '401 Unauthorized',
      '401 Unauthorized',
      '413 Content Too Large',
      '413 Content Too Large',
      '400 Bad Request',
    ],
  )
  expect(refusals.map(({ reason }) => reason)).toEqual([
    'missing-header',
    'no-matching-signature',
    'body-too-large',
    'body-too-large',
    'malformed-event',
  ])
})

test('a body that was read before is named, with the way out', async () => {
  const request = await requestOf('{}')
  await request.text()
  await expect(receive()(request)).rejects.toThrow(/^The body of the request was read before: hand/)
})

test('secrets are looked at with the request: a builder that loads the module has none', async () => {
  const handle = receive({ secrets: [undefined as unknown as string] })
  await expect(handle(await requestOf('{}'))).rejects.toThrow(/^secrets\[0\] is no text/)
})
