import { createTapline, isTaplineNetworkError, type Door, type Result, type Tapline } from '@tapline/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startReceiver, type Receiver } from './receiver.fixture.ts'
import { eventually, startTapline, type Shop, type Tapline as Product } from './tapline.fixture.ts'

const ANNA = { email: 'anna@example.com' }
const BORIS = { email: 'boris@example.com' }
const PROGRAM = {
  basePercent: 10,
  activationDelayDays: 0,
  referral: { referrerBonus: '300', friendBonus: '200' },
}
const WAIT = { waitSeconds: 10 }

let product: Product
let shop: Shop
let receiver: Receiver
let client: Tapline & Door
let anna: string
/** What the skipped part tells; nothing, once it is told. */
const AWAITED: ReadonlySet<string> = new Set(['createSocketTicket', 'listConversations', 'createConversation', 'getConversation', 'updateConversation', 'listMessages', 'sendMessage', 'editMessage', 'deleteMessage', 'addReaction', 'removeReaction', 'listConversationEvents', 'listParticipants', 'addParticipant', 'removeParticipant', 'markRead', 'createAttachment', 'getAttachment', 'confirmAttachment', 'createParticipant', 'getChatSettings', 'putChatSettings', 'listChatDeadLetters', 'pushMessages', 'listAgents', 'createAgent', 'getAgent', 'updateAgent', 'deleteAgent', 'rotateAgentToken']) // prettier-ignore
/** The methods that have had an answer without error. */
const succeeded = new Set<string>()
let flaky = 0

beforeAll(async () => {
  product = await startTapline({ env: { TAPLINE_WEBHOOK_ALLOW: '127.0.0.1' } })
  shop = await product.createShop({ sandbox: true })
  await product.admin('PATCH', `/admin/v1/projects/${shop.id}`, { requireSignature: true })
  receiver = await startReceiver()
  client = noted(
    createTapline({
      secretKey: shop.secretKey,
      baseUrl: product.url,
      webhookUrl: shop.webhookUrl,
      signingSecrets: [shop.signingSecret],
      fetch: async (url, init) => {
        const response = await fetch(url, init)
        if (flaky === 0) return response
        flaky--
        await response.text()
        throw new TypeError('the answer got lost')
      },
    }),
  )
  ok(await client.putProgram(PROGRAM))
  ok(await client.registerUser({ ...ANNA, name: 'Anna' }, WAIT))
  anna = await idOf(ANNA)
})
afterAll(async () => {
  await receiver?.stop()
  await product?.stop()
})

/** Remembers which methods succeeded, so that none is left out. */
function noted<T extends object>(made: T): T {
  return new Proxy(made, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown
      if (typeof method !== 'function') return method
      const call = async (...args: unknown[]) => {
        const result = (await Reflect.apply(method, target, args)) as Result<unknown>
        if (result.error === undefined) succeeded.add(String(name))
        return result
      }
      return Object.assign(call, method)
    },
  })
}

function ok<T>({ data, error }: Result<T>): T {
  if (error) throw error
  return data
}

async function idOf(contact: { email: string }): Promise<string> {
  const [customer] = ok(await client.listCustomers(contact)).data
  return customer!.id
}

const available = async () => ok(await client.getCustomer({ customerId: anna })).bonuses.available

describe('the door', () => {
  it('takes what is signed: an order, a spend, a refund, a batch', async () => {
    const bought = ok(await client.purchase({ ...ANNA, orderId: 'A/1', amount: '4900.00' }, WAIT))
    expect(bought).toMatchObject({ status: 'processed' })
    expect(
      ok(await client.spendBonuses({ ...ANNA, orderId: '2', amount: 100, orderAmount: 500 })).status,
    ).toBe('processed')
    expect(ok(await client.refund({ orderId: 'A/1', refundId: 'r1', amount: '900' }, WAIT))).toMatchObject({
      status: 'processed',
    })
    const { lines } = ok(
      await client.batchPurchase(
        [
          { ...BORIS, orderId: 'b1', amount: 100 },
          { ...BORIS, orderId: 'b2', amount: 200 },
        ],
        WAIT,
      ),
    )
    expect(lines).toMatchObject([{ line: 0 }, { line: 1 }])
  })

  it('sends an order again whose answer got lost, and it earns once', async () => {
    const before = Number(await available())
    flaky = 1
    const { data, response } = await client.purchase({ ...ANNA, orderId: 'lost', amount: '100.00' }, WAIT)
    expect([data?.status, data?.repeated, response.status]).toEqual(['processed', true, 200])
    expect(Number(await available())).toBe(before + 10)
  })

  it('refuses what is signed with another secret', async () => {
    const stranger = createTapline({
      webhookUrl: shop.webhookUrl,
      signingSecrets: ['whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz'],
    })
    const { error } = await stranger.purchase({ ...ANNA, orderId: '9', amount: 1 })
    expect(error).toMatchObject({ code: 'unauthorized', status: 401, attempts: 1 })
    expect(error!.requestId).toMatch(/^req_/)
  })
})

