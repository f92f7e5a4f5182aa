import { describe, expect, it } from 'vitest'
import { fits, greetingAt } from './greetings.ts'

const text = { en: 'Hello' }
const at = (path: string, seconds = 60, open = true) => ({ path, seconds, open })

describe('a path', () => {
  it.each([
    ['/catalog/*', '/catalog/shoes', true],
    ['/catalog/*', '/catalog/', true],
    ['/catalog/*', '/catalogue', false],
    ['/cart', '/cart/', true],
    ['/cart/', '/cart', true],
    ['/', '/', true],
    ['/', '/cart', false],
    ['*', '/anything', true],
    ['/*/sale', '/men/sale', true],
    ['/a.b', '/axb', false],
    ['/a(b', '/a(b', true],
    ['/ab*bc', '/abc', false],
    ['/*a/', '/ba/', true],
    // Tried every way, this takes until the page is closed.
    [`/${'*a'.repeat(99)}`, `/${'a'.repeat(2_000)}b`, false],
  ])('%s and %s: %s', (pattern, path, is) => expect(fits(pattern, path)).toBe(is))
})

it('the first greeting that fits is said, each once', () => {
  const greetings = [
    { text, paths: ['/cart'], afterSeconds: 0 },
    { text, whenOpen: true },
    { text, afterSeconds: 30 },
  ]
  const none = new Set<number>()
  expect(greetingAt(greetings, none, at('/cart', 0))).toBe(0)
  expect(greetingAt(greetings, none, at('/', 9))).toBeUndefined()
  expect(greetingAt(greetings, none, at('/', 10))).toBe(1)
  expect(greetingAt(greetings, none, at('/', 10, false))).toBeUndefined()
  expect(greetingAt(greetings, none, at('/', 30, false))).toBe(2)
  expect(greetingAt(greetings, new Set([0, 1]), at('/cart'))).toBe(2)
  expect(greetingAt(greetings, new Set([0, 1, 2]), at('/cart'))).toBeUndefined()
})
