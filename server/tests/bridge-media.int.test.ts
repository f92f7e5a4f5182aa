import { afterAll, beforeAll, expect, it } from 'vitest'
import { samplePicture } from '../simulators/telegram/sample-picture.ts'
import { openSupportDesk, type ShopWithDesk, type SupportDesk } from './support-desk.fixture.ts'
import { eventually } from './tapline.fixture.ts'

type Comment = ReturnType<ShopWithDesk['comments']>[number]
type Sent = Parameters<SupportDesk['telegram']['send']>[0]

const INVISIBLE = /[\u2063\u2064]/g
const PDF = Buffer.from(`%PDF-1.7\n${'счёт '.repeat(500)}`)
const OGG = Buffer.from(`OggS\0\u0002${'\0'.repeat(22)}OpusHead\u0001\u0001${'\0'.repeat(40)}`, 'latin1')
const WEBP = Buffer.from(`RIFF\u001a\0\0\0WEBPVP8 ${'\0'.repeat(40)}`, 'latin1')
const MOST_BYTES = 1_000_000

let desk: SupportDesk
let shop: ShopWithDesk
let people = 5_500

beforeAll(async () => {
  desk = await openSupportDesk({ webhooks: true })
  shop = await desk.shop()
  await shop.must('PUT', '/v1/chat-settings', { maxAttachmentBytes: MOST_BYTES })
})
afterAll(() => desk.stop())

/** Somebody who has asked for something already, and their task. */
async function customer() {
  const personId = ++people
  const question = `Question ${personId}`
  shop.write(personId, question)
  const task = await shop.taskOf(question)
  const send = (item: Omit<Sent, 'personId'>) => desk.telegram.send({ botId: shop.botId, personId, ...item })
  const words = ({ content }: Comment) => content.replace(INVISIBLE, '')
  const commented = async (fits: (comment: Comment, content: string) => boolean) => {
    const all = await eventually(
      () => Promise.resolve(shop.comments(task.id)),
      (comments) => comments.some((comment) => fits(comment, words(comment))),
    )
    return all.find((comment) => fits(comment, words(comment)))!
  }
  const said = async (fits: (message: ReturnType<ShopWithDesk['said']>[number]) => boolean) =>
    (await eventually(async () => shop.said(personId), (all) => all.some(fits))).find(fits)! // prettier-ignore
  const answers = (name: string, bytes: Buffer, content = '') =>
    desk.todoist.addComment({
      uid: shop.agents[0]!.uid,
      taskId: task.id,
      content,
      attachment: { name, base64: bytes.toString('base64') },
    })
  return { personId, task, send, commented, said, answers, words }
}

async function bytesAt({ file_attachment: file }: Comment): Promise<Buffer> {
  const token = desk.todoist.createToken({ uid: shop.account.uid })
  const loaded = await fetch(String(file!.file_url), { headers: { authorization: `Bearer ${token}` } })
  return Buffer.from(await loaded.arrayBuffer())
}

it('a photo with its caption, a named document, a voice and a sticker are files on the board', async () => {
  const { send, commented } = await customer()
  const picture = samplePicture()
  send({ kind: 'photo', bytes: picture, caption: 'Вот *она*: 2*2' })
  const photo = await commented((_, content) => content.includes('Вот'))
  expect(photo.content).toContain('Вот \\*она\\*: 2\\*2')
  expect(photo.file_attachment).toMatchObject({ file_type: 'image/png' })
  expect(photo.file_attachment!.file_name).toMatch(/^photo-\d+\.jpg$/)
  expect((await bytesAt(photo)).equals(picture)).toBe(true)

  send({ kind: 'document', bytes: PDF, fileName: 'счёт №5.pdf' })
  send({ kind: 'voice', bytes: OGG })
  send({ kind: 'sticker', bytes: WEBP })
  const types = ['application/pdf', 'audio/ogg', 'image/webp']
  const files = await Promise.all(types.map((type) => commented(({ file_attachment: file }) => file?.file_type === type))) // prettier-ignore
  expect(files[0]!.file_attachment!.file_name).toBe('счёт №5.pdf')
  expect((await bytesAt(files[0]!)).equals(PDF)).toBe(true)
})

