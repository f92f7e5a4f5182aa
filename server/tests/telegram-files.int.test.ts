import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { samplePicture } from '../simulators/telegram/sample-picture.ts'
import {
  startTelegramSimulator,
  type TelegramSimulator,
} from '../simulators/telegram/start-telegram-simulator.ts'
import { RetryableError } from '../src/kernel/retryable-error.ts'
import { grammyBotApi } from '../src/telegram/adapters/grammy/grammy-bot-api.ts'
import type { Bot } from '../src/telegram/ports/bots.ts'
import { sendFile } from '../src/telegram/send-file.ts'

type File = { name: string; type: string; size: number; bytes: Uint8Array | undefined }
type Message = { caption?: string; text?: string; entities?: object[]; caption_entities?: object[] }
const MEGABYTE = 1024 * 1024

let simulator: TelegramSimulator
let api: ReturnType<typeof grammyBotApi>
let bot: Bot
let chatId: number
const files = new Map<string, File>()

beforeAll(async () => {
  simulator = await startTelegramSimulator({ everyoneStarted: true })
  api = grammyBotApi(simulator.url)
  bot = { projectId: 'prj_1', token: simulator.tokens[0]! } as Bot
})
afterAll(() => simulator.stop())
beforeEach(() => {
  simulator.clearFaults()
  simulator.advanceClock({ milliseconds: 60_000 })
  chatId = simulator.createPerson({ firstName: 'Анна' }).id
})

