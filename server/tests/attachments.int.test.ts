import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { PNG, startDesk, type Created, type Desk, type Talk } from './attachments.fixture.ts'

let desk: Desk
let talk: Talk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())
afterEach(() => expect(desk.faults.splice(0)).toEqual([]))

async function announced(of: Talk, input: object = {}): Promise<Created> {
  const { status, body } = await desk.announce(of, input)
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

describe('a file', () => {
  it('is announced, uploaded, and then said', async () => {
    talk = await desk.createTalk()
    const created = await announced(talk, { name: '../Фото №1.png', text: 'Look', type: 'image/gif' })
    expect(created.attachment).toMatchObject({
      name: 'Фото №1.png',
      size: PNG.length,
      state: 'pending',
      url: null,
    })
    expect(await talk.messages()).toEqual([])
    expect((await desk.upload(created, PNG)).status).toBe(200)
    const [message, ...more] = await talk.messages()
    expect(more).toEqual([])
    expect(message).toMatchObject({
      sequence: 1,
      senderId: talk.anna.id,
      text: 'Look',
      attachmentId: created.attachment.id,
    })
    const { body } = await desk.confirm(talk, created.attachment.id)
    expect(body).toMatchObject({ state: 'ready', type: 'image/png' })
    const loaded = await fetch(body.url!)
    expect(loaded.status).toBe(200)
    expect(Buffer.from(await loaded.arrayBuffer()).equals(PNG)).toBe(true)
  })
})
