import type { components } from '@tapline/openapi'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../src/postgres/pool.ts'
import { createLog } from '../src/telemetry/log.ts'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']

const logged: string[] = []
const RULES = {
  basePercent: 10,
  welcomeBonus: 100,
  tiers: [{ name: 'Золото & <платина>', threshold: 5_000, percent: 5 }],
}
let tapline: Tapline
let shop: Shop

beforeAll(async () => {
  const log = createLog('trace')
  Object.assign(log, { [pino.symbols.streamSym]: { write: (line: string) => logged.push(line) } })
  tapline = await startTapline({ log })
  shop = await shopWithBot({ name: 'Чай & <кофе>' })
})
afterAll(() => tapline.stop())
afterEach(() => {
  tapline.telegram.clearFaults()
  tapline.telegram.changeSettings({ outage: false })
})

const wait = { prefer: 'wait=10' }
let count = 0

/** Each shop with a bot of its own, so that the pace of one is not that of another. */
async function shopWithBot(
  settings: Parameters<Tapline['createShop']>[0] = {},
): Promise<Shop & { bot: number; token: string }> {
  const of = await tapline.createShop(settings, RULES)
  const bot = 700_000 + ++count
  const token = `${bot}:secret-of-the-bot-${count}`
  tapline.telegram.createBot({ token })
  expect(await of.put('/v1/integrations/telegram', { token })).toMatchObject({
    status: 200,
    body: { connected: true },
  })
  return { ...of, bot, token }
}

const register = (of: Shop, telegramId: number, more: object = {}) =>
  of.post(
    { action: 'register_user', payload: { email: `t${telegramId}@test.ru`, telegramId, ...more } },
    wait,
  )
const purchase = (of: Shop, telegramId: number, more: object = {}) =>
  of.post(
    {
      action: 'purchase',
      payload: { email: `t${telegramId}@test.ru`, amount: 100, orderId: `order-${++count}`, ...more },
    },
    wait,
  )

const textsOf = (chatId: number) =>
  tapline.telegram
    .messages({ chatId, ...botOf(chatId) })
    .map((message) => (message as { text?: string }).text ?? '')
const sendsTo = (chatId: number) => tapline.telegram.calls({ method: 'sendMessage', chatId })
const chats = new Map<number, number>()
const botOf = (chatId: number) => (chats.has(chatId) ? { botId: chats.get(chatId)! } : {})
/** A customer of the shop's bot whom no test has seen. */
function newChat(of: { bot?: number } = shop as { bot?: number }): number {
  const chatId = 50_000 + ++count
  if (of.bot !== undefined) chats.set(chatId, of.bot)
  return chatId
}
const received = (chatId: number, times: number, withinMs?: number) =>
  eventually(() => Promise.resolve(textsOf(chatId)), (texts) => texts.length >= times, withinMs) // prettier-ignore

async function rows<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const pool = createPool({ url: tapline.databaseUrl, max: 1, name: 'tests', onIdleError: () => undefined })
  try {
    return (await pool.query(text, values)).rows as Row[]
  } finally {
    await pool.end()
  }
}

describe('what a customer reads', () => {
  it.each([
    ['ru', 'Добро пожаловать в «Чай & <кофе>»! Дарим 100 бонусов.\nДоступно: 100.'],
    ['en', 'Welcome to Чай & <кофе>! A present for you: 100 bonuses.\nYou have 100.'],
    ['kk', '«Чай & <кофе>» дүкеніне қош келдіңіз! Сізге 100 бонус сыйлаймыз.\nҚолжетімді: 100.'],
  ])('is in %s, with names as they are', async (locale, text) => {
    const chatId = newChat()
    await register(shop, chatId, { locale })
    expect((await received(chatId, 1))[0]).toContain(text)
  })

  it("is in the shop's language where the customer has none", async () => {
    const local = await shopWithBot({ name: 'Дүкен', locale: 'kk' })
    const chatId = newChat(local)
    await register(local, chatId)
    expect((await received(chatId, 1))[0]).toContain('қош келдіңіз')
  })

  it('holds names and order ids of the shop as text, never as markup', async () => {
    const chatId = newChat()
    await register(shop, chatId, { locale: 'ru' })
    await purchase(shop, chatId, { amount: 6_000, orderId: '<b>&amp;"1"</b>' })
    const texts = await received(chatId, 3)
    expect(
      texts.some((text) => text.includes('+600 бонусов за заказ <b>&amp;"1"</b> в «Чай & <кофе>»')),
    ).toBe(true)
    expect(
      texts.some((text) =>
        text.includes('Ваш уровень в «Чай & <кофе>»: Золото & <платина>. Теперь возвращаем 15 %'),
      ),
    ).toBe(true)
    expect(sendsTo(chatId).every(({ status }) => status === 200)).toBe(true)
  })
})

