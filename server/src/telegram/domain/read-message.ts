import { escapeMarkdown } from '../../kernel/markdown.ts'
import { writeMarkdown } from '../../kernel/write-markdown.ts'
import { entitiesToMarkdown } from './entities-to-markdown.ts'
import { SERVICE, type Origin, type TelegramMessage } from './telegram-message.ts'

export type IncomingFile = {
  fileId: string
  name: string
  /** Null: Telegram did not say. */
  size: number | null
  type: string | null
}

export type ReadMessage = {
  /** Null where there is nothing to say in words. */
  markdown: string | null
  file?: IncomingFile
  /** Of the messages that were sent together. */
  albumId?: string
  /**
   * `unsupported`: a kind that nobody knows yet, or that cannot be brought over. `too-large`: bots get no file of this size; what
   * it was stands in the words. `service`: said by Telegram itself.
   */
  note?: 'unsupported' | 'too-large' | 'service'
}

/** What bots may load. Source: core.telegram.org/bots/api#getfile. */
export const MOST_FILE_BYTES = 20 * 1024 * 1024

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['video/mp4', 'mp4'],
  ['video/quicktime', 'mov'],
  ['video/webm', 'webm'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp4', 'm4a'],
  ['audio/x-m4a', 'm4a'],
  ['audio/ogg', 'ogg'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
  ['text/plain', 'txt'],
])

/** As it came: of fields that nobody knows yet, too. */
export type RawMessage = { message_id: number; [field: string]: unknown }

/** What somebody sent, of whatever kind, as words and at most one file. Said without words of any language but the sender's. */
export function readMessage(raw: RawMessage): ReadMessage {
  const message = raw as TelegramMessage
  const words = wordsOf(message)
  const file = fileOf(message)
  const isTooLarge = file !== undefined && (file.size ?? 0) > MOST_FILE_BYTES
  const lines = [
    forwardedLine(message.forward_origin ?? message.external_reply?.origin),
    quoteOf(message.quote),
    isTooLarge ? escapeMarkdown(`📎 ${file.name}, ${megabytes(file.size!)}`) : null,
    words,
  ].filter((line) => line !== null && line !== '')
  const album = message.media_group_id === undefined ? {} : { albumId: message.media_group_id }
  if (file === undefined && words === null) return { markdown: null, note: kindOf(message), ...album }
  return {
    markdown: lines.length === 0 ? null : lines.join('\n'),
    ...(file === undefined || isTooLarge ? {} : { file }),
    ...(isTooLarge ? { note: 'too-large' } : {}),
    ...album,
  }
}

function kindOf(message: TelegramMessage): 'service' | 'unsupported' {
  return SERVICE.some((kind) => kind in message) ? 'service' : 'unsupported'
}

function wordsOf(message: TelegramMessage): string | null {
  const { text, entities, caption, caption_entities: captionEntities } = message
  const { sticker, venue, location, contact, poll, checklist, dice } = message
  if (text !== undefined) return entitiesToMarkdown(text, entities)
  if (caption !== undefined) return entitiesToMarkdown(caption, captionEntities)
  if (sticker !== undefined) return escapeMarkdown(sticker.emoji ?? '🖼')
  if (venue !== undefined)
    return `📍 ${bold(venue.title)}\n${escapeMarkdown(venue.address)}\n${linkTo(venue.location)}`
  if (location !== undefined) return `📍 ${linkTo(location)}`
  if (contact !== undefined) return escapeMarkdown(`👤 ${nameOf(contact)}, ${contact.phone_number}`)
  if (poll !== undefined) return listOf('📊', poll.question, poll.options)
  if (checklist !== undefined) return listOf('☑️', checklist.title, checklist.tasks)
  if (dice !== undefined) return escapeMarkdown(`${dice.emoji} ${dice.value}`)
  return null
}

function fileOf(message: TelegramMessage): IncomingFile | undefined {
  const {
    message_id: id,
    photo,
    video,
    animation,
    document,
    audio,
    voice,
    video_note: note,
    sticker,
  } = message
  if (photo !== undefined) {
    const largest = [...photo].sort((a, b) => b.width * b.height - a.width * a.height)[0]
    return largest && fileFrom(largest, `photo-${id}`, 'image/jpeg')
  }
  if (video !== undefined) return fileFrom(video, `video-${id}`, 'video/mp4')
  // An animation comes as a document too, for whoever does not know animations.
  if (animation !== undefined) return fileFrom(animation, `animation-${id}`, 'video/mp4')
  if (audio !== undefined) {
    const title = [audio.performer, audio.title]
      .filter((part) => part !== undefined && part !== '')
      .join(' - ')
    return fileFrom(audio, title === '' ? `audio-${id}` : title, 'audio/mpeg')
  }
  if (voice !== undefined) return fileFrom(voice, `voice-${id}`, 'audio/ogg')
  if (note !== undefined) return fileFrom(note, `video-${id}`, 'video/mp4')
  if (document !== undefined) return fileFrom(document, `file-${id}`, null)
  // Those that move are of kinds that only Telegram shows: their emoji has to do.
  const isStill = sticker?.is_animated !== true && sticker?.is_video !== true
  return sticker !== undefined && isStill ? fileFrom(sticker, `sticker-${id}`, 'image/webp') : undefined
}

function fileFrom(
  {
    file_id: fileId,
    file_size: size,
    file_name: given,
    mime_type: mime,
  }: {
    file_id: string
    file_size?: number
    file_name?: string
    mime_type?: string
  },
  fallback: string,
  usual: string | null,
): IncomingFile {
  const type = mime ?? usual
  const extension = type === null ? undefined : EXTENSIONS.get(type)
  const name =
    given !== undefined && given.trim() !== ''
      ? given
      : extension === undefined
        ? fallback
        : `${fallback}.${extension}`
  return { fileId, name, size: size ?? null, type }
}

function forwardedLine(origin: Origin | undefined): string | null {
  if (origin === undefined) return null
  const {
    sender_user: user,
    sender_user_name: hidden,
    sender_chat: group,
    chat: channel,
    author_signature: signed,
  } = origin
  const from = user ?? group ?? channel
  const name = from === undefined ? (hidden ?? '') : nameOf(from)
  return escapeMarkdown(
    `↪️ ${[name, signed].filter((part) => part !== undefined && part !== '').join(', ')}`.trim(),
  )
}

function quoteOf(quote: TelegramMessage['quote']): string | null {
  if (quote === undefined || quote.text.trim() === '') return null
  return entitiesToMarkdown(quote.text, [
    { type: 'blockquote', offset: 0, length: quote.text.length },
    ...(quote.entities ?? []).filter(({ type }) => type !== 'pre'),
  ])
}

function nameOf(of: { title?: string; first_name?: string; last_name?: string; username?: string }): string {
  const name = [of.title, of.first_name, of.last_name]
    .filter((part) => part !== undefined && part !== '')
    .join(' ')
  return name === '' ? (of.username ?? '') : name
}

function listOf(sign: string, title: string, entries: readonly { text: string }[]): string {
  return [
    `${sign} ${bold(title)}`,
    ...entries.map(({ text }) => `- ${escapeMarkdown(text.replaceAll('\n', ' '))}`),
  ].join('\n')
}

function bold(text: string): string {
  return writeMarkdown([{ kind: 'lines', spans: [{ kind: 'bold', spans: [{ kind: 'text', text }] }] }])
}

function linkTo({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `[${latitude}, ${longitude}](https://www.google.com/maps?q=${latitude},${longitude})`
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`
}
