import { afterEach, describe, expect, test, vi } from 'vitest'
import { Webhook } from 'standardwebhooks'
import vectors from '../vectors.json' with { type: 'json' }
import { signBody, signWebhook, verifyBodySignature, verifyWebhook } from './index.ts'

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

describe('signWebhook', () => {
  test.each(vectors.webhook.sign)('$name', (vector) => {
    for (const body of bodiesOf(vector)) {
      const { id, timestamp, secrets, headers } = vector
      expect(signWebhook({ id, timestamp, body, secrets })).toEqual(headers)
      expect(signWebhook({ id, timestamp: new Date(timestamp * 1000 + 999), body, secrets })).toEqual(headers)
    }
  })
})

describe('verifyWebhook', () => {
  test.each(verifyVectors)('$name', (vector) => {
    const { headers, secrets, now, toleranceSeconds, expect: expected } = vector
    for (const body of bodiesOf(vector)) {
      const result = verifyWebhook({ headers, body, secrets, toleranceSeconds, now })
      expect(result).toEqual(expected.verified ? expected : { ...expected, message: expect.any(String) })
    }
  })

  test('every reason has a vector', () => {
    const reasons = new Set(verifyVectors.map((vector) => (vector.expect as { reason?: string }).reason))
    expect([...reasons].sort()).toEqual([
      'malformed-header',
      'malformed-timestamp',
      'missing-header',
      'no-matching-signature',
      'timestamp-too-new',
      'timestamp-too-old',
      undefined,
    ])
  })
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

describe('signBody', () => {
  test.each(vectors.bodySignature.sign)('$name', (vector) => {
    for (const body of bodiesOf(vector)) {
      expect(signBody({ body, secret: vector.secret })).toBe(vector.signature)
    }
  })
})

describe('verifyBodySignature', () => {
  test.each(vectors.bodySignature.verify)('$name', (vector) => {
    for (const body of bodiesOf(vector)) {
      const { signature, secrets } = vector
      expect(verifyBodySignature({ body, signature, secrets })).toBe(vector.expect)
    }
  })
})
