import type { MessageEntity, MessageText } from './message-entity.ts'

interface OpenTag {
  name: string
  argument: string
  expandable: boolean
  offset: number
}

const STYLES: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
}
const OTHER_TAGS = ['a', 'pre', 'code', 'blockquote', 'tg-emoji']
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

class Unparsable extends Error {}

/**
 * Telegram's HTML parse mode, after tdlib's own parser: the same tags, the same complaints, byte offsets.
 * Stricter in one point on purpose: a named entity that Telegram would show literally (`&nbsp;`) is refused.
 */
export function parseHtml(source: string): MessageText | { unparsable: string } {
  try {
    return parse(source)
  } catch (error) {
    if (error instanceof Unparsable) return { unparsable: error.message }
    throw error
  }
}

function parse(source: string): MessageText {
  const open: OpenTag[] = []
  const entities: MessageEntity[] = []
  let text = ''
  let at = 0

  while (at < source.length) {
    const character = source[at]
    if (character === '&') {
      const [decoded, next] = decodeReference(source, at)
      text += decoded
      at = next
    } else if (character !== '<') {
      text += character
      at++
    } else if (source[at + 1] === '/') {
      const [name, next] = readEndTag(source, at)
      const tag = open.pop()
      if (!tag) throw new Unparsable(`Unexpected end tag at byte offset ${bytes(source, at)}`)
      if (name !== '' && name !== tag.name) {
        throw new Unparsable(
          `Unmatched end tag at byte offset ${bytes(source, at)}, expected "</${tag.name}>", found "</${name}>"`,
        )
      }
      if (text.length > tag.offset) close(tag, text, entities)
      at = next
    } else {
      const [tag, next] = readStartTag(source, at)
      open.push({ ...tag, offset: text.length })
      at = next
    }
  }
  const left = open.pop()
  if (left) throw new Unparsable(`Can't find end tag corresponding to start tag "${left.name}"`)
  for (const entity of entities) if (entity.type === 'code') delete entity.language
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) }
}

function close(tag: OpenTag, text: string, entities: MessageEntity[]): void {
  const place = { offset: tag.offset, length: text.length - tag.offset }
  const style = STYLES[tag.name]
  const last = entities.at(-1)
  const around = last && last.offset === place.offset && last.length === place.length ? last : undefined

  if (style) entities.push({ type: style, ...place })
  else if (tag.name === 'a') entities.push(...link(tag.argument || text.slice(tag.offset), place))
  else if (tag.name === 'blockquote') {
    entities.push({ type: tag.expandable ? 'expandable_blockquote' : 'blockquote', ...place })
  } else if (tag.name === 'tg-emoji') {
    if (!/^[1-9]\d*$/.test(tag.argument)) throw new Unparsable('Invalid custom emoji identifier specified')
    entities.push({ type: 'custom_emoji', ...place, custom_emoji_id: tag.argument })
  } else if (tag.name === 'pre' && around?.type === 'code' && around.language) around.type = 'pre'
  else if (tag.name === 'code' && around?.type === 'pre' && tag.argument) around.language = tag.argument
  else if (tag.name === 'code' && tag.argument)
    entities.push({ type: 'code', ...place, language: tag.argument })
  else entities.push({ type: tag.name, ...place })
}

function link(address: string, place: { offset: number; length: number }): MessageEntity[] {
  const user = /^tg:\/\/user\?id=(\d+)$/.exec(address)
  if (user) return [{ type: 'text_mention', ...place, user: { id: Number(user[1]) } }]
  const url = checkedUrl(address)
  return url ? [{ type: 'text_link', ...place, url }] : []
}

