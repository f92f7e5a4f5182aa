import { describe, expect, it } from 'vitest'
import { readUpdate } from './update.ts'

const from = { id: 7, is_bot: false, first_name: '<b>Анна</b>', language_code: 'ru' }
const chat = { id: 7, type: 'private' }

describe('what an update means', () => {
  it('reads a message, with what it answers', () => {
    const message = { message_id: 3, from, chat, text: 'Hi', reply_to_message: { message_id: 2 } }
    expect(readUpdate({ update_id: 1, message })).toMatchObject({
      kind: 'message',
      updateId: 1,
      place: { id: '7', isPrivate: true },
      from: { id: '7', firstName: '<b>Анна</b>', username: null, language: 'ru' },
      messageId: 3,
      text: 'Hi',
      replyToId: 2,
    })
  })

  it('tells whose contact it is', () => {
    const of = (contact: object) =>
      readUpdate({ update_id: 1, message: { message_id: 3, from, chat, contact } }) as { contact: unknown }
    expect(of({ phone_number: '7900', user_id: 7 }).contact).toEqual({ phone: '7900', userId: '7' })
    expect(of({ phone_number: '7900' }).contact).toEqual({ phone: '7900', userId: null })
  })

  it('takes a person without a name for what is known of it', () => {
    const nameless = { ...from, first_name: ' ', username: 'anna' }
    const read = (who: object) => readUpdate({ update_id: 1, message: { message_id: 3, from: who, chat } })
    expect(read(nameless)).toMatchObject({ from: { name: 'anna' } })
    expect(read({ id: 8 })).toMatchObject({ from: { name: '8' } })
  })

  it('reads a press whose message Telegram shows no more', () => {
    const press = { id: '99', from, data: 'q' }
    expect(readUpdate({ update_id: 1, callback_query: press })).toMatchObject({ messageId: null, data: 'q' })
    const inaccessible = { ...press, message: { chat, message_id: 5, date: 0 } }
    expect(readUpdate({ update_id: 1, callback_query: inaccessible })).toMatchObject({ messageId: 5 })
  })

  it('reads both sides of a group that moves', () => {
    const group = { id: -5, type: 'group' }
    const to = { update_id: 1, message: { message_id: 1, chat: group, migrate_to_chat_id: -1005 } }
    expect(readUpdate(to)).toEqual({ kind: 'moved', updateId: 1, from: '-5', to: '-1005' })
  })

  it.each([
    {},
    { update_id: 'x' },
    { update_id: 1 },
    { update_id: 1, poll: {} },
    { update_id: 1, message: null },
    { update_id: 1, message: { message_id: 1, chat, from: { ...from, is_bot: true }, text: 'I am a bot' } },
    { update_id: 1, callback_query: { id: '1', from } },
  ])('leaves what is of no use: %j', (update) => expect(readUpdate(update)).toBeUndefined())
})
