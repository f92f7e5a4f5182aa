import type { Answer, Story, ToldShop } from './mock-stories.fixture.ts'

/** What is said in a chat, step by step, to the mocks and to the server. */

const ANNA = { email: 'anna@example.com' }
const ORIGIN = 'https://shop.example'
const NOBODY = 'par_00000000000000000000000000'
const NOWHERE = '/v1/conversations/cnv_00000000000000000000000000'
const NOTHING = 'msg_00000000000000000000000000'
const THUMB = encodeURIComponent('👍')

type Reserved = { id: string; reservation: string }

const idIn = ({ body }: Answer) => (body as { id: string }).id
const tokenIn = ({ body }: Answer) => (body as { token: string }).token
const by = (key: string, more: Record<string, string> = {}) => ({ key, headers: { origin: ORIGIN, ...more } })

const begin = async (shop: ToldShop, body: object = {}, choices = {}) => {
  const id = idIn(await shop.call('POST', '/v1/conversations', body, choices))
  return { id, path: `/v1/conversations/${id}` }
}
const say = (shop: ToldShop, path: string, clientId: string, text: string, more: object = {}) =>
  shop.call('POST', `${path}/messages`, { clientId, text, ...more })
const bot = async (shop: ToldShop, name: string) =>
  idIn(await shop.call('POST', '/v1/chat-participants', { bot: { name } }))
const visit = async (shop: ToldShop, body: object = {}) => {
  const opened = await shop.call('POST', '/v1/visitor-sessions', body, by(shop.publishableKey))
  const { token, renewal } = opened.body as { token: string; renewal: string }
  return { token, renewal }
}
const openPages = (shop: ToldShop, more: object = {}) =>
  shop.call('PUT', '/v1/chat-settings', { allowedOrigins: [ORIGIN], ...more })

