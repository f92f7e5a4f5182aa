import { Webhook } from 'standardwebhooks'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateSecret, signWebhook, verifyWebhook } from './index.ts'

const anId = fc
  .array(
    fc.integer({ min: 0x21, max: 0x7e }).filter((code) => code !== 0x2e),
    { minLength: 1, maxLength: 256 },
  )
  .map((codes) => String.fromCharCode(...codes))
const aTimestamp = fc.integer({ min: 1_000_000_000, max: 9_999_999_999 })
const aSecret = fc
  .tuple(fc.uint8Array({ minLength: 24, maxLength: 64 }), fc.constantFrom('whsec_', ''))
  .map(([key, prefix]) => prefix + Buffer.from(key).toString('base64'))
const someSecrets = fc.uniqueArray(aSecret, {
  minLength: 1,
  maxLength: 4,
  selector: (secret) => secret.replace('whsec_', ''),
})
const aText = fc.string({ unit: 'binary', maxLength: 300 })
const aBody = fc.oneof(aText, fc.uint8Array({ maxLength: 300 }))

describe('against the reference library', () => {
  test('both make the same signature, over text and over its bytes', () => {
    fc.assert(
      fc.property(anId, aTimestamp, aText, aSecret, (id, timestamp, text, secret) => {
        const reference = new Webhook(secret).sign(id, new Date(timestamp * 1000), text)
        for (const body of [text, Buffer.from(text)]) {
          expect(signWebhook({ id, timestamp, body, secrets: [secret] })['webhook-signature']).toBe(reference)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('each accepts what the other signs', () => {
    fc.assert(
      fc.property(
        anId,
        fc.integer({ min: -290, max: 290 }),
        aText,
        someSecrets,
        (id, skew, text, secrets) => {
          const timestamp = Math.floor(Date.now() / 1000) + skew
          const headers = signWebhook({ id, timestamp, body: text, secrets })
          secrets.forEach((secret, secretIndex) => {
            const reference = new Webhook(secret)
            reference.verify(text, { ...headers }, { jsonParse: false })
            const theirs = {
              ...headers,
              'webhook-signature': reference.sign(id, new Date(timestamp * 1000), text),
            }
            expect(verifyWebhook({ headers: theirs, body: text, secrets })).toEqual({
              verified: true,
              id,
              timestamp,
              secretIndex,
            })
          })
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a signature holds for exactly what was signed', () => {
  test('what was signed verifies, whatever the bytes', () => {
    fc.assert(
      fc.property(anId, aTimestamp, aBody, someSecrets, (id, timestamp, body, secrets) => {
        const headers = { ...signWebhook({ id, timestamp, body, secrets }) }
        expect(verifyWebhook({ headers, body, secrets, now: timestamp })).toEqual({
          verified: true,
          id,
          timestamp,
          secretIndex: 0,
        })
      }),
    )
  })

  test('one changed bit of the body, one other id, second or secret does not', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(anId, aTimestamp, bytes, aSecret, fc.nat(), (id, timestamp, body, secret, seed) => {
        const signed = { ...signWebhook({ id, timestamp, body, secrets: [secret] }) }
        const reason = (headers: Record<string, string>, changed: Uint8Array, key = secret) => {
          const result = verifyWebhook({ headers, body: changed, secrets: [key], now: timestamp })
          return result.verified ? 'verified' : result.reason
        }
        const flipped = Uint8Array.from(body)
        flipped[seed % body.length]! ^= 1 << (seed % 8)
        const otherId = (id[0] === 'a' ? 'b' : 'a') + id.slice(1)
        const otherSecond = String(timestamp === 9_999_999_999 ? timestamp - 1 : timestamp + 1)
        expect(reason(signed, flipped)).toBe('no-matching-signature')
        expect(reason(signed, body.subarray(1))).toBe('no-matching-signature')
        expect(reason({ ...signed, 'webhook-id': otherId }, body)).toBe('no-matching-signature')
        expect(reason({ ...signed, 'webhook-timestamp': otherSecond }, body)).toBe('no-matching-signature')
        expect(reason(signed, body, generateSecret())).toBe('no-matching-signature')
      }),
    )
  })

  test('no headers of a stranger make verifyWebhook throw or verify', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.string()), fc.constant(undefined))
    const headers = fc.record({ 'webhook-id': value, 'webhook-timestamp': value, 'webhook-signature': value })
    const secrets = [generateSecret()]
    fc.assert(
      fc.property(headers, aBody, (headers, body) => {
        expect(verifyWebhook({ headers, body, secrets }).verified).toBe(false)
      }),
    )
  })
})

describe('mistakes of the program throw', () => {
  const good = { id: 'evt_1', timestamp: 1_795_223_736, body: '{}', secrets: [generateSecret()] }

  test.each(['', 'evt.1', 'evt 1', 'evt\n1', 'ключ', 'm'.repeat(257), undefined, null, 7])('id %j', (id) => {
    expect(() => signWebhook({ ...good, id: id as string })).toThrow(TypeError)
    expect(() => signWebhook({ ...good, id: id as string })).toThrow(
      /^id must be .*visible ASCII characters without a dot$/,
    )
  })

  test.each([1_795_223_736_000, 1.5, 0, -1, NaN, new Date(NaN), new Date(0), '1795223736', undefined, null])(
    'timestamp %j',
    (timestamp) => {
      expect(() => signWebhook({ ...good, timestamp: timestamp as number })).toThrow(TypeError)
      expect(() => signWebhook({ ...good, timestamp: timestamp as number })).toThrow(
        /^timestamp must be .*not milliseconds$/,
      )
    },
  )

  test('a parsed body', () => {
    expect(() => signWebhook({ ...good, body: { a: 1 } as unknown as string })).toThrow(/^body is Object/)
  })
})
