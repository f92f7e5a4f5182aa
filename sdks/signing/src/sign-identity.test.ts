import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verifyIdentity } from './identity.ts'
import { generateSecret, signIdentity, signRequest, verifyWebhook } from './index.ts'
import type { SignIdentityOptions } from './index.ts'

const secret = generateSecret()
const now = 1_795_223_736
const aText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })

test('what was signed is what is read, for any text', () => {
  const identities = fc.record({ externalId: aText, email: aText, phone: aText, name: aText })
  fc.assert(
    fc.property(identities, fc.integer({ min: 1, max: 86_400 }), (identity, expiresInSeconds) => {
      const token = signIdentity({ ...identity, secret, expiresInSeconds, now })
      expect(verifyIdentity({ token, secrets: [generateSecret(), secret], now })).toEqual({
        verified: true,
        identity,
        issuedAt: now,
        expiresAt: now + expiresInSeconds,
        secretIndex: 1,
      })
    }),
  )
})

test('one changed character does not verify', () => {
  const token = signIdentity({ secret, externalId: '1001', now })
  fc.assert(
    fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(...'AZaz09-_.'), (place, character) => {
      fc.pre(token[place] !== character)
      const changed = token.slice(0, place) + character + token.slice(place + 1)
      expect(verifyIdentity({ token: changed, secrets: [secret], now }).verified).toBe(false)
    }),
  )
})

test('no token of a stranger throws or verifies, not even a signed one', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(undefined, null, 7, {}))
  fc.assert(
    fc.property(anything, (token) => {
      expect(verifyIdentity({ token: token as string, secrets: [secret], now }).verified).toBe(false)
    }),
  )
  fc.assert(
    fc.property(fc.json(), fc.json(), (header, payload) => {
      const input = [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.')
      const signature = createHmac('sha256', secret).update(input).digest('base64url')
      expect(verifyIdentity({ token: `${input}.${signature}`, secrets: [secret], now }).verified).toBe(false)
    }),
  )
})

test('an hour by default, from the system clock', () => {
  const token = signIdentity({ secret, email: 'anna@example.com' })
  const result = verifyIdentity({ token, secrets: [secret] })
  expect(result).toMatchObject({ verified: true, identity: { email: 'anna@example.com' } })
  if (result.verified) expect(result.expiresAt - result.issuedAt).toBe(3600)
})

describe('mistakes of the program throw', () => {
  test.each<[Partial<SignIdentityOptions>, RegExp]>([
    [{ externalId: undefined }, /^externalId, email or phone is needed$/],
    [{ externalId: undefined, name: 'Anna' }, /^externalId, email or phone is needed$/],
    [{ externalId: '' }, /^externalId must be 1 to 256 characters$/],
    [{ externalId: 1001 as unknown as string }, /^externalId must be/],
    [{ name: 'n'.repeat(257) }, /^name must be 1 to 256/],
    [{ expiresInSeconds: 86_401 }, /^expiresInSeconds must be whole seconds, 1 to 86400$/],
    [{ expiresInSeconds: 0 }, /^expiresInSeconds must be/],
    [{ now: now * 1000 }, /^now must be .* not milliseconds$/],
    [{ secret: 's'.repeat(31) }, /^secret has 31 characters: use at least 32$/],
  ])('%o', (changes, message) => {
    expect(() => signIdentity({ secret, externalId: '1001', now, ...changes })).toThrow(TypeError)
    expect(() => signIdentity({ secret, externalId: '1001', now, ...changes })).toThrow(message)
  })

  test('reading', () => {
    expect(() => verifyIdentity({ token: '', secrets: [] })).toThrow(/^secrets must be an array/)
    expect(() => verifyIdentity({ token: '', secrets: ['s'.repeat(31)] })).toThrow(/^secrets\[0\] has 31/)
  })
})

describe('signRequest', () => {
  test('makes its id and its moment', () => {
    const signed = Array.from({ length: 50 }, () => signRequest({ body: '{}', secrets: [secret] }))
    expect(new Set(signed.map((headers) => headers['webhook-id'])).size).toBe(50)
    for (const headers of signed) {
      expect(headers['webhook-id']).toMatch(/^req_[0-9a-f-]{36}$/)
      expect(verifyWebhook({ headers, body: '{}', secrets: [secret] }).verified).toBe(true)
    }
  })

  test('keeps a given id, and its headers are what fetch takes', () => {
    const headers = new Headers(signRequest({ body: '{}', secrets: [secret], id: 'order_1001' }))
    expect(headers.get('webhook-id')).toBe('order_1001')
  })
})
