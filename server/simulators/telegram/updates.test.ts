import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Api, GrammyError } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTelegramSimulator, type TelegramSimulator } from './start-telegram-simulator.ts'

interface Received {
  update: { update_id: number; message?: { text?: string; chat: { id: number } } }
  headers: IncomingHttpHeaders
}

let simulator: TelegramSimulator
let api: Api
let anna: number
let ivan: number

beforeEach(async () => {
  simulator = await startTelegramSimulator()
  api = new Api(simulator.tokens[0]!, { apiRoot: simulator.url })
  anna = simulator.createPerson({ firstName: 'Анна', languageCode: 'ru' }).id
  ivan = simulator.createPerson({ firstName: 'Ivan' }).id
})
afterEach(() => simulator.stop())

describe('getUpdates', () => {
  it('tells of Start with its payload and confirms by offset', async () => {
    simulator.pressStart({ personId: anna, payload: 'token-1' })
    simulator.write({ personId: anna, text: 'привет' })
    const [first, second] = await api.getUpdates()
    expect(first!.message).toMatchObject({
      text: '/start token-1',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
      from: { id: anna, language_code: 'ru', is_bot: false },
      chat: { id: anna, type: 'private' },
    })
    expect(second!.update_id).toBe(first!.update_id + 1)
    expect(await api.getUpdates()).toHaveLength(2)
    expect(await api.getUpdates({ offset: second!.update_id })).toEqual([second])
    expect(await api.getUpdates({ offset: second!.update_id + 1 })).toEqual([])
    expect(() => simulator.pressStart({ personId: anna, payload: 'нет' })).toThrow('payload')
  })

  it('takes a negative offset from the end and forgets the rest', async () => {
    for (const text of ['a', 'b', 'c']) simulator.write({ personId: anna, text })
    const last = await api.getUpdates({ offset: -1 })
    expect(last.map((update) => update.message?.text)).toEqual(['c'])
    expect(await api.getUpdates()).toHaveLength(1)
  })

  it('waits for an update, and a second poll ends the first', async () => {
    const waiting = api.getUpdates({ timeout: 30 })
    const first = waiting.catch((error: unknown) => error)
    await expect.poll(() => simulator.isPolled()).toBe(true)
    const second = api.getUpdates({ timeout: 30 })
    const conflict = await first
    expect(conflict).toBeInstanceOf(GrammyError)
    expect(conflict).toMatchObject({
      error_code: 409,
      description: expect.stringContaining('terminated by other getUpdates request'),
    })
    await expect.poll(() => simulator.isPolled()).toBe(true)
    simulator.write({ personId: anna, text: 'x' })
    expect(await second).toMatchObject([{ message: { text: 'x' } }])
  })

  it('tells of blocking, unblocking and pressed buttons', async () => {
    simulator.pressStart({ personId: anna })
    const { message_id: messageId } = await api.sendMessage(anna, 'x', {
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    })
    simulator.pressButton({ personId: anna, messageId, data: 'a' })
    simulator.block({ personId: anna })
    simulator.block({ personId: anna })
    simulator.unblock({ personId: anna })
    expect((await api.getUpdates()).slice(1)).toMatchObject([
      { callback_query: { data: 'a', from: { id: anna }, message: { message_id: messageId } } },
      { my_chat_member: { old_chat_member: { status: 'member' }, new_chat_member: { status: 'kicked' } } },
      { my_chat_member: { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } } },
    ])
  })

  it('keeps allowed_updates until they are named again', async () => {
    await api.getUpdates({ allowed_updates: ['callback_query'] })
    simulator.write({ personId: anna, text: 'unheard' })
    expect(await api.getUpdates()).toEqual([])
    await api.getUpdates({ allowed_updates: [] })
    simulator.write({ personId: anna, text: 'heard' })
    expect(await api.getUpdates()).toHaveLength(1)
  })

  it('forgets after a day and starts its numbers anew after a week', async () => {
    simulator.write({ personId: anna, text: 'old' })
    const [old] = await api.getUpdates()
    simulator.advanceClock({ milliseconds: 24 * 3_600_000 })
    expect(await api.getUpdates()).toEqual([])
    simulator.advanceClock({ milliseconds: 6 * 24 * 3_600_000 })
    simulator.write({ personId: anna, text: 'new' })
    const [fresh] = await api.getUpdates()
    expect(fresh!.update_id).not.toBe(old!.update_id + 1)
  })

  it('hears in a group only what is for the bot, unless it reads everything', async () => {
    const group = simulator.createGroup({ members: [anna] }).id
    for (const text of ['just talk', '/help', 'hi @shop_123456_bot']) {
      simulator.write({ personId: anna, chatId: group, text })
    }
    const heard = (await api.getUpdates()).map((update) => update.message?.text).filter(Boolean)
    expect(heard).toEqual(['/help', 'hi @shop_123456_bot'])
  })
})

