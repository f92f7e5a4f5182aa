import type { components } from '@tapline/openapi'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startReceiver, type Receiver } from './receiver.fixture.ts'
import { shopDesk, type ShopDesk } from './shop-desk.fixture.ts'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Created = Schemas['CreatedWebhookEndpoint']
type Endpoint = Schemas['WebhookEndpoint']
type Delivery = Schemas['WebhookDelivery']
type WithAttempts = Schemas['WebhookDeliveryWithAttempts']
type Replay = Schemas['Replay']
type Page<T> = { data: T[]; nextCursor: string | null }

const HOUR = 3_600

let tapline: Tapline
let shop: Shop
let desk: ShopDesk
let stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  tapline = await startTapline({ env: { TAPLINE_WEBHOOK_ALLOW: '127.0.0.1' } })
})
afterAll(() => tapline.stop())
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()))
  stops = []
})

async function openShop(settings: object = { sandbox: true }): Promise<void> {
  shop = await tapline.createShop(settings, { basePercent: 10, activationDelayDays: 0 })
  desk = shopDesk(tapline, shop)
}

async function endpoint(more: object = {}): Promise<{ receiver: Receiver; created: Created }> {
  const receiver = await startReceiver()
  stops.push(receiver.stop)
  const { body, status } = await desk.post<Created>('/v1/webhook-endpoints', { url: receiver.url, ...more })
  expect(status, JSON.stringify(body)).toBe(201)
  receiver.expect(body.secret)
  return { receiver, created: body }
}

const buy = (orderId: string, amount = '1000', email = 'anna@example.com') =>
  shop.post({ action: 'purchase', payload: { email, orderId, amount } }, { prefer: 'wait=10' })
const read = async <T>(path: string) => (await desk.call<T>('GET', path)).body
const advance = (seconds: number) => desk.post('/v1/sandbox/clock', { advanceSeconds: seconds })
const endpointNow = (id: string) => read<Endpoint>(`/v1/webhook-endpoints/${id}`)
/** Until what came of the next try is written down: a clock that moves before that moves the next probe along. */
async function advanceUntilTried(id: string, seconds: number): Promise<void> {
  const { lastFailureAt } = (await endpointNow(id)).health
  await advance(seconds)
  await eventually(() => endpointNow(id), ({ health }) => health.lastFailureAt !== lastFailureAt) // prettier-ignore
}
const deliveriesOf = async (id: string, query = '') =>
  (await read<Page<Delivery>>(`/v1/webhook-deliveries?endpointId=${id}&limit=200${query}`)).data
const arrived = (receiver: Receiver, count: number) =>
  eventually(
    () => Promise.resolve(receiver.types()),
    (types) => types.length >= count,
    15_000,
  )

