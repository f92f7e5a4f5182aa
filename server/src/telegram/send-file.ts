import { escapeHtml } from '../kernel/escape-html.ts'
import { fileKind, MOST_SENT_BYTES, type FileKind } from './domain/file-kind.ts'
import { withoutTags } from './domain/without-tags.ts'
import { markupOf, type SendFile } from './send-calls.ts'
import type { BotApi, Called } from './ports/bots.ts'
import type { FetchFile } from './ports/files.ts'

type Dependencies = { api: Pick<BotApi, 'call' | 'upload'>; fetchFile: FetchFile }
type File = NonNullable<Awaited<ReturnType<FetchFile>>>

const METHODS: Readonly<Record<FileKind, string>> = {
  photo: 'sendPhoto',
  video: 'sendVideo',
  audio: 'sendAudio',
  voice: 'sendVoice',
  document: 'sendDocument',
}
const NOTHING: Called = { outcome: 'done', result: true }

/** Sends a file as what it is; as a document what Telegram does not take as that; and where to load it from when it is too large. */
export function sendFile({ api, fetchFile }: Dependencies): SendFile {
  return async (bot, chatId, call) => {
    const chat = {
      chat_id: chatId,
      ...(call.replyToId === undefined
        ? {}
        : { reply_parameters: { message_id: call.replyToId, allow_sending_without_reply: true } }),
    }
    const caption = call.caption === null ? {} : { caption: call.caption, parse_mode: 'HTML' }
    if (call.method === 'sendPhoto') {
      const bytes = Buffer.from(call.pngBase64, 'base64')
      const keyboard = call.keyboard === undefined ? {} : { reply_markup: markupOf(call.keyboard) }
      const png = { name: 'image.png', type: 'image/png', open: async () => only(bytes) }
      return send('photo', png, { ...chat, ...caption, ...keyboard })
    }
    const file = await fetchFile(bot.projectId, call.attachmentId)
    // Taken back before it was sent: there is nothing to say any more.
    if (file === undefined) return NOTHING
    if (file.size > MOST_SENT_BYTES) return tell(file, call.caption)
    const called = await send(fileKind(file), file, { ...chat, ...caption })
    return called.outcome === 'bad-text' && /too large|too big/i.test(called.why)
      ? tell(file, call.caption)
      : called

    async function send(
      kind: FileKind,
      { name, type, open }: Pick<File, 'name' | 'type' | 'open'>,
      payload: Record<string, unknown>,
    ): Promise<Called> {
      const bytes = await open()
      if (bytes === undefined) return NOTHING
      const upload = { field: kind, name, type, bytes }
      const called = await api.upload(bot.token, METHODS[kind], payload, upload)
      if (called.outcome !== 'bad-text') return called
      if (/parse entities/i.test(called.why) && 'parse_mode' in payload) {
        const { parse_mode: _, ...plain } = payload
        return send(kind, { name, type, open }, { ...plain, caption: withoutTags(String(payload.caption)) })
      }
      const isOfFile = /photo|image|video|voice|audio|dimensions|wrong (file )?type|file/i.test(called.why)
      return kind !== 'document' && isOfFile ? send('document', { name, type, open }, payload) : called
    }

    function tell({ name, size, url }: File, caption: string | null): Promise<Called> {
      const link = `📎 <a href="${escapeHtml(url).replaceAll('"', '&quot;')}">${escapeHtml(name)}</a>, ${Math.ceil(size / 1_000_000)} MB`
      const text = caption === null ? link : `${caption}\n${link}`
      return api.call(bot.token, 'sendMessage', { ...chat, text, parse_mode: 'HTML' })
    }
  }
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
