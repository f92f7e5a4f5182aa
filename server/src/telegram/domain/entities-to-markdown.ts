import { writeMarkdown } from '../../kernel/write-markdown.ts'
import type { Block, Span } from '../../kernel/markdown.ts'

/** As Telegram puts it on the wire; lengths count as UTF-16 does. Types that nobody knows yet are no formatting. */
export type Entity = { type: string; offset: number; length: number; url?: string; language?: string }

type Style = 'link' | 'bold' | 'italic' | 'strike' | 'code'
/** What of a text is formatted alike: each style with its value, and the block that it stands in. */
type Piece = {
  text: string
  styles: ReadonlyMap<Style, string>
  block: Block['kind']
  /** Which block: two that touch are two. */
  of: number
  language: string | null
}

const STYLES: ReadonlyMap<string, Style> = new Map([
  ['bold', 'bold'],
  ['italic', 'italic'],
  ['strikethrough', 'strike'],
  ['code', 'code'],
  ['text_link', 'link'],
])
const QUOTES = new Set(['blockquote', 'expandable_blockquote'])
/** More than Telegram lets into a message. */
const MOST_ENTITIES = 500

/** What somebody wrote in Telegram, in the Markdown that all faces know. What it has no mark for stays as words. */
export function entitiesToMarkdown(text: string, entities: readonly Entity[] = []): string {
  const known = entities.slice(0, MOST_ENTITIES).flatMap((entity) => within(text, entity) ?? [])
  return writeMarkdown(blocksOf(piecesOf(text, known)))
}

/** Within the text, and never through the middle of a letter. */
function within(text: string, entity: Entity): Entity | undefined {
  const { offset, length } = entity
  if (!Number.isInteger(offset) || !Number.isInteger(length)) return undefined
  const start = onBorder(text, Math.max(0, offset))
  const end = onBorder(text, Math.min(text.length, offset + length))
  return start < end ? { ...entity, offset: start, length: end - start } : undefined
}

function onBorder(text: string, at: number): number {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1)) ? at + 1 : at
}

function piecesOf(text: string, entities: readonly Entity[]): Piece[] {
  const borders = new Set([0, text.length])
  for (const { offset, length } of entities) borders.add(offset).add(offset + length)
  const places = [...borders].sort((a, b) => a - b)
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1]!
    const here = entities.filter(({ offset, length }) => offset <= start && offset + length >= end)
    const pre = here.find((entity) => entity.type === 'pre')
    const quote = here.find(({ type }) => QUOTES.has(type))
    const block = pre ?? quote
    return {
      text: text.slice(start, end),
      styles: new Map(here.flatMap(styleOf)),
      block: pre !== undefined ? 'pre' : quote !== undefined ? 'quote' : 'lines',
      of: block === undefined ? -1 : entities.indexOf(block),
      language: pre?.language === undefined || !/^[\w+#-]{1,30}$/.test(pre.language) ? null : pre.language,
    }
  })
}

function styleOf({ type, url = '' }: Entity): [Style, string][] {
  const style = STYLES.get(type)
  if (style === undefined || (style === 'link' && url === '')) return []
  return [[style, style === 'link' ? url : '']]
}

function blocksOf(pieces: readonly Piece[]): Block[] {
  const blocks: Block[] = []
  for (let from = 0; from < pieces.length;) {
    const { block, of, language } = pieces[from]!
    let end = from + 1
    while (end < pieces.length && pieces[end]!.block === block && pieces[end]!.of === of) end++
    const some = withoutBorders(pieces, from, end)
    if (block === 'pre') blocks.push({ kind: 'pre', text: some.map(({ text }) => text).join(''), language })
    else if (some.some(({ text }) => text !== '')) blocks.push({ kind: block, spans: spansOf(some) })
    from = end
  }
  return blocks
}

/** Blocks stand on lines of their own: the breaks next to one are not said twice. */
function withoutBorders(pieces: readonly Piece[], from: number, end: number): Piece[] {
  const some = pieces.slice(from, end)
  const isBlock = some[0]!.block !== 'lines'
  if (isBlock && end < pieces.length && !pieces[end]!.text.startsWith('\n'))
    some[some.length - 1] = { ...some.at(-1)!, text: some.at(-1)!.text.replace(/\n$/, '') }
  if (!isBlock && from > 0) some[0] = { ...some[0]!, text: some[0]!.text.replace(/^\n/, '') }
  if (!isBlock && end < pieces.length)
    some[some.length - 1] = { ...some.at(-1)!, text: some.at(-1)!.text.replace(/\n$/, '') }
  return some
}

/** Whatever reaches furthest is outermost, so that what was marked once is marked once. */
function spansOf(pieces: readonly Piece[], done: ReadonlySet<Style> = new Set()): Span[] {
  const spans: Span[] = []
  for (let from = 0; from < pieces.length;) {
    const [style, value, end] = furthest(pieces, from, done)
    const some = pieces.slice(from, end)
    const text = some.map((piece) => piece.text).join('')
    if (style === undefined) spans.push({ kind: 'text', text })
    else if (style === 'code') spans.push({ kind: 'code', text })
    else {
      const inner = spansOf(some, new Set([...done, style]))
      spans.push(
        style === 'link' ? { kind: 'link', url: value, spans: inner } : { kind: style, spans: inner },
      )
    }
    from = end
  }
  return spans
}

function furthest(
  pieces: readonly Piece[],
  from: number,
  done: ReadonlySet<Style>,
): [style: Style | undefined, value: string, end: number] {
  let best: [Style | undefined, string, number] = [undefined, '', from + 1]
  for (const [style, value] of pieces[from]!.styles) {
    if (done.has(style)) continue
    let end = from + 1
    while (end < pieces.length && pieces[end]!.styles.get(style) === value) end++
    // In code nothing else is shown, so it is put inside of whatever reaches as far.
    if (best[0] === undefined || end > best[2] || (end === best[2] && best[0] === 'code'))
      best = [style, value, end]
  }
  return best
}
