import { verifyWebhook } from '@tapline/signing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTapline, isTaplineError } from './index.ts'
import { json, KEYS, problem, script } from './script.fixture.ts'

const WEBHOOK_URL = 'https://tapline.test/api/webhook/the-secret'
const SECRETS = ['whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz', 'whsec_YWJjZGVmZ2hpamFiY2RlZmdoaWphYmNk'] as const

afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('parameters and fields are one object', () => {
  const { fetch, sent } = script(json({}))
  const tapline = createTapline({ ...KEYS, fetch })
  const last = () => {
    const { url, method, body } = sent.at(-1)!
    return [method, url.slice(KEYS.baseUrl.length), body]
  }

  it('that is taken apart again', async () => {
    await tapline.getOrder({ orderId: 'A/1 ?', storefront: 'tilda' })
    expect(last()).toEqual(['GET', '/v1/orders/A%2F1%20%3F?storefront=tilda', undefined])
    await tapline.refundOrder({ orderId: '1', storefront: 'tilda', refundId: 'r', amount: 5 })
    expect(last()).toEqual([
      ...['POST', '/v1/orders/1/refunds?storefront=tilda', '{"refundId":"r","amount":5}'],
    ])
    await tapline.refundOrder({ orderId: '1', storefront: undefined })
    expect(last()).toEqual(['POST', '/v1/orders/1/refunds', undefined])
    await tapline.captureHold({ holdId: 'hld_1' })
    expect(last()).toEqual(['POST', '/v1/holds/hld_1/capture', undefined])
    await tapline.putProgram({})
    expect(last()).toEqual(['PUT', '/v1/program', '{}'])
    await tapline.listCustomers()
    expect(last()).toEqual(['GET', '/v1/customers', undefined])
  })

  it('and sent with the key of the client', () => {
    expect(sent[0]!.headers.get('authorization')).toBe('Bearer sk_of_the_tests')
  })

  it.each(['', '.', '..', undefined, null, {}])('%j stands for no part of an address', async (orderId) => {
    const before = sent.length
    await expect(tapline.getOrder({ orderId: orderId as string })).rejects.toThrow(
      /^orderId is missing, empty or only dots/,
    )
    const raw = tapline.raw.GET('/v1/orders/{orderId}', { params: { path: { orderId: orderId as string } } })
    await expect(raw).rejects.toThrow(TypeError)
    expect(sent.length).toBe(before)
  })
})

describe('the raw client', () => {
  it('retries, and makes a key for every POST under /v1', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const { fetch, sent } = script(problem(503, 'unavailable'), json({ id: 'hld_1' }, 201))
    const { raw } = createTapline({ ...KEYS, fetch })
    const { data } = await raw.POST('/v1/holds', {
      body: { customer: { id: 'cus_1' }, orderId: '1', amount: 1 },
    })
    expect(data?.id).toBe('hld_1')
    expect(sent).toHaveLength(2)
    expect(sent[0]!.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
    expect(sent[1]!.headers.get('idempotency-key')).toBe(sent[0]!.headers.get('idempotency-key'))
    await raw.POST('/admin/v1/projects', { body: { name: 'Shop', currency: 'RUB' } })
    expect(sent[2]!.headers.has('idempotency-key')).toBe(false)
  })

  it('has middleware that the methods go through too', async () => {
    const { fetch, sent } = script(json({ data: [] }))
    const tapline = createTapline({ ...KEYS, fetch })
    tapline.raw.use({ onRequest: ({ request }) => request.headers.set('accept-language', 'kk') })
    await tapline.listCustomers()
    expect(sent[0]!.headers.get('accept-language')).toBe('kk')
  })
})

