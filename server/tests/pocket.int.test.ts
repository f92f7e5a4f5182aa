import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionTokens } from '../src/messenger/adapters/tokens/session-tokens.ts'
import { verifyIdentity } from '../src/messenger/adapters/signing/verify-identity.ts'
import { openSession } from '../src/messenger/open-session.ts'
import { composeNotices } from '../src/notices/compose.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOf, unitOfWork } from '../src/postgres/sql.ts'
import { newId } from '../src/vault/new-id.ts'
import { refuse, type Refusal } from '../src/kernel/refusal.ts'
import { openChatDesk, ORIGIN, type ChatDesk } from './chat-desk.fixture.ts'
import { ANNA, shopDesk, type ShopDesk } from './shop-desk.fixture.ts'
import { ENCRYPTION_KEY, startTapline, type Tapline } from './tapline.fixture.ts'

let tapline: Tapline
let chat: ChatDesk
let count = 0

beforeAll(async () => {
  tapline = await startTapline()
  chat = await openChatDesk(tapline)
})
afterAll(() => tapline.stop())

const messenger = () => tapline.app.messenger
const identity = () => tapline.app.chat
const guest = (name = 'Anna') => identity().participants.newVisitor(chat.shop.id, name)
const opened = async (...participantIds: string[]) => {
  const conversation = await messenger().open(chat.shop.id, { participantIds, subject: 'Where is it?' })
  if ('refused' in conversation) throw new Error(conversation.refused)
  return { projectId: chat.shop.id, conversationId: conversation.conversationId }
}
async function customer(): Promise<{ customerId: string; name: string }> {
  const email = `bought-${++count}@test.ru`
  await chat.shop.post({ action: 'register_user', payload: { email, name: 'Anna' } }, { prefer: 'wait=10' })
  return { customerId: (await chat.shop.customer({ email })).id, name: 'Anna' }
}

describe('a bridge', () => {
  it('opens a conversation, brings an agent in, and everybody who is there sees it', async () => {
    const projectId = chat.shop.id
    const [anna, agent] = [await chat.visitor('Anna'), await chat.agent('Olga')]
    const line = await chat.connect(anna)
    const where = await opened(anna.participantId)
    expect(await messenger().members(where)).toMatchObject([
      { id: anna.participantId, kind: 'visitor', name: 'Anna' },
    ])
    expect(await messenger().membersOf(where)).toMatchObject([{ id: anna.participantId }])
    for (let times = 0; times < 2; times++)
      expect(await messenger().join(where, agent.participantId)).toBeUndefined()
    expect((await messenger().membersOf(where)).map(({ id }) => id).sort()).toEqual(
      [anna.participantId, agent.participantId].sort(),
    )
    const seen = (frame: { events: { conversationId: string }[] }) =>
      frame.events.some(({ conversationId }) => conversationId === where.conversationId)
    expect((await line.frame('events', seen, 2_000)).events).toMatchObject([
      { kind: 'membership', change: 'joined', sequence: 1, participantId: null },
    ])
    expect(await messenger().join(where, 'par_00000000000000000000000000')).toMatchObject({
      refused: 'participant-not-found',
    })
    expect(
      await messenger().join(
        { projectId, conversationId: 'cnv_00000000000000000000000000' },
        agent.participantId,
      ),
    ).toMatchObject({ refused: 'conversation-not-found' })
    await line.close()
  })

  it('lists where somebody takes part, in pages, the latest first', async () => {
    const { id } = await guest()
    const mine = [await opened(id), await opened(id), await opened(id)].map((one) => one.conversationId)
    await opened((await guest()).id)
    const first = await messenger().listOf(chat.shop.id, id, { status: 'open', limit: 2 })
    const rest = await messenger().listOf(chat.shop.id, id, { limit: 2, cursor: first.nextCursor! })
    expect([...first.data, ...rest.data].map((one) => one.id)).toEqual(mine.toReversed())
    expect(rest.nextCursor).toBeNull()
    expect((await messenger().listOf(chat.shop.id, id, { status: 'closed', limit: 2 })).data).toEqual([])
  })

  it('may not open more for somebody than they may themselves', async () => {
    const { id } = await guest()
    await Promise.all(Array.from({ length: 50 }, () => opened(id)))
    const wish = { participantIds: [id] }
    expect(await messenger().open(chat.shop.id, wish)).toMatchObject({ refused: 'conversation-limit' })
    expect(await messenger().open(chat.shop.id, { ...wish, limited: false })).toHaveProperty('conversationId')
  })

  it('learns that its guest is a customer, whose the conversation is from then on', async () => {
    const { id } = await guest()
    const where = await opened(id)
    const proven = await customer()
    const became = await identity().become(chat.shop.id, proven, id)
    expect(became).toMatchObject({ id, kind: 'customer', customerId: proven.customerId })
    expect(await messenger().members(where)).toMatchObject([{ id, kind: 'customer' }])

    const other = await guest('Somebody')
    const there = await opened(other.id)
    await messenger().membersOf(there)
    expect(await identity().become(chat.shop.id, proven, other.id)).toMatchObject({ id })
    expect(await messenger().membersOf(there)).toMatchObject([{ id, kind: 'customer' }])
  })

  it('finds where something happened of late', async () => {
    const agent = await chat.agent()
    const where = await opened((await guest()).id)
    await messenger().join(where, agent.participantId)
    const tops = await messenger().recentTops(chat.shop.id, 60_000, 1_000)
    expect(tops).toContainEqual({ conversationId: where.conversationId, sequence: 1 })
    expect(await messenger().recentTops(chat.shop.id, 60_000, 1)).toHaveLength(1)
    await tapline.app.sql.query(
      `update conversations set last_activity_at = now() - interval '2 minutes' where project_id = $1 and id = $2`,
      [chat.shop.id, where.conversationId],
    )
    expect(
      (await messenger().recentTops(chat.shop.id, 60_000, 1_000)).map((top) => top.conversationId),
    ).not.toContain(where.conversationId)
  })
})

