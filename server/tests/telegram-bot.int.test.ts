import { signIdentity } from '@tapline/signing'
import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChatDesk, ORIGIN, type ChatDesk } from './chat-desk.fixture.ts'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'
import { openPhone } from './telegram-phone.fixture.ts'

type Schemas = components['schemas']

const BOT = 810_001
const RULES = {
  basePercent: 10,
  welcomeBonus: 1_000,
  referral: { referrerBonus: '100', friendBonus: '50' },
  referralUrl: 'https://shop.example.test/?ref={code}',
  tiers: [{ name: 'Gold & more', threshold: 5_000, percent: 5 }],
}
let tapline: Tapline
let desk: ChatDesk
let count = 0

beforeAll(async () => {
  tapline = await startTapline()
  desk = await openChatDesk(tapline)
  await connect(desk, BOT)
  expect((await desk.shop.put('/v1/program', RULES)).status).toBe(200)
})
afterAll(() => tapline.stop())

async function connect({ shop }: { shop: Shop }, botId: number): Promise<void> {
  const token = `${botId}:secret-of-bot-${botId}`
  tapline.telegram.createBot({ token, username: `bot_${botId}` })
  expect(await shop.put('/v1/integrations/telegram', { token })).toMatchObject({ status: 200 })
  expect((await shop.put('/v1/support-settings', {})).status).toBe(200)
  await tapline.admin('PATCH', `/admin/v1/projects/${shop.id}`, { locale: 'en' })
}

type Who = Partial<Parameters<typeof openPhone>[1]>
const phone = (who: Who = {}) => openPhone(tapline, { botId: BOT, ...who })
const newNumber = () => `+7900${String(1_000_000 + ++count)}`
/** Somebody whom the shop knows by phone. */
async function customer(name = 'Anna', shop: Shop = desk.shop): Promise<{ number: string; id: string }> {
  const number = newNumber()
  const answer = await shop.post(
    { action: 'register_user', payload: { phone: number, name } },
    { prefer: 'wait=10' },
  )
  expect(answer.status).toBe(200)
  return { number, id: (await shop.customer({ phone: number })).id }
}
/** Somebody who has shared its contact. */
async function linked(who: Who = {}, shop: Shop = desk.shop) {
  const { number, id } = await customer(who.firstName, shop)
  const own = phone({ ...who, phone: number })
  own.shares()
  await own.reads('your bonus account is linked')
  return { ...own, customerId: id, number }
}
const hold = async (customerId: string, more: object = {}, shop: Shop = desk.shop) =>
  desk.must<Schemas['Hold'] & { code: string }>('POST', '/v1/holds', shop.secretKey, {
    customer: { id: customerId },
    orderId: `order-${++count}`,
    amount: '500.00',
    awaitsConfirmation: true,
    ...more,
  })
type TicketRow = { id: string; number: number; conversationId: string; status: string; subject: string }
const ticketsOf = (telegramId: number) =>
  tapline.app.sql.query<TicketRow>(
    `select t.id, t.number, t.conversation_id as "conversationId", t.status, t.subject from tickets t
     join conversation_participants m on m.project_id = t.project_id and m.conversation_id = t.conversation_id
     join telegram_people p on p.project_id = m.project_id and p.participant_id = m.participant_id
     where p.telegram_id = $1 order by t.number`,
    [String(telegramId)],
  )
const ticket = async (telegramId: number, place = 0, is: (row: TicketRow) => boolean = () => true) =>
  (
    await eventually(
      () => ticketsOf(telegramId),
      (rows) => rows[place] !== undefined && is(rows[place]),
    )
  )[place]!
const textsIn = async (conversationId: string) =>
  (
    await tapline.app.sql.query<{ text: string }>(
      `select text from messages where conversation_id = $1 order by sequence`,
      [conversationId],
    )
  ).map(({ text }) => text)

