import { Api } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusal } from './refusal.fixture.ts'
import { startTelegramSimulator, type TelegramSimulator } from './start-telegram-simulator.ts'

let simulator: TelegramSimulator
let api: Api
let anna: number

beforeEach(async () => {
  simulator = await startTelegramSimulator()
  api = new Api(simulator.tokens[0]!, { apiRoot: simulator.url })
  anna = simulator.createPerson({ firstName: 'Анна', languageCode: 'ru' }).id
  simulator.pressStart({ personId: anna })
})
afterEach(() => simulator.stop())

describe('what grammY gets', () => {
  it('knows the bot and the chat', async () => {
    expect(await api.getMe()).toMatchObject({ id: 123456, is_bot: true, username: 'shop_123456_bot' })
    expect(await api.getChat(anna)).toMatchObject({ id: anna, type: 'private', first_name: 'Анна' })
  })

  it('sends formatted text with buttons and shows the same to the person', async () => {
    const sent = await api.sendMessage(anna, 'Вам <b>340</b> &lt;3', {
      parse_mode: 'HTML',
      protect_content: true,
      reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] },
    })
    expect(sent).toMatchObject({
      text: 'Вам 340 <3',
      entities: [{ type: 'bold', offset: 4, length: 3 }],
      has_protected_content: true,
      from: { id: 123456, is_bot: true },
      chat: { id: anna, type: 'private' },
    })
    expect(simulator.messages({ chatId: anna }).at(-1)).toEqual(sent)
  })

  it('edits and deletes its own messages', async () => {
    const { message_id: id } = await api.sendMessage(anna, 'one')
    expect(await api.editMessageText(anna, id, 'two')).toMatchObject({
      text: 'two',
      edit_date: expect.any(Number),
    })
    expect(await refusal(api.editMessageText(anna, id, 'two'))).toMatchObject({
      code: 400,
      description: expect.stringContaining('message is not modified'),
    })
    expect(await api.deleteMessage(anna, id)).toBe(true)
    expect(await refusal(api.deleteMessage(anna, id))).toEqual({
      code: 400,
      description: 'Bad Request: message to delete not found',
    })
    expect(await refusal(api.editMessageText(anna, id, 'x'))).toEqual({
      code: 400,
      description: 'Bad Request: message to edit not found',
    })
    expect(await refusal(api.editMessageText(anna, 1, 'x'))).toEqual({
      code: 400,
      description: "Bad Request: message can't be edited",
    })
    simulator.advanceClock({ milliseconds: 49 * 3_600_000 })
    const late = await refusal(api.deleteMessage(anna, 1))
    expect(late.description).toBe("Bad Request: message can't be deleted for everyone")
  })

  it('sets commands and answers a pressed button once', async () => {
    expect(await api.setMyCommands([{ command: 'start', description: 'Начать' }])).toBe(true)
    expect((await refusal(api.setMyCommands([{ command: 'Старт', description: 'x' }]))).description).toBe(
      'Bad Request: BOT_COMMAND_INVALID',
    )
    const { message_id: messageId } = await api.sendMessage(anna, 'choose', {
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    })
    const first = simulator.pressButton({ personId: anna, messageId, data: 'a' })
    expect(await api.answerCallbackQuery(first.callbackQueryId, { text: 'ok' })).toBe(true)
    expect(simulator.answerToPress(first)).toMatchObject({ text: 'ok' })
    expect((await refusal(api.answerCallbackQuery(first.callbackQueryId))).code).toBe(400)

    const second = simulator.pressButton({ personId: anna, messageId, data: 'a' })
    simulator.advanceClock({ milliseconds: 31_000 })
    expect(await refusal(api.answerCallbackQuery(second.callbackQueryId))).toEqual({
      code: 400,
      description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
    })
    expect(() => simulator.pressButton({ personId: anna, messageId, data: 'b' })).toThrow('no button')
  })
})

describe('refusals of content', () => {
  it.each([
    ['nothing', ' \n ', {}, 'message text is empty'],
    ['too much', 'я'.repeat(4097), {}, 'message is too long'],
    ['nothing after parsing', '<b> </b>', { parse_mode: 'HTML' }, 'message text is empty'],
    ['a broken tag', '<b>x', { parse_mode: 'HTML' }, `can't parse entities: Can't find end tag`],
    ['an unknown mode', 'x', { parse_mode: 'BBCode' }, 'unsupported parse_mode'],
    [
      '66 bytes in a button',
      'x',
      { reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'я'.repeat(33) }]] } },
      'BUTTON_DATA_INVALID',
    ],
    [
      'a link that is none',
      'x',
      { reply_markup: { inline_keyboard: [[{ text: 'x', url: 'javascript:alert(1)' }]] } },
      'inline keyboard button URL',
    ],
  ])('refuses %s', async (_, text, other, reason) => {
    const answer = await refusal(api.sendMessage(anna, text, other as Parameters<Api['sendMessage']>[2]))
    expect(answer.code).toBe(400)
    expect(answer.description).toContain(`Bad Request: ${reason}`)
  })

  it('measures after parsing and takes 64 bytes in a button', async () => {
    const text = `<b>${'я'.repeat(4096)}</b>`
    const buttons = { inline_keyboard: [[{ text: 'x', callback_data: 'я'.repeat(32) }]] }
    const sent = await api.sendMessage(anna, text, { parse_mode: 'HTML', reply_markup: buttons })
    expect(sent.text).toHaveLength(4096)
  })

  it('says aloud what it cannot do yet', async () => {
    expect(await refusal(api.sendMessage(anna, '*x*', { parse_mode: 'MarkdownV2' }))).toMatchObject({
      code: 501,
    })
  })
})