const send = (
  given: Partial<File> = {},
  { caption = null, replyToId }: { caption?: string | null; replyToId?: number } = {},
) => {
  const bytes = given.bytes ?? Buffer.from('слова')
  files.set('att_1', { name: 'a.txt', type: 'text/plain', size: bytes.length, bytes, ...given })
  const sends = sendFile({
    api,
    fetchFile: async (_projectId, id) => {
      const file = files.get(id)
      return file && { ...file, url: 'https://shop.ru/v1/files/"x"', open: async () => pieces(file.bytes) }
    },
  })
  return sends(bot, String(chatId), { method: 'sendFile', attachmentId: 'att_1', caption, replyToId })
}
async function* pieces(bytes: Uint8Array | undefined) {
  if (bytes === undefined) throw new Error('it broke off')
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
const last = () => simulator.messages({ chatId }).at(-1) as Message & Record<string, { file_id: string; file_name?: string; file_size: number }> // prettier-ignore

it.each(['счёт №5.pdf', 'my file;name="x".pdf', 'без расширения', 'a\r\nb.pdf', '日本語 😀.pdf'])(
  'the name %j and every byte arrive',
  async (name) => {
    const bytes = randomBytes(200_000)
    expect(await send({ name, type: 'application/pdf', bytes }, { caption: '<b>вот</b> &lt;он&gt;' })).toMatchObject({ outcome: 'done' }) // prettier-ignore
    const { document, caption, caption_entities: entities } = last()
    const shown = name.replace('\r\n', '%0D%0A')
    expect(document).toMatchObject({
      file_name: shown,
      file_size: bytes.length,
    })
    expect([caption, entities]).toEqual(['вот <он>', [{ type: 'bold', offset: 0, length: 3 }]])
    expect(Buffer.from(await api.download(bot.token, document!.file_id)).equals(bytes)).toBe(true)
  },
)

it.each([
  ['photo', 'image/png', samplePicture()],
  ['video', 'video/mp4', undefined],
  ['audio', 'audio/mpeg', undefined],
  ['voice', 'audio/ogg', undefined],
  ['document', 'image/gif', undefined],
  ['document', 'application/zip', undefined],
])('a %s is sent of %s', async (kind, type, bytes) => {
  expect(await send({ type, ...(bytes === undefined ? {} : { bytes }) })).toMatchObject({ outcome: 'done' })
  expect(last()).toHaveProperty(kind)
})

it('a picture that is too large for a photo, or that is no picture, is a document', async () => {
  let tries = 0
  const large = Buffer.concat([samplePicture(), Buffer.alloc(10 * MEGABYTE)])
  for (const bytes of [large, Buffer.from('no picture'), samplePicture(30, 1_000)]) {
    expect(await send({ name: 'фото.png', type: 'image/png', bytes })).toMatchObject({ outcome: 'done' })
    expect(last().document).toMatchObject({ file_name: 'фото.png', file_size: bytes.length })
    simulator.advanceClock({ milliseconds: 10_000 })
    // What is known to be too large is not sent twice.
    expect(simulator.calls({ method: 'sendPhoto', chatId })).toHaveLength(tries++)
  }
})

it('of a file that is too large it is said where it is', async () => {
  for (const caption of [null, '<b>Анна</b>']) {
    expect(await send({ name: 'видео <1>.mov', size: 50 * MEGABYTE + 1 }, { caption })).toMatchObject({ outcome: 'done' }) // prettier-ignore
    expect(last().text).toBe(`${caption === null ? '' : 'Анна\n'}📎 видео <1>.mov, 53 MB`)
    expect(last().entities?.at(-1)).toMatchObject({ type: 'text_link', url: 'https://shop.ru/v1/files/%22x%22' }) // prettier-ignore
  }
  // Also where Telegram takes less than it says.
  simulator.failNext({ times: 1, method: 'sendDocument', effect: { answer: { status: 413, body: { ok: false, error_code: 413, description: 'Request Entity Too Large' } } } }) // prettier-ignore
  expect(await send({ name: 'a.zip', type: 'application/zip' })).toMatchObject({ outcome: 'done' })
  expect(last().text).toBe('📎 a.zip, 1 MB')
})

it('answers what it answers, and says the caption in words where its formatting is not read', async () => {
  const { message_id: replyToId } = simulator.write({ personId: chatId, text: 'Где счёт?' }) as never
  await send({}, { replyToId, caption: '<x>вот</x> &amp; всё' })
  expect(last()).toMatchObject({ reply_to_message: { message_id: replyToId }, caption: 'вот & всё' })
})

it('what was taken back is not sent', async () => {
  files.clear()
  const sends = sendFile({ api, fetchFile: async () => undefined })
  const call = { method: 'sendFile', attachmentId: 'att_1', caption: 'x', replyToId: undefined } as const
  expect(await sends(bot, String(chatId), call)).toEqual({ outcome: 'done', result: true })
  expect(simulator.messages({ chatId })).toEqual([])
})

it('trouble is told from a no, and no word of it tells the token', async () => {
  const cases: [Parameters<TelegramSimulator['failNext']>[0]['effect'], object][] = [
    ['drop-before-processing', { outcome: 'retry', afterMs: undefined }],
    ['drop-after-processing', { outcome: 'retry', afterMs: undefined }],
    [{ answer: { status: 502, body: 'Bad Gateway' } }, { outcome: 'retry', afterMs: undefined }],
    [{ answer: { status: 429, body: { ok: false, error_code: 429, description: 'Too Many Requests: retry after 7', parameters: { retry_after: 7 } } } }, { outcome: 'retry', afterMs: 7_000 }], // prettier-ignore
    [{ answer: { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request: chat not found' } } }, { outcome: 'unreachable' }], // prettier-ignore
  ]
  for (const [effect, outcome] of cases) {
    simulator.failNext({ times: 1, method: 'sendDocument', effect: effect! })
    const called = await send()
    expect(called).toMatchObject(outcome)
    expect(JSON.stringify(called)).not.toContain(bot.token)
  }
  simulator.block({ personId: chatId })
  expect(await send()).toMatchObject({ outcome: 'unreachable' })
})

it('what breaks off while it is read is tried again', async () => {
  const sends = sendFile({
    api,
    fetchFile: async () => ({
      name: 'a',
      type: 'b/c',
      size: 1,
      url: '',
      open: async () => pieces(undefined),
    }),
  })
  const call = { method: 'sendFile', attachmentId: 'att_1', caption: null, replyToId: undefined } as const
  expect(await sends(bot, String(chatId), call)).toMatchObject({ outcome: 'retry' })
  expect(simulator.messages({ chatId })).toEqual([])
})

it('gives what a person sent, and says what it will never give', async () => {
  const sent = (size: number) => simulator.send({ personId: chatId, kind: 'document', size }) as unknown as { document: { file_id: string } } // prettier-ignore
  const load = (fileId: string) => api.download(bot.token, fileId)
  expect(await load(sent(20 * MEGABYTE).document.file_id)).toHaveLength(20 * MEGABYTE)
  await expect(load(sent(20 * MEGABYTE + 1).document.file_id)).rejects.toMatchObject({ why: 'too-large' })
  await expect(load('no-such-file')).rejects.toMatchObject({ why: 'gone' })
  const { file_id: fileId } = sent(5).document
  for (const effect of ['drop-before-processing', { answer: { status: 502 } }] as const) {
    simulator.failNext({ times: 1, method: 'getFile', effect })
    await expect(load(fileId)).rejects.toBeInstanceOf(RetryableError)
  }
})

it('a code to be scanned is a photo with its buttons', async () => {
  const sends = sendFile({ api, fetchFile: async () => undefined })
  await sends(bot, String(chatId), {
    method: 'sendPhoto',
    pngBase64: samplePicture().toString('base64'),
    caption: '<i>QR</i>',
    keyboard: { inline: [[{ text: 'Открыть', url: 'https://shop.ru' }]] },
    replyToId: undefined,
  })
  expect(last()).toMatchObject({ photo: expect.any(Array), caption: 'QR', reply_markup: { inline_keyboard: [[{ text: 'Открыть' }]] } }) // prettier-ignore
})
