import type { components } from '@tapline/openapi'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startReceiver, type Receiver } from './receiver.fixture.ts'
import { shopDesk, type ShopDesk } from './shop-desk.fixture.ts'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Created = Schemas['CreatedWebhookEndpoint']
type Endpoint = Schemas['WebhookEndpoint']
type Page<T> = { data: T[] }

let tapline: Tapline
let shop: Shop
let desk: ShopDesk
let stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  tapline = await startTapline({ env: { TAPLINE_WEBHOOK_ALLOW: '127.0.0.1' } })
})
afterAll(() => tapline.stop())
beforeEach(async () => {
  shop = await tapline.createShop({ sandbox: true }, { basePercent: 10, activationDelayDays: 0 })
  desk = shopDesk(tapline, shop)
})
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()))
  stops = []
})

async function endpoint(of: ShopDesk, more: object = {}): Promise<{ receiver: Receiver; created: Created }> {
  const receiver = await startReceiver()
  stops.push(receiver.stop)
  const wish = { url: receiver.url, events: ['bonus.awarded'], ...more }
  const { body } = await of.post<Created>('/v1/webhook-endpoints', wish)
  receiver.expect(body.secret)
  return { receiver, created: body }
}

const buy = (orderId: string, by = shop) =>
  by.post({ action: 'purchase', payload: { email: 'anna@example.com', orderId, amount: '1000' } }, { prefer: 'wait=10' }) // prettier-ignore
const now = async (id: string) => (await desk.call<Endpoint>('GET', `/v1/webhook-endpoints/${id}`)).body
const patch = (id: string, body: object) => desk.call<Endpoint>('PATCH', `/v1/webhook-endpoints/${id}`, body)
const advance = (advanceSeconds: number) => desk.post('/v1/sandbox/clock', { advanceSeconds })
const arrived = (receiver: Receiver, count: number) =>
  eventually(() => Promise.resolve(receiver.received.length), (seen) => seen >= count, 15_000) // prettier-ignore
const sql = <Row>(text: string, values: unknown[] = []) => tapline.app.sql.query<Row>(text, values)

async function failing(): Promise<{ receiver: Receiver; created: Created }> {
  const one = await endpoint(desk)
  one.receiver.answers(500)
  for (let order = 0; order < 12; order++) await buy(`fails-${order}`)
  await eventually(() => now(one.created.id), ({ health }) => health.state === 'failing') // prettier-ignore
  return one
}

it('test events and orders at once do not wait for each other in a circle', async () => {
  const { receiver, created } = await endpoint(desk, { events: [] })
  const deadlocks = async () =>
    (
      await sql<{ deadlocks: number }>(
        `select deadlocks from pg_stat_database where datname = current_database()`,
      )
    )[0]!.deadlocks
  const before = await deadlocks()
  const test = () => desk.post(`/v1/webhook-endpoints/${created.id}/test`)
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? test() : buy(`circle-${index}`))),
  )
  expect(answers.filter(({ status }) => status >= 300).map(({ body }) => body)).toEqual([])
  await arrived(receiver, 30 + 30 + 1)
  expect(await deadlocks()).toBe(before)
})

it('an endpoint whose secret cannot be read any more costs nobody else anything, and a rotation mends it', async () => {
  const other = await tapline.createShop({}, { basePercent: 10 })
  const { receiver } = await endpoint(shopDesk(tapline, other))
  const lost = await endpoint(desk)
  await sql(`update webhook_endpoints set secrets = '\\x00' where id = $1`, [lost.created.id])
  await buy('unreadable')
  await buy('readable', other)
  await arrived(receiver, 1)
  await eventually(() => now(lost.created.id), ({ health }) => health.lastError === 'secret-unreadable') // prettier-ignore
  expect(lost.receiver.requests()).toBe(0)
  const rotated = await desk.post<Created>(`/v1/webhook-endpoints/${lost.created.id}/secret/rotate`)
  expect(rotated.status).toBe(201)
  lost.receiver.expect(rotated.body.secret)
  await advance(60)
  await arrived(lost.receiver, 1)
})

it('an event that cannot be written is left out, and those behind it come', async () => {
  const { receiver } = await endpoint(desk)
  await sql(
    `insert into outbox_events (project_id, id, lane, type, payload, occurred_at)
     select $1, 'evt_00000000000000000000000000', lane, 'hold.expired', '{"customerId": "cus_1"}', clock_timestamp() from projects where id = $1`,
    [shop.id],
  )
  await buy('behind')
  await arrived(receiver, 1)
  const [waiting] = await sql<{ count: number }>(
    `select count(*)::int as count from outbox_events where relayed_at is null`,
  )
  expect(waiting!.count).toBe(0)
})

