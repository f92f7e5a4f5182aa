import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeMarkdown, parseMarkdown, plainOf, type Span } from './markdown.ts'
import { splitMarkdown, trimMarkdown } from './cut-markdown.ts'

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

it('reads marks beside marks, code with backticks and a fence around a fence', () => {
  const bold = (...spans: Span[]): Span => ({ kind: 'bold', spans })
  const italic = (...spans: Span[]): Span => ({ kind: 'italic', spans })
  const text = (words: string): Span => ({ kind: 'text', text: words })
  const cases: [string, ...Span[]][] = [
    ['***a***', bold(italic(text('a')))],
    ['***a* b**', bold(italic(text('a')), text(' b'))],
    ['***a** b*', italic(bold(text('a')), text(' b'))],
    ['**a *b***', bold(text('a '), italic(text('b')))],
    ['*a***b**', italic(text('a')), bold(text('b'))],
    ['``a ` b``', { kind: 'code', text: 'a ` b' }],
    ['`` `a` ``', { kind: 'code', text: '`a`' }],
    ['`a``b', text('`a``b')],
    ['_https://shop.ru/a_b_c_', italic(text('https://shop.ru/a_b_c'))],
    ['(https://shop.ru/a_b_(c))', text('(https://shop.ru/a_b_(c))')],
  ]
  for (const [markdown, ...spans] of cases)
    expect(parseMarkdown(markdown), markdown).toEqual([{ kind: 'lines', spans }])
  expect(parseMarkdown('````\n```\n````')).toEqual([{ kind: 'pre', text: '```', language: null }])
})

it('leaves addresses and names whole when it escapes', () => {
  expect(escapeMarkdown('https://shop.ru/a_b?_x=1 snake_case')).toBe('https://shop.ru/a_b?_x=1 snake_case')
  expect(escapeMarkdown('_x_ 2*3\n# 1\n1. x\n> y')).toBe('\\_x\\_ 2\\*3\n\\# 1\n1\\. x\n\\> y')
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
    'https://shop.ru/_a_/b',
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
    '**a*b'.repeat(4_000),
    '```\na\n'.repeat(4_000),
    Array.from({ length: 6_000 }, (_, at) => `\`\`\`${at}`).join('\n'),
    Array.from({ length: 200 }, (_, at) => '`'.repeat(at)).join(' '),
    '\n'.repeat(20_000),
    `https://${'a.'.repeat(10_000)}`,
    'https://'.repeat(3_000),
  ]) {
    plainOf(text)
    escapeMarkdown(text)
    trimMarkdown(text.slice(0, 6_000), 3_000)
    splitMarkdown(text.slice(0, 6_000), 3_000)
  }
  // A second is a thousand times what it takes; quadratic would take minutes.
  expect(performance.now() - began).toBeLessThan(5_000)
})
