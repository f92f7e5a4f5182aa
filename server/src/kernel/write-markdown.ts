import { escapeMarkdown, isWordy, joined, parseMarkdown, type Block, type Span } from './markdown.ts'

type Context = { inLink: boolean; before: string; after: string }

const LONGEST_LABEL = 1_000
const LONGEST_ADDRESS = 2_000
const ADDRESS = /^(?:https?|tg|mailto):[^\s]/i
const ELLIPSIS = '…'

/** The Markdown that is read as these blocks: marks stand close to words and never reach over the end of a line. */
export function writeMarkdown(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'pre') {
        const fence = ticksAround(block.text, 3)
        return `${fence}${block.language ?? ''}\n${block.text}\n${fence}`
      }
      const lines = linesOf(block.spans).map(writeLine)
      return lines.map((line) => (block.kind === 'quote' ? `> ${line}`.trimEnd() : line)).join('\n')
    })
    .join('\n')
}

/** The beginning that fits, with what is open there closed; an ellipsis tells that there was more. */
export function trimMarkdown(markdown: string, most: number): string {
  if (markdown.length <= most) return markdown
  const blocks = parseMarkdown(markdown)
  let [fits, tooMuch] = [0, most]
  while (fits + 1 < tooMuch) {
    const middle = Math.floor((fits + tooMuch) / 2)
    if (writeMarkdown(beginning(blocks, middle)).length <= most) fits = middle
    else tooMuch = middle
  }
  const trimmed = writeMarkdown(beginning(blocks, fits))
  return trimmed.length <= most ? trimmed : ELLIPSIS.slice(0, most)
}

/** Without its formatting, where marks beside marks would be read as something else. */
function writeLine(spans: readonly Span[]): string {
  const written = writeSpans(spans, { inLink: false, before: '', after: '' })
  const letters = lettersOf(spans)
  const isRead = parseMarkdown(written).every(
    (block) => block.kind === 'lines' && lettersOf(block.spans) === letters,
  )
  return isRead ? written : escapeMarkdown(letters)
}

function writeSpans(spans: readonly Span[], context: Context): string {
  let written = ''
  for (const [index, span] of joined(spans).entries()) {
    const after = firstLetter(spans.slice(index + 1)) || context.after
    written += writeSpan(span, { ...context, before: written.at(-1) ?? context.before, after })
  }
  return written
}

function writeSpan(span: Span, context: Context): string {
  switch (span.kind) {
    case 'text':
      return escapeMarkdown(span.text)
    case 'code':
      return writeCode(span.text)
    case 'link':
      return writeLink(span, context)
    case 'bold':
    case 'italic':
    case 'strike': {
      const inner = writeSpans(span.spans, { ...context, before: '', after: '' })
      const [, lead, core, trail] = /^(\s*)([^]*?)(\s*)$/.exec(inner)!
      if (core === '') return inner
      const mark = markOf(span.kind, {
        ...context,
        before: lead || context.before,
        after: trail || context.after,
      })
      return `${lead}${mark}${core}${mark}${trail}`
    }
  }
}

function markOf(kind: 'bold' | 'italic' | 'strike', { before, after }: Context): string {
  if (kind === 'bold') return '**'
  if (kind === 'strike') return '~~'
  return isWordy(before.at(-1)) || isWordy(after[0]) ? '*' : '_'
}

function writeCode(code: string): string {
  if (code.trim() === '') return code
  const ticks = ticksAround(code, 1)
  const isTight = /^`|`$|^ .* $/.test(code)
  return isTight ? `${ticks} ${code} ${ticks}` : `${ticks}${code}${ticks}`
}

function writeLink({ url, spans }: Extract<Span, { kind: 'link' }>, context: Context): string {
  const label = writeSpans(spans, { ...context, inLink: true })
  const address = url.replace(
    /[\s()<>]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  if (context.inLink || label.trim() === '' || !ADDRESS.test(url) || address.length > LONGEST_ADDRESS)
    return label
  return label.length > LONGEST_LABEL ? label : `[${label}](${address})`
}

/** More backticks than stand anywhere in it. */
function ticksAround(code: string, least: number): string {
  let ticks = least
  for (const [run] of code.matchAll(/`+/g)) ticks = Math.max(ticks, run.length + 1)
  return '`'.repeat(ticks)
}

/** Each line with whatever is open in it. */
function linesOf(spans: readonly Span[]): Span[][] {
  const lines: Span[][] = [[]]
  for (const span of spans) {
    const parts: Span[][] =
      span.kind === 'text' || span.kind === 'code'
        ? span.text.split('\n').map((text) => (text === '' ? [] : [{ ...span, text }]))
        : linesOf(span.spans).map((inner) => (inner.length === 0 ? [] : [{ ...span, spans: inner }]))
    lines.at(-1)!.push(...parts[0]!)
    lines.push(...parts.slice(1))
  }
  return lines
}

function lettersOf(spans: readonly Span[]): string {
  return spans.map((span) => ('spans' in span ? lettersOf(span.spans) : span.text)).join('')
}

function firstLetter(spans: readonly Span[]): string {
  const [first] = spans
  if (first === undefined) return ''
  return first.kind === 'text' ? (first.text[0] ?? '') : ' '
}

function beginning(blocks: readonly Block[], letters: number): Block[] {
  const kept: Block[] = []
  const more: Span = { kind: 'text', text: ELLIPSIS }
  let left = letters
  for (const block of blocks) {
    if (left <= 0) return [...kept, { kind: 'lines', spans: [more] }]
    if (block.kind === 'pre') {
      const text = cut(block.text, left)
      left -= block.text.length
      kept.push({ ...block, text: left < 0 ? text + ELLIPSIS : text })
    } else {
      const spans: Span[] = []
      left = take(block.spans, left, spans)
      kept.push({ ...block, spans: left < 0 ? [...spans, more] : spans })
    }
    if (left < 0) return kept
    left -= 1
  }
  return kept
}

/** How many letters are left; below nothing when there was more. */
function take(spans: readonly Span[], letters: number, kept: Span[]): number {
  let left = letters
  for (const span of spans) {
    if (left < 0) return left
    if (span.kind === 'text' || span.kind === 'code') {
      const text = cut(span.text, left)
      if (text !== '') kept.push({ ...span, text })
      left -= span.text.length
    } else {
      const inner: Span[] = []
      left = take(span.spans, left, inner)
      if (inner.length > 0) kept.push({ ...span, spans: inner })
    }
  }
  return left
}

/** Never through the middle of a letter. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, Math.max(0, most)).replace(/[\uD800-\uDBFF]$/, '')
}