describe('refusals of chats', () => {
  it('knows nobody who has not pressed Start', async () => {
    const notFound = { code: 400, description: 'Bad Request: chat not found' }
    const stranger = simulator.createPerson({ firstName: 'Stranger' }).id
    expect(await refusal(api.sendMessage(stranger, 'x'))).toEqual(notFound)
    expect(await refusal(api.sendMessage(777_777, 'x'))).toEqual(notFound)
    expect(await refusal(api.sendMessage(-777_777, 'x'))).toEqual(notFound)
    expect(await refusal(api.getChat(stranger))).toEqual(notFound)

    simulator.createGroup({ title: 'Both', members: [stranger] })
    expect(await refusal(api.sendMessage(stranger, 'x'))).toEqual({
      code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    })
  })

  it('is refused by who blocked the bot and heard again after unblocking', async () => {
    simulator.block({ personId: anna })
    expect(await refusal(api.sendMessage(anna, 'x'))).toEqual({
      code: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
    expect(() => simulator.write({ personId: anna, text: 'x' })).toThrow('has blocked the bot')
    simulator.unblock({ personId: anna })
    expect(await api.sendMessage(anna, 'x')).toMatchObject({ text: 'x' })
  })

  it('is refused by the deactivated', async () => {
    simulator.deactivate({ personId: anna })
    expect(await refusal(api.sendMessage(anna, 'x'))).toEqual({
      code: 403,
      description: 'Forbidden: user is deactivated',
    })
  })

  it('names the new id of an upgraded group and is refused after a kick', async () => {
    const group = simulator.createGroup({ title: 'Команда', members: [anna] })
    expect(await api.sendMessage(group.id, 'x')).toMatchObject({ chat: { type: 'group', title: 'Команда' } })

    const upgraded = simulator.upgradeGroup({ groupId: group.id })
    expect(upgraded.id).toBe(-1_000_000_000_000 + group.id)
    expect(await refusal(api.sendMessage(group.id, 'x'))).toEqual({
      code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: upgraded.id },
    })
    expect(await api.sendMessage(upgraded.id, 'x')).toMatchObject({ chat: { type: 'supergroup' } })

    simulator.removeBotFromGroup({ groupId: upgraded.id, personId: anna })
    expect(await refusal(api.sendMessage(upgraded.id, 'x'))).toEqual({
      code: 403,
      description: 'Forbidden: bot was kicked from the supergroup chat',
    })
  })
})

describe('refusals of the door', () => {
  it('refuses tokens, methods and paths', async () => {
    const ask = async (path: string) => {
      const response = await fetch(simulator.url + path)
      return [response.status, await response.json()]
    }
    const notFound = [404, { ok: false, error_code: 404, description: 'Not Found' }]
    const unauthorized = [401, { ok: false, error_code: 401, description: 'Unauthorized' }]
    expect(await ask('/bot123456:WRONG/getMe')).toEqual(unauthorized)
    expect(await ask('/bot123456:TEST-TOKEN/GETME')).toMatchObject([
      200,
      { ok: true, result: { id: 123456 } },
    ])
    expect(await ask('/bot123456:TEST-TOKEN/getMoon')).toEqual(notFound)
    expect(await ask('/botnonsense/getMe')).toEqual(notFound)
    expect(await ask('/bot123456:TEST-TOKEN')).toEqual(notFound)

    simulator.revokeBot({})
    expect(await refusal(api.getMe())).toEqual({ code: 401, description: 'Unauthorized' })
  })

  it('takes query strings and urlencoded bodies, and refuses broken JSON', async () => {
    const endpoint = `${simulator.url}/bot${simulator.tokens[0]}/sendMessage`
    expect(await (await fetch(`${endpoint}?chat_id=${anna}&text=hi`)).json()).toMatchObject({ ok: true })
    const keyboard = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
    const form = new URLSearchParams({
      chat_id: `${anna}`,
      text: 'да',
      reply_markup: JSON.stringify(keyboard),
    })
    expect(await (await fetch(endpoint, { method: 'POST', body: form })).json()).toMatchObject({
      result: { text: 'да', reply_markup: keyboard },
    })
    const headers = { 'Content-Type': 'application/json' }
    expect((await fetch(endpoint, { method: 'POST', headers, body: '{' })).status).toBe(400)
  })

  it('reads a body that is too long to its end, so that the refusal arrives', async () => {
    expect(await refusal(api.sendMessage(anna, 'x'.repeat(8 * 1024 * 1024)))).toEqual({
      code: 413,
      description: 'Request Entity Too Large',
    })
  })

  it('believes in everyone when told to', async () => {
    const open = await startTelegramSimulator({ everyoneStarted: true })
    const everyone = new Api(open.tokens[0]!, { apiRoot: open.url })
    expect(await everyone.sendMessage(42, 'x')).toMatchObject({ chat: { id: 42 } })
    open.block({ personId: 42 })
    expect((await refusal(everyone.sendMessage(42, 'x'))).code).toBe(403)
    await open.stop()
  })

  it('keeps two bots apart', async () => {
    simulator.createBot({ token: '777:SECOND' })
    const second = new Api('777:SECOND', { apiRoot: simulator.url })
    expect((await refusal(second.sendMessage(anna, 'x'))).code).toBe(400)
    simulator.pressStart({ personId: anna, botId: 777 })
    expect(await second.sendMessage(anna, 'x')).toMatchObject({ from: { id: 777 } })
    simulator.block({ personId: anna, botId: 777 })
    expect(await api.sendMessage(anna, 'x')).toMatchObject({ from: { id: 123456 } })
  })
})
