import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseMarkdown, type Span } from './markdown.ts'
import { anySpans } from './any-spans.fixture.ts'
import { lettersOf, writeMarkdown } from './write-markdown.ts'

it('whatever is written is read as the same letters', () => {
  fc.assert(
    fc.property(anySpans, (tree) => {
      const read = parseMarkdown(writeMarkdown([{ kind: 'lines', spans: tree }]))
      const letters = read
        .map((block) => (block.kind === 'pre' ? block.text : lettersOf(block.spans)))
        .join('\n')
      expect(letters).toBe(lettersOf(tree))
    }),
    { numRuns: 1_000 },
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
