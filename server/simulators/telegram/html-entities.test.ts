import { describe, expect, it } from 'vitest'
import { parseHtml } from './html-entities.ts'

describe('HTML parse mode', () => {
  it('counts offsets in UTF-16 units and nests', () => {
    expect(parseHtml('🎁 <b>Ваши <i>340</i></b> бонусов')).toEqual({
      text: '🎁 Ваши 340 бонусов',
      entities: [
        { type: 'bold', offset: 3, length: 8 },
        { type: 'italic', offset: 8, length: 3 },
      ],
    })
  })

  it('keeps the language of code inside pre, and of nothing else', () => {
    const pre = [{ type: 'pre', offset: 0, length: 1, language: 'js' }]
    expect(parseHtml('<pre><code class="language-js">x</code></pre>')).toEqual({ text: 'x', entities: pre })
    expect(parseHtml('<code class="language-js">x</code>')).toEqual({
      text: 'x',
      entities: [{ type: 'code', offset: 0, length: 1 }],
    })
  })

  it('makes links of web addresses only', () => {
    expect(parseHtml('<a href="https://a.example/?x=1&amp;y=2">go</a>')).toEqual({
      text: 'go',
      entities: [{ type: 'text_link', offset: 0, length: 2, url: 'https://a.example/?x=1&y=2' }],
    })
    expect(parseHtml('<a href="javascript:alert(1)">go</a>')).toEqual({ text: 'go', entities: [] })
  })

  it('decodes the four names and numbers, and leaves a lone ampersand', () => {
    expect(parseHtml('&lt;b&gt; &quot;M&amp;M&quot; &#1071;&#x42f; Tom & Jerry')).toEqual({
      text: '<b> "M&M" ЯЯ Tom & Jerry',
      entities: [],
    })
  })

  it.each([
    ['<p>x</p>', 'Unsupported start tag "p" at byte offset 0'],
    ['Я <br>', 'Unsupported start tag "br" at byte offset 3'],
    ['<b>x', `Can't find end tag corresponding to start tag "b"`],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['x < y', 'Unsupported start tag "" at byte offset 2'],
    ['x <b', 'Unclosed start tag at byte offset 2'],
    ['<a href=https://x>y</a>', 'Unexpected end of name token at byte offset 8'],
    ['<span class="x">y</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['a&nbsp;b', 'Unsupported entity "&nbsp;" at byte offset 1'],
  ])('refuses %s', (source, complaint) => {
    expect(parseHtml(source)).toEqual({ unparsable: complaint })
  })
})