const pocket = () => tapline.app.pocket
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A sandbox, and Anna who is known by her phone too. */
async function shopOf(program: Parameters<ShopDesk['publish']>[0]) {
  const desk = shopDesk(tapline, await tapline.createShop({ sandbox: true }, program))
  await desk.register({ ...ANNA, phone: '8 916 123-45-67', name: 'Anna' })
  const anna = await desk.idOf(ANNA)
  const buys = (orderId: string, amount: number, more: object = {}) =>
    desk.shop.post(
      { action: 'purchase', payload: { ...ANNA, orderId, amount, ...more } },
      { prefer: 'wait=10' },
    )
  return { desk, projectId: desk.shop.id, anna, buys }
}
const accepted = <T extends object>(outcome: T): Exclude<T, { refused: string }> => {
  if ('refused' in outcome) throw new Error(JSON.stringify(outcome))
  return outcome as Exclude<T, { refused: string }>
}

describe('the pocket of a customer', () => {
  it('says what there is, what comes, what ends soon, and how far the next tier is', async () => {
    const { desk, projectId, anna, buys } = await shopOf({
      basePercent: 5,
      tiers: [
        { name: 'Silver', threshold: '1000', percent: 5 },
        { name: 'Gold', threshold: '5000', percent: 10 },
      ],
      referral: { referrerBonus: '300' },
      referralUrl: 'https://shop.test/?ref={code}&from=bot',
      activationDelayDays: 1,
      expiryDays: 10,
    })
    await buys('1', 2_000)
    const now = await desk.move({ advanceSeconds: 90_000 })
    await buys('2', 100)
    await desk.adjust('40', { expiresAt: new Date(now + 2 * DAY_MS).toISOString() })
    await desk.adjust('7', { expiresAt: new Date(now + 60 * DAY_MS).toISOString() })
    accepted((await desk.hold({ orderId: '3', amount: '15' })).body)
    const { referralCode } = await desk.shop.customer(ANNA)
    await desk.register({ email: 'friend@example.com', referralCode })
    await desk.shop.post(
      {
        action: 'purchase',
        payload: { email: 'friend@example.com', orderId: '4', amount: 500, referralCode },
      },
      { prefer: 'wait=10' },
    )

    const shown = (await pocket().of(projectId, anna))!
    expect(shown).toMatchObject({
      customerId: anna,
      name: 'Anna',
      balance: '132.00',
      pending: '310.00',
      held: '15.00',
      debt: '0.00',
      currency: 'RUB',
      percent: 10,
      tier: { name: 'Silver', percent: 10 },
      next: { name: 'Gold', missing: '2900.00', by: 'spend' },
      referral: {
        code: referralCode,
        link: `https://shop.test/?ref=${referralCode}&from=bot`,
        invited: 1,
        earned: '300.00',
      },
    })
    expect(shown.expiring.map(({ amount }) => amount)).toEqual(['25.00', '100.00'])
    expect(shown.expiring[0]!.at).toEqual(new Date(now + 2 * DAY_MS))

    expect(await pocket().card(projectId, anna)).toMatchObject({
      name: 'Anna',
      phones: ['+79161234567'],
      emails: [ANNA.email],
      tier: 'Silver',
      balance: '132.00',
      totalSpent: '2100.00',
      ordersCount: 2,
      orders: [
        { orderId: '2', amount: '100.00', state: 'paid', at: expect.any(Date) },
        { orderId: '1', amount: '2000.00', state: 'paid', at: expect.any(Date) },
      ],
      since: expect.any(Date),
    })
  })

  it('tells what happened, the latest first, in pages', async () => {
    const { desk, projectId, anna, buys } = await shopOf({ basePercent: 10 })
    await buys('1', 100)
    await desk.adjust('-4')
    const first = await pocket().history(projectId, anna, { limit: 1 })
    expect(first.lines).toMatchObject([
      { kind: 'adjust', amount: '-4.00', reason: 'adjustment', orderId: null },
    ])
    const rest = await pocket().history(projectId, anna, { limit: 5, before: first.next! })
    expect(rest).toMatchObject({
      lines: [{ kind: 'earn', amount: '10.00', reason: 'purchase', orderId: '1', at: expect.any(Date) }],
      next: null,
    })
  })

  it('of a shop that gives nothing for friends and has no tiers is silent about both', async () => {
    const { projectId, anna } = await shopOf({ basePercent: 10 })
    expect(await pocket().of(projectId, anna)).toMatchObject({
      tier: null,
      next: null,
      referral: null,
      percent: 10,
      expiring: [],
    })
  })

  it('is that of the customer after a merge, and nobody has one after an erasure', async () => {
    const { desk, projectId, anna, buys } = await shopOf({
      basePercent: 10,
      referralPercent: 10,
    })
    const friend = { email: 'friend@example.com', orderId: '9', amount: 500 }
    const { referralCode } = await desk.shop.customer(ANNA)
    await desk.shop.post({ action: 'purchase', payload: { ...friend, referralCode } }, { prefer: 'wait=10' })
    await buys('1', 100)
    await desk.register({ email: 'anna@work.test' })
    const into = await desk.idOf({ email: 'anna@work.test' })
    const merged = await desk.post(`/v1/customers/${into}/merge`, { from: anna })
    expect(merged.status, JSON.stringify(merged.body)).toBeLessThan(300)
    const link = null
    expect(await pocket().of(projectId, anna)).toMatchObject({
      customerId: into,
      balance: '60.00',
      referral: { invited: 1, earned: '50.00', link },
    })
    expect((await pocket().card(projectId, anna))!.orders).toMatchObject([{ orderId: '1' }])
    const granted = { customerId: anna, amount: '5', reason: 'Sorry', key: 'a', agentId: 'agt_1' }
    expect(await pocket().grant(projectId, granted)).toMatchObject({ balance: '65.00' })

    expect(await pocket().erase(projectId, anna)).toBeUndefined()
    for (const id of [anna, into, 'cus_00000000000000000000000000']) {
      expect(await pocket().of(projectId, id)).toBeUndefined()
      expect(await pocket().card(projectId, id)).toBeUndefined()
      expect((await pocket().history(projectId, id, { limit: 5 })).lines).toEqual([])
      expect(await pocket().linkTelegram(projectId, id, '1')).toMatchObject({ refused: 'customer-not-found' })
      expect(await pocket().grant(projectId, { ...granted, customerId: id })).toMatchObject({
        refused: 'customer-not-found',
      })
    }
    expect(await desk.problems()).toEqual([])
  })
})

