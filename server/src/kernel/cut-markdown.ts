import { parseMarkdown, type Block, type Span } from './markdown.ts'
import { lettersOf, writeMarkdown } from './write-markdown.ts'

const ELLIPSIS = '…'

/** The beginning that fits, with what is open there closed; an ellipsis tells that there was more. */
export function trimMarkdown(markdown: string, most: number): string {
  if (markdown.length <= most) return markdown
  const blocks = placed(parseMarkdown(markdown))
  const beginning = (end: number) => writeMarkdown(withEllipsis(between(blocks, 0, end)))
  const trimmed = beginning(furthest(0, most, (end) => beginning(end).length <= most))
  return trimmed.length <= most ? trimmed : ELLIPSIS.slice(0, most)
}

/** Parts of at most so many letters, cut at the ends of paragraphs, lines or words; what is open there goes on in the next one. */
export function splitMarkdown(markdown: string, most: number): string[] {
  if (markdown.length <= most) return [markdown]
  const blocks = placed(parseMarkdown(markdown))
  const text = blocks.map(({ block }) => textOf(block)).join('\n')
  const parts: string[] = []
  for (let from = 0; from < text.length;) {
    const part = (end: number) => writeMarkdown(between(blocks, from, end))
    // What is written is never shorter than what is said.
    const fits = furthest(from + 1, Math.min(text.length, from + most), (end) => part(end).length <= most)
    const end = fits === text.length ? fits : borderBefore(text, from, fits)
    parts.push(part(end).trimEnd())
    from = end + /^(?:\n+| ?)/.exec(text.slice(end))![0].length
  }
  return parts.filter((each) => each !== '')
}

/** The last place that holds, where all before it hold; the first one otherwise. */
function furthest(first: number, last: number, holds: (at: number) => boolean): number {
  let [good, bad] = [first, last + 1]
  while (good + 1 < bad) {
    const middle = Math.floor((good + bad) / 2)
    if (holds(middle)) good = middle
    else bad = middle
  }
  return good
}

/** Not so early that the part would be half empty; and never through the middle of a letter. */
function borderBefore(text: string, from: number, end: number): number {
  const early = from + (end - from) / 2
  for (const border of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(border, end)
    if (at > early) return at
  }
  return isWithinLetter(text, end) && end - 1 > from ? end - 1 : end
}

function isWithinLetter(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1))
}

type Placed = { block: Block; at: number; length: number }

function placed(blocks: readonly Block[]): Placed[] {
  let next = 0
  return blocks.map((block) => {
    const [at, { length }] = [next, textOf(block)]
    next += length + 1
    return { block, at, length }
  })
}

function textOf(block: Block): string {
  return block.kind === 'pre' ? block.text : lettersOf(block.spans)
}

/** What stands between these letters of the text. */
function between(blocks: readonly Placed[], from: number, end: number): Block[] {
  return blocks.flatMap(({ block, at, length }) => {
    const [start, stop] = [Math.max(0, from - at), Math.min(length, end - at)]
    const isEmptyHere = length === 0 && at >= from && at < end
    return start < stop || isEmptyHere ? [partOf(block, start, stop)] : []
  })
}

function partOf(block: Block, from: number, end: number): Block {
  return block.kind === 'pre'
    ? { ...block, text: block.text.slice(from, end) }
    : { ...block, spans: spansBetween(block.spans, from, end) }
}

function spansBetween(spans: readonly Span[], from: number, end: number): Span[] {
  const kept: Span[] = []
  let at = 0
  for (const span of spans) {
    const length = lettersOf([span]).length
    const [start, stop] = [Math.max(0, from - at), Math.min(length, end - at)]
    if (start < stop)
      kept.push(
        'spans' in span
          ? { ...span, spans: spansBetween(span.spans, start, stop) }
          : { ...span, text: span.text.slice(start, stop) },
      )
    at += length
  }
  return kept
}

function withEllipsis(blocks: readonly Block[]): Block[] {
  const last = blocks.at(-1) ?? { kind: 'lines', spans: [] }
  const text = textOf(last)
  const whole = partOf(last, 0, /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length)
  const more =
    whole.kind === 'pre'
      ? { ...whole, text: whole.text + ELLIPSIS }
      : { ...whole, spans: [...whole.spans, { kind: 'text' as const, text: ELLIPSIS }] }
  return [...blocks.slice(0, -1), more]
}