describe('webhooks', () => {
  let hook: Server
  let url: string
  let received: Received[]
  let respond: (received: Received) => number | [number, Record<string, string>, string?] | Promise<number>

  beforeEach(async () => {
    received = []
    respond = () => 200
    hook = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      const answerHook = async () => {
        const one = { update: JSON.parse(body) as Received['update'], headers: request.headers }
        received.push(one)
        const answer = await respond(one)
        const [status, headers, text] = typeof answer === 'number' ? [answer, {}] : answer
        response.writeHead(status, headers).end(text)
      }
      request.on('end', () => void answerHook())
    })
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`
  })
  afterEach(() => {
    hook.closeAllConnections()
    hook.close()
  })

  const textsOf = (chatId: number) =>
    received
      .filter(({ update }) => update.message?.chat.id === chatId)
      .map(({ update }) => update.message?.text)

  it('brings updates with the secret and says so in getWebhookInfo', async () => {
    simulator.write({ personId: anna, text: 'before' })
    await api.setWebhook(url, { secret_token: 's3cret-_' })
    simulator.write({ personId: anna, text: 'after' })
    await expect.poll(() => textsOf(anna)).toEqual(['before', 'after'])
    expect(received[0]!.headers).toMatchObject({
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': 's3cret-_',
    })
    expect(await api.getWebhookInfo()).toMatchObject({ url, pending_update_count: 0, max_connections: 40 })
    await expect(api.getUpdates()).rejects.toMatchObject({
      error_code: 409,
      description: expect.stringContaining("can't use getUpdates method while webhook is active"),
    })
    await api.deleteWebhook()
    expect(await api.getUpdates()).toEqual([])
  })

  it('repeats the same update at once, then after 2 and 4 seconds, and holds up that chat alone', async () => {
    respond = ({ update }) => (update.message?.text === 'poison' ? 500 : 204)
    await api.setWebhook(url)
    simulator.write({ personId: anna, text: 'poison' })
    simulator.write({ personId: anna, text: 'behind' })
    simulator.write({ personId: ivan, text: 'beside' })
    await expect.poll(() => received.length).toBe(3)
    expect(textsOf(anna)).toEqual(['poison', 'poison'])
    expect(textsOf(ivan)).toEqual(['beside'])
    expect(received[0]!.update.update_id).toBe(
      received.filter(({ update }) => update.message?.text === 'poison')[1]!.update.update_id,
    )
    expect(await api.getWebhookInfo()).toMatchObject({
      pending_update_count: 2,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    })

    simulator.advanceClock({ milliseconds: 2100 })
    await expect.poll(() => textsOf(anna).length).toBe(3)
    simulator.advanceClock({ milliseconds: 2100 })
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(textsOf(anna)).toHaveLength(3)
    respond = () => 200
    simulator.advanceClock({ milliseconds: 2100 })
    await expect.poll(() => textsOf(anna)).toEqual(['poison', 'poison', 'poison', 'poison', 'behind'])
  })

  it('honours Retry-After and gives up after a day', async () => {
    respond = () => [503, { 'Retry-After': '100' }]
    await api.setWebhook(url)
    simulator.write({ personId: anna, text: 'x' })
    await expect.poll(() => received.length).toBe(1)
    simulator.advanceClock({ milliseconds: 90_000 })
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(received).toHaveLength(1)
    simulator.advanceClock({ milliseconds: 11_000 })
    await expect.poll(() => received.length).toBe(2)
    simulator.advanceClock({ milliseconds: 25 * 3_600_000 })
    await expect.poll(async () => (await api.getWebhookInfo()).pending_update_count).toBe(0)
  })

  it('waits a minute for a response and takes silence for a failure', async () => {
    let release = () => {}
    respond = () => new Promise<number>((resolve) => (release = () => resolve(200)))
    await api.setWebhook(url)
    simulator.write({ personId: anna, text: 'x' })
    await expect.poll(() => received.length).toBe(1)
    simulator.advanceClock({ milliseconds: 61_000 })
    await expect.poll(() => received.length).toBe(2)
    expect((await api.getWebhookInfo()).last_error_message).toBe('Read timeout expired')
    release()
  })

  it('runs the method named in the response', async () => {
    respond = () => [
      200,
      { 'Content-Type': 'application/json' },
      JSON.stringify({ method: 'sendMessage', chat_id: anna, text: 'from the response' }),
    ]
    await api.setWebhook(url)
    simulator.write({ personId: anna, text: 'x' })
    await expect.poll(() => simulator.messages({ chatId: anna }).at(-1)?.text).toBe('from the response')
  })

  it('delivers nothing during an outage and everything after it', async () => {
    await api.setWebhook(url)
    simulator.changeSettings({ outage: true })
    simulator.write({ personId: anna, text: 'x' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(received).toEqual([])
    simulator.changeSettings({ outage: false })
    await expect.poll(() => textsOf(anna)).toEqual(['x'])
  })

  it('refuses bad settings and too many of them', async () => {
    const refused = async (call: Promise<unknown>) =>
      (await call.catch((error: unknown) => error)) as { error_code: number; description: string }
    expect(await refused(api.setWebhook(url, { secret_token: 'пароль' }))).toMatchObject({
      error_code: 400,
      description: 'Bad Request: secret token contains unallowed characters',
    })
    expect(await refused(api.setWebhook('nonsense'))).toMatchObject({
      description: expect.stringContaining('Bad Request: bad webhook: '),
    })
    await api.setWebhook(url)
    await api.setWebhook(url)
    expect(await refused(api.setWebhook(`${url}2`))).toMatchObject({
      error_code: 429,
      parameters: { retry_after: 1 },
    })
    simulator.advanceClock({ milliseconds: 1000 })
    await api.setWebhook(`${url}2`)

    simulator.changeSettings({ httpsWebhooksOnly: true })
    for (const address of [url, 'https://shop.example:3000/hook']) {
      expect(await refused(api.setWebhook(address))).toMatchObject({ error_code: 400 })
    }
  })
})
