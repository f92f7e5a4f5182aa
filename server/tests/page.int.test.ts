import type { components } from '@tapline/openapi'
import { signIdentity } from '@tapline/signing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSupportDesk, type ShopWithDesk, type SupportDesk } from './support-desk.fixture.ts'
import { openPhone } from './telegram-phone.fixture.ts'
import { eventually, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']

const ORIGIN = 'https://shop.example'

let desk: SupportDesk
let tapline: Tapline
let shop: Shop

beforeAll(async () => {
  desk = await openSupportDesk()
  tapline = desk.tapline
  shop = await tapline.createShop({ name: 'Лавка' }, { basePercent: 5.5, maxSpendPercent: 30 })
  await shop.put('/v1/chat-settings', { allowedOrigins: [ORIGIN] })
})
afterAll(() => desk.stop())

const page = (headers: Record<string, string> = { origin: ORIGIN }, of = shop) =>
  tapline.call<Schemas['Page'] & Schemas['Problem']>('GET', '/v1/page', of.publishableKey, undefined, headers)

describe('a page of the shop', () => {
  it('is told how the shop is, and may keep it for a minute', async () => {
    const { status, body, headers } = await page()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      name: 'Лавка',
      locale: 'ru',
      currency: 'RUB',
      widget: { colour: '#1f6feb', theme: 'auto', side: 'right', offlineForm: true, greetings: [] },
      chat: { open: true, changesAt: null, requireIdentity: false },
      bonuses: { percent: 5.5, maxSpendPercent: 30, spending: 'reservations', nominals: [] },
      telegram: false,
    })
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(headers.get('vary')?.toLowerCase()).toBe('origin, authorization')
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  it('of another origin, and whoever is no page, is told nothing and keeps no answer', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, {}] as Record<string, string>[]) {
      const refused = await page(headers)
      expect(refused).toMatchObject({ status: 403, body: { code: 'origin-not-allowed' } })
      expect(refused.headers.get('cache-control')).toBeNull()
    }
    expect(
      await tapline.call('GET', '/v1/page', shop.secretKey, undefined, { origin: ORIGIN }),
    ).toMatchObject({
      status: 401,
    })
  })

  it('that is looked at too often keeps nobody from speaking', async () => {
    const other = await tapline.createShop()
    await other.put('/v1/chat-settings', { allowedOrigins: [ORIGIN] })
    // Two minutes let in six hundred.
    const looks = await Promise.all(Array.from({ length: 601 }, () => page({ origin: ORIGIN }, other)))
    expect(looks.map(({ status }) => status)).toContain(429)
    const spoken = await tapline.call('POST', '/v1/visitor-sessions', other.publishableKey, {}, { origin: ORIGIN }) // prettier-ignore
    expect(spoken.status).toBe(201)
  })

  it('knows when the shop opens, by the clock of the shop', async () => {
    const other = await tapline.createShop({ timeZone: 'Asia/Almaty', sandbox: true })
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => ({
      day,
      from: '09:00',
      to: '18:00',
    }))
    await other.put('/v1/chat-settings', {
      allowedOrigins: [ORIGIN],
      requireIdentity: true,
      businessHours: { days, closedReply: { ru: 'Завтра' } },
    })
    const seen = await page(undefined, other)
    expect(seen.body.chat).toMatchObject({ requireIdentity: true })
    const { open, changesAt } = seen.body.chat
    expect(changesAt).toMatch(open ? /T13:00:00.000Z$/ : /T04:00:00.000Z$/)
    const wait = Date.parse(changesAt!) - Date.now()
    await tapline.call('POST', '/v1/sandbox/clock', other.secretKey, {
      advanceSeconds: Math.ceil(wait / 1_000) + 60,
    })
    const later = await eventually(
      () => page(undefined, other),
      ({ body }) => body.chat.open !== open,
    )
    expect(Date.parse(later.body.chat.changesAt!)).toBeGreaterThan(Date.parse(changesAt!))
  })
})

