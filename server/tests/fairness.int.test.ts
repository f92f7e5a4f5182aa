import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../src/postgres/pool.ts'
import { newId } from '../src/vault/new-id.ts'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

/** More projects than a worker takes at a time, so that one that kept its place would leave none. */
const FLOODED = 6
const FLOOD = 3_500
const AT_ONCE = 500

let tapline: Tapline
let flooded: Shop[]
let small: Shop

beforeAll(async () => {
  tapline = await startTapline()
  flooded = await Promise.all(
    Array.from({ length: FLOODED }, (_, index) => tapline.createShop({ name: `Sale ${index}` })),
  )
  small = await tapline.createShop({ name: 'Small shop' })
})
afterAll(() => tapline.stop())

/** Straight into the inbox: the door would take longer than the engine needs for it. */
async function flood({ id: projectId }: Shop): Promise<void> {
  const purchase = (index: number) => ({
    kind: 'purchase', storefront: 'api', orderId: `flood-${index}`, contact: { email: `buyer${index % 500}@shop.test` },
    amountMinor: 100_000, currency: 'RUB', paid: true, lines: [],
  }) // prettier-ignore
  for (let from = 0; from < FLOOD; from += AT_ONCE) {
    const commands = Array.from({ length: AT_ONCE }, (_, index) => purchase(from + index))
    const items = commands.map((command) => ({
      projectId, id: newId('inboxItem'), status: 'accepted' as const, format: 'standard', action: 'purchase', command,
      storefront: 'api', orderId: command.orderId, claimKey: `purchase:api:${command.orderId}`,
      contacts: [`email:${command.contact.email}`], receivedAt: new Date(),
    })) // prettier-ignore
    await tapline.app.inbox.append(items)
  }
}

async function waitingOf(shops: Shop[]): Promise<number> {
  const pool = createPool({ url: tapline.databaseUrl, max: 1, name: 'tests', onIdleError: () => undefined })
  const { rows } = await pool.query<{ count: number }>(
    `select count(*) from inbox_items where project_id = any($1) and status = 'accepted'`,
    [shops.map(({ id }) => id)],
  )
  await pool.end()
  return rows[0]!.count
}

describe('the queue', () => {
  it('does not let floods of other projects delay an order', async () => {
    for (const shop of flooded) await flood(shop)
    for (const { id } of flooded) await tapline.app.wake(id)
    const seconds: number[] = []
    for (let order = 0; order < 3; order++) {
      const began = performance.now()
      await small.post({
        action: 'purchase',
        payload: { email: 'anna@shop.test', amount: 1000, orderId: `small-${order}` },
      })
      await eventually(() => small.get(`/v1/orders/small-${order}`), ({ status }) => status === 200) // prettier-ignore
      seconds.push((performance.now() - began) / 1_000)
    }
    const left = await waitingOf(flooded)
    expect(Math.max(...seconds)).toBeLessThan(2)
    expect(left).toBeGreaterThan(FLOODED * FLOOD * 0.3)
    expect(left).toBeLessThan(FLOODED * FLOOD)
  })

  it('answers who waits while other projects flood', async () => {
    const began = performance.now()
    const answer = await small.post({
      action: 'spend_bonuses',
      payload: { email: 'anna@shop.test', amount: 100, orderId: 'small-spend', orderAmount: 1000 },
    })
    expect(answer).toMatchObject({ status: 200, body: { result: { spent: '100.00', available: '50.00' } } })
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(await waitingOf(flooded)).toBeGreaterThan(0)
  })
})