export const CHAT_STORIES: Readonly<Record<string, Story>> = {
  'a chat in which nothing was said': async (shop) => {
    await shop.call('GET', '/v1/conversations')
    for (const path of ['', '/messages', '/participants', '/events?afterSequence=0'])
      await shop.call('GET', NOWHERE + path)
    await say(shop, NOWHERE, 'client-1', 'Hello')
    await shop.call('PATCH', NOWHERE, { status: 'closed' })
    await shop.call('PUT', `${NOWHERE}/read-mark`, { sequence: 0 })
    await shop.call('GET', '/v1/chat-dead-letters')
  },

  'a bot speaks': async (shop) => {
    const robot = await bot(shop, ' Order bot ')
    await bot(shop, 'Order bot')
    const { path } = await begin(shop, { subject: 'Where is my order?', participantIds: [robot] })
    await say(shop, path, 'client-1', 'On its way.', { senderId: robot })
    await say(shop, path, 'client-1', 'Said once.', { senderId: robot })
    const first = await say(shop, path, 'client-1', 'Of the shop itself.')
    await say(shop, path, 'client-2', 'An answer.', { replyTo: idIn(first) })
    await say(shop, path, 'client-3', 'To nothing.', { replyTo: NOTHING })
    await say(shop, path, 'client-4', 'By nobody.', { senderId: NOBODY })
    await say(shop, path, 'short', ' ')
    await shop.call('GET', `${path}/messages`)
    await shop.call('GET', `${path}/messages?limit=2`)
    await shop.call('GET', path)
    await shop.call('GET', '/v1/conversations?status=closed')
    await shop.call('GET', `/v1/conversations?participantId=${robot}`)
  },

  'what was said is changed': async (shop) => {
    const robot = await bot(shop, 'Order bot')
    const { path } = await begin(shop)
    const message = `${path}/messages/${idIn(await say(shop, path, 'client-1', 'Helo'))}`
    const asRobot = `?senderId=${robot}`
    await shop.call('PATCH', message, { text: 'Hello' })
    await shop.call('PATCH', message, { text: 'Hello' })
    await shop.call('PATCH', message + asRobot, { text: 'Bye' })
    await shop.call('PUT', `${message}/reactions/${THUMB}`)
    await shop.call('PUT', `${message}/reactions/${THUMB}`)
    await shop.call('PUT', `${message}/reactions/${THUMB}${asRobot}`)
    await shop.call('DELETE', `${message}/reactions/${THUMB}`)
    await shop.call('DELETE', `${message}/reactions/${THUMB}`)
    await shop.call('DELETE', message)
    await shop.call('DELETE', message)
    await shop.call('PATCH', message, { text: 'Again' })
    await shop.call('PUT', `${message}/reactions/${THUMB}`)
    await shop.call('PATCH', `${path}/messages/${NOTHING}`, { text: 'Hello' })
    await shop.call('GET', `${path}/events?afterSequence=0`)
    await shop.call('GET', `${path}/messages`)
  },

  'who takes part': async (shop) => {
    const robot = await bot(shop, 'Order bot')
    const { path } = await begin(shop)
    await shop.call('POST', `${path}/participants`, { participantId: robot })
    await shop.call('POST', `${path}/participants`, { participantId: robot })
    await shop.call('POST', `${path}/participants`, { participantId: NOBODY })
    await shop.call('GET', `${path}/participants`)
    await shop.call('DELETE', `${path}/participants/${robot}`)
    await shop.call('DELETE', `${path}/participants/${robot}`)
    await shop.call('DELETE', `${path}/participants/${NOBODY}`)
    await say(shop, path, 'client-1', 'Back again.', { senderId: robot })
    await shop.call('GET', `${path}/events?afterSequence=0`)
    await shop.call('POST', '/v1/conversations', { participantIds: [NOBODY] })
    await shop.call('POST', '/v1/conversations', { participantIds: [robot, robot] })
  },

  'sequences and how far they were read': async (shop) => {
    const robot = await bot(shop, 'Order bot')
    const { path } = await begin(shop, { participantIds: [robot] })
    for (const count of [1, 2, 3, 4, 5]) await say(shop, path, `client-${count}`, `Message ${count}`)
    await shop.call('GET', `${path}/events?afterSequence=0&limit=2`)
    await shop.call('GET', `${path}/events?afterSequence=0&upToSequence=3&limit=2`)
    await shop.call('GET', `${path}/events?afterSequence=5`)
    await shop.call('GET', `${path}/events`)
    await shop.call('PUT', `${path}/read-mark?senderId=${robot}`, { sequence: 4 })
    await shop.call('PUT', `${path}/read-mark?senderId=${robot}`, { sequence: 2 })
    await shop.call('PUT', `${path}/read-mark?senderId=${robot}`, { sequence: 6 })
    await shop.call('GET', `${path}/participants`)
  },

  'closing, opening, naming': async (shop) => {
    const { path } = await begin(shop)
    await shop.call('PATCH', path, { status: 'closed', subject: 'A question' })
    await shop.call('PATCH', path, { status: 'closed' })
    await shop.call('PATCH', path, { subject: null })
    await shop.call('PATCH', path, {})
    await say(shop, path, 'client-1', 'One more thing')
    await shop.call('GET', path)
    await shop.call('GET', `${path}/events?afterSequence=0`)
  },

  'keys of requests in a chat': async (shop) => {
    const keyed = { headers: { 'idempotency-key': 'k-1' } }
    const { path } = await begin(shop, {}, keyed)
    await begin(shop, {}, keyed)
    await shop.call('POST', `${path}/messages`, { clientId: 'client-1', text: 'Hello' }, keyed)
  },
}

