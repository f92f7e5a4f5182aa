import type { Message } from 'grammy/types'
import { Api, InputFile, InputMediaBuilder } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { files } from './files.ts'
import { readMultipart } from './multipart.ts'
import { refusal } from './refusal.fixture.ts'
import { samplePicture } from './sample-picture.ts'
import { startTelegramSimulator, type TelegramSimulator } from './start-telegram-simulator.ts'

const MEGABYTE = 1024 * 1024
const picture = samplePicture(200, 100)

let simulator: TelegramSimulator
let api: Api
let anna: number

beforeEach(async () => {
  simulator = await startTelegramSimulator({ everyoneStarted: true })
  api = new Api(simulator.tokens[0]!, { apiRoot: simulator.url })
  anna = simulator.createPerson({ firstName: 'Анна' }).id
})
afterEach(() => simulator.stop())

const linkTo = async (fileId: string) => {
  const { file_path: path } = await api.getFile(fileId)
  return `${simulator.url}/file/bot${simulator.tokens[0]}/${path}`
}
const download = async (fileId: string) =>
  Buffer.from(await (await fetch(await linkTo(fileId))).arrayBuffer())

describe('the multipart reader', () => {
  const form = (disposition: string) =>
    readMultipart(
      Buffer.from(`--b\r\n${disposition}\r\n\r\nx\r\n--b--\r\n`),
      'multipart/form-data; boundary=b',
    )

  it.each([
    ['content-disposition:form-data;name="f";filename=a.txt', 'a.txt'],
    ['content-disposition:form-data;name="f";filename=my file.txt', 'my file.txt'],
    ['content-disposition:form-data;name="f";filename=счёт №5; итог "да".pdf', 'счёт №5; итог "да".pdf'],
    ['Content-Disposition: form-data; name="f"; filename="b \\"c\\".txt"', 'b "c".txt'],
    ['Content-Disposition: form-data; filename="d.txt"; name="f"', 'd.txt'],
    ['Content-Type: text/plain\r\nContent-Disposition: form-data; name=f; filename=e.txt', 'e.txt'],
  ])('finds the file of %s', (disposition, fileName) => {
    expect(form(disposition)?.files.get('f')).toEqual({ fileName, bytes: Buffer.from('x') })
  })

  it('finds fields, keeps line ends inside files and refuses what is cut off', () => {
    expect(form('content-disposition:form-data;name="text"')?.fields).toEqual({ text: 'x' })
    const body = Buffer.from(
      '--b\r\ncontent-disposition:form-data;name="f";filename=f\r\n\r\n\r\n--\r\n\r\n--b--',
    )
    const type = 'multipart/form-data;boundary="b"'
    expect(readMultipart(body, type)?.files.get('f')?.bytes.toString()).toBe('\r\n--\r\n')
    expect(readMultipart(body.subarray(0, -6), type)).toBeUndefined()
    expect(readMultipart(body, 'multipart/form-data')).toBeUndefined()
  })
})

