import { Api, Bot, Keyboard } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusal } from './refusal.fixture.ts'
import { startTelegramSimulator, type TelegramSimulator } from './start-telegram-simulator.ts'

let simulator: TelegramSimulator
let api: Api
let anna: number
let ivan: number

beforeEach(async () => {
  simulator = await startTelegramSimulator()
  api = new Api(simulator.tokens[0]!, { apiRoot: simulator.url })
  anna = simulator.createPerson({ firstName: 'Анна' }).id
  ivan = simulator.createPerson({ firstName: 'Ivan', phone: '77010000001' }).id
  simulator.pressStart({ personId: anna })
  await news()
})
afterEach(() => simulator.stop())

const news = async () => {
  const updates = await api.getUpdates()
  if (updates.length > 0) await api.getUpdates({ offset: updates.at(-1)!.update_id + 1 })
  return updates
}

describe('replies', () => {
  it('shows what is replied to, and no deeper', async () => {
    const question = simulator.write({ personId: anna, text: 'Где заказ?' })
    const answer = await api.sendMessage(anna, 'В пути', {
      reply_parameters: { message_id: question.message_id },
    })
    expect(answer.reply_to_message).toMatchObject({ message_id: question.message_id, text: 'Где заказ?' })
    simulator.write({ personId: anna, text: 'Спасибо', replyTo: answer.message_id })
    const [, reply] = await news()
    expect(reply!.message).toMatchObject({
      text: 'Спасибо',
      reply_to_message: { message_id: answer.message_id, text: 'В пути', from: { is_bot: true } },
    })
    expect(reply!.message!.reply_to_message!.reply_to_message).toBeUndefined()
  })

  it('refuses a reply to what is not there unless it may be sent without', async () => {
    const reply_parameters = { message_id: 777 }
    expect(await refusal(api.sendMessage(anna, 'x', { reply_parameters }))).toEqual({
      code: 400,
      description: 'Bad Request: message to be replied not found',
    })
    const sent = await api.sendMessage(anna, 'x', {
      reply_parameters: { ...reply_parameters, allow_sending_without_reply: true },
    })
    expect(sent.reply_to_message).toBeUndefined()
    expect(() => simulator.write({ personId: anna, text: 'x', replyTo: 777 })).toThrow('no message 777')
  })
})

describe('reply keyboards and contacts', () => {
  it('stands below the chat until taken away, and is no part of the message', async () => {
    const reply_markup = new Keyboard().requestContact('Мой номер').row().text('Отмена').oneTime()
    const sent = await api.sendMessage(anna, 'Ваш номер?', { reply_markup })
    expect(sent).not.toHaveProperty('reply_markup')
    expect(simulator.replyKeyboard({ chatId: anna })).toEqual({
      keyboard: [[{ text: 'Мой номер', request_contact: true }], [{ text: 'Отмена' }]],
      one_time_keyboard: true,
    })
    await api.sendMessage(anna, 'Готово', { reply_markup: { remove_keyboard: true } })
    expect(simulator.replyKeyboard({ chatId: anna })).toBeUndefined()
  })

  it('asks for a number in private chats alone and edits into inline keyboards alone', async () => {
    const group = simulator.createGroup({ members: [anna] }).id
    const reply_markup = new Keyboard().requestContact('x')
    expect(await refusal(api.sendMessage(group, 'x', { reply_markup }))).toEqual({
      code: 400,
      description: 'Bad Request: phone number can be requested in private chats only',
    })
    expect(await refusal(api.sendMessage(anna, 'x', { reply_markup: { keyboard: [] } }))).toMatchObject({
      code: 400,
    })
    const { message_id: id } = await api.sendMessage(anna, 'x')
    const wrong = { reply_markup } as never
    expect(await refusal(api.editMessageText(anna, id, 'y', wrong))).toEqual({
      code: 400,
      description: 'Bad Request: inline keyboard expected',
    })
  })

  it('tells a contact of one’s own from that of another and of nobody', async () => {
    simulator.shareContact({ personId: anna })
    simulator.shareContact({ personId: anna, contactOf: ivan })
    simulator.shareContact({ personId: anna, contactOf: null, phone: '+77770000000' })
    const contacts = (await news()).map(({ message }) => message!.contact)
    expect(contacts).toEqual([
      { phone_number: expect.stringMatching(/^7900\d{7}$/), first_name: 'Анна', user_id: anna },
      { phone_number: '77010000001', first_name: 'Ivan', user_id: ivan },
      { phone_number: '+77770000000', first_name: 'Somebody' },
    ])
  })
})