describe('an event', () => {
  it('reaches every endpoint that wants it: signed, typed, numbered, and stands in the log', async () => {
    await openShop()
    const all = await endpoint({ description: 'Everything' })
    const tiers = await endpoint({ events: ['tier.*', 'customer.created'] })
    await buy('1')
    await arrived(all.receiver, 2)
    await arrived(tiers.receiver, 1)
    expect(all.receiver.types().sort()).toEqual(['bonus.awarded', 'customer.created'])
    expect(tiers.receiver.types()).toEqual(['customer.created'])

    const awarded = all.receiver.received.find(({ event }) => event.type === 'bonus.awarded')!
    const customer = await shop.customer({ email: 'anna@example.com' })
    expect(awarded.event).toMatchObject({
      id: awarded.id,
      projectId: shop.id,
      resource: { type: 'customer', id: customer.id, version: 1 },
      sequence: 2,
      test: false,
      data: { customerId: customer.id, amount: '100.00', available: '100.00', currency: 'RUB', orderId: '1' },
    })
    const [delivery] = await eventually(
      async () => (await deliveriesOf(all.created.id)).filter(({ eventId }) => eventId === awarded.id),
      ([found]) => found?.status === 'delivered',
    )
    expect(delivery).toMatchObject({ attemptsCount: 1, lastError: null })
    const whole = await read<WithAttempts>(`/v1/webhook-deliveries/${delivery!.id}`)
    expect(JSON.parse(whole.body)).toEqual(awarded.event)
    expect(whole.attempts).toMatchObject([
      { number: 1, status: 204, error: null, address: '127.0.0.1', url: all.receiver.url },
    ])
    expect(await read(`/v1/events/${awarded.id}`)).toEqual(awarded.event)
    expect(all.receiver.unverified).toEqual([])
  })

  it('has a sequence without gaps per customer and a version that only rises, however many come at once', async () => {
    await openShop()
    const { receiver } = await endpoint({ events: ['bonus.*'] })
    await buy('first')
    await Promise.all(Array.from({ length: 60 }, (_, index) => buy(`many-${index}`)))
    await arrived(receiver, 61)
    const inOrder = receiver.received
      .map(({ event }) => event)
      .sort((one, other) => one.sequence - other.sequence)
    // 1 was that there is a new customer.
    expect(inOrder.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 61 }, (_, index) => index + 2),
    )
    const versions = inOrder.map(({ resource }) => resource.version!)
    expect(versions).toEqual([...versions].sort((one, other) => one - other))
    const available = inOrder.map(({ data }) => Number((data as { available: string }).available))
    expect(available).toEqual([...available].sort((one, other) => one - other))
  })

  it('of a refused order says why', async () => {
    await openShop()
    const { receiver } = await endpoint({ events: ['order.*'] })
    await buy('twice', '1000')
    const { body } = await shop.post(
      { action: 'refund', payload: { orderId: 'nobody-knows', amount: '10', refundId: 'r' } },
      { prefer: 'wait=10' },
    )
    await arrived(receiver, 1)
    expect(receiver.received[0]!.event).toMatchObject({
      type: 'order.rejected',
      resource: { type: 'order', id: 'api/nobody-knows' },
      data: {
        orderId: 'nobody-knows',
        action: 'refund',
        inboxItemId: (body as { inboxItemId?: string }).inboxItemId,
      },
    })
  })
})

describe('a receiver that is down for twenty hours', () => {
  it('gets everything afterwards, once it is up: nothing lost, each under its id, signed anew', async () => {
    await openShop()
    const { receiver, created } = await endpoint({ events: ['bonus.awarded'] })
    const witness = await endpoint({ events: ['endpoint.*'] })
    receiver.answers(503)
    for (let order = 0; order < 12; order++) await buy(`down-${order}`)
    await eventually(
      () => endpointNow(created.id),
      ({ health }) => health.state === 'failing',
    )
    await arrived(witness.receiver, 1)
    expect(witness.receiver.received[0]!.event).toMatchObject({
      type: 'endpoint.failing',
      data: { endpointId: created.id, lastError: '503' },
    })
    const held = await deliveriesOf(created.id)
    expect(new Set(held.map(({ status }) => status))).toEqual(new Set(['held']))

    // It stays down while the hours pass: a probe every five minutes, not a storm.
    for (let hour = 0; hour < 20; hour++) {
      await advanceUntilTried(created.id, HOUR)
    }
    expect(receiver.requests()).toBeLessThan(60)
    await buy('down-late')
    const tried = receiver.received.length
    const first = receiver.received[0]!

    receiver.answers(204)
    await advance(HOUR)
    await eventually(
      () => deliveriesOf(created.id),
      (all) => all.length === 13 && all.every(({ status }) => status === 'delivered'),
      20_000,
    )
    const after = receiver.received.slice(tried)
    expect(after.map(({ id }) => id).sort()).toEqual([...receiver.ids()].sort())
    expect(receiver.ids().size).toBe(13)
    const again = after.find(({ id }) => id === first.id)!
    expect(again.event).toEqual(first.event)
    expect(again.signature === first.signature).toBe(again.timestamp === first.timestamp)
    expect(Math.abs(again.timestamp - Date.now() / 1_000)).toBeLessThan(60)
    expect(await endpointNow(created.id)).toMatchObject({
      health: { state: 'ok', failedSince: null },
      heldCount: 0,
    })
    await arrived(witness.receiver, 2)
    expect(witness.receiver.types()).toEqual(['endpoint.failing', 'endpoint.recovered'])
    expect(receiver.unverified).toEqual([])
  })

  it('tells the owner in Telegram', async () => {
    await openShop()
    await shop.put('/v1/integrations/telegram', { token: tapline.telegram.tokens[0] })
    expect(await shop.put('/v1/integrations/telegram/owner', { telegramId: '777' })).toMatchObject({
      status: 200,
      body: { connected: true, ownerTelegramId: '777' },
    })
    const { receiver } = await endpoint()
    receiver.answers(500)
    for (let order = 0; order < 6; order++) await buy(`owner-${order}`)
    const messages = await eventually(
      () => Promise.resolve(tapline.telegram.messages({ chatId: 777 })),
      (sent) => sent.length > 0,
      20_000,
    )
    expect(JSON.stringify(messages)).toContain(receiver.url)
  })

  it('is switched off after five days, keeps what comes, and gets it when it is enabled again', async () => {
    await openShop()
    const { receiver, created } = await endpoint({ events: ['bonus.awarded'] })
    const witness = await endpoint({ events: ['endpoint.disabled'] })
    receiver.answers(500)
    for (let order = 0; order < 10; order++) await buy(`dead-${order}`)
    await eventually(() => endpointNow(created.id), ({ health }) => health.state === 'failing') // prettier-ignore
    for (let day = 0; day < 6; day++) {
      if ((await endpointNow(created.id)).status === 'enabled') await advanceUntilTried(created.id, 24 * HOUR)
    }
    expect(await endpointNow(created.id)).toMatchObject({ status: 'disabled', disabledBecause: 'failing' })
    await arrived(witness.receiver, 1)
    expect(witness.receiver.received[0]!.event).toMatchObject({
      data: { endpointId: created.id, reason: 'failing' },
    })
    await buy('dead-late')
    const asked = receiver.requests()
    await advance(HOUR)
    await eventually(() => deliveriesOf(created.id), (all) => all.length === 11) // prettier-ignore
    expect((await endpointNow(created.id)).heldCount).toBe(11)
    expect(receiver.requests()).toBe(asked)

    receiver.answers(200)
    const enabled = await desk.call<Endpoint>('PATCH', `/v1/webhook-endpoints/${created.id}`, {
      enabled: true,
    })
    expect(enabled.body).toMatchObject({ status: 'enabled', disabledBecause: null })
    await eventually(
      () => deliveriesOf(created.id),
      (all) => all.every(({ status }) => status === 'delivered'),
    )
  })
})