describe('settings of the page', () => {
  it('are put whole, shown with all defaults, and reach pages', async () => {
    const given = {
      widget: {
        title: { ru: 'Поможем' },
        colour: '#AA3311',
        greetings: [{ text: { ru: 'Нужна помощь?' }, paths: ['/catalog/*'] }],
        preChat: { fields: ['name', 'phone'] },
        consent: { text: { ru: 'Согласен' }, url: 'https://shop.example/privacy' },
      },
      spending: 'promo-codes',
    }
    const put = await shop.put<Schemas['PageSettings']>('/v1/page-settings', given)
    expect(put).toMatchObject({
      status: 200,
      body: {
        widget: {
          colour: '#aa3311',
          theme: 'auto',
          greetings: [{ paths: ['/catalog/*'], afterSeconds: 10, whenOpen: false }],
          preChat: { fields: ['name', 'phone'], required: false },
        },
        spending: 'promo-codes',
      },
    })
    expect((await shop.get('/v1/page-settings')).body).toEqual(put.body)
    const codes = (nominal: string, ...names: string[]) =>
      tapline.call('POST', '/v1/promo-codes', shop.secretKey, { nominal, codes: names })
    await codes('1000', 'M1')
    await codes('500', 'K1', 'K2')
    const seen = await page()
    expect(seen.body.widget).toEqual(put.body.widget)
    expect(seen.body.bonuses).toMatchObject({ spending: 'promo-codes', nominals: ['500.00', '1000.00'] })
    expect(await shop.put('/v1/page-settings', put.body)).toMatchObject({ status: 200, body: put.body })
  })

  it('are written into the audit log by the names of what changed, once', async () => {
    const { body } = await tapline.admin<{ data: { action: string; details: unknown }[] }>(
      'GET',
      `/admin/v1/projects/${shop.id}/audit`,
    )
    const told = body.data.filter(({ action }) => action === 'page-settings.changed')
    expect(told.map(({ details }) => details)).toEqual([{ changed: ['widget', 'spending'] }])
  })

  it.each([
    ['a colour that is none', { widget: { colour: 'red' } }],
    ['a path that is none', { widget: { greetings: [{ text: { ru: 'x' }, paths: ['catalog'] }] } }],
    ['a policy that is a script', { widget: { consent: { text: { ru: 'x' }, url: 'javascript:alert(1)' } } }],
    ['what nobody knows', { widget: { font: 'Comic Sans' } }],
  ])('are refused with %s', async (_, given) => {
    expect(await shop.put('/v1/page-settings', given)).toMatchObject({ status: 400 })
  })

  it('are not for pages to see or set', async () => {
    const headers = { origin: ORIGIN }
    for (const method of ['GET', 'PUT'])
      expect(
        await tapline.call(
          method,
          '/v1/page-settings',
          shop.publishableKey,
          method === 'PUT' ? {} : undefined,
          headers,
        ),
      ).toMatchObject({ status: 401 })
  })
})

/** A browser in the page, and what it may ask. */
async function visit(of: { publishableKey: string }, session: object = {}) {
  const headers = { origin: ORIGIN }
  const { body } = await tapline.call<Schemas['VisitorSession']>(
    'POST',
    '/v1/visitor-sessions',
    of.publishableKey,
    session,
    headers,
  )
  const ask = <Body = Record<string, never>>(method: string, path: string, said?: unknown) =>
    tapline.call<Body & Schemas['Problem']>(method, path, body.token, said, headers)
  let said = 0
  return {
    ...body,
    ask,
    begin: async () => (await ask<{ id: string }>('POST', '/v1/conversations', {})).body.id,
    write: (conversationId: string, text: string) =>
      ask('POST', `/v1/conversations/${conversationId}/messages`, {
        clientId: `in-the-page-${++said}`,
        text,
      }),
    request: async (conversationId: string) =>
      (await ask<Schemas['MyRequest']>('GET', `/v1/me/conversations/${conversationId}/request`)).body.request,
    rate: (conversationId: string, rating: object) =>
      ask<Schemas['MyRequest']>('PUT', `/v1/me/conversations/${conversationId}/rating`, rating),
  }
}
type Visit = Awaited<ReturnType<typeof visit>>