describe('files of the bot', () => {
  it('keeps the bytes and the names that grammY writes', async () => {
    for (const fileName of ['a.txt', 'my file.txt', 'счёт №5.pdf', 'кавычки "x"; точка.txt']) {
      const bytes = Buffer.from(`в файле ${fileName}\r\n--------\r\n`)
      const sent = await api.sendDocument(anna, new InputFile(bytes, fileName), {
        caption: '<b>да</b>',
        parse_mode: 'HTML',
      })
      expect(sent).toMatchObject({
        document: { file_name: fileName, file_size: bytes.length },
        caption: 'да',
        caption_entities: [{ type: 'bold' }],
      })
      expect(sent).not.toHaveProperty('text')
      expect(await download(sent.document.file_id)).toEqual(bytes)
      simulator.advanceClock({ milliseconds: 2000 })
    }
  })

  it('sends every kind, and again by its id, as that kind alone', async () => {
    const group = simulator.createGroup({ members: [anna] }).id
    const bytes = new InputFile(Buffer.from('x'), 'x.bin')
    const photo = await api.sendPhoto(group, new InputFile(picture))
    expect(photo.photo).toMatchObject([
      { width: 90, height: 45 },
      { width: 200, height: 100 },
    ])
    expect(await download(photo.photo.at(-1)!.file_id)).toEqual(picture)
    expect(await api.sendVideo(group, bytes, { duration: 7 })).toMatchObject({ video: { duration: 7 } })
    expect(await api.sendAudio(group, bytes, { title: 'Песня' })).toMatchObject({ audio: { title: 'Песня' } })
    expect(await api.sendVoice(group, bytes)).toMatchObject({ voice: { file_size: 1 } })
    expect(await api.sendVideoNote(group, bytes)).toMatchObject({ video_note: { length: 384 } })
    expect(await api.sendSticker(group, bytes)).toMatchObject({ sticker: { type: 'regular' } })
    expect(await api.sendLocation(group, 43.2, 76.9)).toMatchObject({ location: { latitude: 43.2 } })
    expect(await api.sendContact(group, '+7701', 'Иван')).toMatchObject({ contact: { first_name: 'Иван' } })

    const id = photo.photo.at(-1)!.file_id
    expect((await api.sendPhoto(anna, id)).photo.at(-1)!.file_id).toBe(id)
    expect((await refusal(api.sendDocument(anna, id))).description).toBe(
      "Bad Request: can't use file of type Photo as Document",
    )
    simulator.createBot({ token: '777:SECOND' })
    const second = new Api('777:SECOND', { apiRoot: simulator.url })
    expect((await refusal(second.sendPhoto(anna, id))).description).toBe(
      'Bad Request: wrong file identifier/HTTP URL specified',
    )
  })

  it('sends albums of two to ten, with replies, and counts each of their messages', async () => {
    const item = () => InputMediaBuilder.photo(new InputFile(picture), { caption: 'я' })
    const sent = (await api.sendMediaGroup(anna, [item(), item()])) as Message.PhotoMessage[]
    expect(sent).toHaveLength(2)
    expect(sent[0]).toMatchObject({ media_group_id: sent[1]!.media_group_id, caption: 'я' })
    expect(sent[0]!.media_group_id).toBeTruthy()
    for (const count of [1, 11]) {
      expect((await refusal(api.sendMediaGroup(2, Array.from({ length: count }, item)))).code).toBe(400)
    }
    const mixed = [item(), InputMediaBuilder.document(new InputFile(Buffer.from('x'), 'x.txt'))]
    expect((await refusal(api.sendMediaGroup(2, mixed as never))).description).toContain("can't be mixed")
    await api.sendMessage(anna, 'third')
    expect((await refusal(api.sendMessage(anna, 'fourth'))).code).toBe(429)
  })

  it('refuses what is too long, too big, empty or no picture', async () => {
    const photo = (bytes: Buffer) => api.sendPhoto(anna, new InputFile(bytes, 'x.png'))
    expect((await refusal(photo(Buffer.from('no picture')))).description).toBe(
      'Bad Request: IMAGE_PROCESS_FAILED',
    )
    expect((await refusal(photo(samplePicture(210, 10)))).description).toBe(
      'Bad Request: PHOTO_INVALID_DIMENSIONS',
    )
    expect((await refusal(photo(Buffer.alloc(10 * MEGABYTE + 1)))).description).toBe(
      'Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes',
    )
    expect((await refusal(photo(Buffer.alloc(0)))).description).toBe('Bad Request: file must be non-empty')
    const caption = 'я'.repeat(1025)
    expect((await refusal(api.sendPhoto(anna, new InputFile(picture), { caption }))).description).toBe(
      'Bad Request: message caption is too long',
    )
    const large = new InputFile(Buffer.alloc(50 * MEGABYTE + 1), 'large.bin')
    expect(await refusal(api.sendDocument(anna, large))).toEqual({
      code: 413,
      description: 'Request Entity Too Large',
    })
    expect(simulator.messages({ chatId: anna })).toEqual([])
  })

  it('edits the caption of what it sent', async () => {
    const { message_id: id } = await api.sendPhoto(anna, new InputFile(picture), { caption: 'one' })
    expect(
      await api.editMessageCaption(anna, id, { caption: '<i>two</i>', parse_mode: 'HTML' }),
    ).toMatchObject({
      caption: 'two',
      photo: expect.any(Array),
    })
    expect((await refusal(api.editMessageText(anna, id, 'x'))).description).toBe(
      'Bad Request: there is no text in the message to edit',
    )
  })
})