describe('the program, customers and their bonuses', () => {
  it('are read and steered', async () => {
    expect(ok(await client.getProgram())).toMatchObject({ basePercent: 10 })
    const adjusted = ok(
      await client.adjustBonuses({
        customerId: anna,
        amount: '50',
        reason: 'Late delivery',
        staff: 'till 2',
      }),
    )
    expect(adjusted.amount).toBe('50.00')
    expect(ok(await client.listLots({ customerId: anna })).data.length).toBeGreaterThan(1)
    const [entry] = ok(await client.listEntries({ customerId: anna, limit: 1 })).data
    expect(ok(await client.explainEntry({ entryId: entry!.id }))).toMatchObject({ entryId: entry!.id })
    expect(ok(await client.exportCustomer({ customerId: anna }))).toHaveProperty('customer')
    expect(ok(await client.quoteOrder({ customer: ANNA, amount: '1000' }))).toMatchObject({
      earned: '100.00',
    })
  })

  it('page by page', async () => {
    const seen: string[] = []
    let pages = 0
    for await (const { id } of client.listEntries.all({ customerId: anna, limit: 2 })) seen.push(id)
    for await (const { data } of client.listEntries.pages({ customerId: anna, limit: 2 })) {
      pages++
      expect(data.length).toBeLessThanOrEqual(2)
    }
    expect(pages).toBeGreaterThan(1)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(
      ok(await client.listEntries({ customerId: anna, limit: 100 })).data.map(({ id }) => id),
    )
  })

  it('pending lots are activated and cancelled', async () => {
    ok(await client.putProgram({ ...PROGRAM, activationDelayDays: 14 }))
    for (const orderId of ['p1', 'p2']) ok(await client.purchase({ ...ANNA, orderId, amount: 100 }, WAIT))
    ok(await client.putProgram(PROGRAM))
    const pending = ok(await client.listLots({ customerId: anna })).data.filter(
      ({ state }) => state === 'pending',
    )
    expect(pending).toHaveLength(2)
    ok(await client.activateLot({ customerId: anna, lotId: pending[0]!.id }))
    ok(await client.cancelLot({ customerId: anna, lotId: pending[1]!.id }))
    const { error, response } = await client.cancelLot({ customerId: anna, lotId: pending[0]!.id })
    expect(error).toMatchObject({ code: 'lot-not-pending', status: 409, attempts: 1 })
    expect(response.headers.get('tapline-should-retry')).toBe('false')
  })

  it('are merged, taken apart and erased', async () => {
    const boris = await idOf(BORIS)
    const merge = ok(await client.mergeCustomer({ customerId: anna, from: boris, reason: 'One person' }))
    expect(ok(await client.listMerges({ customerId: anna })).data).toHaveLength(1)
    ok(await client.undoMerge({ mergeId: merge.id }))
    ok(await client.eraseCustomer({ customerId: boris }))
    expect(ok(await client.getCustomer({ customerId: boris })).erasedAt).toBeTruthy()
  })

  it('and brought by each other', async () => {
    const { referralCode } = ok(await client.getCustomer({ customerId: anna }))
    for (const email of ['anna+1@example.com', 'anna+2@example.com'])
      ok(await client.registerUser({ email, referralCode }, WAIT))
    const friends = ok(await client.listReferrals({ limit: 10 })).data.map(({ customerId }) => customerId)
    expect(friends).toHaveLength(2)
    ok(await client.rejectReferral({ customerId: friends[0]! }))
    ok(await client.acceptReferral({ customerId: friends[0]! }))
    expect(ok(await client.listAlerts()).data.length).toBeGreaterThan(0)
  })
})

