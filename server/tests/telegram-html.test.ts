import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseHtml } from '../simulators/telegram/html-entities.ts'
import { escapeMarkdown, plainOf } from '../src/kernel/markdown.ts'
import { htmlOf } from '../src/telegram/domain/markdown-to-html.ts'
import { splitHtml } from '../src/telegram/domain/split-html.ts'

// A ">" by itself reads like the mark of a quote.
const word = fc.stringMatching(/^[a-zА-я0-9<>&"'_*]{1,12}$/).filter((text) => text !== '>')
const span = fc.oneof(
  word.map(escapeMarkdown),
  word.map((text) => `**${escapeMarkdown(text)}**`),
  word.map((text) => `*${escapeMarkdown(text)}*`),
  word.map((text) => `[${escapeMarkdown(text)}](https://shop.ru/?a=1&b="2")`),
  word.map((text) => `\n\`\`\`ts\na${text}  <a>\n\`\`\`\n`),
  word.map((text) => `\n> ${escapeMarkdown(text)}\n\n`),
  word.map((text) => `\`${text}\``),
  fc.constant('\n\n'),
  fc.constant('😀🏳️‍🌈'),
)
const markdown = fc.array(span, { maxLength: 60 }).map((spans) => spans.join(' '))

const read = (html: string) => {
  const parsed = parseHtml(html)
  if ('unparsable' in parsed) throw new Error(`${parsed.unparsable}: ${html}`)
  return parsed.text
}
const tight = (text: string) => text.replace(/\s+/g, '')

it('what is made of Markdown is HTML that Telegram reads, and says the same', () => {
  fc.assert(
    fc.property(markdown, (text) => {
      const addresses = / \(https:[^)]*\)/g
      const plain = plainOf(text).replace(addresses, '').replace(/^> /gm, '')
      expect(tight(read(htmlOf(text)))).toBe(tight(plain))
    }),
  )
})

it('parts are short enough, readable each by itself, and together the whole', () => {
  fc.assert(
    fc.property(markdown, fc.integer({ min: 20, max: 200 }), (text, most) => {
      const parts = splitHtml(htmlOf(text), most, most - 10)
      for (const [index, part] of parts.entries()) {
        expect(read(part).length).toBeLessThanOrEqual(index === 0 ? most - 10 : most)
        expect(Buffer.from(part).toString()).toBe(part)
      }
      expect(tight(parts.map(read).join(''))).toBe(tight(read(htmlOf(text))))
    }),
  )
})

it('formatting that is cut goes on in the next part', () => {
  const [first, second] = splitHtml(htmlOf(`**${'word '.repeat(20).trim()}**`), 60)
  expect(first).toMatch(/^<b>.*<\/b>$/)
  expect(second).toMatch(/^<b>.*<\/b>$/)
})

it('an address of mail, of which Telegram makes no link, is told in words', () => {
  expect(htmlOf('[write](mailto:a@shop.ru)')).toBe('write (a@shop.ru)')
})

it('a customer never puts markup into it', () => {
  expect(htmlOf(escapeMarkdown('<b>**x**</b> & <a href="x">'))).toBe(
    '&lt;b&gt;**x**&lt;/b&gt; &amp; &lt;a href="x"&gt;',
  )
})