describe('files of people', () => {
  it('sends every kind of message, and one that does not exist yet', async () => {
    const kinds = ['animation', 'photo', 'video', 'voice', 'video_note', 'audio', 'document', 'sticker']
    const others = ['venue', 'location', 'contact', 'dice', 'poll']
    for (const kind of [...kinds, ...others]) simulator.send({ personId: anna, kind, caption: 'подпись' })
    const sent = simulator.send({ personId: anna, kind: 'future' })
    const updates = await api.getUpdates()
    expect(updates.map(({ message }) => [...kinds, ...others].find((kind) => kind in message!))).toEqual([
      ...kinds,
      ...others,
      undefined,
    ])
    expect(updates.slice(0, kinds.length).map(({ message }) => message!.caption)).toEqual(
      kinds.map((kind) => (['video_note', 'sticker'].includes(kind) ? undefined : 'подпись')),
    )
    expect(Object.keys(sent).sort()).toEqual(['chat', 'date', 'from', 'hologram', 'message_id'])
    expect(() => simulator.send({ personId: anna, kind: 'smell' })).toThrow('Nobody can send a smell')
  })

  it('gives the bytes of what a person sent, for an hour, and not beyond twenty megabytes', async () => {
    const bytes = Buffer.from('договор')
    simulator.send({
      personId: anna,
      kind: 'document',
      fileName: 'договор №1.docx',
      bytes: bytes.toString('base64'),
    })
    simulator.send({ personId: anna, kind: 'document', fileName: 'b.zip', size: 20 * MEGABYTE })
    simulator.send({ personId: anna, kind: 'video', size: 20 * MEGABYTE + 1 })
    const [small, large, larger] = (await api.getUpdates()).map(({ message }) => message!)
    expect(small!.document).toMatchObject({
      file_name: 'договор №1.docx',
      mime_type: expect.stringContaining('word'),
    })
    expect(await download(small!.document!.file_id)).toEqual(bytes)
    expect(await download(large!.document!.file_id)).toHaveLength(20 * MEGABYTE)
    expect(await refusal(api.getFile(larger!.video!.file_id))).toEqual({
      code: 400,
      description: 'Bad Request: file is too big',
    })
    expect((await refusal(api.getFile('nonsense'))).description).toBe('Bad Request: invalid file_id')

    const link = await linkTo(small!.document!.file_id)
    simulator.advanceClock({ milliseconds: 3_600_000 })
    expect((await fetch(link)).status).toBe(404)
    expect(await (await fetch(await linkTo(small!.document!.file_id))).text()).toBe('договор')
    expect((await fetch(link.replace('TEST', 'WRONG'))).status).toBe(401)
  })

  it('breaks a download in the middle when told to', async () => {
    simulator.send({ personId: anna, kind: 'document', size: MEGABYTE })
    const [update] = await api.getUpdates()
    const link = await linkTo(update!.message!.document!.file_id)
    simulator.failNext({ times: 1, method: 'downloadFile', effect: 'drop-after-processing' })
    await expect(fetch(link).then((response) => response.arrayBuffer())).rejects.toThrow()
    simulator.failNext({ times: 1, method: 'downloadFile', effect: { answer: { status: 502 } } })
    expect((await fetch(link)).status).toBe(502)
    expect((await (await fetch(link)).arrayBuffer()).byteLength).toBe(MEGABYTE)
    expect(simulator.calls({ method: 'downloadFile' }).map(({ status }) => status)).toEqual([200, 502, 200])
  })

  it('sends an album as messages of their own that another chat can come between', async () => {
    simulator.sendAlbum({ personId: anna, items: [{ kind: 'photo' }, { kind: 'video' }], caption: 'оба' })
    simulator.send({ personId: anna, kind: 'photo', mediaGroupId: '5' })
    simulator.write({ personId: 42, text: 'между' })
    simulator.send({ personId: anna, kind: 'photo', mediaGroupId: '5' })
    const messages = (await api.getUpdates()).map(({ message }) => message!)
    expect(messages.map((message) => message.caption ?? message.text)).toEqual([
      'оба',
      undefined,
      undefined,
      'между',
      undefined,
    ])
    expect(messages[0]!.media_group_id).toBe(messages[1]!.media_group_id)
    expect(messages.map((message) => message.media_group_id).slice(2)).toEqual(['5', undefined, '5'])
  })
})

it('forgets the bytes of the oldest files when there are too many', () => {
  const kept = files({ now: () => 0 }, 10)
  const add = (size: number) => kept.add(1, { type: 'document', content: Buffer.alloc(size) })
  const [first, second] = [add(6), add(5)]
  expect([first.content, second.content]).toEqual(['dropped', Buffer.alloc(5)])
  add(5)
  expect(kept.heldBytes()).toBe(10)
})
