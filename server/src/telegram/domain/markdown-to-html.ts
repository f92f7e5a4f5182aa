import { escapeHtml } from '../../kernel/escape-html.ts'
import { parseMarkdown, type Span } from '../../kernel/markdown.ts'

const TAGS = { bold: 'b', italic: 'i', strike: 's' } as const

/** In the HTML that Telegram reads. Source: core.telegram.org/bots/api#html-style. */
export function htmlOf(markdown: string): string {
  return parseMarkdown(markdown)
    .map((block) => {
      if (block.kind === 'pre') {
        const code = escapeHtml(block.text)
        return block.language === null
          ? `<pre>${code}</pre>`
          : `<pre><code class="language-${escapeHtml(block.language)}">${code}</code></pre>`
      }
      const html = htmlOfSpans(block.spans)
      return block.kind === 'quote' ? `<blockquote>${html}</blockquote>` : html
    })
    .join('\n')
}

function htmlOfSpans(spans: readonly Span[]): string {
  return spans
    .map((span) => {
      switch (span.kind) {
        case 'text':
          return escapeHtml(span.text)
        case 'code':
          return `<code>${escapeHtml(span.text)}</code>`
        case 'link':
          // Telegram makes no links of these.
          if (span.url.startsWith('mailto:'))
            return `${htmlOfSpans(span.spans)} (${escapeHtml(span.url.slice(7))})`
          return `<a href="${escapeHtml(span.url).replaceAll('"', '&quot;')}">${htmlOfSpans(span.spans)}</a>`
        default:
          return `<${TAGS[span.kind]}>${htmlOfSpans(span.spans)}</${TAGS[span.kind]}>`
      }
    })
    .join('')
}
