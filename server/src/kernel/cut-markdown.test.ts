import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anySpans } from './any-spans.fixture.ts'
import { splitMarkdown, trimMarkdown } from './cut-markdown.ts'
import { parseMarkdown, plainOf } from './markdown.ts'
import { lettersOf, writeMarkdown } from './write-markdown.ts'

it('trims to what fits, with everything closed', () => {
  expect(trimMarkdown('**hello**', 9)).toBe('**hello**')
  expect(trimMarkdown('**hello world**', 9)).toBe('**hell**…')
  expect(trimMarkdown('```\nhello\n```\nmore', 15)).toBe('```\nhello…\n```')
  expect(trimMarkdown('a\n> b c d', 7)).toBe('a\n> b …')
  expect(trimMarkdown('ab😀cd', 5)).toBe('ab😀…')
  expect(trimMarkdown('ab😀cd', 4)).toBe('ab…')
  fc.assert(
    fc.property(anySpans, fc.integer({ min: 0, max: 60 }), (tree, most) => {
      const trimmed = trimMarkdown(writeMarkdown([{ kind: 'lines', spans: tree }]), most)
      expect(trimmed.length).toBeLessThanOrEqual(most)
      expect(Buffer.from(plainOf(trimmed)).toString()).toBe(plainOf(trimmed))
    }),
  )
})

it('splits at borders, with what is open there going on', () => {
  expect(splitMarkdown('**one two**', 11)).toEqual(['**one two**'])
  expect(splitMarkdown('**one two three**', 12)).toEqual(['**one two**', '**three**'])
  expect(splitMarkdown('first line\nsecond', 12)).toEqual(['first line', 'second'])
  expect(splitMarkdown('```js\nline 1\nline 2\n```\nend', 18)).toEqual([
    '```js\nline 1\n```',
    '```js\nline 2\n```',
    'end',
  ])
  expect(splitMarkdown('> one two\n> three', 9)).toEqual(['> one two', '> three'])
  expect(splitMarkdown('😀😀😀', 5)).toEqual(['😀😀', '😀'])
})

it('all parts are short enough, and together the whole', () => {
  const tight = (markdown: string) =>
    parseMarkdown(markdown)
      .map((block) => (block.kind === 'pre' ? block.text : lettersOf(block.spans)))
      .join('')
      .replace(/\s+/g, '')
  fc.assert(
    fc.property(anySpans, fc.integer({ min: 60, max: 100 }), (tree, most) => {
      const markdown = writeMarkdown([{ kind: 'lines', spans: tree }])
      const parts = splitMarkdown(markdown, most)
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(most)
      expect(parts.map(tight).join('')).toBe(tight(markdown))
    }),
  )
})
