import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseMarkdown, plainOf, type Span } from '../../kernel/markdown.ts'
import { entitiesToMarkdown, type Entity } from './entities-to-markdown.ts'

const of = (text: string, ...entities: [type: string, words: string, more?: object][]) =>
  entitiesToMarkdown(
    text,
    entities.map(([type, words, more]) => ({
      type,
      offset: text.indexOf(words),
      length: words.length,
      ...more,
    })),
  )

it.each([
  ['bold', 'привет **мир**!'],
  ['italic', 'привет _мир_!'],
  ['strikethrough', 'привет ~~мир~~!'],
  ['code', 'привет `мир`!'],
  ['text_link', 'привет [мир](https://shop.ru/?a=1)!'],
  ...[
    'underline',
    'spoiler',
    'custom_emoji',
    'mention',
    'hashtag',
    'cashtag',
    'bot_command',
    'url',
    'email',
  ].map((type) => [type, 'привет мир!']),
  ...['phone_number', 'text_mention', 'bank_card', 'something_new'].map((type) => [type, 'привет мир!']),
])('%s becomes %s', (type, markdown) => {
  expect(of('привет мир!', [type, 'мир', { url: 'https://shop.ru/?a=1' }])).toBe(markdown)
})

it('counts as UTF-16 does', () => {
  expect(of('😀😀 мир', ['bold', 'мир'])).toBe('😀😀 **мир**')
  expect(entitiesToMarkdown('a😀b', [{ type: 'bold', offset: 2, length: 1 }])).toBe('a😀b')
  expect(entitiesToMarkdown('a😀b', [{ type: 'bold', offset: 0, length: 2 }])).toBe('**a😀**b')
})

it('nests, and cuts what overlaps', () => {
  expect(of('a bold link c', ['bold', 'bold link c'], ['text_link', 'link', { url: 'https://a.ru' }])).toBe(
    'a **bold [link](https://a.ru) c**',
  )
  expect(of('a bold link', ['text_link', 'bold', { url: 'https://a.ru' }], ['bold', 'bold link'])).toBe(
    'a **[bold](https://a.ru) link**',
  )
  expect(of('one two three', ['bold', 'one two'], ['italic', 'two three'])).toBe('**one _two_** _three_')
  expect(of('x code y', ['bold', 'code'], ['code', 'code'])).toBe('x **`code`** y')
})

it('puts blocks on lines of their own', () => {
  expect(of('see\nlet a = 1\nend', ['pre', 'let a = 1', { language: 'ts' }])).toBe(
    'see\n```ts\nlet a = 1\n```\nend',
  )
  expect(of('said\none\ntwo\nyes', ['blockquote', 'one\ntwo'])).toBe('said\n> one\n> two\nyes')
  expect(of('one\n\ntwo', ['expandable_blockquote', 'one'], ['bold', 'two'])).toBe('> one\n\n**two**')
  expect(of('a ``` b', ['pre', 'a ``` b', { language: 'no such\nlanguage' }])).toBe('````\na ``` b\n````')
})

it('shows letter by letter what was no formatting in Telegram', () => {
  expect(entitiesToMarkdown('*x* _y_ 2*2\n# 1')).toBe('\\*x\\* \\_y\\_ 2\\*2\n\\# 1')
  expect(of('*x* y', ['bold', '*x*'])).toBe('**\\*x\\*** y')
})

const word = fc.stringMatching(/^[*_~`[\]()>#a-cА-В1]{1,6}$|^😀$/)
const styles = ['bold', 'italic', 'strikethrough', 'code', 'text_link', 'underline', 'nothing_known'] as const

it('keeps the letters of whatever is formatted however', () => {
  const wild = fc.record({
    type: fc.constantFrom(...styles),
    offset: fc.integer({ min: -3, max: 60 }),
    length: fc.integer({ min: -3, max: 60 }),
    url: fc.constant('https://shop.ru/(1)'),
  })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.array(wild, { maxLength: 8 }), (words, entities) => {
      const text = words.join(' ')
      expect(plainOf(entitiesToMarkdown(text, entities)).replaceAll(' (https://shop.ru/%281%29)', '')).toBe(
        text,
      )
    }),
    { numRuns: 500 },
  )
})

it('keeps the style of every word', () => {
  const plainWord = fc.stringMatching(/^[a-cА-В1]{1,6}$/)
  const marked = fc.record({
    type: fc.constantFrom('bold', 'italic', 'strikethrough', 'text_link'),
    from: fc.nat(7),
    words: fc.integer({ min: 1, max: 8 }),
  })
  fc.assert(
    fc.property(
      fc.array(plainWord, { minLength: 8, maxLength: 8 }),
      fc.array(marked, { maxLength: 6 }),
      (words, marks) => {
        const starts = words.map((_, index) => words.slice(0, index).join(' ').length + (index === 0 ? 0 : 1))
        const entities = marks.map(({ type, from, words: count }): Entity => {
          const last = Math.min(words.length, from + count) - 1
          return {
            type,
            offset: starts[from]!,
            length: starts[last]! + words[last]!.length - starts[from]!,
            url: 'https://a.ru',
          }
        })
        const [block] = parseMarkdown(entitiesToMarkdown(words.join(' '), entities))
        const seen = block!.kind === 'pre' ? [] : stylesOf(block!.spans)
        const meant = words.map((text, index) => [
          text,
          ...new Set(
            marks
              .filter(({ from, words: count }) => from <= index && index < from + count)
              .map(({ type }) => type),
          ),
        ])
        expect(seen.map((each) => [...each].sort())).toEqual(meant.map((each) => [...each].sort()))
      },
    ),
    { numRuns: 500 },
  )
})

const TYPES = { bold: 'bold', italic: 'italic', strike: 'strikethrough', link: 'text_link' } as const

function stylesOf(spans: readonly Span[], around: readonly string[] = []): string[][] {
  return spans.flatMap((span) =>
    'spans' in span
      ? stylesOf(span.spans, [...around, TYPES[span.kind]])
      : span.text.split(' ').flatMap((text) => (text === '' ? [] : [[text, ...around]])),
  )
}
