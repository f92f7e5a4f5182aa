import { describe, expect, test } from 'vitest'
import { generateSecret, signBody, signWebhook, verifyBodySignature } from './index.ts'

const base64 = (bytes: number) => Buffer.alloc(bytes, 0xfb).toString('base64')

function failureOf(secrets: unknown): Error | undefined {
  try {
    signWebhook({ id: 'evt_1', timestamp: 1_795_223_736, body: '', secrets: secrets as string[] })
  } catch (error) {
    return error as Error
  }
}

describe('generateSecret', () => {
  test('is whsec_ and 32 bytes, never twice the same', () => {
    const made = Array.from({ length: 100 }, generateSecret)
    expect(new Set(made).size).toBe(100)
    for (const secret of made) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
      expect(failureOf([secret])).toBeUndefined()
    }
  })
})

describe('a Standard Webhooks secret', () => {
  test.each([24, 25, 26, 32, 64])('of %i bytes is taken, with and without its prefix', (bytes) => {
    expect(failureOf([base64(bytes), `whsec_${base64(bytes)}`])).toBeUndefined()
  })

  test.each<[string, unknown, RegExp]>([
    ['no list', `whsec_${base64(32)}`, /^secrets must be an array of 1 to 10$/],
    ['empty list', [], /^secrets must be an array/],
    ['eleven', Array(11).fill(base64(32)), /^secrets must be an array/],
    ['undefined', [undefined], /^secrets\[0\] is no text, .*: check its setting$/],
    ['null', [null], /^secrets\[0\] is no text/],
    ['empty', [base64(32), ''], /^secrets\[1\] is no text/],
    ['prefix alone', ['whsec_'], /^secrets\[0\] has 0 bytes: use 24 to 64$/],
    ['23 bytes', [base64(23)], /^secrets\[0\] has 23 bytes/],
    ['65 bytes', [`whsec_${base64(65)}`], /^secrets\[0\] has 65 bytes/],
    ['line break at its end', [`${base64(32)}\n`], /^secrets\[0\] is no text, or has white space around it/],
    [
      'base64url',
      [base64(32).replaceAll('+', '-').replaceAll('/', '_')],
      /^secrets\[0\] is not padded base64/,
    ],
    ['lost padding', [base64(32).replace('=', '')], /^secrets\[0\] is not padded base64/],
    ['a private ed25519 key', [`whsk_${base64(64)}`], /^secrets\[0\] is not padded base64/],
    ['hex', ['a'.repeat(62) + 'zz-'], /^secrets\[0\] is not padded base64/],
  ])('refused with a sentence, without its text: %s', (_, secrets, message) => {
    const failure = failureOf(secrets)
    expect(failure).toBeInstanceOf(TypeError)
    expect(failure!.message).toMatch(message)
    for (const secret of [secrets].flat()) {
      const text = typeof secret === 'string' ? secret.replace('whsec_', '').trim() : ''
      if (text !== '') expect(failure!.message).not.toContain(text.slice(0, 12))
    }
  })
})

describe('an X-Signature secret', () => {
  test.each<[string, unknown, RegExp]>([
    ['undefined', undefined, /^secret is no text/],
    ['empty', '', /^secret is no text/],
    ['short', 'hunter2', /^secret has 7 characters: use at least 24/],
    ['blank before it', ` ${generateSecret()}`, /^secret is no text, or has white space around it/],
  ])('refused with a sentence, without its text: %s', (_, secret, message) => {
    const sign = () => signBody({ body: '', secret: secret as string })
    expect(sign).toThrow(TypeError)
    expect(sign).toThrow(message)
    expect(sign).not.toThrow(/hunter2/)
  })

  test('verifying refuses the same, by its place in the list, also for a missing signature', () => {
    const verify = (secrets: unknown) =>
      verifyBodySignature({ body: '', signature: undefined, secrets: secrets as string[] })
    expect(() => verify([generateSecret(), 'hunter2'])).toThrow(/^secrets\[1\] has 7 characters/)
    expect(() => verify([])).toThrow(/^secrets must be an array/)
    expect(() => verify(generateSecret())).toThrow(/^secrets must be an array/)
  })
})
