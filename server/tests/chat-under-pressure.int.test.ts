import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChatDesk, type ChatDesk, type Line } from './chat-desk.fixture.ts'
import { eventually, startTapline, type Tapline } from './tapline.fixture.ts'

let tapline: Tapline
const lines: Line[] = []

beforeAll(async () => {
  tapline = await startTapline()
})
afterAll(async () => {
  await Promise.all(lines.map((line) => line.close()))
  await tapline.stop()
})

async function talkers(desk: ChatDesk, count = 2) {
  const people = await Promise.all(Array.from({ length: count }, (_, n) => desk.visitor(`V${n}`)))
  const conversationId = await desk.conversation(...people)
  const connected = await Promise.all(people.map((person) => desk.connect(person)))
  lines.push(...connected)
  return { conversationId, people, connected }
}
const metric = async (name: string) => {
  const text = await (await fetch(`${tapline.url}/metrics`)).text()
  return text.split('\n').filter((line) => line.startsWith(name)).map((line) => Number(line.split(' ').at(-1))).reduce((sum, one) => sum + one, 0) // prettier-ignore
}

describe('a reader that is too slow', () => {
  it('is cut at the limit, delays nobody, and resumes without loss', async () => {
    const desk = await openChatDesk(tapline)
    const { conversationId, people, connected } = await talkers(desk, 3)
    const [writer, slow, quick] = connected as [Line, Line, Line]
    // Its network stands still: the kernel's buffers fill, then the server's own for it.
    slow.ws.pause()
    const text = 'я'.repeat(3_900)
    const sent = 1_200
    for (let from = 0; from < sent; from += 100)
      await Promise.all(Array.from({ length: 100 }, () => writer.send(conversationId, text)))
    await eventually(
      () => metric('tapline_chat_closed_total{reason="slow"}'),
      (count) => count >= 1,
      20_000,
    )
    expect(await metric('tapline_chat_outgoing_bytes')).toBeLessThan(2_500_000)
    await eventually(
      async () => quick.log(conversationId).length,
      (seen) => seen === sent,
      20_000,
    )
    slow.ws.terminate()
    const has = slow.log(conversationId).at(-1)?.sequence ?? 0
    const back = await desk.connect(people[1]!, { positions: [{ conversationId, epoch: 1, sequence: has }] })
    lines.push(back)
    let { sync } = await back.frame('synced')
    const missed = [...sync.events]
    while (sync.limited) {
      const id = back.nextId()
      back.say({ type: 'sync', id, conversationId, after: has, upTo: sync.previous!, limit: 200 })
      sync = ((await back.answer(id)) as { sync: typeof sync }).sync
      missed.unshift(...sync.events)
    }
    expect(missed.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: sent - has }, (_, n) => has + n + 1),
    )
  }, 60_000)
})

describe('credits', () => {
  it('are spent, told, and come back', async () => {
    const desk = await openChatDesk(tapline, { credits: { capacity: 5, refillSeconds: 2 } })
    const { conversationId, connected } = await talkers(desk)
    const line = connected[0]!
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => line.send(conversationId, `m${n}`)),
    )
    const refused = answers.filter(({ type }) => type === 'error')
    // Two windows may meet while they are sent.
    expect(refused.length).toBeGreaterThanOrEqual(2)
    for (const error of refused)
      expect(error).toMatchObject({
        code: 'credits-spent',
        temporary: true,
        remaining: 0,
        retryAfterMs: expect.any(Number) as number,
      })
    expect(await line.frame('notice')).toMatchObject({ code: 'credit', remaining: 0 })
    const { retryAfterMs } = refused.at(-1) as { retryAfterMs: number }
    expect(retryAfterMs).toBeLessThanOrEqual(2_001)
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs))
    expect(await line.send(conversationId, 'again')).toMatchObject({ type: 'ack' })
    // Nothing of what was refused is there.
    const log = await eventually(
      async () => connected[1]!.texts(conversationId),
      (seen) => seen.at(-1) === 'again',
    )
    expect(log).toHaveLength(12 - refused.length + 1)
  })

  it('of one are not those of another', async () => {
    const desk = await openChatDesk(tapline, { credits: { capacity: 2, refillSeconds: 60 } })
    const { conversationId, connected } = await talkers(desk)
    const [loud, calm] = connected as [Line, Line]
    await Promise.all(Array.from({ length: 10 }, () => loud.send(conversationId, 'x')))
    expect(await calm.send(conversationId, 'hello')).toMatchObject({ type: 'ack' })
  })
})

describe('a project that steers its chat', () => {
  it('refuses words of guests, not of the team', async () => {
    const desk = await openChatDesk(tapline, { moderation: { blockedWords: ['казино', 'free money'] } })
    const { conversationId, connected } = await talkers(desk)
    const line = connected[0]!
    expect(await line.send(conversationId, 'Лучшее КАЗИНО города')).toMatchObject({
      code: 'message-refused',
      temporary: false,
    })
    expect(await line.send(conversationId, 'Free  money'.replace('  ', ' '))).toMatchObject({
      code: 'message-refused',
    })
    expect(await line.send(conversationId, 'казиношный')).toMatchObject({ type: 'ack' })
    const agent = await desk.agent()
    const theirs = await desk.connect(agent)
    lines.push(theirs)
    expect(await theirs.send(conversationId, 'казино — нет')).toMatchObject({ type: 'ack' })
  })

  it('answers the first message, and once for the time that it is closed', async () => {
    const desk = await openChatDesk(tapline, {
      autoReply: { ru: 'Мы скоро ответим.', en: 'We shall answer soon.' },
      businessHours: { days: [], closedReply: { ru: 'Мы закрыты.' } },
    })
    const { conversationId, connected } = await talkers(desk)
    const line = connected[0]!
    await Promise.all(['a', 'b', 'c'].map((text) => line.send(conversationId, text)))
    await line.send(conversationId, 'd')
    const log = await eventually(
      async () => line.log(conversationId),
      (seen) => seen.filter((one) => one.kind === 'message').length === 6,
    )
    const texts = log.flatMap((one) =>
      one.kind === 'message' && one.message.sender.kind === 'bot' ? [one.message.text] : [],
    )
    expect(texts.sort()).toEqual(['Мы закрыты.', 'Мы скоро ответим.'])
  })
})

describe('what backends push', () => {
  it('is taken in, in order, once, and what is refused is told', async () => {
    const desk = await openChatDesk(tapline)
    const { conversationId, connected } = await talkers(desk)
    const messages = Array.from({ length: 100 }, (_, n) => ({
      conversationId,
      clientId: `push-${String(n).padStart(4, '0')}`,
      text: `p${n}`,
    }))
    const missing = { conversationId: `cnv_${'0'.repeat(26)}`, clientId: 'push-nowhere', text: 'x' }
    for (const batch of [[...messages, missing], messages])
      await desk.must('POST', '/v1/message-batches', desk.shop.secretKey, { messages: batch })
    const texts = await eventually(
      async () => connected[0]!.texts(conversationId),
      (seen) => seen.length === 100,
    )
    expect(texts).toEqual(messages.map(({ text }) => text))
    const { data } = await eventually(
      () => desk.must<{ data: { reason: string }[] }>('GET', '/v1/chat-dead-letters', desk.shop.secretKey),
      ({ data }) => data.length > 0,
    )
    expect(data).toMatchObject([{ reason: 'pushed push-nowhere: conversation-not-found' }])
  })
})