describe('the door', () => {
  it('is signed anew at every attempt, with the same id, over the very bytes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    const { fetch, sent } = script(
      problem(503, 'unavailable', { 'retry-after': '5' }),
      json({ id: 'inb_1', status: 'accepted' }, 202),
    )
    const door = createTapline({ webhookUrl: WEBHOOK_URL, signingSecrets: SECRETS, fetch })
    const call = door.purchase({ email: 'анна@example.com', orderId: '1', amount: '4900.00' })
    let over = false
    void call.finally(() => (over = true))
    // WebCrypto signs on a thread of its own, in real time.
    while (!over) {
      await vi.advanceTimersByTimeAsync(1_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await call).data).toEqual({ id: 'inb_1', status: 'accepted' })
    const seen = sent.map(({ headers, body }) => {
      const all = Object.fromEntries(headers)
      for (const secret of SECRETS) {
        const webhook = verifyWebhook({
          headers: all,
          body: body!,
          secrets: [secret],
          now: new Date(Number(all['webhook-timestamp']) * 1_000),
        })
        expect(webhook.verified).toBe(true)
      }
      return { id: all['webhook-id'], at: Number(all['webhook-timestamp']), body }
    })
    vi.useRealTimers()
    expect(seen[0]!.id).toMatch(/^msg_[0-9a-f]{32}$/)
    expect(seen[1]!.id).toBe(seen[0]!.id)
    expect(seen[1]!.at - seen[0]!.at).toBeGreaterThanOrEqual(5)
    expect(seen[1]!.body).toBe(
      '{"action":"purchase","payload":{"email":"анна@example.com","orderId":"1","amount":"4900.00"}}',
    )
  })

  it('never gets the secret key, for it may stand on another host', async () => {
    const { fetch, sent } = script(json({ id: 'inb_1', status: 'accepted' }))
    const both = createTapline({ ...KEYS, webhookUrl: WEBHOOK_URL, fetch })
    await both.registerUser({ email: 'anna@example.com' }, { waitSeconds: 3, webhookId: 'mine' })
    await both.getProgram()
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([null, 'Bearer sk_of_the_tests'])
    expect(sent[0]!.headers.get('prefer')).toBe('wait=3')
    expect(sent[0]!.headers.has('webhook-signature')).toBe(false)
  })

  it('says at once that a secret can be none, and does not show it', async () => {
    const { fetch, sent } = script(json({}))
    const call = createTapline({ webhookUrl: WEBHOOK_URL, signingSecrets: ['whsec_short'], fetch }).refund({
      orderId: '1',
    })
    const fault = await call.catch((error: unknown) => error as Error)
    expect(fault).toBeInstanceOf(TypeError)
    expect((fault as Error).message).not.toContain('whsec_short')
    expect(sent).toHaveLength(0)
  })

  it('alone has no methods of /v1', () => {
    expect(createTapline({ webhookUrl: WEBHOOK_URL })).not.toHaveProperty('getProgram')
  })
})

describe('fetch', () => {
  it('is looked up at each call, so that what replaces it later is used', async () => {
    const tapline = createTapline(KEYS)
    const { fetch, sent } = script(json({ basePercent: 5 }))
    vi.stubGlobal('fetch', fetch)
    expect((await tapline.getProgram()).data).toEqual({ basePercent: 5 })
    expect(sent).toHaveLength(1)
  })

  it('is told not to follow redirects', async () => {
    const seen: RequestInit[] = []
    const fetch = (_: string, init: RequestInit) => {
      seen.push(init)
      return Promise.resolve(json({}))
    }
    await createTapline({ ...KEYS, fetch }).getProgram()
    expect(seen[0]!.redirect).toBe('manual')
  })
})

describe('an error', () => {
  it('is the problem, can be thrown, and says with what it was sent', async () => {
    const { fetch } = script(
      json(
        {
          ...((await problem(422, 'insufficient-bonuses').json()) as object),
          details: { missing: '40.00' },
          errors: [{ pointer: '/amount', code: 'x', message: 'y' }],
          inboxItemId: 'inb_1',
        },
        422,
      ),
    )
    const tapline = createTapline({ ...KEYS, fetch })
    const call = tapline.createHold(
      { customer: { id: 'cus_1' }, orderId: '1', amount: 1 },
      { idempotencyKey: 'order-1' },
    )
    const { data, error, response } = await call
    expect(data).toBeUndefined()
    expect(response.status).toBe(422)
    expect(isTaplineError(error)).toBe(true)
    expect(isTaplineError(new Error('other'))).toBe(false)
    expect({ ...error }).toEqual({
      name: 'TaplineError',
      type: '/docs/problems#insufficient-bonuses',
      title: 'insufficient-bonuses',
      status: 422,
      detail: 'It is insufficient-bonuses.',
      code: 'insufficient-bonuses',
      requestId: 'req_1',
      details: { missing: '40.00' },
      errors: [{ pointer: '/amount', code: 'x', message: 'y' }],
      inboxItemId: 'inb_1',
      idempotencyKey: 'order-1',
      attempts: 1,
    })
    expect(error!.message).toBe('It is insufficient-bonuses.')
  })
})