describe('orders and holds', () => {
  it('an order is told as it is, read and refunded', async () => {
    ok(
      await client.putOrder({
        orderId: 'A/7',
        storefront: 'pos',
        status: 'paid',
        customer: ANNA,
        amount: 200,
      }),
    )
    const order = ok(await client.getOrder({ orderId: 'A/7', storefront: 'pos' }))
    expect(order).toMatchObject({ orderId: 'A/7', storefront: 'pos' })
    expect((await client.getOrder({ orderId: 'A/7' })).error?.code).toBe('order-not-found')
    ok(await client.refundOrder({ orderId: 'A/7', storefront: 'pos' }))
  })

  it('a hold is made once though its answer got lost, and captured, voided, confirmed', async () => {
    const before = Number(await available())
    flaky = 1
    const { data: hold, response } = await client.createHold({ customer: ANNA, orderId: 'h1', amount: 10 })
    expect(response.headers.get('idempotency-replayed')).toBe('true')
    expect(Number(await available())).toBe(before - 10)
    expect(ok(await client.getHold({ holdId: hold!.id })).state).toBe('active')
    expect(ok(await client.captureHold({ holdId: hold!.id, amount: '4' })).state).toBe('captured')
    const other = ok(
      await client.createHold({ customer: ANNA, orderId: 'h2', amount: 5, awaitsConfirmation: true }),
    )
    expect(ok(await client.confirmSandboxHold({ holdId: other.id })).state).toBe('active')
    ok(await client.voidHold({ holdId: other.id }))
    expect(Number(await available())).toBe(before - 4)
  })

  it('an own key makes one effect of two calls', async () => {
    const key = { idempotencyKey: 'till-2-hold-3' }
    const first = await client.createHold({ customer: ANNA, orderId: 'h3', amount: 5 }, key)
    const second = await client.createHold({ customer: ANNA, orderId: 'h3', amount: 5 }, key)
    expect(second.data).toEqual(first.data)
    const other = await client.createHold({ customer: ANNA, orderId: 'h4', amount: 6 }, key)
    expect(other.error).toMatchObject({
      code: 'idempotency-key-reused',
      idempotencyKey: 'till-2-hold-3',
      attempts: 1,
    })
  })

  it('a refusal is a value with its figures', async () => {
    const { error } = await client.createHold({ customer: ANNA, orderId: 'much', amount: 900_000 })
    expect(error).toMatchObject({ code: 'insufficient-bonuses', status: 422, name: 'TaplineError' })
    expect(error!.details).toBeDefined()
    expect(error!.requestId).toMatch(/^req_/)
    const wrong = await client.createHold({ customer: ANNA, orderId: 'x', amount: -1 })
    expect(wrong.error?.errors?.[0]?.pointer).toContain('/amount')
  })
})

describe('the log, the books, the clock, the bot', () => {
  it('the log is read and a refused item tried again', async () => {
    const { error } = await client.spendBonuses({
      ...ANNA,
      orderId: 'dear',
      amount: 900_000,
      orderAmount: 900_000,
    })
    expect(error?.code).toBe('insufficient-bonuses')
    const item = ok(await client.listInbox({ status: 'refused', orderId: 'dear' })).data[0]!
    expect(item.id).toBe(error!.inboxItemId)
    expect(ok(await client.getInboxItem({ inboxItemId: item.id })).refusal?.code).toBe(error!.code)
    ok(await client.replayInboxItem({ inboxItemId: item.id }))
  })

  it('the books are proved', async () => {
    ok(await client.proveBooks())
    await eventually(
      async () => ok(await client.getBookProof()),
      ({ checkpoint }) => checkpoint !== null,
    )
    const [checkpoint] = ok(await client.listCheckpoints()).data
    expect(
      ok(await client.listCheckpointHeads({ checkpointId: checkpoint!.id })).data.length,
    ).toBeGreaterThan(0)
  })

  it('the clock of a sandbox is moved', async () => {
    const before = ok(await client.getSandboxClock())
    const after = ok(await client.moveSandboxClock({ advanceDays: 1 }))
    expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThan(86_000_000)
  })

  it('the bot is connected and taken away', async () => {
    const token = '700000001:client-sdk-bot-token-aaaaaaaaaaaaaaa'
    product.telegram.createBot({ token })
    ok(await client.putTelegram({ token }))
    ok(await client.putTelegramOwner({ telegramId: null }))
    expect(ok(await client.getTelegram())).toHaveProperty('username')
    const gone = await client.deleteTelegram()
    expect([gone.error, gone.data, gone.response.status]).toEqual([undefined, undefined, 204])
  })
})