describe('whoever asked in a page', () => {
  let of: ShopWithDesk & Shop
  let anna: Visit
  let conversationId: string

  beforeAll(async () => {
    of = await desk.shop({})
    await of.must('PUT', '/v1/chat-settings', { allowedOrigins: [ORIGIN] })
    anna = await visit(of)
    conversationId = await anna.begin()
  })

  const ticket = async () =>
    (await of.must<{ data: Schemas['Ticket'][] }>('GET', `/v1/tickets?conversationId=${conversationId}`))
      .data[0]!
  const asked = (status: string) =>
    eventually(
      () => anna.request(conversationId),
      (request) => request?.status === status,
    )

  it('sees how it stands, and rates it once it is solved', async () => {
    expect(await anna.request(conversationId)).toBeNull()
    expect(await anna.rate(conversationId, { score: 5 })).toMatchObject({ status: 422, body: { code: 'rating-too-early' } }) // prettier-ignore
    await anna.write(conversationId, 'Where is my order?')
    expect(await asked('new')).toMatchObject({ asksForRating: false, score: null })
    expect(await anna.rate(conversationId, { score: 5 })).toMatchObject({
      body: { code: 'rating-too-early' },
    })
    const { id, number } = await ticket()
    await of.must('PATCH', `/v1/tickets/${id}`, { status: 'solved' })
    expect(await anna.request(conversationId)).toEqual({
      number,
      status: 'solved',
      asksForRating: true,
      score: null,
    })

    expect(await anna.rate(conversationId, { score: 3, comment: 'slow' })).toMatchObject({
      status: 200,
      body: { request: { number, status: 'solved', asksForRating: false, score: 3 } },
    })
    await anna.rate(conversationId, { score: 5 })
    expect((await ticket()).rating).toMatchObject({ score: 5, comment: 'slow' })
    await anna.rate(conversationId, { score: 4, comment: null })
    expect((await ticket()).rating).toMatchObject({ score: 4, comment: null })
  })

  it('of somebody else sees nothing, and nobody but a session does', async () => {
    const boris = await visit(of)
    const path = `/v1/me/conversations/${conversationId}`
    expect(await boris.ask('GET', `${path}/request`)).toMatchObject({ status: 404, body: { code: 'conversation-not-found' } }) // prettier-ignore
    expect(await boris.rate(conversationId, { score: 1 })).toMatchObject({ status: 404, body: { code: 'conversation-not-found' } }) // prettier-ignore
    expect(await tapline.call('GET', `${path}/request`, of.secretKey)).toMatchObject({ status: 401 })
    expect(await anna.rate(conversationId, { score: 6 })).toMatchObject({ status: 400 })
    const [first] = await tapline.app.sql.query<{ score: number }>(
      'select rating_score as score from tickets where project_id = $1 and conversation_id = $2',
      [of.id, conversationId],
    )
    expect(first).toEqual({ score: 4 })
  })
})

