/**
 * How formatting is kept between Telegram, the board and the chat: a small part of Markdown that Todoist shows too. Marks that
 * have no partner, and marks after a backslash, are letters like others.
 */
export type Span =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string; spans: Span[] }
  | { kind: 'bold' | 'italic' | 'strike'; spans: Span[] }

export type Block =
  | { kind: 'lines'; spans: Span[] }
  | { kind: 'quote'; spans: Span[] }
  | { kind: 'pre'; text: string; language: string | null }

const FENCE = /^```([\w+#-]{0,30})\s*$/
const LINK = /\[((?:[^\][\\\n]|\\.){1,1000})\]\(((?:https?|tg|mailto):[^\s()<>]{1,2000})\)/y
const MARKS = ['**', '~~', '*', '_'] as const
type Mark = (typeof MARKS)[number]
const KIND: Readonly<Record<Mark, 'bold' | 'italic' | 'strike'>> = {
  '**': 'bold',
  '~~': 'strike',
  '*': 'italic',
  _: 'italic',
}
const ESCAPABLE = /[\\`*_~[\]()#+\-.!>|<{}]/
const MOST_DEPTH = 20

export function parseMarkdown(markdown: string): Block[] {
  const blocks: Block[] = []
  let open: { kind: 'lines' | 'quote'; lines: string[] } | undefined
  const close = () => {
    if (open !== undefined) blocks.push({ kind: open.kind, spans: parseSpans(open.lines.join('\n'), 0) })
    open = undefined
  }
  const lines = markdown.split('\n')
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!
    const fence = FENCE.exec(line)
    const end = fence === null ? -1 : lines.indexOf('```', index + 1)
    if (fence !== null && end > 0) {
      close()
      const language = fence[1] === '' ? null : fence[1]!
      blocks.push({ kind: 'pre', text: lines.slice(index + 1, end).join('\n'), language })
      index = end
      continue
    }
    const isQuote = line.startsWith('> ') || line === '>'
    const kind = isQuote ? 'quote' : 'lines'
    if (open?.kind !== kind) close()
    open ??= { kind, lines: [] }
    open.lines.push(isQuote ? line.slice(2) : line)
  }
  close()
  return blocks
}

function parseSpans(text: string, depth: number): Span[] {
  type Frame = { mark: Mark | null; spans: Span[] }
  const frames: Frame[] = [{ mark: null, spans: [] }]
  let plain = ''
  const top = () => frames.at(-1)!
  const flush = () => {
    if (plain !== '') top().spans.push({ kind: 'text', text: plain })
    plain = ''
  }
  /** A mark that found no partner is a letter; what stands in it stays. */
  const giveUp = () => {
    flush()
    const { mark, spans } = frames.pop()!
    top().spans.push({ kind: 'text', text: mark! }, ...spans)
  }
  for (let at = 0; at < text.length;) {
    const letter = text[at]!
    if (letter === '\\' && ESCAPABLE.test(text[at + 1] ?? '')) {
      plain += text[at + 1]
      at += 2
      continue
    }
    if (letter === '`') {
      const end = text.indexOf('`', at + 1)
      if (end > at + 1 && end - at < 4_000) {
        flush()
        top().spans.push({ kind: 'code', text: text.slice(at + 1, end) })
        at = end + 1
        continue
      }
    }
    if (letter === '[' && depth === 0) {
      LINK.lastIndex = at
      const link = LINK.exec(text)
      if (link !== null) {
        flush()
        top().spans.push({ kind: 'link', url: link[2]!, spans: parseSpans(link[1]!, depth + 1) })
        at += link[0].length
        continue
      }
    }
    const mark = MARKS.find((candidate) => text.startsWith(candidate, at))
    if (mark === undefined) {
      plain += letter
      at++
      continue
    }
    const before = text[at - 1] ?? ' '
    const after = text[at + mark.length] ?? ' '
    const isWordy = mark === '_' && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after)
    const place = frames.findLastIndex((frame) => frame.mark === mark)
    if (place > 0 && !/\s/.test(before) && !isWordy) {
      while (frames.length - 1 > place) giveUp()
      flush()
      const { spans } = frames.pop()!
      if (spans.length > 0) top().spans.push({ kind: KIND[mark], spans })
      else top().spans.push({ kind: 'text', text: mark + mark })
    } else if (place <= 0 && !/\s/.test(after) && !isWordy && frames.length < MOST_DEPTH) {
      flush()
      frames.push({ mark, spans: [] })
    } else plain += mark
    at += mark.length
  }
  flush()
  while (frames.length > 1) giveUp()
  return frames[0]!.spans
}

/** The words without their formatting; a link is followed by its address. */
export function plainOf(markdown: string): string {
  return parseMarkdown(markdown)
    .map((block) => {
      if (block.kind === 'pre') return block.text
      const text = plainOfSpans(block.spans)
      return block.kind === 'quote' ? text.replace(/^/gm, '> ') : text
    })
    .join('\n')
}

function plainOfSpans(spans: readonly Span[]): string {
  return spans
    .map((span) => {
      if (span.kind === 'text' || span.kind === 'code') return span.text
      const text = plainOfSpans(span.spans)
      return span.kind === 'link' && text !== span.url ? `${text} (${span.url})` : text
    })
    .join('')
}

/** Shows a text letter by letter: nothing in it is taken for formatting. */
export function escapeMarkdown(plain: string): string {
  return plain
    .replace(/[\\`*_~[\]]/g, '\\$&')
    .replace(/^(\s*)([#>+-])/gm, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])/gm, '$1\\$2')
}