describe('events', () => {
  it('are listed, followed, and sent to an endpoint', async () => {
    const feed = client.followEvents.all({ waitSeconds: 5 })
    const first = feed.next()
    const created = ok(
      await client.createWebhookEndpoint({ url: receiver.url, events: ['bonus.*', 'webhook.test'] }),
    )
    receiver.expect(created.secret)
    const endpointId = created.id
    ok(await client.getWebhookEndpoint({ endpointId }))
    expect(ok(await client.listWebhookEndpoints()).data).toHaveLength(1)
    ok(await client.updateWebhookEndpoint({ endpointId, description: 'The till' }))

    const sample = ok(await client.triggerEvent({ type: 'bonus.awarded' }))
    expect(sample.test).toBe(true)
    let told = (await first).value
    while (told?.id !== sample.id) told = (await feed.next()).value
    expect(told?.test).toBe(true)
    await feed.return()
    expect(ok(await client.followEvents()).data).toEqual([])

    ok(await client.purchase({ ...ANNA, orderId: 'event', amount: 1_000 }, WAIT))
    const event = await eventually(
      async () => ok(await client.listEvents({ type: 'bonus.awarded' })).data[0],
      (seen) => seen?.type === 'bonus.awarded' && seen.data.orderId === 'event',
    )
    if (event?.type !== 'bonus.awarded') throw new Error('another event')
    expect(event.data.amount).toBe('100.00')
    expect(ok(await client.getEvent({ eventId: event.id }))).toEqual(event)
    await eventually(
      () => Promise.resolve(receiver.ids()),
      (ids) => ids.has(event.id),
    )

    const delivery = ok(await client.testWebhookEndpoint({ endpointId }))
    await eventually(
      async () => ok(await client.getWebhookDelivery({ deliveryId: delivery.id })),
      ({ status }) => status === 'delivered',
    )
    ok(await client.replayWebhookDelivery({ deliveryId: delivery.id }))
    expect(ok(await client.listWebhookDeliveries({ endpointId })).data.length).toBeGreaterThan(1)
    ok(await client.replayEvent({ eventId: event.id, endpointId }))
    const replay = ok(await client.replayToWebhookEndpoint({ endpointId, statuses: ['delivered'] }))
    ok(await client.getWebhookReplay({ replayId: replay.id }))
    expect(ok(await client.listWebhookReplays({ endpointId })).data).toHaveLength(1)
    ok(await client.rotateWebhookSecret({ endpointId }))
    expect((await client.deleteWebhookEndpoint({ endpointId })).error).toBeUndefined()
  })
})