describe('when Telegram says no', () => {
  it('429: nothing is sent before the time it names, then each once', async () => {
    const busy = await shopWithBot()
    const [first, second] = [newChat(busy), newChat(busy)]
    const answer = {
      status: 429,
      body: {
        ok: false,
        error_code: 429,
        description: 'Too Many Requests: retry after 2',
        parameters: { retry_after: 2 },
      },
    }
    tapline.telegram.failNext({ times: 1, method: 'sendMessage', chatId: first, effect: { answer } })
    await register(busy, first)
    await eventually(() => Promise.resolve(sendsTo(first)), (calls) => calls.length === 1) // prettier-ignore
    await register(busy, second)
    await Promise.all([received(first, 1), received(second, 1)])
    const [refused, sent] = sendsTo(first)
    expect(refused).toMatchObject({ status: 429 })
    expect(sent!.at - refused!.at).toBeGreaterThanOrEqual(1_990)
    // The one chat is silent, not the whole bot.
    expect(sendsTo(second)[0]!.at - refused!.at).toBeLessThan(1_990)
    expect([textsOf(first).length, textsOf(second).length]).toEqual([1, 1])
  })

  it('403: the customer counts as out of reach, and is written to no more', async () => {
    const chatId = newChat()
    await register(shop, chatId, { locale: 'ru' })
    await received(chatId, 1)
    tapline.telegram.block({ personId: chatId, ...botOf(chatId) })
    await purchase(shop, chatId)
    await eventually(() => rows<{ why: string }>(`select telegram_unreachable as why from customers where telegram_id = $1`, [String(chatId)]), ([row]) => row!.why !== null) // prettier-ignore
    const before = sendsTo(chatId).length
    await purchase(shop, chatId)
    await purchase(shop, chatId)
    const other = newChat()
    await register(shop, other)
    await received(other, 1)
    expect(sendsTo(chatId)).toHaveLength(before)
    expect(textsOf(chatId)).toHaveLength(1)
    expect((await shop.customer({ email: `t${chatId}@test.ru` })).bonuses.available).toBe('130.00')

    const elsewhere = newChat()
    await register(shop, elsewhere, { email: `t${chatId}@test.ru` })
    await purchase(shop, chatId)
    expect((await received(elsewhere, 1))[0]).toContain('+10 бонусов')
  })

  it('the chat has moved: goes to the new one', async () => {
    const [old, moved] = [newChat(), newChat()]
    const body = {
      ok: false,
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: moved },
    }
    tapline.telegram.failNext({
      times: 1,
      method: 'sendMessage',
      chatId: old,
      effect: { answer: { status: 400, body } },
    })
    await register(shop, old)
    expect(await received(moved, 1)).toHaveLength(1)
    expect(textsOf(old)).toEqual([])
  })

  it('400 for a text: that one is given up, the next one comes', async () => {
    const chatId = newChat()
    const body = { ok: false, error_code: 400, description: "Bad Request: can't parse entities" }
    tapline.telegram.failNext({
      times: 1,
      method: 'sendMessage',
      chatId,
      effect: { answer: { status: 400, body } },
    })
    await register(shop, chatId, { locale: 'ru' })
    await eventually(() => Promise.resolve(sendsTo(chatId)), (calls) => calls.length === 1) // prettier-ignore
    await purchase(shop, chatId)
    expect((await received(chatId, 1))[0]).toContain('+10 бонусов')
    expect(sendsTo(chatId)).toHaveLength(2)
  })

  it('5xx: tries again', async () => {
    const chatId = newChat()
    tapline.telegram.failNext({
      times: 2,
      method: 'sendMessage',
      chatId,
      effect: { answer: { status: 502, body: '<html>' } },
    })
    await register(shop, chatId)
    expect(await received(chatId, 1, 15_000)).toHaveLength(1)
    expect(sendsTo(chatId).map(({ status }) => status)).toEqual([502, 502, 200])
  })
})

describe('when Telegram is away', () => {
  it('a message whose answer was lost comes again: at least once', async () => {
    const chatId = newChat()
    tapline.telegram.failNext({ times: 1, method: 'sendMessage', chatId, effect: 'drop-after-processing' })
    await register(shop, chatId)
    const texts = await received(chatId, 2)
    expect(texts[0]).toBe(texts[1])
    expect(sendsTo(chatId).map(({ outcome }) => outcome)).toEqual(['dropped-after-processing', 'answered'])
  })

  it('orders are taken as fast, and all is told once it is back', async () => {
    const away = await shopWithBot()
    const people = Array.from({ length: 6 }, () => newChat(away))
    const timed = async () => {
      const times: number[] = []
      for (let at = 0; at < 60; at++) {
        const began = performance.now()
        expect(
          (
            await away.post({
              action: 'purchase',
              payload: { email: `fast${at}@test.ru`, amount: 1, orderId: `fast-${++count}` },
            })
          ).status,
        ).toBe(202)
        times.push(performance.now() - began)
      }
      return times.sort((left, right) => left - right)[30]!
    }
    await timed()
    const usual = await timed()
    tapline.telegram.changeSettings({ outage: true })
    for (const chatId of people) expect((await register(away, chatId)).status).toBe(200)
    const during = await timed()
    expect(during).toBeLessThan(usual * 3 + 2)
    await eventually(() => away.get<Schemas['Telegram']>('/v1/integrations/telegram'), ({ body }) => body.waiting === people.length) // prettier-ignore
    await eventually(
      () =>
        rows<{ tried: number }>(
          `select count(*)::int as tried from notices where project_id = $1 and attempts > 0`,
          [away.id],
        ),
      ([row]) => row!.tried === people.length,
    )

    tapline.telegram.changeSettings({ outage: false })
    for (const chatId of people) expect(await received(chatId, 1, 20_000)).toHaveLength(1)
    const { body } = await eventually(() => away.get<Schemas['Telegram']>('/v1/integrations/telegram'), ({ body: { waiting } }) => waiting === 0) // prettier-ignore
    expect(body).toMatchObject({ connected: true, problem: null })
    for (const chatId of people) expect(textsOf(chatId)).toHaveLength(1)
  })
})

