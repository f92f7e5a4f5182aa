import type { IncomingHttpHeaders } from 'node:http'
import { runInNewContext } from 'node:vm'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { generateSecret, signWebhook, verifyWebhook } from './index.ts'
import type { VerifyWebhookOptions, VerifyWebhookResult } from './index.ts'

const secret = generateSecret()
const now = 1_795_223_736
const body = '{"type":"bonus.awarded"}'
const signed = signWebhook({ id: 'evt_1', timestamp: now, body, secrets: [secret] })

function verify(changes: Partial<VerifyWebhookOptions>): VerifyWebhookResult {
  return verifyWebhook({ headers: { ...signed }, body, secrets: [secret], now, ...changes })
}

function withHeaders(changes: Record<string, string | string[] | undefined>): VerifyWebhookResult {
  return verify({ headers: { ...signed, ...changes } })
}

describe('headers', () => {
  test.each<[string, VerifyWebhookOptions['headers']]>([
    ['a Headers object', new Headers({ ...signed })],
    ["Node's headersDistinct", Object.fromEntries(Object.entries(signed).map(([k, v]) => [k, [v]]))],
    ['names in upper case', Object.fromEntries(Object.entries(signed).map(([k, v]) => [k.toUpperCase(), v]))],
    ['a header that is called get', { ...signed, get: 'x' }],
    ['no prototype', Object.assign(Object.create(null) as object, signed)],
  ])('%s', (_, headers) => {
    expect(verify({ headers })).toEqual({ verified: true, id: 'evt_1', timestamp: now, secretIndex: 0 })
  })

  test("Node's own header type is accepted, and the verdict narrows", () => {
    expectTypeOf<IncomingHttpHeaders>().toExtend<VerifyWebhookOptions['headers']>()
    expectTypeOf<Headers>().toExtend<VerifyWebhookOptions['headers']>()
    const result = verify({})
    if (result.verified) expectTypeOf(result.id).toBeString()
    else expectTypeOf(result.message).toBeString()
  })

  test.each([
    ['webhook-id', 'malformed-header'],
    ['webhook-timestamp', 'malformed-timestamp'],
  ] as const)('%s sent twice is refused, however it arrives', (name, reason) => {
    const appended = new Headers({ ...signed })
    appended.append(name, signed[name])
    expect(verify({ headers: appended })).toMatchObject({ verified: false, reason })
    expect(withHeaders({ [name]: [signed[name], signed[name]] })).toMatchObject({ verified: false, reason })
    expect(withHeaders({ [name.toUpperCase()]: signed[name] })).toMatchObject({ verified: false, reason })
  })

  test.each([undefined, [], [''], 12 as unknown as string, null as unknown as string])(
    '%j is a missing header, not an exception',
    (value) => {
      for (const name of Object.keys(signed)) {
        expect(withHeaders({ [name]: value })).toMatchObject({ verified: false, reason: 'missing-header' })
      }
    },
  )

  test('what is inherited is no header', () => {
    expect(verify({ headers: Object.create(signed) as Record<string, string> })).toMatchObject({
      reason: 'missing-header',
    })
  })

  test('thousands of signatures cost no more than eleven', () => {
    const flood = `${signed['webhook-signature'].replace(/.{5}$/, 'AAAA=')} `.repeat(100_000)
    const milliseconds = Array.from({ length: 10 }, () => {
      const started = performance.now()
      expect(withHeaders({ 'webhook-signature': flood })).toMatchObject({ reason: 'malformed-header' })
      return performance.now() - started
    })
    expect(Math.min(...milliseconds)).toBeLessThan(1)
  })
})

describe('time', () => {
  test('the system clock by default', () => {
    const fresh = signWebhook({ id: 'evt_1', timestamp: new Date(), body, secrets: [secret] })
    expect(verifyWebhook({ headers: { ...fresh }, body, secrets: [secret] }).verified).toBe(true)
    expect(
      verifyWebhook({ headers: { ...fresh, 'webhook-timestamp': '1614265330' }, body, secrets: [secret] }),
    ).toMatchObject({ reason: 'timestamp-too-old' })
  })

  test('now as a Date, and a tolerance of zero', () => {
    expect(verify({ now: new Date(now * 1000 + 999), toleranceSeconds: 0 }).verified).toBe(true)
    expect(verify({ now: new Date(now * 1000 + 1000), toleranceSeconds: 0 })).toMatchObject({
      reason: 'timestamp-too-old',
    })
  })

  test.each([NaN, -1, 0.5, Infinity, 300_000, '300', null])(
    'a tolerance of %j throws',
    (toleranceSeconds) => {
      expect(() => verify({ toleranceSeconds: toleranceSeconds as number })).toThrow(
        /^toleranceSeconds must be whole seconds, 0 to 86400$/,
      )
    },
  )

  test.each([now * 1000, now + 0.5, NaN, new Date(NaN), '1795223736', 0])('now as %j throws', (moment) => {
    expect(() => verify({ now: moment as number })).toThrow(
      /^now must be a Date or whole Unix seconds, not milliseconds$/,
    )
  })
})

describe('mistakes of the program throw, also on a request that would be refused', () => {
  const refused = { headers: {} }

  test.each<[unknown, RegExp]>([
    [{ parsed: true }, /^body is Object: pass the raw bytes/],
    [undefined, /^body is Undefined: pass the raw bytes/],
    [null, /^body is Null/],
    [12, /^body is Number/],
    [new ArrayBuffer(2), /^body is ArrayBuffer: pass .* as Uint8Array/],
    [new Uint16Array(2), /^body is Uint16Array/],
  ])('body %j', (wrong, message) => {
    expect(() => verify({ ...refused, body: wrong as string })).toThrow(TypeError)
    expect(() => verify({ ...refused, body: wrong as string })).toThrow(message)
  })

  test('bytes made in another realm, as by jest, are bytes', () => {
    const foreign = runInNewContext('Uint8Array.from(codes)', { codes: [...Buffer.from(body)] }) as Uint8Array
    expect(foreign instanceof Uint8Array).toBe(false)
    expect(verify({ body: foreign }).verified).toBe(true)
  })

  test.each([undefined, null, 'webhook-id: 1'])('headers %j', (headers) => {
    expect(() => verify({ headers: headers as never })).toThrow(/^headers must be request\.headers$/)
  })

  test.each<[unknown]>([[[]], [undefined], [secret], [[undefined]], [['']], [[secret, 'short']]])(
    'a wrong list of secrets (%#)',
    (secrets) => {
      expect(() => verify({ ...refused, secrets: secrets as string[] })).toThrow(TypeError)
    },
  )
})

test('messages hold neither secret, signature, id nor body', () => {
  const results = [
    verify({ secrets: [generateSecret()] }),
    verify({ now: now + 999 }),
    verify({ now: now - 999 }),
    withHeaders({ 'webhook-id': 'evt.1' }),
    withHeaders({ 'webhook-timestamp': 'evt_1' }),
    withHeaders({ 'webhook-signature': 'evt_1' }),
    withHeaders({ 'webhook-signature': undefined }),
  ]
  for (const result of results) {
    expect(result.verified).toBe(false)
    const { message } = result as { message: string }
    for (const hidden of [secret, signed['webhook-signature'], 'evt_1', 'evt.1', body]) {
      expect(message).not.toContain(hidden)
    }
  }
})
