import { escapeMarkdown, isWordy, joined, parseMarkdown, type Block, type Span } from './markdown.ts'

type Context = { inLink: boolean; before: string; after: string }

const LONGEST_LABEL = 1_000
const LONGEST_ADDRESS = 2_000
const ADDRESS = /^(?:https?|tg|mailto):[^\s]/i

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
  const all = joined(spans)
  for (const [index, span] of all.entries()) {
    const after = firstLetter(all[index + 1]) || context.after
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

/** Without any formatting, not even the addresses of links. */
export function lettersOf(spans: readonly Span[]): string {
  return spans.map((span) => ('spans' in span ? lettersOf(span.spans) : span.text)).join('')
}

function firstLetter(span: Span | undefined): string {
  if (span === undefined) return ''
  return span.kind === 'text' ? (span.text[0] ?? '') : ' '
}