describe('what a visitor says of itself', () => {
  let of: ShopWithDesk & Shop
  beforeAll(async () => {
    of = await desk.shop({})
    await of.must('PUT', '/v1/chat-settings', { allowedOrigins: [ORIGIN] })
  })
  const say = (who: Visit, said: object) => who.ask<Schemas['Me']>('PATCH', '/v1/me', said)
  const rowOf = async (id: string) =>
    (
      await tapline.app.sql.query<object>(
        'select name, said_email as email, said_phone as phone, customer_id as "customerId" from chat_participants where id = $1',
        [id],
      )
    )[0]

  it('stands on the card of its request as said and not proven, and links nothing', async () => {
    await of.post({ action: 'purchase', orderId: '1', amount: 100, email: 'anna@example.com' })
    const anna = await visit(of)
    const conversationId = await anna.begin()
    await anna.write(conversationId, 'Is it blue?')
    const task = await of.taskOf('Is it blue?')
    expect(task.description).toContain('A visitor')
    const said = { name: ' Anna ', email: ' Anna@Example.COM ', phone: '+7 701 000-00-00' }
    const { participant } = anna
    expect(await say(anna, said)).toMatchObject({
      status: 200,
      body: { participant: { id: participant.id, kind: 'visitor', name: 'Anna' }, customer: null },
    })
    expect(await rowOf(participant.id)).toEqual({ name: 'Anna', email: 'anna@example.com', phone: '+77010000000', customerId: null }) // prettier-ignore
    expect((await anna.ask<Schemas['Me']>('GET', '/v1/me')).body).toMatchObject({ participant: { name: 'Anna' }, customer: null }) // prettier-ignore
    const card = await eventually(
      () => Promise.resolve(of.tasks().find(({ id }) => id === task.id)!),
      ({ description }) => description.includes('+77010000000'),
    )
    expect(card.description).toMatch(/Said of itself, not proven: Anna · \\?\+77010000000 · anna/)
    expect(card.content).toBe(task.content)
    // What was left out stays.
    await say(anna, { phone: '+7(701)0000001' })
    expect(await rowOf(participant.id)).toMatchObject({ email: 'anna@example.com', phone: '+77010000001' })
  })

  it('is seen by agents in their group', async () => {
    const [agent] = of.agents
    const inChat = { botId: of.botId, id: agent!.telegramId }
    openPhone(tapline, inChat)
    const group = desk.telegram.createGroup({ members: [agent!.telegramId], botId: of.botId })
    await of.must('PUT', '/v1/integrations/telegram/agents-group', { chatId: String(group.id) })
    const inGroup = openPhone(tapline, { ...inChat, chatId: group.id })
    const boris = await visit(of)
    await say(boris, { email: 'boris@example.com' })
    await boris.write(await boris.begin(), 'Is it red?')
    await inGroup.reads('Is it red?')
    await inGroup.presses('Open card')
    await inGroup.reads('Said of itself, not proven: boris@example.com')
  })

  it.each([
    ['no address', { email: 'anna' }, '/email', 'invalid-email'],
    ['no number', { phone: '12' }, '/phone', 'invalid-phone'],
  ])('that is %s is refused, and says why', async (_, said, pointer, code) => {
    const anna = await visit(of)
    expect(await say(anna, { name: 'Anna', ...said })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer, code }] },
    })
    expect(await rowOf(anna.participant.id)).toMatchObject({ name: null })
    expect(await say(anna, {})).toMatchObject({ status: 400 })
  })

  it('goes with whoever it turned out to be: exported, and erased', async () => {
    const vera = await visit(of)
    await say(vera, { phone: '+7 701 000-00-02' })
    const identity = signIdentity({ secret: of.signingSecret, externalId: 'vera' })
    const proven = await visit(of, { identity, renewal: vera.renewal })
    const { body: me } = await proven.ask<Schemas['Me']>('GET', '/v1/me')
    expect(me.customer).toMatchObject({ phones: [] })
    expect(await say(proven, { phone: '+7 701 000-00-03' })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
    const customer = `/v1/customers/${me.customer!.id}`
    const told = await of.must<{ sections: { chat: object } }>('GET', `${customer}/export`)
    expect(told.sections.chat).toMatchObject({ said: [{ phone: '+77010000002' }] })
    await of.must('DELETE', customer)
    expect(await rowOf(vera.participant.id)).toMatchObject({ name: null, phone: null })
  })

  it('costs as words do', async () => {
    await of.must('PUT', '/v1/chat-settings', {
      allowedOrigins: [ORIGIN],
      credits: { capacity: 3, refillSeconds: 3600 },
    })
    await eventually(
      async () => {
        const gleb = await visit(of)
        const statuses: number[] = []
        for (let turn = 0; turn < 4; turn++) statuses.push((await say(gleb, { name: `Gleb ${turn}` })).status)
        return statuses
      },
      (statuses) => String(statuses) === '200,200,200,429',
    )
  })
})
