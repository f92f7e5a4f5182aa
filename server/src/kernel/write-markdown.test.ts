import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseMarkdown, plainOf, type Span } from './markdown.ts'
import { trimMarkdown, writeMarkdown } from './write-markdown.ts'

const words = fc.stringMatching(/^[ \n*_~`[\]()>#+\-.!\\a-cА-В1]{1,12}$/)
const { spans } = fc.letrec<{ spans: Span[]; span: Span }>((tie) => ({
  spans: fc.array(tie('span'), { maxLength: 4 }),
  span: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'span' },
    words.map((text): Span => ({ kind: 'text', text })),
    words.map((text): Span => ({ kind: 'code', text })),
    fc.record({
      kind: fc.constantFrom('bold' as const, 'italic' as const, 'strike' as const),
      spans: tie('spans'),
    }),
    tie('spans').map((inner): Span => ({ kind: 'link', url: 'https://shop.ru/a_(b)', spans: inner })),
  ),
}))

it('whatever is written is read as the same letters', () => {
  fc.assert(
    fc.property(spans, (tree) => {
      const read = parseMarkdown(writeMarkdown([{ kind: 'lines', spans: tree }]))
      const letters = read
        .map((block) => (block.kind === 'pre' ? block.text : lettersOf(block.spans)))
        .join('\n')
      expect(letters).toBe(lettersOf(tree))
    }),
    { numRuns: 3_000 },
  )
})

it('what was read is written in a way that is read alike', () => {
  for (const markdown of [
    '**a _b_ c**',
    '~~**a**~~ [*b*](https://shop.ru) `` `c` ``',
    '> quote\n> **two**',
    '```js\na\n```\nb',
    'a**b**c *d*e',
    '***a** b*',
  ])
    expect(parseMarkdown(writeMarkdown(parseMarkdown(markdown))), markdown).toEqual(parseMarkdown(markdown))
})

it('keeps marks close to the words and within the line', () => {
  const text = (letters: string): Span => ({ kind: 'text', text: letters })
  const write = (...tree: Span[]) => writeMarkdown([{ kind: 'lines', spans: tree }])
  expect(write(text('a'), { kind: 'bold', spans: [text(' b ')] }, text('c'))).toBe('a **b** c')
  expect(write({ kind: 'bold', spans: [text('one\n\ntwo')] })).toBe('**one**\n\n**two**')
  expect(write(text('при'), { kind: 'italic', spans: [text('вет')] })).toBe('при*вет*')
  expect(write({ kind: 'link', url: 'javascript:alert(1)', spans: [text('a')] })).toBe('a')
  expect(write({ kind: 'link', url: 'https://a.ru/ (1)', spans: [text('[a]')] })).toBe(
    '[\\[a\\]](https://a.ru/%20%281%29)',
  )
})

it('trims to what fits, with everything closed', () => {
  expect(trimMarkdown('**hello**', 9)).toBe('**hello**')
  expect(trimMarkdown('**hello world**', 9)).toBe('**hell**…')
  expect(trimMarkdown('```\nhello\n```\nmore', 15)).toBe('```\nhello\n```\n…')
  expect(trimMarkdown('a\n> b c d', 7)).toBe('a\n> b …')
  expect(trimMarkdown('ab😀cd', 5)).toBe('ab😀…')
  expect(trimMarkdown('ab😀cd', 4)).toBe('ab…')
  fc.assert(
    fc.property(spans, fc.integer({ min: 0, max: 60 }), (tree, most) => {
      const trimmed = trimMarkdown(writeMarkdown([{ kind: 'lines', spans: tree }]), most)
      expect(trimmed.length).toBeLessThanOrEqual(most)
      expect(Buffer.from(plainOf(trimmed)).toString()).toBe(plainOf(trimmed))
    }),
  )
})

function lettersOf(tree: readonly Span[]): string {
  return tree.map((span) => ('spans' in span ? lettersOf(span.spans) : span.text)).join('')
}
