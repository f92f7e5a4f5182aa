import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeMarkdown, parseMarkdown, plainOf } from './markdown.ts'

const letters = fc.stringMatching(/^[ \n*_~`[\]()>#+\-.!\\a-zА-я0-9:/]{0,80}$/)

it('an escaped text is shown letter by letter', () => {
  fc.assert(fc.property(fc.oneof(letters, fc.string({ unit: 'grapheme' })), (text) => {
    expect(plainOf(escapeMarkdown(text))).toBe(text)
  }), { numRuns: 2_000 }) // prettier-ignore
})

it('reads what agents write', () => {
  expect(plainOf('**Hello** *you*, ~~no~~ `code` [shop](https://shop.ru/?a=1)')).toBe(
    'Hello you, no code shop (https://shop.ru/?a=1)',
  )
  expect(parseMarkdown('**a *b* c**')).toEqual([
    {
      kind: 'lines',
      spans: [
        {
          kind: 'bold',
          spans: [
            { kind: 'text', text: 'a ' },
            { kind: 'italic', spans: [{ kind: 'text', text: 'b' }] },
            { kind: 'text', text: ' c' },
          ],
        },
      ],
    },
  ])
  expect(plainOf('> quoted\n> twice\nplain')).toBe('> quoted\n> twice\nplain')
  expect(parseMarkdown('```js\na * b\n```')).toEqual([{ kind: 'pre', text: 'a * b', language: 'js' }])
})

it('leaves alone what is no formatting', () => {
  for (const text of [
    '2 * 3 * 4',
    'snake_case_name',
    '**open',
    'a [link](javascript:alert(1))',
    '[x](',
    '```\nopen',
    'a\\b',
  ])
    expect(plainOf(text)).toBe(text)
})

it('is quick with what is made to be slow', () => {
  const began = performance.now()
  for (const text of [
    '*'.repeat(20_000),
    '**a '.repeat(5_000),
    '`a'.repeat(10_001),
    '['.repeat(20_000),
    '[a]('.repeat(5_000),
    '_a*'.repeat(6_000),
  ])
    plainOf(text)
  // A second is a thousand times what it takes; quadratic would take minutes.
  expect(performance.now() - began).toBeLessThan(5_000)
})