describe('a phone that Telegram has proven', () => {
  const telegramOf = async (projectId: string, id: string) =>
    (
      await tapline.app.sql.query<{ id: string | null; why: string | null; name: string | null }>(
        `select telegram_id as id, telegram_unreachable as why, name from customers where project_id = $1 and id = $2`,
        [projectId, id],
      )
    )[0]

  it('is of the customer whose orders carry it, who keeps the name that the shop knows', async () => {
    const { desk, projectId, anna } = await shopOf({})
    expect(await pocket().enrolByPhone(projectId, '79161234567', 'Anechka', '501')).toEqual({
      customerId: anna,
    })
    expect(await telegramOf(projectId, anna)).toMatchObject({ id: '501', name: 'Anna' })
    expect(await desk.shop.customer({ phone: '+79161234567' })).toMatchObject({ id: anna })
  })

  it('makes one customer of whoever was not known, with an account, however often it comes', async () => {
    const { projectId } = await shopOf({})
    const enrolled = await Promise.all(
      ['7 701 123 45 67', '+77011234567', '77011234567'].map((phone) =>
        pocket().enrolByPhone(projectId, phone, 'Aigerim', '502'),
      ),
    )
    const { customerId } = accepted(enrolled[0]!)
    expect(enrolled).toEqual(Array(3).fill({ customerId }))
    expect(await telegramOf(projectId, customerId)).toMatchObject({ id: '502', name: 'Aigerim' })
    expect(await pocket().of(projectId, customerId)).toMatchObject({ name: 'Aigerim', balance: '0.00' })
    expect(await pocket().enrolByPhone(projectId, '12', null, '503')).toHaveProperty('refused')
  })

  it('is of whatever country, though Telegram left out the plus', async () => {
    const { desk, projectId } = await shopOf({})
    const { customerId } = accepted(await pocket().enrolByPhone(projectId, '4915123456789', null, '505'))
    expect(await desk.shop.customer({ phone: '+4915123456789' })).toMatchObject({
      id: customerId,
      name: null,
    })
  })

  it('can be reached again where it could not, and nowhere once it is unlinked', async () => {
    const { projectId, anna } = await shopOf({})
    await pocket().linkTelegram(projectId, anna, '504')
    await tapline.app.customers.markTelegramUnreachable(projectId, anna, 'blocked')
    expect(await telegramOf(projectId, anna)).toMatchObject({ id: '504', why: 'blocked' })
    expect(await pocket().linkTelegram(projectId, anna, '504')).toBeUndefined()
    expect(await telegramOf(projectId, anna)).toMatchObject({ id: '504', why: null })
    await pocket().linkTelegram(projectId, anna, null)
    expect(await telegramOf(projectId, anna)).toMatchObject({ id: null, why: null })
  })
})

