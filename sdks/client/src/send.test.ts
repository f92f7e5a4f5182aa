import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTapline, isTaplineNetworkError, TaplineError, TaplineNetworkError } from './index.ts'
import { json, KEYS, problem, script } from './script.fixture.ts'

const HOLD = { customer: { email: 'anna@example.com' }, orderId: '1', amount: '100' } as const
const CREATED = json({ id: 'hld_1' }, 201)
const ENDPOINT = { url: 'https://shop.test/hooks' }
const broken = () => new TypeError('fetch failed', { cause: new Error('ECONNRESET') })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  vi.setSystemTime('2026-01-01T00:00:00Z')
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Lets all waiting be over at once. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  await vi.runAllTimersAsync()
  return promise
}
const waits = (sent: { at: number }[]) => sent.slice(1).map(({ at }, index) => at - sent[index]!.at)

describe('what is tried again', () => {
  it.each([408, 429, 500, 502, 503, 504])(
    'a POST that was answered with %i, with the same key',
    async (status) => {
      const { fetch, sent } = script(problem(status, 'x'), problem(status, 'x'), CREATED)
      const { data, error } = await settled(createTapline({ ...KEYS, fetch }).createHold(HOLD))
      expect(error).toBeUndefined()
      expect(data).toEqual({ id: 'hld_1' })
      expect(sent.map(({ body }) => body)).toEqual(Array(3).fill(JSON.stringify(HOLD)))
      const keys = new Set(sent.map(({ headers }) => headers.get('idempotency-key')))
      expect([...keys]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
      expect(sent.map(({ headers }) => headers.get('x-tapline-retry-count'))).toEqual([null, '1', '2'])
    },
  )

  it.each([400, 401, 403, 404, 409, 422, 501])('not one that was answered with %i', async (status) => {
    const { fetch, sent } = script(problem(status, 'order-conflict'), CREATED)
    const { error } = await settled(createTapline({ ...KEYS, fetch }).createHold(HOLD))
    expect(error?.status).toBe(status)
    expect(sent).toHaveLength(1)
  })

  it('a 409 that says the first one still runs', async () => {
    const { fetch, sent } = script(problem(409, 'request-in-progress', { 'retry-after': '1' }), CREATED)
    expect((await settled(createTapline({ ...KEYS, fetch }).createHold(HOLD))).data).toBeDefined()
    expect(sent).toHaveLength(2)
  })

  it('a network that fails, also in the middle of an answer', async () => {
    const half = () =>
      new Response(
        new ReadableStream({
          start(stream) {
            stream.enqueue(new TextEncoder().encode('{"id":'))
            stream.error(new Error('terminated'))
          },
        }),
      )
    const { fetch, sent } = script(broken(), half, CREATED)
    expect((await settled(createTapline({ ...KEYS, fetch }).createHold(HOLD))).data).toEqual({ id: 'hld_1' })
    expect(sent).toHaveLength(3)
  })

  it('an attempt that takes too long', async () => {
    const hangs = (_: unknown, { signal }: RequestInit) =>
      new Promise<Response>((_resolve, reject) =>
        signal!.addEventListener('abort', () => reject(signal!.reason as Error)),
      )
    const { fetch, sent } = script(hangs, CREATED)
    const tapline = createTapline({ ...KEYS, fetch })
    expect((await settled(tapline.createHold(HOLD, { timeoutMs: 700 }))).data).toBeDefined()
    expect(waits(sent)).toEqual([700 + 250])

    const never = script(hangs)
    const call = settled(createTapline({ ...KEYS, fetch: never.fetch, maxRetries: 0 }).getProgram())
    await expect(call).rejects.toThrow('getProgram: no answer, attempts: 1. No answer within 30000 ms')
  })

  it('GET, PUT and DELETE without a key; a PATCH never', async () => {
    const gone = script(problem(503, 'unavailable'))
    const tapline = createTapline({ ...KEYS, fetch: gone.fetch, maxRetries: 1 })
    await settled(tapline.getProgram())
    await settled(tapline.putProgram({}))
    await settled(tapline.deleteTelegram())
    await settled(tapline.updateWebhookEndpoint({ endpointId: 'whe_1' }))
    expect(gone.sent.map(({ method }) => method)).toEqual([
      ...['GET', 'GET', 'PUT', 'PUT', 'DELETE', 'DELETE', 'PATCH'],
    ])
    expect(gone.sent.some(({ headers }) => headers.has('idempotency-key'))).toBe(false)
  })

  it('not what shows a secret once, for a second time would make a second one; but 429 did nothing', async () => {
    const lost = script(broken())
    const call = settled(createTapline({ ...KEYS, fetch: lost.fetch }).createWebhookEndpoint(ENDPOINT))
    await expect(call).rejects.toBeInstanceOf(TaplineNetworkError)
    expect(lost.sent).toHaveLength(1)

    const paced = script(problem(429, 'rate-limited'), CREATED)
    await settled(createTapline({ ...KEYS, fetch: paced.fetch }).createWebhookEndpoint(ENDPOINT))
    expect(paced.sent).toHaveLength(2)
  })

  it("the server's hint is obeyed either way", async () => {
    const no = script(problem(503, 'unavailable', { 'tapline-should-retry': 'false' }), CREATED)
    expect((await settled(createTapline({ ...KEYS, fetch: no.fetch }).createHold(HOLD))).error).toBeDefined()
    expect(no.sent).toHaveLength(1)

    const yes = script(problem(422, 'x', { 'tapline-should-retry': 'true' }), CREATED)
    expect((await settled(createTapline({ ...KEYS, fetch: yes.fetch }).createHold(HOLD))).data).toBeDefined()
    expect(yes.sent).toHaveLength(2)
  })

  it('as often as it was told, of the client and of the call', async () => {
    const { fetch, sent } = script(problem(503, 'unavailable'))
    const tapline = createTapline({ ...KEYS, fetch, maxRetries: 4 })
    expect((await settled(tapline.getProgram())).error?.attempts).toBe(5)
    expect((await settled(tapline.getProgram({}, { maxRetries: 0 }))).error?.attempts).toBe(1)
    expect(sent).toHaveLength(6)
  })
})

describe('how long it waits', () => {
  it('longer each time, by chance, to 8 seconds at most', async () => {
    const { fetch, sent } = script(problem(503, 'unavailable'))
    await settled(createTapline({ ...KEYS, fetch, maxRetries: 6 }).getProgram())
    expect(waits(sent)).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000])
  })

  it('as long as Retry-After says, in seconds or as a date, and a little by chance', async () => {
    const inSeconds = problem(429, 'rate-limited', { 'retry-after': '7' })
    const asDate = () =>
      problem(503, 'unavailable', { 'retry-after': new Date(Date.now() + 9_000).toUTCString() })
    const { fetch, sent } = script(inSeconds, asDate, CREATED)
    await settled(createTapline({ ...KEYS, fetch }).createHold(HOLD))
    expect(waits(sent)[0]).toBe(7_250)
    expect(waits(sent)[1]).toBeGreaterThan(8_000)
    expect(waits(sent)[1]).toBeLessThanOrEqual(9_250)
  })

  it('not at all where Retry-After is more than a minute: that is the answer', async () => {
    const { fetch, sent } = script(problem(429, 'rate-limited', { 'retry-after': '61' }))
    const { error, response } = await settled(createTapline({ ...KEYS, fetch }).createHold(HOLD))
    expect([error?.code, response.headers.get('retry-after'), sent.length]).toEqual(['rate-limited', '61', 1])
  })

  it('its own time where Retry-After is none', async () => {
    const { fetch, sent } = script(problem(503, 'unavailable', { 'retry-after': 'soon' }), CREATED)
    await settled(createTapline({ ...KEYS, fetch }).createHold(HOLD))
    expect(waits(sent)).toEqual([250])
  })
})

