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

const FENCE = /^(`{3,})([\w+#-]{0,30})\s*$/
const LINK = /\[((?:[^\][\\\n]|\\.){1,1000})\]\(((?:https?|tg|mailto):[^\s()<>]{1,2000})\)/y
/** An address as it stands in a text: no mark is looked for in it. Ends before what may close a mark. */
const ADDRESS = /https?:\/\/[^\s<>*~`\\[\]()]*[^\s<>*~`\\[\]()_.,:;!?]/
const ADDRESS_HERE = new RegExp(ADDRESS, 'y')
const BACKTICKS = /`+/y
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
  // From here on no fence of so many backticks is closed: looked for once, however many are opened.
  let unclosed = Infinity
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!
    const fence = FENCE.exec(line)
    const ticks = fence?.[1]!.length ?? Infinity
    const end = ticks < unclosed ? endOfFence(lines, index, ticks) : -1
    if (fence !== null && end > 0) {
      close()
      const language = fence[2] === '' ? null : fence[2]!
      blocks.push({ kind: 'pre', text: lines.slice(index + 1, end).join('\n'), language })
      index = end
      continue
    }
    if (fence !== null) unclosed = Math.min(unclosed, ticks)
    const isQuote = line.startsWith('>')
    const kind = isQuote ? 'quote' : 'lines'
    if (open?.kind !== kind) close()
    open ??= { kind, lines: [] }
    open.lines.push(isQuote ? line.replace(/^> ?/, '') : line)
  }
  close()
  return blocks
}

function endOfFence(lines: readonly string[], opened: number, ticks: number): number {
  for (let at = opened + 1; at < lines.length; at++) {
    const fence = FENCE.exec(lines[at]!)
    if (fence !== null && fence[2] === '' && fence[1]!.length >= ticks) return at
  }
  return -1
}

function parseSpans(text: string, depth: number): Span[] {
  type Frame = { mark: Mark | null; spans: Span[] }
  const frames: Frame[] = [{ mark: null, spans: [] }]
  const unclosed = new Set<number>()
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
      const ticks = matchAt(BACKTICKS, text, at)![0]
      const end = unclosed.has(ticks.length) ? -1 : endOfCode(text, at + ticks.length, ticks.length)
      if (end > 0) {
        flush()
        top().spans.push({ kind: 'code', text: unpadded(text.slice(at + ticks.length, end)) })
        at = end + ticks.length
      } else {
        unclosed.add(ticks.length)
        plain += ticks
        at += ticks.length
      }
      continue
    }
    const address = letter === 'h' ? matchAt(ADDRESS_HERE, text, at) : null
    if (address !== null) {
      plain += address[0]
      at += address[0].length
      continue
    }
    if (letter === '[' && depth === 0) {
      const link = matchAt(LINK, text, at)
      if (link !== null) {
        flush()
        top().spans.push({ kind: 'link', url: link[2]!, spans: parseSpans(link[1]!, depth + 1) })
        at += link[0].length
        continue
      }
    }
    const mark = markAt(text, at, top().mark)
    if (mark === undefined) {
      plain += letter
      at++
      continue
    }
    const before = text[at - 1] ?? ' '
    const after = text[at + mark.length] ?? ' '
    const isLetter = mark === '_' && isInWord(text, at)
    const place = frames.findLastIndex((frame) => frame.mark === mark)
    if (place > 0 && !/\s/.test(before) && !isLetter) {
      // `***bold** both*`: which of the two was opened first shows only where one of them ends.
      if (
        mark === '**' &&
        place === frames.length - 2 &&
        top().mark === '*' &&
        frames[place]!.spans.length === 0
      )
        // prettier-ignore
        [frames[place]!.mark, top().mark] = ['*', '**']
      else while (frames.length - 1 > place) giveUp()
      flush()
      const { spans } = frames.pop()!
      if (spans.length > 0) top().spans.push({ kind: KIND[mark], spans: joined(spans) })
      else top().spans.push({ kind: 'text', text: mark + mark })
    } else if (place <= 0 && !/\s/.test(after) && !isLetter && frames.length < MOST_DEPTH) {
      flush()
      frames.push({ mark, spans: [] })
    } else plain += mark
    at += mark.length
  }
  flush()
  while (frames.length > 1) giveUp()
  return joined(frames[0]!.spans)
}

/** Neighbouring texts are one. */
export function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans) {
    const last = all.at(-1)
    if (span.kind === 'text' && last?.kind === 'text')
      all[all.length - 1] = { kind: 'text', text: last.text + span.text }
    else all.push(span)
  }
  return all
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function endOfCode(text: string, from: number, ticks: number): number {
  for (const { 0: run, index } of text.slice(from).matchAll(/`+/g))
    if (run.length === ticks) return from + index
  return -1
}

/** A blank on each side keeps backticks of the code apart from those around it. */
function unpadded(code: string): string {
  return /^ .*[^ ].* $/s.test(code) ? code.slice(1, -1) : code
}

/** Of `***`, what was opened last ends first. */
function markAt(text: string, at: number, last: Mark | null): Mark | undefined {
  if (last === '*' && text.startsWith('***', at)) return '*'
  return MARKS.find((mark) => text.startsWith(mark, at))
}

/** As in `snake_case`. */
function isInWord(text: string, at: number): boolean {
  return isWordy(text[at - 1]) && isWordy(text[at + 1])
}

export function isWordy(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
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

const SPECIAL = new RegExp(`${ADDRESS.source}|${/[\\`*_~[\]]/.source}`, 'g')

/** Shows a text letter by letter: nothing in it is taken for formatting, and addresses stay addresses. */
export function escapeMarkdown(plain: string): string {
  return plain
    .replace(SPECIAL, (found, at: number) =>
      found.length > 1 || (found === '_' && isInWord(plain, at)) ? found : `\\${found}`,
    )
    .replace(/^([^\S\n]*)([#>+-])/gm, '$1\\$2')
    .replace(/^([^\S\n]*\d{1,9})([.)])/gm, '$1\\$2')
}