describe('a hold that waits for its customer', () => {
  async function waiting() {
    const shop = await shopOf({})
    await shop.desk.adjust('100')
    const asked = async (orderId: string) =>
      (await shop.desk.hold({ orderId, amount: '30', awaitsConfirmation: true })).body
    return { ...shop, asked, hold: await asked('1') }
  }

  it('is shown with its code and deadline, and said yes to once or twice', async () => {
    const { desk, projectId, anna, hold } = await waiting()
    const shown = {
      holdId: hold.id,
      customerId: anna,
      orderId: '1',
      amount: '30.00',
      currency: 'RUB',
      code: hold.code,
      state: 'awaiting-confirmation',
      expiresAt: new Date(hold.expiresAt),
    }
    expect(await pocket().holds.awaiting(projectId, anna)).toEqual([shown])
    expect(await pocket().holds.find(projectId, hold.id)).toEqual(shown)
    for (let times = 0; times < 2; times++)
      expect(await pocket().holds.confirm(projectId, hold.id, anna)).toEqual({ ...shown, state: 'active' })
    expect(await pocket().holds.awaiting(projectId, anna)).toEqual([])
    expect((await desk.capture(hold.id)).body.state).toBe('captured')
    expect(await pocket().holds.confirm(projectId, hold.id, anna)).toMatchObject({ state: 'captured' })
  })

  it('is said no to once or twice, but no more after a yes', async () => {
    const { desk, projectId, anna, hold, asked } = await waiting()
    for (let times = 0; times < 2; times++)
      expect(await pocket().holds.decline(projectId, hold.id, anna)).toMatchObject({ state: 'voided' })
    expect(await pocket().holds.confirm(projectId, hold.id, anna)).toMatchObject({ refused: 'hold-ended' })
    expect(await desk.bonuses()).toMatchObject({ available: '100.00', held: '0.00' })
    const { id } = await asked('2')
    await pocket().holds.confirm(projectId, id, anna)
    expect(await pocket().holds.decline(projectId, id, anna)).toMatchObject({ refused: 'hold-ended' })
    expect(await desk.holdOf(id)).toMatchObject({ state: 'active' })
  })

  it('is not there for anybody else', async () => {
    const { desk, projectId, hold } = await waiting()
    await desk.register({ email: 'thief@example.com' })
    const thief = await desk.idOf({ email: 'thief@example.com' })
    const missing = { refused: 'hold-not-found' }
    expect(await pocket().holds.confirm(projectId, hold.id, thief)).toMatchObject(missing)
    expect(await pocket().holds.decline(projectId, hold.id, thief)).toMatchObject(missing)
    expect(await pocket().holds.confirm(chat.shop.id, hold.id, thief)).toMatchObject(missing)
    expect(await pocket().holds.find(chat.shop.id, hold.id)).toBeUndefined()
    expect(await desk.holdOf(hold.id)).toMatchObject({ state: 'awaiting-confirmation' })
  })

  it('has ended after its deadline, by the clock of the shop', async () => {
    const { desk, projectId, anna, hold } = await waiting()
    await tapline.app.sql.query(`update projects set clock_offset_ms = $2 where id = $1`, [
      projectId,
      HOUR_MS,
    ])
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect(await pocket().holds.awaiting(projectId, anna)).toEqual([])
    expect(await pocket().holds.find(projectId, hold.id)).toMatchObject({ state: 'expired' })
    expect(await pocket().holds.confirm(projectId, hold.id, anna)).toMatchObject({ refused: 'hold-ended' })
    expect(await desk.bonuses()).toMatchObject({ available: '100.00' })
  })
})

