import { badRequest, isRefused, notSimulated, type Refused } from './answer.ts'
import type { MessageEntity, MessageText } from './message-entity.ts'
import { parseHtml } from './html-entities.ts'

const LONGEST_TEXT = 4096
const LONGEST_CAPTION = 1024

/** Reads the text of an outgoing message as Telegram does: parse, trim, then measure. */
export function readMessageText(text: unknown, parseMode: unknown): MessageText | Refused {
  if (typeof text !== 'string' && typeof text !== 'number') return badRequest('message text is empty')
  const parsed = parse(String(text), parseMode)
  if (isRefused(parsed)) return parsed

  const trimmed = trim(parsed)
  if (trimmed.text === '') return badRequest('message text is empty')
  if (trimmed.text.length > LONGEST_TEXT) return badRequest('message is too long')
  return { text: trimmed.text, entities: withDetected(trimmed) }
}

/** The same for what stands under a photo or file, which may be nothing. */
export function readCaption(caption: unknown, parseMode: unknown): MessageText | Refused {
  const parsed = parse(caption === undefined || caption === null ? '' : String(caption), parseMode)
  if (isRefused(parsed)) return parsed
  const trimmed = trim(parsed)
  if (trimmed.text.length > LONGEST_CAPTION) return badRequest('message caption is too long')
  return { text: trimmed.text, entities: withDetected(trimmed) }
}

/** The entities Telegram finds by itself in what a person writes. */
export function detectEntities(text: string): MessageEntity[] {
  return withDetected({ text, entities: [] })
}

function parse(text: string, parseMode: unknown): MessageText | Refused {
  if (parseMode === undefined || parseMode === '' || parseMode === null) return { text, entities: [] }
  const mode = String(parseMode).toLowerCase()
  if (mode === 'markdown' || mode === 'markdownv2') return notSimulated(`parse_mode ${String(parseMode)}`)
  if (mode !== 'html') return badRequest('unsupported parse_mode')
  const parsed = parseHtml(text)
  return 'unparsable' in parsed ? badRequest(`can't parse entities: ${parsed.unparsable}`) : parsed
}

function trim({ text, entities }: MessageText): MessageText {
  const lead = text.length - text.trimStart().length
  const trimmed = text.trim()
  return {
    text: trimmed,
    entities: entities
      .map((entity) => {
        const start = Math.max(entity.offset - lead, 0)
        const end = Math.min(entity.offset + entity.length - lead, trimmed.length)
        return { ...entity, offset: start, length: end - start }
      })
      .filter((entity) => entity.length > 0),
  }
}

const DETECTED: [type: string, pattern: RegExp][] = [
  ['bot_command', /(?<![\w/<>])\/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w|\/)/g],
  ['url', /\bhttps?:\/\/[^\s<>"«»]*[^\s<>"«».,:;!?)\]'’]/g],
]

function withDetected({ text, entities }: MessageText): MessageEntity[] {
  const found = [...entities]
  for (const [type, pattern] of DETECTED) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length
      const taken = entities.some(
        (entity) =>
          ['text_link', 'code', 'pre', 'text_mention'].includes(entity.type) &&
          entity.offset < end &&
          match.index < entity.offset + entity.length,
      )
      if (!taken) found.push({ type, offset: match.index, length: match[0].length })
    }
  }
  return found.sort((a, b) => a.offset - b.offset || b.length - a.length)
}