describe('what changes afterwards', () => {
  it('tells of edits in line behind the message, of the same words too', async () => {
    const { message_id: messageId } = simulator.write({ personId: anna, text: 'один' })
    simulator.edit({ personId: anna, messageId, text: 'два' })
    simulator.edit({ personId: anna, messageId, text: 'два' })
    const updates = await news()
    expect(updates.map((update) => update.message?.text ?? update.edited_message?.text)).toEqual([
      'один',
      'два',
      'два',
    ])
    expect(updates[1]!.edited_message).toMatchObject({ message_id: messageId, edit_date: expect.any(Number) })
    const { message_id: theirs } = await api.sendMessage(anna, 'x')
    expect(() => simulator.edit({ personId: anna, messageId: theirs, text: 'y' })).toThrow('not of person')
  })

  it('says nothing of a message that a person deletes', async () => {
    const { message_id: messageId } = simulator.write({ personId: anna, text: 'x' })
    await news()
    simulator.deleteMessage({ personId: anna, messageId })
    expect(await news()).toEqual([])
    expect(simulator.messages({ chatId: anna }).map((message) => message.message_id)).not.toContain(messageId)
  })

  it('edits buttons alone, and a caption', async () => {
    const inline_keyboard = [[{ text: 'A', callback_data: 'a' }]]
    const { message_id: id } = await api.sendMessage(anna, 'x', { reply_markup: { inline_keyboard } })
    expect(await api.editMessageReplyMarkup(anna, id)).not.toHaveProperty('reply_markup')
    expect(await refusal(api.editMessageReplyMarkup(anna, id))).toMatchObject({
      description: expect.stringContaining('message is not modified'),
    })
    expect(await api.editMessageReplyMarkup(anna, id, { reply_markup: { inline_keyboard } })).toMatchObject({
      text: 'x',
      reply_markup: { inline_keyboard },
    })
    expect(await refusal(api.editMessageCaption(anna, id, { caption: 'y' }))).toEqual({
      code: 400,
      description: 'Bad Request: there is no caption in the message to edit',
    })
    const foreign = simulator.write({ personId: anna, text: 'x' }).message_id
    expect((await refusal(api.editMessageReplyMarkup(anna, foreign))).description).toBe(
      "Bad Request: message can't be edited",
    )
  })

  it('hears of reactions only when it asks for them, and leaves one itself', async () => {
    const { message_id: messageId } = await api.sendMessage(anna, 'x')
    simulator.react({ personId: anna, messageId, emoji: ['👍'] })
    expect(await news()).toEqual([])
    await api.getUpdates({ allowed_updates: ['message', 'message_reaction'] })
    simulator.react({ personId: anna, messageId, emoji: ['🔥'] })
    expect(await news()).toMatchObject([
      {
        message_reaction: {
          message_id: messageId,
          user: { id: anna },
          old_reaction: [{ type: 'emoji', emoji: '👍' }],
          new_reaction: [{ type: 'emoji', emoji: '🔥' }],
        },
      },
    ])
    await api.setMessageReaction(anna, messageId, [{ type: 'emoji', emoji: '🎉' }])
    expect(simulator.reactions({ chatId: anna, messageId })).toEqual([
      { by: anna, emoji: ['🔥'] },
      { by: 123456, emoji: ['🎉'] },
    ])
    const wrong = [{ type: 'emoji', emoji: '🥝' }] as never
    expect((await refusal(api.setMessageReaction(anna, messageId, wrong))).description).toBe(
      'Bad Request: REACTION_INVALID',
    )
    expect((await refusal(api.setMessageReaction(anna, 777, []))).description).toBe(
      'Bad Request: message to react not found',
    )
  })

  it('takes the actions that there are', async () => {
    expect(await api.sendChatAction(anna, 'typing')).toBe(true)
    expect((await refusal(api.sendChatAction(anna, 'sleeping' as never))).code).toBe(400)
  })
})

it('holds a conversation with a bot of grammY', async () => {
  const bot = new Bot(simulator.tokens[0]!, { client: { apiRoot: simulator.url } })
  bot.on('message:contact', (context) => context.reply('Номер ' + context.message.contact.phone_number))
  bot.on('edited_message:text', (context) => context.reply('Исправлено: ' + context.editedMessage.text))
  bot.on('message:text', (context) =>
    context.reply('Слышу', { reply_parameters: { message_id: context.message.message_id } }),
  )
  const running = bot.start()
  const { message_id: messageId } = simulator.write({ personId: ivan, text: 'да' })
  simulator.edit({ personId: ivan, messageId, text: 'нет' })
  simulator.shareContact({ personId: ivan })
  const answers = () =>
    simulator
      .messages({ chatId: ivan })
      .filter((message) => message.from.is_bot)
      .map((message) => message.text)
  await expect.poll(answers).toEqual(['Слышу', 'Исправлено: нет', 'Номер 77010000001'])
  await bot.stop()
  await running
})