describe('a signal', () => {
  it('ends an attempt, a wait, and what was not begun, with its own reason, and is left alone after', async () => {
    const reason = new Error('the shop closes')
    const hangs = (_: unknown, { signal }: RequestInit) =>
      new Promise<Response>((_resolve, reject) =>
        signal!.addEventListener('abort', () => reject(signal!.reason as Error)),
      )
    for (const step of [hangs, problem(503, 'unavailable', { 'retry-after': '60' })]) {
      const { fetch, sent } = script(step)
      const abort = new AbortController()
      const call = createTapline({ ...KEYS, fetch }).createHold(HOLD, { signal: abort.signal })
      call.catch(() => undefined)
      await vi.advanceTimersByTimeAsync(100)
      abort.abort(reason)
      await expect(call).rejects.toBe(reason)
      expect(sent).toHaveLength(1)
    }
    const { fetch, sent } = script(CREATED)
    const call = createTapline({ ...KEYS, fetch }).createHold(HOLD, { signal: AbortSignal.abort(reason) })
    await expect(call).rejects.toBe(reason)
    expect(sent).toHaveLength(0)

    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    const twice = script(problem(503, 'unavailable'), CREATED)
    await settled(createTapline({ ...KEYS, fetch: twice.fetch }).createHold(HOLD, { signal }))
    expect(removed.mock.calls.length).toBe(added.mock.calls.length)
    expect(added.mock.calls.length).toBeGreaterThan(0)
  })
})