describe.concurrent('with the bot', () => {
  describe.concurrent('what a customer does in the bot', () => {
    it('starts, and a first message becomes a request, with or without Start', async () => {
      const own = phone({ firstName: 'Анна <b>&', languageCode: 'ru-RU' })
      own.start()
      const welcome = await own.reads('Здравствуйте, Анна <b>&!')
      expect(welcome.text).toContain('поделитесь номером')
      own.says('Где мой заказ?')
      const { number, conversationId } = await ticket(own.id)
      await own.reads(`Обращение № ${number} принято.`)
      expect(await textsIn(conversationId)).toEqual(['Где мой заказ?'])
      const other = phone({ languageCode: 'kk' })
      other.says('Сәлем')
      await other.reads('өтініш қабылданды')
      expect(await ticketsOf(other.id)).toHaveLength(1)
    })

    it('sees balance, level, what is missing, history and the link for friends', async () => {
      const own = await linked()
      own.says('💰 Balance')
      const { text } = await own.reads('Orders of 5,000 more bring Gold & more')
      expect(text).toContain('You have 1,000 bonuses')
      own.says('/history')
      expect((await own.reads('Your bonuses so far')).text).toContain('+1,000 welcome gift')
      own.says('🤝 Invite a friend')
      const invitation = await own.reads('Your code for friends')
      expect(invitation.photo).toBeDefined()
      expect(invitation.caption).toContain('https://shop.example.test/?ref=')
    })

    it('19. a foreign contact is refused, the own one links', async () => {
      const [{ number, id }, stranger] = [await customer(), phone({ phone: newNumber() })]
      const own = phone({ phone: number })
      own.shares(stranger.id)
      await own.reads('That contact is not yours')
      own.shares()
      await own.reads('your bonus account is linked')
      expect(await desk.shop.customer({ phone: number })).toMatchObject({ id, telegramId: String(own.id) })
      const [person] = await tapline.app.sql.query(
        `select customer_id, linked_by from telegram_people where telegram_id = $1`,
        [String(own.id)],
      )
      expect(person).toEqual({ customer_id: id, linked_by: 'contact' })
    })

    it('chooses the language, and what is advertised', async () => {
      const own = phone()
      own.says('/language')
      await own.reads('Which language')
      await own.presses('Қазақша')
      await own.reads('Енді қазақша сөйлесеміз')
      own.says('/stop')
      await own.reads('Енді жарнама болмайды')
      const [person] = await tapline.app.sql.query(
        `select locale, marketing from telegram_people where telegram_id = $1`,
        [String(own.id)],
      )
      expect(person).toEqual({ locale: 'kk', marketing: false })
    })

    it('is asked twice before everything is deleted', async () => {
      const own = await linked()
      own.says('/settings')
      await own.presses('Delete my data')
      await own.presses('Yes, delete')
      await own.presses('Delete for good')
      await own.reads('Your data is deleted')
      expect(await tapline.app.sql.query(`select 1 from telegram_people where telegram_id = $1`, [String(own.id)])).toEqual([]) // prettier-ignore
      expect((await desk.shop.get<Schemas['Customer']>(`/v1/customers/${own.customerId}`)).body).toMatchObject({ phones: [] }) // prettier-ignore
    })

    it('is forgotten with its words also where nobody knows who it is', async () => {
      const own = phone()
      own.says('My secret')
      const { conversationId } = await ticket(own.id)
      await own.pressesData('dc')
      await own.reads('Your data is deleted')
      expect(await textsIn(conversationId)).toEqual([null])
      expect(await tapline.app.sql.query(`select 1 from telegram_people where telegram_id = $1`, [String(own.id)])).toEqual([]) // prettier-ignore
    })

    it('links another account only when asked, and is nobody after unlinking', async () => {
      const own = await linked()
      const { id } = await customer('Boris')
      tapline.telegram.shareContact({ ...own.place, phone: (await desk.shop.get<Schemas['Customer']>(`/v1/customers/${id}`)).body.phones[0]! }) // prettier-ignore
      await own.reads('Link the account with this number instead?')
      const isOf = async () => {
        const [row] = await tapline.app.sql.query<{ id: string | null }>(`select customer_id as id from telegram_people where telegram_id = $1`, [String(own.id)]) // prettier-ignore
        return row!.id
      }
      expect(await isOf()).toBe(own.customerId)
      await own.presses('Yes')
      await eventually(isOf, (customerId) => customerId === id)
      const former = await desk.shop.get<Schemas['Customer']>(`/v1/customers/${own.customerId}`)
      expect(former.body.telegramId).toBeNull()
      await own.pressesData('us')
      await eventually(isOf, (customerId) => customerId === null)
    })

    it('stays whom it was when its customer becomes part of another', async () => {
      const [kept, given] = [await linked(), await linked()]
      const { id: into } = await customer()
      const merge = (from: string, other: string) =>
        desk.must<Schemas['Merge']>('POST', `/v1/customers/${other}/merge`, desk.shop.secretKey, { from })
      // It has spoken, too: two participants become one.
      await tapline.app.chat.become(desk.shop.id, { customerId: into, name: null }, undefined)
      await merge(kept.customerId, into)
      const isOf = async (telegramId: number) => {
        const [row] = await tapline.app.sql.query<{ id: string | null }>(`select customer_id as id from telegram_people where telegram_id = $1`, [String(telegramId)]) // prettier-ignore
        return row!.id
      }
      expect(await isOf(kept.id)).toBe(into)
      kept.says('After the merge')
      await kept.reads(`Request #${(await ticket(kept.id)).number} received`)
      const { id: mergeId } = await merge(given.customerId, into)
      expect([await isOf(kept.id), await isOf(given.id)]).toEqual([into, null])
      await desk.must('POST', `/v1/merges/${mergeId}/undo`, desk.shop.secretKey)
      expect([await isOf(kept.id), await isOf(given.id)]).toEqual([into, given.customerId])
      given.says('After the parting')
      expect((await ticket(given.id)).subject).toBe('After the parting')
    })

    it('29. is shown as called, also after being renamed, without a name, or with one that is markup', async () => {
      const own = phone({ firstName: '\u202E<i>Ж&amp;</i> 🎉', username: 'anna_1' })
      own.start()
      await own.reads('Hello \u202E<i>Ж&amp;</i> 🎉!')
      const rows = () => tapline.app.sql.query(`select name, username from telegram_people where telegram_id = $1`, [String(own.id)]) // prettier-ignore
      expect(await rows()).toEqual([{ name: '\u202E<i>Ж&amp;</i> 🎉', username: 'anna_1' }])
    })
  })

  describe.concurrent('links into the bot', () => {
    const make = <Body = Schemas['TelegramLink']>(token: string, body: object = {}) =>
      tapline.call<Body>('POST', '/v1/telegram-links', token, body, {
        origin: ORIGIN,
        'idempotency-key': `link-${++count}`,
      })
    const payloadOf = ({ url }: Schemas['TelegramLink']) => new URL(url).searchParams.get('start')!

    it('20. opens an account once; used, forged and old ones are told', async () => {
      const { id } = await customer('Boris')
      const { body: link, status } = await make(desk.shop.secretKey, { customer: { id } })
      expect(status).toBe(201)
      expect(link).toMatchObject({ claim: null, code: expect.stringMatching(/^\d{4}$/) as string })
      const own = phone()
      own.start(payloadOf(link))
      await own.reads(`bonus account of Boris?\nCode: ${link.code}`)
      await own.presses('Yes')
      await own.reads('your bonus account is linked')
      const other = phone()
      other.start(payloadOf(link))
      await other.reads('This link was used already')
      other.start('l_forged-forged-forged-forged-forg')
      other.says('/start cus_01ARZ3NDEKTSV4RRFFQ69G5FAV')
      other.says(`/start l_${'a'.repeat(70)}`)
      await eventually(
        () => Promise.resolve(other.texts().filter((text) => text.includes('This link was used already'))),
        (told) => told.length === 4,
      )
      const [person] = await tapline.app.sql.query(`select customer_id from telegram_people where telegram_id = $1`, [String(own.id)]) // prettier-ignore
      expect(person).toEqual({ customer_id: id })
      await tapline.app.sql.query(`update telegram_links set expires_at = now() where customer_id = $1`, [id])
      expect((await make(desk.shop.publishableKey, {})).status).toBeGreaterThanOrEqual(401)
    })

    it('opens the account that the one it was made for was merged into', async () => {
      const [from, into] = [await customer('Vera'), await customer('Vera V.')]
      const { body: link } = await make(desk.shop.secretKey, { customer: { id: from.id } })
      await desk.must('POST', `/v1/customers/${into.id}/merge`, desk.shop.secretKey, { from: from.id })
      const own = phone()
      own.start(payloadOf(link))
      await own.reads('Link this Telegram to the bonus account')
      await own.presses('Yes')
      await own.reads('your bonus account is linked')
      const [person] = await tapline.app.sql.query(`select customer_id from telegram_people where telegram_id = $1`, [String(own.id)]) // prettier-ignore
      expect(person).toEqual({ customer_id: into.id })
    })

    it('takes no account from whoever has it, unless the shop itself has made it', async () => {
      const [own, thief] = [await linked({ firstName: 'Anna' }), phone()]
      const identity = signIdentity({ secret: desk.shop.signingSecret, phone: own.number })
      const session = await desk.must<Schemas['VisitorSession']>('POST', '/v1/visitor-sessions', desk.shop.publishableKey, { identity }) // prettier-ignore
      const ofPage = (await make(session.token)).body
      const made = await hold(own.customerId)
      thief.start(payloadOf(ofPage))
      await thief.reads('This bonus account is linked to another Telegram')
      expect(thief.texts().filter((text) => text.includes('Link this Telegram'))).toEqual([])
      expect((await desk.shop.get<Schemas['Hold']>(`/v1/holds/${made.id}`)).body.state).toBe('awaiting-confirmation') // prettier-ignore

      // Asked while nobody had it: whoever proves the number first keeps it.
      const free = await customer('Vera')
      const early = await desk.must<Schemas['VisitorSession']>('POST', '/v1/visitor-sessions', desk.shop.publishableKey, { identity: signIdentity({ secret: desk.shop.signingSecret, phone: free.number }) }) // prettier-ignore
      const late = phone()
      late.start(payloadOf((await make(early.token)).body))
      await late.reads('Link this Telegram to the bonus account')
      const owner = phone({ phone: free.number })
      owner.shares()
      await owner.reads('your bonus account is linked')
      await late.presses('Yes')
      await late.reads('This bonus account is linked to another Telegram')

      const ofShop = (await make(desk.shop.secretKey, { customer: { id: own.customerId } })).body
      thief.start(payloadOf(ofShop))
      await thief.reads('Link this Telegram to the bonus account')
      await thief.presses('Yes')
      await thief.reads('your bonus account is linked')
      await own.reads('Your bonus account was linked to another Telegram')
    })

    it('says what a page wants the number for, and asks nothing for one that was left', async () => {
      const session = await desk.must<Schemas['VisitorSession']>('POST', '/v1/visitor-sessions', desk.shop.publishableKey, {}) // prettier-ignore
      const { body: ofPage } = await make(session.token)
      const own = phone()
      own.start(payloadOf(ofPage))
      const told = await own.reads('To confirm on the site of')
      expect(told.text).toContain(`code ${ofPage.code}`)
      const { id } = await customer('Gleb')
      own.start(payloadOf((await make(desk.shop.secretKey, { customer: { id } })).body))
      await own.reads('Link this Telegram to the bonus account')
      await own.presses('Yes')
      await own.reads('You have')
      expect(own.texts().filter((text) => text.includes('Is it you on the site'))).toEqual([])
    })

    it.each([
      ['Yes', 'active', 'your bonus account is linked'],
      ['No', 'voided', 'nothing was changed'],
    ])('asks once for the account and for what waits on the page: %s', async (answer, state, told) => {
      const { number } = await customer()
      const identity = signIdentity({ secret: desk.shop.signingSecret, phone: number })
      const { token } = await desk.must<Schemas['VisitorSession']>('POST', '/v1/visitor-sessions', desk.shop.publishableKey, { identity }) // prettier-ignore
      const made = await desk.must<Schemas['Hold']>('POST', '/v1/me/holds', token, { amount: '300' })
      const own = phone()
      own.start(payloadOf((await make(token)).body))
      await own.reads('and spend 300 bonuses?')
      await own.presses(answer)
      await own.reads(told)
      expect((await desk.shop.get<Schemas['Hold']>(`/v1/holds/${made.id}`)).body.state).toBe(state)
    })

    it('a thread that began on the page goes on, and the page learns who it is', async () => {
      const session = await desk.must<Schemas['VisitorSession']>('POST', '/v1/visitor-sessions', desk.shop.publishableKey, { name: 'Guest' }) // prettier-ignore
      const conversation = await desk.must<Schemas['Conversation']>('POST', '/v1/conversations', session.token, {}) // prettier-ignore
      await desk.must('POST', `/v1/conversations/${conversation.id}/messages`, session.token, {
        text: 'Is it <in> stock?',
        clientId: 'said-on-the-page-1',
      })
      const { body: link } = await make(session.token)
      const own = await linked()
      own.start(payloadOf(link))
      const joined = await own.reads(`The code there: ${link.code}`)
      expect(joined.text).toContain('You: Is it <in> stock?')
      const prove = () => tapline.call<Schemas['VisitorSession'] & { code: string }>('POST', '/v1/visitor-sessions', desk.shop.publishableKey, { telegramProof: link.claim, renewal: session.renewal }, { origin: ORIGIN }) // prettier-ignore
      expect((await prove()).body.code).toBe('proof-pending')
      own.says('It is me')
      await own.presses('Yes')
      await own.reads('Confirmed: go back to the site')
      const proven = await prove()
      expect(proven.body.participant.kind).toBe('customer')
      const me = await desk.must<Schemas['Me']>('GET', '/v1/me', proven.body.token)
      expect(me.customer?.id).toBe(own.customerId)
      expect((await prove()).body.code).toBe('proof-refused')
      expect(await textsIn(conversation.id)).toEqual(['Is it <in> stock?', 'It is me'])
    })
  })

  describe.concurrent('spending is confirmed', () => {
    it('by a button, once', async () => {
      const own = await linked()
      const made = await hold(own.customerId)
      const { text } = await own.reads('Confirm spending 500 bonuses')
      expect(text).toContain(`Code: ${made.code}`)
      expect(await own.presses('Confirm')).toBeUndefined()
      await own.reads('Confirmed: 500 bonuses')
      expect((await desk.shop.get<Schemas['Hold']>(`/v1/holds/${made.id}`)).body.state).toBe('active')
      expect(await own.pressesData(`hc:${made.id}`)).toBe('It is confirmed already.')
      expect(await own.pressesData(`hd:${made.id}`)).toBe('It is confirmed already.')
      // The shopper thinks better of it, on the page.
      await desk.must('POST', `/v1/holds/${made.id}/void`, desk.shop.secretKey)
      await own.reads('No longer needed: you keep the 500 bonuses')
    })

    it('14. by its owner alone, and not too late', async () => {
      const [own, other] = [await linked(), await linked()]
      const made = await hold(own.customerId, { expiresInSeconds: 60 })
      await own.reads('Confirm spending 500 bonuses')
      expect(await other.pressesData(`hc:${made.id}`)).toBe('That is not yours to confirm.')
      expect(await phone().pressesData(`hc:${made.id}`)).toBe('That is not yours to confirm.')
      expect(await own.presses('Decline')).toBeUndefined()
      await own.reads('Declined: you keep the 500 bonuses')
      expect(await own.pressesData(`hd:${made.id}`)).toBe('You have declined it already.')
      expect(await own.pressesData(`hc:${made.id}`)).toBe('You have declined it already.')
      expect((await desk.shop.get<Schemas['Hold']>(`/v1/holds/${made.id}`)).body.state).toBe('voided')
    })

    it('or its time runs out, and the question says so', async () => {
      const shop = await tapline.createShop({ sandbox: true }, RULES)
      await connect({ shop }, BOT + 2)
      const own = await linked({ botId: BOT + 2 }, shop)
      const made = await hold(own.customerId, { expiresInSeconds: 600 }, shop)
      const { message_id: asked } = await own.reads('Confirm spending 500 bonuses')
      await desk.must('POST', '/v1/sandbox/clock', shop.secretKey, { advanceSeconds: 601 })
      const told = await own.reads('Too late: you keep the 500 bonuses')
      expect([told.message_id, told.reply_markup?.inline_keyboard ?? []]).toEqual([asked, []])
      expect(await own.pressesData(`hc:${made.id}`)).toBe('It is too late: you keep your bonuses.')
    })

    it('never by an account that a shop only named', async () => {
      const own = phone()
      own.start()
      await own.reads('Hello')
      const number = newNumber()
      await desk.shop.post(
        { action: 'register_user', payload: { phone: number, telegramId: own.id } },
        { prefer: 'wait=10' },
      )
      const { id } = await desk.shop.customer({ phone: number })
      const made = await hold(id)
      await own.reads('Welcome to Test shop')
      expect(await own.pressesData(`hc:${made.id}`)).toBe('That is not yours to confirm.')
      expect(own.texts().filter((text) => text.includes('Confirm spending'))).toEqual([])
      expect((await desk.shop.get<Schemas['Hold']>(`/v1/holds/${made.id}`)).body.state).toBe('awaiting-confirmation') // prettier-ignore
    })
  })

  describe.concurrent('requests', () => {
    it('several at once: by reply, by choice, and only the own ones', async () => {
      const own = phone()
      const first = own.says('First')
      const one = await ticket(own.id)
      own.says('/new')
      await own.reads('it becomes a new request')
      own.says('Second')
      const two = await ticket(own.id, 1)
      own.says('To the first', first.message_id)
      own.says('To the second')
      await eventually(
        () => textsIn(two.conversationId),
        (texts) => texts.length === 2,
      )
      expect(await textsIn(one.conversationId)).toEqual(['First', 'To the first'])
      expect(await textsIn(two.conversationId)).toEqual(['Second', 'To the second'])
      const stranger = phone()
      expect(await stranger.pressesData(`sw:${one.id}`)).toBe('There is no such request.')
      expect(await stranger.pressesData(`cl:${one.id}`)).toBe('There is no such request.')
      expect(await stranger.pressesData(`rt:${one.id}:1`)).toBe('There is no such request.')
      expect((await ticketsOf(own.id)).map(({ status }) => status)).toEqual(['new', 'new'])
      own.says('/tickets')
      const list = await own.reads('Your requests')
      expect(list.text).toMatch(new RegExp(`#${two.number} new: Second.*\\n.*#${one.number} new: First`))
      await own.presses(`✍️ #${one.number}`)
      own.says('Back to the first')
      await eventually(
        () => textsIn(one.conversationId),
        (texts) => texts.at(-1) === 'Back to the first',
      )
    })

    it('is closed, judged with a comment, and opened again by writing', async () => {
      const own = phone()
      own.says('Help')
      const { id, number } = await ticket(own.id)
      await own.pressesData(`cl:${id}`)
      await own.reads(`Request #${number} is solved`)
      await own.presses('4 ⭐')
      await own.reads(`You rated request #${number} 4 of 5`)
      await own.presses('Leave a comment')
      await own.reads('Write your comment')
      own.says('Too slow')
      await own.reads('Thank you for the comment')
      const [rated] = await tapline.app.sql.query(`select rating_score as score, rating_comment as comment, status from tickets where id = $1`, [id]) // prettier-ignore
      expect(rated).toEqual({ score: 4, comment: 'Too slow', status: 'solved' })
      own.says('It broke again')
      await ticket(own.id, 0, ({ status }) => status === 'new')
      await own.reads(`Request #${number} is open again`)
      expect(await ticketsOf(own.id)).toHaveLength(1)
    })

    it('what is written after the rating is for the team, unless it replies to the offer', async () => {
      const own = phone()
      own.says('Where is it?')
      const { id } = await ticket(own.id)
      await own.pressesData(`cl:${id}`)
      await own.presses('5 ⭐')
      const offer = await own.reads('A comment?')
      own.says('One more question, please')
      await ticket(own.id, 0, ({ status }) => status === 'new')
      own.says('Very kind', offer.message_id)
      await own.reads('Thank you for the comment')
      expect(await tapline.app.sql.query(`select rating_comment as comment from tickets where id = $1`, [id])).toEqual([{ comment: 'Very kind' }]) // prettier-ignore
    })

    it('13. about something, so many at a time, page by page', async () => {
      const shop = await tapline.createShop({ locale: 'en' })
      await connect({ shop }, BOT + 3)
      const title = { ru: 'Ж'.repeat(300), en: `Delivery ${'x'.repeat(300)}` }
      const topics = [{ key: 'delivery', title, priority: 3 }]
      expect((await shop.put('/v1/support-settings', { topics, mostOpenTickets: 6 })).status).toBe(200)
      const own = phone({ botId: BOT + 3, languageCode: 'ru' })
      own.says('/new')
      await own.reads('О чём ваш вопрос?')
      await own.presses('ЖЖЖ')
      await own.reads('это станет новым обращением')
      own.says('Вопрос 0')
      const { id } = await ticket(own.id)
      expect(await tapline.app.sql.query(`select topic, priority from tickets where id = $1`, [id])).toEqual([
        { topic: 'delivery', priority: 3 },
      ])
      const [person] = await tapline.app.sql.query<{ id: string }>(`select participant_id as id from telegram_people where telegram_id = $1`, [String(own.id)]) // prettier-ignore
      for (let number = 1; number < 6; number++) {
        const { messenger, chat } = tapline.app
        const begun = await messenger.open(shop.id, { participantIds: [person!.id] })
        const { conversationId } = begun as { conversationId: string }
        const speaker = (await chat.speakerById(shop.id, person!.id))!
        const said = { clientId: `of-the-page-${number}`, text: `Вопрос ${number}`, replyTo: null, attachment: null } // prettier-ignore
        await messenger.say({ projectId: shop.id, conversationId, speaker, said })
        await ticket(own.id, number)
      }
      expect(await own.pressesData('n:nothing')).toBeUndefined()
      const list = await own.reads('У вас уже 6 открытых обращений')
      expect(list.text).not.toContain('Вопрос 0')
      await own.presses('Раньше')
      await own.reads('Вопрос 0')
    })

    it('is told in its own language that the shop is closed', async () => {
      const shop = await tapline.createShop({ locale: 'en' })
      await connect({ shop }, BOT + 4)
      const day = (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const)[
        (new Date().getUTCDay() + 2) % 7
      ]
      const closedReply = { ru: 'Мы закрыты', en: 'We are closed', kk: 'Біз жабықпыз' }
      const businessHours = { days: [{ day, from: '10:00', to: '11:00' }], closedReply }
      expect((await shop.put('/v1/chat-settings', { businessHours })).status).toBe(200)
      for (const [languageCode, words] of [
        ['kk', 'Біз жабықпыз'],
        ['de', 'We are closed'],
      ] as const) {
        const own = phone({ botId: BOT + 4, languageCode })
        own.says('?')
        await own.reads(words)
      }
    })

    it('what is worked on twice is done once', async () => {
      const own = phone()
      const from = { id: own.id, is_bot: false, first_name: 'Anna', language_code: 'en' }
      const chat = { id: own.id, type: 'private', first_name: 'Anna' }
      const told = (update_id: number, text: string) => {
        const update = { update_id, message: { message_id: update_id, date: 0, chat, from, text } }
        return tapline.app.bot.face(desk.shop.id, update)
      }
      for (const [id, text] of [[1, '/start'], [1, '/start'], [2, 'Once'], [2, 'Once'], [3, '/new'], [3, '/new'], [4, 'More'], [4, 'More']] as const) await told(id, text) // prettier-ignore
      const [one, two] = [await ticket(own.id), await ticket(own.id, 1)]
      expect(await textsIn(one.conversationId)).toEqual(['Once'])
      expect(await textsIn(two.conversationId)).toEqual(['More'])
      await own.reads(`Request #${two.number} received`)
      expect(own.texts().filter((text) => text.includes('Hello Anna'))).toHaveLength(1)
      expect(own.texts()).toHaveLength(4)

      const other = phone()
      other.says('Help')
      const { id, conversationId } = await ticket(other.id)
      const its = { ...from, id: other.id }
      const there = { ...chat, id: other.id }
      const presses = (update_id: number, data: string) => {
        const message = { message_id: 1, date: 0, chat: there }
        return tapline.app.bot.face(desk.shop.id, { update_id, callback_query: { id: '1', from: its, data, message } }) // prettier-ignore
      }
      await presses(2_000_001, `cl:${id}`)
      await presses(2_000_002, `rt:${id}:5`)
      // Without its number it would be a new question the second time.
      const comment = { message_id: 99, date: 0, chat: there, from: its, text: 'Thanks' }
      await presses(2_000_003, `cm:${id}`)
      for (const update_id of [2_000_004, 2_000_004])
        await tapline.app.bot.face(desk.shop.id, { update_id, message: comment })
      expect(await textsIn(conversationId)).toEqual(['Help'])
      expect((await ticketsOf(other.id)).map(({ status }) => status)).toEqual(['solved'])
    })

    it('18. an edit reaches the conversation, also one that changes nothing', async () => {
      const own = phone()
      const said = own.says('Helo')
      const { conversationId } = await ticket(own.id)
      tapline.telegram.edit({ personId: own.id, botId: BOT, messageId: said.message_id, text: 'Hello' })
      tapline.telegram.edit({ personId: own.id, botId: BOT, messageId: said.message_id, text: 'Hello' })
      await eventually(
        () => textsIn(conversationId),
        (texts) => texts[0] === 'Hello',
      )
      expect(await textsIn(conversationId)).toEqual(['Hello'])
    })

    it('9. whoever blocks the bot is written to no more, until it comes back', async () => {
      const own = await linked()
      const isBlocked = async () => {
        const [row] = await tapline.app.sql.query<{ blocked: string | null }>(`select blocked from telegram_people where telegram_id = $1`, [String(own.id)]) // prettier-ignore
        return row?.blocked ?? null
      }
      tapline.telegram.block({ personId: own.id, botId: BOT })
      await eventually(isBlocked, (why) => why !== null)
      await hold(own.customerId)
      tapline.telegram.unblock({ personId: own.id, botId: BOT })
      await eventually(isBlocked, (why) => why === null)
      // And whom a notice could not reach, by the next word.
      await tapline.app.customers.markTelegramUnreachable(desk.shop.id, own.customerId, 'chat not found')
      own.says('/balance')
      await own.reads('Confirm spending 500 bonuses')
      await eventually(
        () => tapline.app.sql.query<{ why: string | null }>(`select telegram_unreachable as why from customers where id = $1`, [own.customerId]), // prettier-ignore
        ([customer]) => customer?.why === null,
      )
    })

    it('27. two bots and one person: neither shop sees the other', async () => {
      const elsewhere = await openChatDesk(tapline)
      await connect(elsewhere, BOT + 1)
      const own = await linked()
      const there = openPhone(tapline, { botId: BOT + 1, id: own.id })
      there.says('/balance')
      await there.reads('Link your bonus account first')
      const [mine] = await Promise.all([hold(own.customerId), own.reads('your bonus account is linked')])
      expect(await there.pressesData(`hc:${mine.id}`)).toBe('That is not yours to confirm.')
      own.says('Here')
      there.says('There')
      const rows = await eventually(
        () => tapline.app.sql.query<{ project: string; subject: string }>(`select project_id as project, subject from tickets where subject in ('Here', 'There') order by subject`), // prettier-ignore
        (found) => found.length === 2,
      )
      expect(rows).toEqual([
        { project: desk.shop.id, subject: 'Here' },
        { project: elsewhere.shop.id, subject: 'There' },
      ])
    })

    it('21. every kind of message is passed on or answered', async () => {
      const own = phone()
      tapline.telegram.send({ personId: own.id, botId: BOT, kind: 'location' })
      const { conversationId } = await ticket(own.id)
      expect((await textsIn(conversationId))[0]).toContain('📍')
      tapline.telegram.send({ ...own.place, kind: 'future' })
      await own.reads('We cannot pass on such a message yet')
      tapline.telegram.send({ ...own.place, kind: 'document', fileName: 'видео.mov', size: 21 * 1024 * 1024 })
      await own.reads('The file is larger than 20 MB')
      expect((await textsIn(conversationId))[1]).toContain('📎 видео.mov')
    })
  })
})

