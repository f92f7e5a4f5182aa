import { afterAll, beforeAll, expect, it } from 'vitest'
import { laneOf } from '../src/kernel/lane.ts'
import { startReceiver, type Receiver } from './receiver.fixture.ts'
import { shopDesk } from './shop-desk.fixture.ts'
import { startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

const BACKLOG = 30_000

let tapline: Tapline
let receiver: Receiver

beforeAll(async () => {
  tapline = await startTapline({ env: { TAPLINE_WEBHOOK_ALLOW: '127.0.0.1' } })
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.stop()
  await tapline.stop()
})

it('a project with a long backlog of events does not hold up those of later lanes', async () => {
  let [busy, quiet] = [await tapline.createShop(), await tapline.createShop()] as [Shop, Shop]
  while (laneOf(busy.id) === laneOf(quiet.id)) quiet = await tapline.createShop()
  if (laneOf(busy.id) > laneOf(quiet.id)) [busy, quiet] = [quiet, busy]
  await shopDesk(tapline, quiet).publish({ basePercent: 10 })
  const { body } = await shopDesk(tapline, quiet).post<{ secret: string }>('/v1/webhook-endpoints', {
    url: receiver.url,
  })
  receiver.expect(body.secret)

  await tapline.app.sql.query(
    `insert into outbox_events (project_id, id, lane, type, payload, occurred_at)
     select $1, 'evt_' || lpad(n::text, 26, '0'), $2, 'told.to-nobody', '{}', clock_timestamp() from generate_series(1, $3::int) n`,
    [busy.id, laneOf(busy.id), BACKLOG],
  )
  await quiet.post({
    action: 'purchase',
    payload: { email: 'anna@example.com', orderId: '1', amount: '100' },
  })
  const until = Date.now() + 30_000
  while (receiver.received.length === 0 && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 5))
  const [waiting] = await tapline.app.sql.query<{ count: number }>(
    `select count(*)::int as count from outbox_events where project_id = $1 and relayed_at is null`,
    [busy.id],
  )
  expect(receiver.received.length).toBeGreaterThan(0)
  expect(waiting!.count).toBeGreaterThan(0)
})