/** They need sessions, settings, agents, files, or what a customer does for itself. */
export const SESSION_STORIES: Readonly<Record<string, Story>> = {
  'a visitor, who comes again': async (shop) => {
    await shop.call('POST', '/v1/visitor-sessions', {}, by(shop.publishableKey))
    await openPages(shop)
    await shop.call('POST', '/v1/visitor-sessions', {}, by('pk_wrong'))
    const { token, renewal } = await visit(shop, { name: ' Guest ' })
    await visit(shop, { renewal })
    const me = by(token)
    const { path } = await begin(shop, { subject: 'Size' }, me)
    await shop.call('POST', '/v1/conversations', { participantIds: [NOBODY] }, me)
    const said = { clientId: 'client-1', text: 'Is it large?' }
    await shop.call('POST', `${path}/messages`, said, me)
    await shop.call('POST', `${path}/messages`, { ...said, senderId: NOBODY }, me)
    await say(shop, path, 'client-2', 'It is.')
    await shop.call('GET', `${path}/events?afterSequence=0`, undefined, me)
    await shop.call('GET', '/v1/conversations', undefined, me)
    await shop.call('GET', '/v1/conversations?status=open', undefined, by((await visit(shop)).token))
    await shop.call('GET', path, undefined, by((await visit(shop)).token))
    await shop.call('PATCH', path, { status: 'closed' }, me)
    await shop.call('GET', '/v1/me', undefined, me)
    await shop.call('GET', '/v1/me/entries', undefined, me)
    await shop.call('POST', '/v1/socket-tickets', undefined, me)
  },

  'what a customer does for itself': async (shop) => {
    await openPages(shop)
    await shop.call('PUT', '/v1/program', { basePercent: 10, maxSpendPercent: 50 })
    await shop.act('register_user', ANNA)
    const customerId = await shop.idOf(ANNA)
    const gift = { amount: '100', reason: 'A gift', staff: 'olga' }
    await shop.call('POST', `/v1/customers/${customerId}/adjustments`, gift)
    const me = by((await visit(shop, { identity: await shop.identityOf(ANNA) })).token)
    await shop.call('GET', '/v1/me', undefined, me)
    await shop.call('POST', '/v1/me/quotes', { amount: '500' }, me)
    await shop.call('POST', '/v1/me/holds', { orderId: '1', amount: '40' }, me)
    const hold = await shop.call(
      'POST',
      '/v1/me/holds',
      { orderId: '1', amount: '40', orderAmount: '500' },
      me,
    )
    await shop.call('GET', `/v1/me/holds/${idIn(hold)}`, undefined, me)
    const guest = by((await visit(shop)).token)
    await shop.call('GET', `/v1/me/holds/${idIn(hold)}`, undefined, guest)
    const other = by((await visit(shop, { identity: await shop.identityOf({ externalId: '7' }) })).token)
    await shop.call('POST', `/v1/me/holds/${idIn(hold)}/void`, undefined, other)
    await shop.call('POST', `/v1/me/holds/${idIn(hold)}/void`, undefined, me)
    await shop.call('GET', '/v1/me/entries', undefined, me)
    await shop.call('GET', '/v1/me', undefined, { key: null })
  },

  'what a customer reserves for an order that has no id yet': async (shop) => {
    await openPages(shop)
    await shop.call('PUT', '/v1/program', { basePercent: 10 })
    await shop.act('register_user', ANNA)
    const customerId = await shop.idOf(ANNA)
    const gift = { amount: '500', reason: 'A gift', staff: 'olga' }
    await shop.call('POST', `/v1/customers/${customerId}/adjustments`, gift)
    const me = by((await visit(shop, { identity: await shop.identityOf(ANNA) })).token)
    const guest = by((await visit(shop)).token)
    for (const who of [guest, by(shop.publishableKey)])
      await shop.call('POST', '/v1/me/quotes', { amount: '500' }, who)
    await shop.call('POST', '/v1/me/holds', { amount: '40' }, guest)
    const reserve = async () =>
      (await shop.call('POST', '/v1/me/holds', { amount: '40' }, me)).body as Reserved
    const buy = (orderId: string, more: object) =>
      shop.act('purchase', { ...ANNA, orderId, amount: '100', discount: '40', ...more })
    const [paid, unconfirmed, forged] = [await reserve(), await reserve(), await reserve()]
    for (const { id } of [paid, forged]) await shop.call('POST', `/v1/sandbox/holds/${id}/confirm`)
    await buy('1', { reservation: paid.reservation })
    await buy('1', { reservation: paid.reservation })
    await buy('2', { promoCode: paid.reservation })
    await buy('3', { promoCode: unconfirmed.reservation })
    await buy('4', { reservation: forged.reservation, discount: '41' })
    await buy('5', { promoCode: 'SALE' })
    await buy('6', { promoCode: 'BONUS22222222' })
    for (const orderId of ['1', '2', '3', '4', '5', '6']) await shop.call('GET', `/v1/orders/${orderId}`)
    for (const { id } of [paid, unconfirmed, forged]) await shop.call('GET', `/v1/holds/${id}`)
    await shop.call('GET', '/v1/me/entries', undefined, me)
    await shop.call('GET', '/v1/me', undefined, me)
  },

  agents: async (shop) => {
    const made = await shop.call('POST', '/v1/agents', { name: ' Olga ', telegramId: '77' })
    const agent = `/v1/agents/${idIn(made)}`
    const olga = { key: tokenIn(made) }
    const { path } = await begin(shop)
    await shop.call('POST', `${path}/messages`, { clientId: 'client-1', text: 'How can I help?' }, olga)
    await shop.call('GET', path, undefined, olga)
    await shop.call('PATCH', path, { status: 'closed' }, olga)
    await shop.call('PATCH', agent, { name: 'Olga K.', telegramId: null })
    await shop.call('GET', `${path}/messages`)
    const rotated = { key: tokenIn(await shop.call('POST', `${agent}/token/rotate`)) }
    await shop.call('GET', path, undefined, olga)
    await shop.call('GET', path, undefined, rotated)
    await shop.call('PATCH', agent, { active: false })
    await shop.call('GET', path, undefined, rotated)
    await shop.call('GET', '/v1/agents')
    await shop.call('DELETE', agent)
    await shop.call('GET', agent)
    await shop.call('DELETE', agent)
    await shop.call('GET', `${path}/messages`)
  },

  'settings of a chat': async (shop) => {
    await shop.call('GET', '/v1/chat-settings')
    await openPages(shop, {
      moderation: { blockedWords: ['damn'] },
      autoReply: { en: 'We answer soon.' },
      credits: { capacity: 30 },
    })
    const day = { day: 'mon', from: '18:00', to: '09:00' }
    await openPages(shop, { businessHours: { days: [day], closedReply: { en: 'Closed' } } })
    await openPages(shop, { surprise: true })
    await shop.call('GET', '/v1/chat-settings')
    const me = by((await visit(shop)).token)
    const { path } = await begin(shop, {}, me)
    await shop.call('POST', `${path}/messages`, { clientId: 'client-1', text: 'Damn!' }, me)
    await shop.call('POST', `${path}/messages`, { clientId: 'client-2', text: 'A damning word' }, me)
    await shop.until(`${path}/messages`, ({ data }) => data.length === 2)
    await shop.call('GET', `${path}/messages`)
  },

  'a file': async (shop) => {
    await openPages(shop, { maxAttachmentBytes: 100 })
    const me = by((await visit(shop)).token)
    const { path } = await begin(shop, {}, me)
    const file = { clientId: 'client-1', name: 'note.txt', size: 5, type: 'text/plain', text: 'A note' }
    await shop.call('POST', `${path}/attachments`, { ...file, size: 101 }, me)
    const made = (await shop.call('POST', `${path}/attachments`, file, me)).body as {
      attachment: { id: string }
      upload: { url: string; headers: Record<string, string> }
    }
    await shop.call('POST', `${path}/attachments`, file, me)
    const attachment = `${path}/attachments/${made.attachment.id}`
    await shop.call('POST', `${attachment}/confirm`, undefined, me)
    await shop.call('GET', `${path}/messages`, undefined, me)
    const { url, headers } = made.upload
    await fetch(url, { method: 'PUT', body: 'hello', headers: { 'content-type': 'text/plain', ...headers } })
    await shop.call('POST', `${attachment}/confirm`, undefined, me)
    await shop.call('GET', attachment, undefined, me)
    await shop.call('GET', `${path}/messages`, undefined, me)
  },

  'messages are pushed': async (shop) => {
    const { id, path } = await begin(shop)
    const pushed = (conversationId: string, clientId: string) => ({
      conversationId,
      clientId,
      text: clientId,
    })
    const messages = [pushed(id, 'client-1'), pushed(id, 'client-2'), pushed(id, 'client-1')]
    await shop.call('POST', '/v1/message-batches', { messages })
    await shop.until(`${path}/messages`, ({ data }) => data.length === 2)
    await shop.call('GET', `${path}/messages`)
    const lost = [pushed('cnv_00000000000000000000000000', 'client-3')]
    await shop.call('POST', '/v1/message-batches', { messages: lost })
    await shop.until('/v1/chat-dead-letters', ({ data }) => data.length === 1)
    await shop.call('GET', '/v1/chat-dead-letters')
    await shop.call('POST', '/v1/message-batches', { messages: [] })
  },
}

/** Not yet as the server does: a session that follows the moment in which a visitor became a customer. */
export const AWAITED_STORIES: Readonly<Record<string, Story>> = {
  'a visitor turns out to be a customer': async (shop) => {
    await openPages(shop)
    await shop.act('register_user', { ...ANNA, name: 'Anna' })
    const { token, renewal } = await visit(shop)
    const { path } = await begin(shop, {}, by(token))
    await shop.call('POST', `${path}/messages`, { clientId: 'client-1', text: 'It is me' }, by(token))
    const identity = await shop.identityOf({ ...ANNA, name: 'Anna' })
    const anna = await visit(shop, { renewal, identity })
    await shop.call('GET', `${path}/messages`, undefined, by(anna.token))
    await shop.call('GET', path)
    await shop.call('GET', path, undefined, by(token))
    await visit(shop, { identity: `${identity}x` })
    await openPages(shop, { requireIdentity: true })
    await visit(shop)
  },
}
