import { afterEach, describe, expect, test, vi } from 'vitest'
import { Webhook } from 'standardwebhooks'
import vectors from '../vectors.json' with { type: 'json' }
import * as node from './index.ts'
import { verifyIdentity } from './identity.ts'
import * as web from './web/index.ts'

// Every vector holds for both builds; what the one answers at once the other promises.
const builds = { 'node:crypto': { ...node, verifyIdentity }, WebCrypto: web }

interface BodyVector {
  body?: string
  bodyHex?: string
}

interface VerifyVector extends BodyVector {
  name: string
  secrets: string[]
  headers: Record<string, string>
  now: number
  toleranceSeconds?: number
  expect: object & { verified: boolean }
  standardwebhooks?: string
}

const verifyVectors = vectors.webhook.verify as unknown as VerifyVector[]

/** Bytes as they are, and text both as text and as bytes. */
function bodiesOf({ body, bodyHex }: BodyVector): (string | Uint8Array)[] {
  if (bodyHex !== undefined) return [Buffer.from(bodyHex, 'hex')]
  return [body!, Buffer.from(body!), new TextEncoder().encode(body)]
}

afterEach(() => void vi.useRealTimers())

describe.each(Object.entries(builds))('%s', (_, build) => {
  describe('signWebhook', () => {
    test.each(vectors.webhook.sign)('$name', async (vector) => {
      for (const body of bodiesOf(vector)) {
        const { id, timestamp, secrets, headers } = vector
        const date = new Date(timestamp * 1000 + 999)
        expect(await build.signWebhook({ id, timestamp, body, secrets })).toEqual(headers)
        expect(await build.signWebhook({ id, timestamp: date, body, secrets })).toEqual(headers)
        expect(await build.signRequest({ id, timestamp, body, secrets })).toEqual(headers)
      }
    })
  })

  describe('verifyWebhook', () => {
    test.each(verifyVectors)('$name', async (vector) => {
      const { headers, secrets, now, toleranceSeconds, expect: expected } = vector
      for (const body of bodiesOf(vector)) {
        const result = await build.verifyWebhook({ headers, body, secrets, toleranceSeconds, now })
        expect(result).toEqual(expected.verified ? expected : { ...expected, message: expect.any(String) })
      }
    })
  })

  describe('signBody', () => {
    test.each(vectors.bodySignature.sign)('$name', async (vector) => {
      for (const body of bodiesOf(vector)) {
        expect(await build.signBody({ body, secret: vector.secret })).toBe(vector.signature)
      }
    })
  })

  describe('verifyBodySignature', () => {
    test.each(vectors.bodySignature.verify)('$name', async (vector) => {
      for (const body of bodiesOf(vector)) {
        const { signature, secrets } = vector
        expect(await build.verifyBodySignature({ body, signature, secrets })).toBe(vector.expect)
      }
    })
  })

  describe('signIdentity', () => {
    test.each(vectors.identity.sign)('$name', async ({ options, token }) => {
      expect(await build.signIdentity(options)).toBe(token)
    })
  })

  describe('verifyIdentity', () => {
    test.each(vectors.identity.verify)('$name', async ({ token, secrets, now, expect: expected }) => {
      const result = await build.verifyIdentity({ token, secrets, now })
      expect(result).toEqual(expected.verified ? expected : { ...expected, message: expect.any(String) })
    })
  })
})

test('every reason has a vector', () => {
  const reasons = (list: { expect: object }[]) => {
    return [
      ...new Set(list.flatMap((vector) => ('reason' in vector.expect ? [vector.expect.reason] : []))),
    ].sort()
  }
  expect(reasons(verifyVectors)).toEqual([
    'malformed-header',
    'malformed-timestamp',
    'missing-header',
    'no-matching-signature',
    'timestamp-too-new',
    'timestamp-too-old',
  ])
  expect(reasons(vectors.identity.verify)).toEqual([
    'expired',
    'malformed-claims',
    'malformed-token',
    'no-matching-signature',
    'not-yet-valid',
    'unsupported-algorithm',
    'wrong-audience',
  ])
})

describe('standardwebhooks 1.1.1 answers as vectors.json says', () => {
  test.each(verifyVectors)('$name', (vector) => {
    vi.useFakeTimers({ now: vector.now * 1000, toFake: ['Date'] })
    const body = bodiesOf(vector).find(
      (candidate) => typeof candidate === 'string' || Buffer.isBuffer(candidate),
    )
    const accepted = vector.secrets.some((secret) => {
      try {
        new Webhook(secret).verify(body as string | Buffer, vector.headers, { jsonParse: false })
        return true
      } catch {
        return false
      }
    })
    const expected = vector.expect.verified ? 'accepts' : 'refuses'
    expect(accepted ? 'accepts' : 'refuses').toBe(vector.standardwebhooks ?? expected)
    expect(vector.standardwebhooks, 'is only given where it differs').not.toBe(expected)
  })
})