describe('what the agents and the owner see', () => {
  it('10. 15. a request is told in the group, taken by the first, also after the group has moved', async () => {
    const [anna, boris, nobody] = [phone(), phone(), phone()]
    const agent = async (name: string, telegramId: number) =>
      desk.must('POST', '/v1/agents', desk.shop.secretKey, { name, telegramId: String(telegramId) })
    await agent('Anna', anna.id)
    await agent('Boris', boris.id)
    const group = tapline.telegram.createGroup({ members: [anna.id, boris.id, nobody.id], botId: BOT })
    const inGroup = (id: number, chatId = group.id) => openPhone(tapline, { botId: BOT, id, chatId })
    inGroup(anna.id).says('/id')
    await inGroup(anna.id).reads(String(group.id))
    await desk.shop.put('/v1/integrations/telegram/agents-group', { chatId: String(group.id) })
    const own = phone({ firstName: 'Клиент' })
    own.says('Who takes <me>?')
    const { number } = await ticket(own.id)
    const told = await inGroup(anna.id).reads(`Request #${number} from Клиент`)
    expect(told.text).toContain('Who takes <me>?')
    expect(told.text).toContain('Anna 0, Boris 0')
    expect(await inGroup(nobody.id).presses('Take')).toContain(`add your Telegram: ${nobody.id}`)
    expect(await inGroup(boris.id).presses('Take')).toBe(`Request #${number} is yours.`)
    await own.reads(`Boris looks after request #${number}`)
    await inGroup(anna.id).reads('✅ Taken by Boris')
    const row = await ticket(own.id)
    expect(await inGroup(anna.id).pressesData(`tk:${row.id}`, told.message_id)).toBe('Boris has it already.')
    await inGroup(boris.id).presses('Open card')
    await inGroup(boris.id).reads('Nobody knows who it is')

    const moved = tapline.telegram.upgradeGroup({ groupId: group.id })
    own.says('/new')
    await own.reads('it becomes a new request')
    own.says('And this?')
    const next = await ticket(own.id, 1)
    await inGroup(anna.id, moved.id).reads(`Request #${next.number} from Клиент`)
    expect(await inGroup(anna.id, moved.id).presses('Take')).toBe(`Request #${next.number} is yours.`)
  })

  it('the owner alone is told how the project is', async () => {
    const [owner, other] = [phone(), phone()]
    await desk.shop.put('/v1/integrations/telegram/owner', { telegramId: String(owner.id) })
    owner.says('/status')
    const { text } = await owner.reads('🩺 How Test shop is')
    expect(text).toContain('🟢 Orders: 0 waiting, 0 given up')
    other.says('/status')
    await other.reads('There is no such command')
  })

  it('says it in the words of the project', async () => {
    const put = (own: object) => desk.shop.put('/v1/integrations/telegram/texts', { own })
    expect(await put({ welcome: { en: 'Hi {nmae}' } })).toMatchObject({ status: 422, body: { code: 'texts-invalid' } }) // prettier-ignore
    expect(await put({ welcome: { en: '<b>Hi</b> {name}' } })).toMatchObject({ status: 200 })
    const shown = await desk.shop.get<Schemas['TelegramTexts']>('/v1/integrations/telegram/texts')
    expect(shown.body.own).toEqual({ welcome: { en: '<b>Hi</b> {name}' } })
    const own = phone({ firstName: 'Olga' })
    own.start()
    await own.reads('Hi Olga')
  })
})