describe('the chat', () => {
  it('a bot and a customer talk: said once, changed, read, by sequence', async () => {
    const bot = ok(await client.createParticipant({ bot: { name: 'Order bot' } }))
    const person = ok(await client.createParticipant({ customer: ANNA }))
    expect([bot.kind, person.kind, person.customerId]).toEqual(['bot', 'customer', anna])
    const { id: conversationId } = ok(
      await client.createConversation({ subject: 'Where is it?', participantIds: [person.id] }),
    )
    const said = { conversationId, clientId: 'question-1', text: 'Where is my order?', senderId: person.id }
    flaky = 1
    const { data: question, response } = await client.sendMessage(said)
    expect(response.headers.get('idempotency-replayed')).toBe('true')
    expect(ok(await client.sendMessage(said))).toEqual(question)
    const messageId = question!.id
    const changed = { conversationId, messageId, senderId: person.id, text: 'Where is my order, please?' }
    expect(ok(await client.editMessage(changed)).text).toBe(changed.text)
    const reaction = { conversationId, messageId, emoji: '👍', senderId: bot.id }
    expect(ok(await client.addReaction(reaction)).reactions).toEqual([
      { emoji: '👍', participantIds: [bot.id] },
    ])
    expect(ok(await client.removeReaction(reaction)).reactions).toEqual([])
    const { top, events } = ok(await client.listConversationEvents({ conversationId, afterSequence: 0 }))
    expect(events.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: top }, (_, index) => index + 1),
    )
    const read = await client.markRead({ conversationId, senderId: person.id, sequence: top })
    expect(read.error).toBeUndefined()
    const { data: members } = ok(await client.listParticipants({ conversationId }))
    expect(members.find(({ id }) => id === person.id)).toMatchObject({ read: top })
    const mine = { conversationId, messageId, senderId: person.id }
    expect(ok(await client.deleteMessage(mine)).text).toBeNull()
    expect((await client.editMessage(changed)).error?.code).toBe('message-deleted')
    expect(ok(await client.updateConversation({ conversationId, status: 'closed' })).status).toBe('closed')
    expect(ok(await client.getConversation({ conversationId })).lastMessage?.id).toBe(messageId)
    expect(ok(await client.listConversations({ customerId: anna })).data.map(({ id }) => id)).toEqual([
      conversationId,
    ])
  })

  it('goes through messages page by page; members come and go', async () => {
    const { id: conversationId } = ok(await client.createConversation())
    for (const clientId of ['client-1', 'client-2', 'client-3'])
      ok(await client.sendMessage({ conversationId, clientId, text: clientId }))
    const texts: (string | null)[] = []
    for await (const { text } of client.listMessages.all({ conversationId, limit: 2 })) texts.push(text)
    expect(texts).toEqual(['client-3', 'client-2', 'client-1'])
    const { id: participantId } = ok(await client.createParticipant({ bot: { name: 'Other bot' } }))
    expect(ok(await client.addParticipant({ conversationId, participantId })).id).toBe(participantId)
    expect((await client.removeParticipant({ conversationId, participantId })).error).toBeUndefined()
  })

  it('pushed messages arrive, what is refused is a dead letter', async () => {
    const { id: conversationId } = ok(await client.createConversation())
    const lost = 'cnv_00000000000000000000000000'
    const messages = [conversationId, lost].map((id) => ({
      conversationId: id,
      clientId: 'pushed-1',
      text: 'News',
    }))
    expect((await client.pushMessages({ messages })).response.status).toBe(202)
    await eventually(
      async () => ok(await client.listMessages({ conversationId })).data,
      (arrived) => arrived.length === 1,
    )
    await eventually(
      async () => ok(await client.listChatDeadLetters()).data,
      (letters) => letters.some((letter) => letter.conversationId === lost),
    )
  })

  it('settings and a ticket for the socket', async () => {
    expect(ok(await client.getChatSettings()).allowedOrigins).toEqual([])
    const settings = { allowedOrigins: ['https://shop.example'], maxAttachmentBytes: 1_000 }
    expect(ok(await client.putChatSettings(settings))).toMatchObject(settings)
    expect(ok(await client.createSocketTicket()).url).toMatch(/^ws.*\/v1\/socket$/)
  })

  it('a file is announced, uploaded, confirmed', async () => {
    const { id: conversationId } = ok(await client.createConversation())
    const file = { conversationId, clientId: 'file-0001', name: 'note.txt', size: 5, type: 'text/plain' }
    const { attachment, upload } = ok(await client.createAttachment(file))
    const of = { conversationId, attachmentId: attachment.id }
    expect((await client.confirmAttachment(of)).error?.code).toBe('attachment-not-uploaded')
    await fetch(upload.url, { method: upload.method, headers: upload.headers, body: 'hello' })
    expect(ok(await client.confirmAttachment(of)).state).toBe('ready')
    expect(ok(await client.getAttachment(of)).url).toMatch(/^http/)
  })

  it('agents and their tokens', async () => {
    const { id: agentId, token } = ok(await client.createAgent({ name: 'Olga' }))
    expect(ok(await client.getAgent({ agentId })).name).toBe('Olga')
    expect(ok(await client.updateAgent({ agentId, active: false })).active).toBe(false)
    expect(ok(await client.rotateAgentToken({ agentId })).token).not.toBe(token)
    expect(ok(await client.listAgents()).data.map(({ id }) => id)).toEqual([agentId])
    expect((await client.deleteAgent({ agentId })).error).toBeUndefined()
  })
})

describe('the network', () => {
  it('that is not there throws, with the key', async () => {
    const nobody = createTapline({ secretKey: shop.secretKey, baseUrl: 'http://127.0.0.1:9', maxRetries: 1 })
    const fault: unknown = await nobody
      .createHold({ customer: ANNA, orderId: 'z', amount: 1 })
      .catch((error: unknown) => error)
    expect(isTaplineNetworkError(fault)).toBe(true)
    expect(fault).toMatchObject({ attempts: 2, idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(String(fault)).not.toContain(shop.secretKey)
  })

  it('the raw client speaks to all of the contract', async () => {
    const { data } = await client.raw.GET('/healthz')
    expect(data?.status).toBe('alive')
    expect((await client.raw.GET('/admin/v1/projects')).error?.code).toBe('unauthorized')
  })
})

it('no method of the client is left out of this file', () => {
  const left = Object.keys(client).filter((name) => name !== 'raw' && !succeeded.has(name))
  expect(left.filter((name) => !AWAITED.has(name))).toEqual([])
})