describe('bonuses that an agent gives', () => {
  it('come once for each key, with the reason kept, also when asked for at once', async () => {
    const { desk, projectId, anna } = await shopOf({})
    const wish = { customerId: anna, amount: '500', reason: 'Late again', key: 'td:1', agentId: 'agt_7' }
    const given = await Promise.all(Array.from({ length: 4 }, () => pocket().grant(projectId, wish)))
    expect(given[0]).toMatchObject({ amount: '500.00', balance: '500.00', currency: 'RUB' })
    expect(given).toEqual(Array(4).fill(given[0]))
    expect(await pocket().grant(projectId, { ...wish, amount: '501' })).toMatchObject({
      refused: 'idempotency-key-reused',
    })
    for (const amount of ['0', '-5', 'many', '1.001'])
      expect(await pocket().grant(projectId, { ...wish, amount, key: 'td:2' })).toMatchObject({
        refused: 'amount-invalid',
      })
    expect((await pocket().history(projectId, anna, { limit: 9 })).lines).toHaveLength(1)
    const [audit] = await tapline.app.sql.query<{ details: object }>(
      `select details from audit_log where project_id = $1 and action = 'bonuses.adjusted'`,
      [projectId],
    )
    expect(audit!.details).toMatchObject({ customerId: anna, reason: 'Late again', staff: 'agt_7' })
    expect(await desk.problems()).toEqual([])
  })

  it("stay within the program's limits of a day", async () => {
    const { projectId, anna } = await shopOf({ limits: { staffAdjusted: { hard: '100' } } })
    const wish = { customerId: anna, reason: 'Sorry', agentId: 'agt_7' }
    expect(await pocket().grant(projectId, { ...wish, amount: '80', key: '1' })).toHaveProperty('entryId')
    expect(await pocket().grant(projectId, { ...wish, amount: '30', key: '2' })).toMatchObject({
      refused: 'limit-exceeded',
    })
    const another = { ...wish, agentId: 'agt_8', amount: '30', key: '3' }
    expect(await pocket().grant(projectId, another)).toMatchObject({ balance: '110.00' })
  })
})