it('one probe goes out in five minutes, however slowly it is answered', async () => {
  const { receiver, created } = await failing()
  const before = receiver.requests()
  receiver.answers((_request, response) => void setTimeout(() => response.writeHead(500).end(), 1_500))
  await advance(301)
  await eventually(() => Promise.resolve(receiver.requests()), (count) => count > before) // prettier-ignore
  const { lastFailureAt } = (await now(created.id)).health
  await eventually(() => now(created.id), ({ health }) => health.lastFailureAt !== lastFailureAt) // prettier-ignore
  expect(receiver.requests()).toBe(before + 1)
})

it('once it works again, everything that failed before comes at once, not on its schedule', async () => {
  const { receiver } = await failing()
  receiver.answers(204)
  await advance(301)
  await eventually(() => Promise.resolve(receiver.ids().size), (count) => count === 12, 15_000) // prettier-ignore
})

it('switched off and on, what waited for its next try comes at once', async () => {
  const { receiver, created } = await endpoint(desk)
  receiver.answers(404)
  await buy('patient')
  for (const seconds of [5, 60, 300, 1_800]) {
    const count = receiver.requests()
    await advance(seconds)
    await eventually(() => Promise.resolve(receiver.requests()), (seen) => seen > count) // prettier-ignore
  }
  await patch(created.id, { enabled: false })
  receiver.answers(204)
  const tried = receiver.requests()
  await patch(created.id, { enabled: true })
  await arrived(receiver, tried + 1)
})

it('what the old address answers does not judge the new one', async () => {
  const { receiver, created } = await endpoint(desk)
  const release: (() => void)[] = []
  receiver.answers((_request, response) => void release.push(() => response.writeHead(410).end()))
  await buy('moves')
  await eventually(() => Promise.resolve(release.length), (count) => count === 1) // prettier-ignore
  const moved = await startReceiver()
  stops.push(moved.stop)
  moved.expect(created.secret)
  await patch(created.id, { url: moved.url })
  release.forEach((answer) => answer())
  // Tried again as any failure is, at the new address.
  await eventually(async () => (await desk.call<Page<Schemas['WebhookDelivery']>>('GET', `/v1/webhook-deliveries?endpointId=${created.id}`)).body.data[0]!.attemptsCount, (count) => count === 1) // prettier-ignore
  await advance(10)
  await arrived(moved, 1)
  expect(await now(created.id)).toMatchObject({ status: 'enabled', health: { state: 'ok', lastError: null } })
})

it('a replay does not tell an endpoint of its own trouble', async () => {
  const witness = await endpoint(desk, { events: [] })
  const { receiver, created } = await failing()
  const { events } = await eventually(
    async () => ({
      events: (await desk.call<Page<Schemas['Event']>>('GET', '/v1/events?type=endpoint.failing')).body.data,
    }),
    (seen) => seen.events.length === 1,
  )
  await patch(created.id, { events: [] })
  receiver.answers(204)
  await patch(created.id, { enabled: true })
  await eventually(() => Promise.resolve(receiver.ids().size), (count) => count >= 12, 15_000) // prettier-ignore
  const replayed = await desk.post<Schemas['ReplayedEvent']>(`/v1/events/${events[0]!.id}/replay`)
  expect(replayed.body.deliveries.map(({ endpointId }) => endpointId)).toEqual([witness.created.id])
  const { body } = await desk.post<Schemas['Replay']>(`/v1/webhook-endpoints/${created.id}/replay`, { types: ['endpoint.*'] }) // prettier-ignore
  expect(body.eventsCount).toBe(0)
})

it.each(['2026-06-30T23:59:60Z', '0000-01-01T00:00:00+23:59'])(
  'a replay from %s is refused with a sentence',
  async (from) => {
    const { created } = await endpoint(desk)
    const { status } = await desk.post(`/v1/webhook-endpoints/${created.id}/replay`, { from })
    expect(status).toBe(400)
  },
)

it('a removed endpoint is nowhere, and what it leaves goes away', async () => {
  const { receiver, created } = await endpoint(desk)
  await buy('leaves')
  await arrived(receiver, 1)
  await desk.call('DELETE', `/v1/webhook-endpoints/${created.id}`)
  expect((await desk.call('DELETE', `/v1/webhook-endpoints/${created.id}`)).status).toBe(404)
  expect((await desk.call<Page<Endpoint>>('GET', '/v1/webhook-endpoints')).body.data).toEqual([])
  await buy('after')
  await eventually(
    () =>
      sql(
        `select 1 from webhook_endpoints where id = $1 union all select 1 from webhook_deliveries where endpoint_id = $1`,
        [created.id],
      ),
    (rows) => rows.length === 0,
    15_000,
  )
  expect(receiver.requests()).toBe(1)
})

it('an address that the host no longer allows can still be switched off and described', async () => {
  const { created } = await endpoint(desk)
  await sql(`update webhook_endpoints set url = 'http://10.0.0.1/hooks' where id = $1`, [created.id])
  expect(await patch(created.id, { enabled: false, description: 'Old' })).toMatchObject({
    status: 200,
    body: { status: 'disabled', description: 'Old', url: 'http://10.0.0.1/hooks' },
  })
  expect((await patch(created.id, { url: 'http://10.0.0.1/other' })).status).toBe(422)
})