it('what is no file is said in words, and a kind that nobody knows is told to whoever sent it', async () => {
  const { send, commented, said } = await customer()
  send({ kind: 'location' })
  send({ kind: 'dice' })
  await commented((_, content) => content.includes('https://www.google.com/maps?q=43.238949,76.889709'))
  await commented((_, content) => content.includes('🎲 4'))
  send({ kind: 'future' })
  await said(({ text }) => text?.includes('cannot pass on such a message') === true)
})

it('an album comes in its order, with the caption where it was', async () => {
  const { personId, task, commented, words } = await customer()
  const names = ['1.pdf', '2.pdf', '3.pdf']
  desk.telegram.sendAlbum({
    botId: shop.botId,
    personId,
    caption: 'Три счёта',
    items: names.map((fileName) => ({ kind: 'document', fileName, bytes: PDF })),
  })
  await commented(({ file_attachment: file }) => file?.file_name === '3.pdf')
  const files = shop.comments(task.id).filter(({ file_attachment: file }) => file !== null)
  expect(files.map(({ file_attachment: file }) => file!.file_name)).toEqual(names)
  expect(files.map((each) => words(each).includes('Три счёта'))).toEqual([true, false, false])
})

it('a caption that was changed is changed on the board', async () => {
  const { personId, send, commented } = await customer()
  const { message_id: messageId } = send({ kind: 'document', bytes: PDF, caption: 'до' })
  const before = await commented((_, content) => content.includes('до'))
  desk.telegram.edit({ botId: shop.botId, personId, messageId, caption: 'после' })
  const after = await commented((_, content) => content.includes('после'))
  expect([after.id, after.file_attachment?.file_name]).toEqual([before.id, before.file_attachment?.file_name])
})

it('a file of a comment comes as what it is, with its name and its words', async () => {
  const { said, answers } = await customer()
  answers('Инструкция №7; часть «А».pdf', PDF, 'Вот **она** <3')
  const {
    document,
    caption,
    caption_entities: entities,
  } = await said(({ document }) => document !== undefined)
  expect(document).toMatchObject({ file_name: 'Инструкция №7; часть «А».pdf', file_size: PDF.length })
  expect(caption).toBe('Olga\nВот она <3')
  expect(entities).toContainEqual({ type: 'bold', offset: 9, length: 3 })
  const picture = samplePicture()
  answers('фото.png', picture)
  expect(await said(({ photo }) => photo !== undefined)).toMatchObject({ caption: 'Olga' })
})

it('what is too large or not taken is named on the other side, and told to whoever sent it', async () => {
  const { send, commented, said, answers } = await customer()
  send({ kind: 'document', fileName: 'видео.mov', size: 35_400_000, caption: 'смотрите' })
  await said(({ text }) => text?.includes('larger than 20 MB') === true)
  await commented((_, content) => content.includes('📎 видео.mov, 36 MB\nсмотрите'))

  send({ kind: 'document', fileName: 'large.bin', size: MOST_BYTES + 1 })
  send({ kind: 'document', fileName: 'setup.exe', bytes: PDF, caption: 'поставьте' })
  await said(({ text }) => text?.includes('could not be passed on') === true)
  await commented((_, content) => content.includes('📎 large.bin'))
  await commented((_, content) => content.includes('📎 setup.exe\nпоставьте'))

  answers('запись.bin', Buffer.alloc(MOST_BYTES + 1), 'слушайте')
  const told = await commented((comment, content) => comment.file_attachment === null && /запись|1000000|too large|larger/i.test(content)) // prettier-ignore
  expect(told.posted_uid).toBe(shop.account.uid)
})
