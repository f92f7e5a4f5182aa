import { expect, it } from 'vitest'
import { readIdempotencyKey } from './read-idempotency-key.ts'

it.each([
  ['abc', 'abc'],
  ['"abc"', 'abc'],
  ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
  [String.raw`"a\"b\\c"`, String.raw`a"b\c`],
  [String.raw`a"b\c`, String.raw`a"b\c`],
  ['x'.repeat(255), 'x'.repeat(255)],
  [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
  [`"${String.raw`\"`.repeat(255)}"`, '"'.repeat(255)],
])('%s is the key %s', (header, key) => {
  expect(readIdempotencyKey(header)).toBe(key)
})

it.each([
  '',
  '""',
  '"',
  'a b',
  '"a b"',
  '"abc',
  '"a"b"',
  String.raw`"a\b"`,
  '"a";v=1',
  '"a", "b"',
  'a, b',
  'ключ',
  'a\u007f',
  'x'.repeat(256),
  `"${'x'.repeat(256)}"`,
])('%j is none', (header) => {
  expect(readIdempotencyKey(header)).toBeUndefined()
})