describe("the bot's token", () => {
  it.each([
    ['nonsense', 'telegram-token-refused'],
    ['123456:../../getMe?x=', 'telegram-token-refused'],
    ['999999:unknown-to-telegram', 'telegram-token-refused'],
  ])('%s is refused', async (token, code) => {
    const of = await tapline.createShop()
    const answer = await of.put<Schemas['Problem']>('/v1/integrations/telegram', { token })
    expect(answer).toMatchObject({ status: 422, body: { code } })
    expect(JSON.stringify(answer.body)).not.toContain(token)
    expect(await of.get('/v1/integrations/telegram')).toMatchObject({
      status: 200,
      body: { connected: false },
    })
  })

  it('is not judged while Telegram is away, and the one before stays', async () => {
    const of = await shopWithBot()
    tapline.telegram.changeSettings({ outage: true })
    const answer = await of.put<Schemas['Problem']>('/v1/integrations/telegram', { token: '999999:new' })
    expect(answer).toMatchObject({ status: 503, body: { code: 'telegram-unavailable' } })
    expect(await of.get('/v1/integrations/telegram')).toMatchObject({
      body: { connected: true, username: `shop_${of.bot}_bot` },
    })
  })

  it('that was revoked is a problem that its owner sees; a new one sends what waited', async () => {
    const of = await shopWithBot()
    tapline.telegram.revokeBot({ botId: of.bot })
    const chatId = newChat(of)
    await register(of, chatId)
    const { body } = await eventually(() => of.get<Schemas['Telegram']>('/v1/integrations/telegram'), (seen) => seen.body.problem != null) // prettier-ignore
    expect(body).toMatchObject({
      connected: true,
      waiting: 1,
      problem: expect.stringContaining('Unauthorized') as string,
    })
    const token = `${of.bot + 100_000}:again`
    tapline.telegram.createBot({ token })
    chats.set(chatId, of.bot + 100_000)
    expect(await of.put('/v1/integrations/telegram', { token })).toMatchObject({
      status: 200,
      body: { problem: null, waiting: 1 },
    })
    await received(chatId, 1, 8_000)
  })

  it('is forgotten when the bot is disconnected, and nobody is written to', async () => {
    const of = await shopWithBot()
    expect(await tapline.call('DELETE', '/v1/integrations/telegram', of.secretKey)).toMatchObject({
      status: 204,
    })
    expect(await rows(`select * from telegram_bots where project_id = $1`, [of.id])).toEqual([])
    const chatId = newChat(of)
    expect(await of.get('/v1/integrations/telegram')).toMatchObject({
      status: 200,
      body: { connected: false },
    })
    await register(of, chatId)
    const later = newChat()
    await register(shop, later)
    await received(later, 1)
    expect(sendsTo(chatId)).toEqual([])
  })

  it('is encrypted where it lies, and nowhere else', async () => {
    const of = await shopWithBot()
    const { token, bot, id } = of
    await rows('alter table telegram_bots rename to bots_away')
    await register(of, newChat(of))
    await eventually(() => Promise.resolve(logged.length), (lines) => lines > 0) // prettier-ignore
    await rows('alter table bots_away rename to telegram_bots')
    const secretPart = token.split(':')[1]!
    const [stored] = await rows<{ token: Buffer; bot_id: string }>(
      `select * from telegram_bots where project_id = $1`,
      [id],
    )
    expect(stored!.bot_id).toBe(String(bot))
    expect(stored!.token.toString('latin1')).not.toContain(secretPart)
    for (const { table } of await rows<{ table: string }>(
      `select tablename as table from pg_tables where schemaname = 'public'`,
    )) {
      expect(JSON.stringify(await rows(`select * from ${table}`)), table).not.toContain(secretPart)
    }
    const metrics = await (await fetch(`${tapline.url}/metrics`)).text()
    for (const text of [logged.join(''), metrics]) {
      expect(text.length).toBeGreaterThan(0)
      expect(text).not.toContain('secret-of-the-bot')
      expect(text).not.toContain('unknown-to-telegram')
    }
  })
})