describe('what is not answered', () => {
  it('throws with the key to try again with', async () => {
    const { fetch } = script(broken())
    const call = settled(createTapline({ ...KEYS, fetch }).createHold(HOLD, { idempotencyKey: 'order-1' }))
    const fault: unknown = await call.catch((error: unknown) => error)
    expect(isTaplineNetworkError(fault)).toBe(true)
    expect(fault).toMatchObject({
      name: 'TaplineNetworkError',
      message: 'createHold: no answer, attempts: 3. fetch failed (ECONNRESET)',
      idempotencyKey: 'order-1',
      attempts: 3,
      cause: { message: 'fetch failed' },
    })
  })

  it('does not tell the address of the door, whatever the runtime wrote', async () => {
    const webhookUrl = 'https://tapline.test/api/webhook/the-secret-of-the-shop'
    const { fetch } = script(new TypeError(`error sending request for url (${webhookUrl})`))
    const door = () => createTapline({ webhookUrl, fetch }).refund({ orderId: '1' })
    const raw = () =>
      createTapline({ ...KEYS, fetch }).raw.POST('/api/webhook/{webhookSecret}', {
        params: { path: { webhookSecret: 'the-secret-of-the-shop' } },
        body: { action: 'refund', payload: { orderId: '1' } },
      })
    for (const call of [door, raw]) {
      const fault = await settled<unknown>(call()).catch((error: unknown) => error as Error)
      expect(fault).toBeInstanceOf(TaplineNetworkError)
      const { message, cause, stack } = fault as TaplineNetworkError
      expect(message).toContain('no answer, attempts: 3')
      expect([message, stack, String(cause), (cause as Error).stack].join()).not.toContain('the-secret')
    }
  })
})

describe('what answers for Tapline', () => {
  const page = () =>
    new Response('<h1>Cannot POST /api/webhook/the-secret</h1>', {
      status: 502,
      headers: { 'content-type': 'text/html', 'x-request-id': 'proxy-7' },
    })

  it('is an error value of its own', async () => {
    const { fetch } = script(page)
    const { error } = await settled(createTapline({ ...KEYS, fetch, maxRetries: 0 }).createHold(HOLD))
    expect(error).toBeInstanceOf(TaplineError)
    expect(error).toMatchObject({ code: 'unexpected-answer', status: 502, requestId: 'proxy-7', attempts: 1 })
    expect(error!.message).toContain('text/html')
    expect(error!.message).not.toContain('the-secret')
  })

  it.each([
    ['a page with 200', new Response('<p>Sign in</p>'), 'not of Tapline'],
    ['nothing with 200', new Response(null), 'it is empty'],
    ['JSON of somebody else', json({ message: 'no' }, 400), 'not of Tapline'],
    ['a redirect', new Response(null, { status: 302, headers: { location: '/elsewhere' } }), 'redirect'],
  ])('%s', async (_, response, why) => {
    const { fetch } = script(response)
    const { data, error } = await settled(createTapline({ ...KEYS, fetch }).getProgram())
    expect(data).toBeUndefined()
    expect(error?.code).toBe('unexpected-answer')
    expect(error?.message).toContain(why)
  })

  it('and 204 is a success without data', async () => {
    const { fetch } = script(new Response(null, { status: 204 }))
    expect(await settled(createTapline({ ...KEYS, fetch }).deleteTelegram())).toMatchObject({
      data: undefined,
      response: { status: 204 },
    })
  })
})