describe('a mistake is told in a sentence, without the key', () => {
  const make = createTapline as (options: object) => unknown
  it.each([
    [{}, /^Pass a secretKey/],
    [{ secretKey: undefined }, /^Pass a secretKey/],
    [{ secretKey: 'whsec_x', baseUrl: 'https://a.test' }, /^secretKey does not match \^sk_/],
    [{ secretKey: 'sk_x\n', baseUrl: 'https://a.test' }, /^secretKey does not match \^sk_/],
    [{ secretKey: 'pk_x', baseUrl: 'https://a.test' }, /^secretKey does not match \^sk_/],
    [{ publishableKey: 'sk_x', baseUrl: 'https://a.test' }, /^publishableKey does not match \^pk_/],
    [{ secretKey: 'sk_x', publishableKey: 'pk_x' }, /not both/],
    [{ secretKey: 'sk_x' }, /^Pass a baseUrl/],
    [{ secretKey: 'sk_x', baseUrl: 'tapline.test' }, /^baseUrl is no address/],
    [{ secretKey: 'sk_x', baseUrl: 'ftp://tapline.test' }, /^baseUrl is no address/],
    [{ secretKey: 'sk_x', baseUrl: 'https://me:secret@tapline.test' }, /^baseUrl is no address/],
    [{ webhookUrl: '/api/webhook/sk_x' }, /^webhookUrl is no address/],
    [{ secretKey: 'sk_x', signingSecrets: [...SECRETS] }, /pass that too/],
  ])('%j', (options, sentence) => {
    vi.stubEnv('TAPLINE_URL', undefined)
    expect(() => make(options)).toThrow(TypeError)
    expect(() => make(options)).toThrow(sentence)
    const said = (() => {
      try {
        return String(make(options))
      } catch (error) {
        return String((error as Error).message)
      }
    })()
    expect(said).not.toMatch(/sk_x|me:secret|MDEy/)
  })

  it('and the address may come from the environment', async () => {
    vi.stubEnv('TAPLINE_URL', 'https://from-the-environment.test/base/')
    const { fetch, sent } = script(json({}))
    await createTapline({ secretKey: 'sk_x', fetch }).getProgram()
    expect(sent[0]!.url).toBe('https://from-the-environment.test/base/v1/program')
  })
})

describe('in a browser', () => {
  const page = () => {
    vi.stubGlobal('window', {})
    vi.stubGlobal('document', {})
  }
  const worker = (userAgent: string) => {
    vi.stubGlobal('WorkerGlobalScope', class {})
    vi.stubGlobal('navigator', { userAgent })
  }

  it.each([
    ['a page', page],
    ['a worker of a page', () => worker('Mozilla/5.0 (X11)')],
  ])('%s is refused what belongs on a server', (_, surround) => {
    surround()
    expect(() => createTapline(KEYS)).toThrow(/^In a browser everybody can read/)
    expect(() => createTapline({ webhookUrl: WEBHOOK_URL, signingSecrets: SECRETS })).toThrow(/^In a browser/)
    expect(() => createTapline({ publishableKey: 'pk_x', baseUrl: KEYS.baseUrl })).not.toThrow()
  })

  it.each(['Cloudflare-Workers', 'Deno/2.1.0', 'Bun/1.1'])('a worker of %s is none', (userAgent) => {
    worker(userAgent)
    expect(() => createTapline(KEYS)).not.toThrow()
  })

  it('a window alone is none', () => {
    vi.stubGlobal('window', globalThis)
    expect(() => createTapline(KEYS)).not.toThrow()
  })
})