describe('an answer', () => {
  it('of 410 switches the endpoint off at once', async () => {
    await openShop()
    const { receiver, created } = await endpoint()
    receiver.answers(410)
    await buy('gone')
    await eventually(() => endpointNow(created.id), ({ status }) => status === 'disabled') // prettier-ignore
    expect(await endpointNow(created.id)).toMatchObject({ disabledBecause: 'gone' })
  })

  it('with Retry-After is waited for, of this endpoint alone', async () => {
    await openShop()
    const { receiver, created } = await endpoint({ events: ['bonus.awarded'] })
    const other = await endpoint({ events: ['bonus.awarded'] })
    receiver.answers((_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end())
    await buy('slow-down')
    await eventually(
      () => deliveriesOf(created.id),
      ([delivery]) => delivery?.lastError === '429',
    )
    await buy('slow-down-2')
    await arrived(other.receiver, 2)
    expect(receiver.requests()).toBe(1)
    receiver.answers(204)
    await advance(HOUR + 10)
    await arrived(receiver, 3)
    expect(await endpointNow(created.id)).toMatchObject({ health: { state: 'ok' } })
  })

  it('that is an error is tried again on schedule until its attempts are used up, then replayed by hand', async () => {
    await openShop()
    const { receiver, created } = await endpoint({ events: ['bonus.awarded'] })
    receiver.answers(404)
    await buy('fails')
    const waits = [5, 60, 300, 1_800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
    for (const [index, seconds] of [...waits, 0].entries()) {
      const [delivery] = await eventually(
        () => deliveriesOf(created.id),
        ([one]) => one?.attemptsCount === index + 1,
      )
      expect(delivery!.status).toBe(index < waits.length ? 'waiting' : 'failed')
      if (index < waits.length) await advance(seconds)
    }
    receiver.answers(200)
    const [failed] = await deliveriesOf(created.id, '&status=failed')
    const replayed = await desk.post<Delivery>(`/v1/webhook-deliveries/${failed!.id}/replay`)
    expect(replayed).toMatchObject({ status: 202, body: { id: failed!.id, status: 'waiting' } })
    await eventually(() => deliveriesOf(created.id), ([delivery]) => delivery!.status === 'delivered') // prettier-ignore
    const { attempts } = await read<WithAttempts>(`/v1/webhook-deliveries/${failed!.id}`)
    expect(attempts.map(({ number, status }) => [number, status])).toEqual(
      Array.from({ length: 12 }, (_, index) => [12 - index, index === 0 ? 200 : 404]),
    )
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1)
    expect(attempts[1]!.responseBody).toBe('as told')
  })
})

describe('a replay', () => {
  it('brings what was before the endpoint, by type and time, with progress', async () => {
    await openShop()
    for (let order = 0; order < 5; order++) await buy(`old-${order}`)
    await eventually(() => read<Page<Schemas['Event']>>('/v1/events'), ({ data }) => data.length === 6) // prettier-ignore
    const { receiver, created } = await endpoint({ events: ['tier.changed'] })
    const begun = await desk.post<Replay>(`/v1/webhook-endpoints/${created.id}/replay`, {
      types: ['bonus.*'],
    })
    expect(begun).toMatchObject({ status: 202, body: { state: 'running', eventsCount: 5, replayedCount: 0 } })
    await arrived(receiver, 5)
    const finished = await eventually(
      () => read<Replay>(`/v1/webhook-replays/${begun.body.id}`),
      ({ state }) => state === 'finished',
    )
    expect(finished).toMatchObject({ eventsCount: 5, replayedCount: 5 })
    // All delivered: nothing is left of what failed or never came.
    const again = await desk.post<Replay>(`/v1/webhook-endpoints/${created.id}/replay`, {
      types: ['bonus.*'],
    })
    expect(again.body.eventsCount).toBe(0)
  })

  it('of one event goes to one endpoint or to all that want it', async () => {
    await openShop()
    const [one, other] = [
      await endpoint({ events: ['bonus.awarded'] }),
      await endpoint({ events: ['tier.*'] }),
    ]
    await buy('again')
    await arrived(one.receiver, 1)
    const { id } = one.receiver.received[0]!
    const toAll = await desk.post<Schemas['ReplayedEvent']>(`/v1/events/${id}/replay`)
    expect(toAll.body.deliveries.map(({ endpointId }) => endpointId)).toEqual([one.created.id])
    await arrived(one.receiver, 2)
    await desk.post(`/v1/events/${id}/replay`, { endpointId: other.created.id })
    await arrived(other.receiver, 1)
    expect(other.receiver.received[0]!.id).toBe(id)
  })
})

describe('a secret', () => {
  it('signs beside the older one until the overlap ends, and is shown once', async () => {
    await openShop()
    const { receiver, created } = await endpoint({ events: ['bonus.awarded'] })
    const rotate = (body: object) =>
      desk.post<Created>(`/v1/webhook-endpoints/${created.id}/secret/rotate`, body)
    const rotated = await rotate({})
    expect(rotated.body.secret).not.toBe(created.secret)
    expect(await rotate({})).toMatchObject({ status: 409, body: { code: 'rotation-in-progress' } })
    await buy('both')
    await arrived(receiver, 1)
    receiver.expect(rotated.body.secret)
    await buy('new-one')
    await arrived(receiver, 2)
    expect(receiver.received[1]!.signature.split(' ')).toHaveLength(2)
    const forced = await rotate({ force: true, overlapSeconds: 0 })
    receiver.expect(forced.body.secret)
    await buy('only')
    await arrived(receiver, 3)
    expect(receiver.received[2]!.signature.split(' ')).toHaveLength(1)
    expect(receiver.unverified).toEqual([])
    const shown = JSON.stringify([
      await endpointNow(created.id),
      await read('/v1/webhook-endpoints'),
      await tapline.admin('GET', `/admin/v1/projects/${shop.id}/audit`),
    ])
    for (const { secret } of [created, rotated.body, forced.body]) expect(shown).not.toContain(secret)
  })
})

describe('a test', () => {
  it('sends a sample of any type to one endpoint, though it wants others', async () => {
    await openShop()
    const { receiver, created } = await endpoint({ events: ['tier.*'] })
    const plain = await desk.post<Delivery>(`/v1/webhook-endpoints/${created.id}/test`)
    expect(plain).toMatchObject({ status: 202, body: { eventType: 'webhook.test', endpointId: created.id } })
    await desk.post(`/v1/webhook-endpoints/${created.id}/test`, { type: 'bonus.held' })
    await arrived(receiver, 2)
    expect(receiver.received.map(({ event }) => [event.type, event.test])).toEqual([
      ['webhook.test', true],
      ['bonus.held', true],
    ])
  })

  it('of every type is what the contract says', async () => {
    await openShop()
    const { receiver } = await endpoint()
    const types = (await desk.call<{ components: { schemas: { EventType: { enum: string[] } } } }>('GET', '/openapi.json')).body.components.schemas.EventType.enum // prettier-ignore
    // The answers are validated against the contract.
    for (const type of types) expect((await desk.post('/v1/events', { type })).status).toBe(202)
    await arrived(receiver, types.length)
    expect(receiver.types().sort()).toEqual([...types].sort())
    const listed = await read<Page<Schemas['Event']>>('/v1/events?limit=200')
    expect(listed.data.map(({ type }) => type)).toEqual([...types].reverse())
  })
})

describe('the feed', () => {
  it('gives what happens after a position, in order, and waits for the next', async () => {
    await openShop()
    const feed = (query: string) => read<Schemas['EventsSince']>(`/v1/event-feed?${query}`)
    await buy('before')
    await eventually(() => read<Page<unknown>>('/v1/events'), ({ data }) => data.length === 2) // prettier-ignore
    const start = await feed('')
    expect(start.data).toEqual([])
    const next = feed(`after=${start.position}&waitSeconds=10`)
    await buy('after')
    expect((await next).data).toMatchObject([{ type: 'bonus.awarded', data: { orderId: 'after' } }])
    const all = await feed('after=0')
    expect(all.data.map(({ type }) => type)).toEqual(['customer.created', 'bonus.awarded', 'bonus.awarded'])
    expect(all.position).toBe((await next).position)
    expect(await feed(`after=${all.position}`)).toEqual({ data: [], position: all.position })
  })
})

describe('an endpoint', () => {
  it.each([
    ['http://shop.example/hooks', 'not-https'],
    ['https://10.0.0.1/hooks', 'private-address'],
    ['https://[::ffff:169.254.169.254]/latest', 'private-address'],
    ['https://user:pass@shop.example/', 'credentials'],
    ['https://shop.example:8081/', 'port'],
    ['shop.example', 'malformed'],
  ])('at %s is refused: %s', async (url, because) => {
    await openShop()
    const { status, body } = await desk.post('/v1/webhook-endpoints', { url })
    expect([status, body.code, body.details]).toEqual([422, 'webhook-url-refused', { because }])
  })

  it('for types that no event has is refused by name', async () => {
    await openShop()
    const wish = { url: 'https://shop.example/hooks', events: ['bonus.awarded', 'bonus.granted', 'points.*'] }
    const { status, body } = await desk.post('/v1/webhook-endpoints', wish)
    expect([status, body.code, body.details]).toEqual([
      422,
      'event-type-unknown',
      { types: ['bonus.granted', 'points.*'] },
    ])
  })

  it('is one of twenty at most, also when many come at once', async () => {
    await openShop()
    const made = await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        desk.post('/v1/webhook-endpoints', { url: `https://shop.example/${index}`, enabled: false }),
      ),
    )
    expect(made.filter(({ status }) => status === 201)).toHaveLength(20)
    expect(made.filter(({ body }) => body.code === 'too-many-endpoints')).toHaveLength(5)
  })

  it('that is removed takes its log along and leaves the events', async () => {
    await openShop()
    const { receiver, created } = await endpoint()
    await buy('removed')
    await arrived(receiver, 2)
    expect((await desk.call('DELETE', `/v1/webhook-endpoints/${created.id}`)).status).toBe(204)
    expect(await deliveriesOf(created.id)).toEqual([])
    expect((await read<Page<unknown>>('/v1/events')).data).toHaveLength(2)
    expect((await desk.call('GET', `/v1/webhook-endpoints/${created.id}`)).status).toBe(404)
  })
})