describe('a session of whoever said "it is me" in Telegram', () => {
  const claims = new Map<string, { customerId: string; name: string | null } | 'asked'>()
  const open = (asked: { telegramProof: string; renewal?: string }) =>
    openSession({
      settingsOf: identity().settings.of,
      identities: {
        verify: verifyIdentity,
        secretsOf: () => Promise.resolve([]),
        customerOf: () => Promise.resolve(refuse('customer-not-found')),
      },
      // As the links are: whoever answered there is known under the claim, once.
      proofs: {
        redeem: (_, claim) => {
          const proven = claims.get(claim)
          if (proven === 'asked') return Promise.resolve(refuse('proof-pending'))
          claims.delete(claim)
          return Promise.resolve(proven ?? refuse('proof-refused'))
        },
      },
      find: async (projectId, { id }): Promise<{ customerId: string; name: string | null } | Refusal> => {
        const found = await tapline.app.customers.find(projectId, id)
        return found?.erasedAt === null
          ? { customerId: found.id, name: found.name }
          : refuse('customer-erased', { customerId: id })
      },
      become: identity().become,
      participants: identity().participants,
      tokens: sessionTokens([ENCRYPTION_KEY]),
      now: () => Date.now(),
    })(chat.shop.id, asked)
  const me = (token: string) => chat.must<{ customer: { id: string } | null }>('GET', '/v1/me', token)
  const visitor = () =>
    chat.must<{ renewal: string; participant: { id: string } }>(
      'POST',
      '/v1/visitor-sessions',
      chat.shop.publishableKey,
      {},
    )

  it('waits for the yes, is of that customer then, with what was said before, and is opened once', async () => {
    const proven = await customer()
    const { renewal, participant } = await visitor()
    const where = await opened(participant.id)
    claims.set('a', 'asked')
    expect(await open({ telegramProof: 'a', renewal })).toMatchObject({ refused: 'proof-pending' })
    claims.set('a', proven)
    const session = accepted(await open({ telegramProof: 'a', renewal }))
    expect(session).toMatchObject({ renewal: null, participant: { kind: 'customer', name: 'Anna' } })
    expect((await me(session.token)).customer).toMatchObject({ id: proven.customerId })
    expect(await messenger().members(where)).toMatchObject([{ customerId: proven.customerId }])
    expect(await open({ telegramProof: 'a' })).toMatchObject({ refused: 'proof-refused' })
  })

  it('is of whoever the customer is by now, and of nobody when it was erased', async () => {
    const [from, into] = [await customer(), await customer()]
    await chat.must('POST', `/v1/customers/${into.customerId}/merge`, chat.shop.secretKey, {
      from: from.customerId,
    })
    claims.set('b', from)
    const session = accepted(await open({ telegramProof: 'b' }))
    expect((await me(session.token)).customer).toMatchObject({ id: into.customerId })
    await pocket().erase(chat.shop.id, into.customerId)
    claims.set('c', from)
    expect(await open({ telegramProof: 'c' })).toMatchObject({ refused: 'proof-refused' })
  })

  it('is asked for with one proof only, and with one that is known', async () => {
    const ask = (body: object) =>
      tapline.call<{ code: string }>('POST', '/v1/visitor-sessions', chat.shop.publishableKey, body, {
        origin: ORIGIN,
      })
    expect(await ask({ telegramProof: 'made-up' })).toMatchObject({
      status: 401,
      body: { code: 'proof-refused' },
    })
    expect(await ask({ telegramProof: 'made-up', identity: 'a.b.c' })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    })
  })
})

describe('whoever wants no marketing', () => {
  it('is told what happens to their bonuses all the same, and nothing else', async () => {
    const { desk, projectId, anna } = await shopOf({})
    await desk.register({ email: 'boris@example.com' })
    const boris = await desk.idOf({ email: 'boris@example.com' })
    await pocket().linkTelegram(projectId, anna, '601')
    await pocket().linkTelegram(projectId, boris, '602')
    const notices = composeNotices({
      sql: tapline.app.sql,
      newId,
      reach: tapline.app.customers.reach,
      shop: () => Promise.resolve({ name: 'Shop', locale: 'en', timeZone: 'Europe/Moscow' }),
      hasChannel: () => Promise.resolve(true),
      mayAdvertise: (_, project, { customerId }) =>
        Promise.resolve(project === projectId && customerId !== anna),
      owner: () => Promise.resolve(null),
      channels: {},
      markUnreachable: () => Promise.resolve(),
    })
    const payload = { currency: 'RUB', amountMinor: 100, availableMinor: 100, pending: false, at: 0 }
    const told = ['bonus.expiring', 'tier.downgrading', 'birthday', 'bonus.spent', 'purchase', 'bonus.held']
    const events = [anna, boris].flatMap((customerId) =>
      told.map((what) => ({
        projectId,
        id: `${customerId} ${what}`,
        type: what.includes('.') ? what : 'bonus.awarded',
        payload: { ...payload, customerId, reason: what, awaitsConfirmation: true },
      })),
    )
    const pool = createPool({ url: tapline.databaseUrl, max: 1, name: 'tests', onIdleError: () => undefined })
    const written = await unitOfWork(pool)(async (transaction) => {
      await notices.plan(transaction, events)
      return sqlOf(transaction).query<{ id: string; address: string }>(
        `delete from notices where project_id = $1 returning event_id as id, address`,
        [projectId],
      )
    })
    await pool.end()
    const of = (address: string) =>
      written.filter((one) => one.address === address).map(({ id }) => id.split(' ')[1])
    expect(of('601').sort()).toEqual(['bonus.spent', 'purchase'])
    expect(of('602').sort()).toEqual(told.filter((what) => what !== 'bonus.held').sort())
  })
})
