import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateSecret, signBody, verifyBodySignature } from './index.ts'

const secret = generateSecret()
const body = '{"action":"purchase"}'
const signature = signBody({ body, secret })

test('the signature may come as a framework gives a header', () => {
  for (const given of [signature, [signature], `sha256=${signature}`, signature.toUpperCase()]) {
    expect(verifyBodySignature({ body, signature: given, secrets: [secret] })).toBe(true)
  }
  for (const given of [undefined, null, [], [signature, signature], `${signature}, ${signature}`, 7, {}]) {
    expect(verifyBodySignature({ body, signature: given as string, secrets: [secret] })).toBe(false)
  }
})

test('any live secret matches, no retired one', () => {
  const secrets = [generateSecret(), generateSecret(), secret]
  expect(verifyBodySignature({ body, signature, secrets })).toBe(true)
  expect(verifyBodySignature({ body, signature, secrets: secrets.slice(0, 2) })).toBe(false)
})

test('a parsed body throws, to sign and to verify', () => {
  const parsed = JSON.parse(body) as string
  expect(() => signBody({ body: parsed, secret })).toThrow(/^body is Object/)
  expect(() => verifyBodySignature({ body: parsed, signature, secrets: [secret] })).toThrow(/^body is Object/)
})

test('one changed bit of any body does not verify', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), (bytes, seed) => {
      const made = signBody({ body: bytes, secret })
      expect(verifyBodySignature({ body: bytes, signature: made, secrets: [secret] })).toBe(true)
      const flipped = Uint8Array.from(bytes)
      flipped[seed % bytes.length]! ^= 1 << (seed % 8)
      expect(verifyBodySignature({ body: flipped, signature: made, secrets: [secret] })).toBe(false)
    }),
  )
})