/** An address as Telegram keeps it, or nothing when it would not make a link of it. */
export function checkedUrl(typed: string): string | undefined {
  const trimmed = typed.trim()
  if (/^(tg|ton):\/\/\S+$/.test(trimmed)) return trimmed
  const address = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `http://${trimmed}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (!['http:', 'https:'].includes(url.protocol)) return undefined
  return url.hostname.includes('.') || url.hostname === 'localhost' ? url.href : undefined
}

function readEndTag(source: string, start: number): [name: string, next: number] {
  const pattern = /<\/([^\s>]*)\s*>/y
  pattern.lastIndex = start
  const found = pattern.exec(source)
  if (!found) throw new Unparsable(`Unclosed end tag at byte offset ${bytes(source, start)}`)
  return [found[1]!.toLowerCase(), start + found[0].length]
}

function readStartTag(source: string, start: number): [tag: Omit<OpenTag, 'offset'>, next: number] {
  const where = () => `at byte offset ${bytes(source, start)}`
  let at = start + 1
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const found = pattern.exec(source)?.[0] ?? ''
    at += found.length
    return found
  }
  const unclosed = () => new Unparsable(`Unclosed start tag ${where()}`)

  const name = take(/[^\s>]*/y).toLowerCase()
  if (at >= source.length) throw unclosed()
  if (!STYLES[name] && !OTHER_TAGS.includes(name)) {
    throw new Unparsable(`Unsupported start tag "${name}" ${where()}`)
  }

  const tag = { name, argument: '', expandable: false }
  for (;;) {
    take(/\s*/y)
    if (at >= source.length) throw unclosed()
    if (source[at] === '>') break
    const attribute = take(/[^\s=>]*/y).toLowerCase()
    if (attribute === '') throw new Unparsable(`Empty attribute name in the tag "${name}" ${where()}`)
    take(/\s*/y)
    if (source[at] !== '=') {
      if (name !== 'blockquote' || attribute !== 'expandable') {
        throw new Unparsable(
          `Expected equal sign in declaration of an attribute of the tag "${name}" ${where()}`,
        )
      }
      tag.expandable = true
      continue
    }
    at++
    take(/\s*/y)
    const value = readValue()
    if (name === 'a' && attribute === 'href') tag.argument = value
    if (name === 'tg-emoji' && attribute === 'emoji-id') tag.argument = value
    if (name === 'code' && attribute === 'class' && value.startsWith('language-'))
      tag.argument = value.slice(9)
    if (name === 'span' && attribute === 'class') tag.argument = value
    if (name === 'blockquote' && attribute === 'expandable') tag.expandable = true
  }
  if (name === 'span' && tag.argument !== 'tg-spoiler') {
    throw new Unparsable(`Tag "span" must have class "tg-spoiler" ${where()}`)
  }
  return [tag, at + 1]

  function readValue(): string {
    const quote = source[at]
    if (quote !== '"' && quote !== "'") {
      const from = at
      const token = take(/[A-Za-z0-9.-]*/y)
      if (at >= source.length) throw unclosed()
      if (!/[\s>]/.test(source[at]!)) {
        throw new Unparsable(`Unexpected end of name token at byte offset ${bytes(source, from)}`)
      }
      return token.toLowerCase()
    }
    at++
    let value = ''
    while (at < source.length && source[at] !== quote) {
      const [decoded, next] = source[at] === '&' ? decodeReference(source, at, true) : [source[at], at + 1]
      value += decoded
      at = next
    }
    if (at >= source.length) throw unclosed()
    at++
    return value
  }
}

function decodeReference(source: string, start: number, inAddress = false): [decoded: string, next: number] {
  const found = /^&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+))(;?)/i.exec(source.slice(start, start + 40))
  if (!found) return ['&', start + 1]
  const [whole, hex, decimal, name, semicolon] = found
  if (name !== undefined) {
    const decoded = NAMED[name]
    if (decoded) return [decoded, start + whole.length]
    if (semicolon && !inAddress) {
      throw new Unparsable(`Unsupported entity "${whole}" at byte offset ${bytes(source, start)}`)
    }
    return ['&', start + 1]
  }
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  if (code === 0 || code >= 0x10ffff) return ['&', start + 1]
  return [String.fromCodePoint(code), start + whole.length]
}

function bytes(source: string, end: number): number {
  return Buffer.byteLength(source.slice(0, end))
}
