import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOf, unitOfWork } from '../src/postgres/sql.ts'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Customer = {
  id: string
  bonuses: { available: string; pending: string; held: string; debt: string }
  tier: { name: string | null }
  totalSpent: string
  ordersCount: number
  referralCode: string
}
type Merge = { id: string }

let tapline: Tapline
let shop: Shop
const wait = { prefer: 'wait=10' }

beforeAll(async () => {
  tapline = await startTapline()
  shop = await tapline.createShop(
    { sandbox: true },
    {
      basePercent: 10,
      expiryDays: 100,
      tiers: [{ name: 'Silver', threshold: '1500', percent: 0 }],
      referralPercent: 5,
    },
  )
})
afterAll(() => tapline.stop())

const buy = (email: string, orderId: string, amount: number, more: object = {}) =>
  shop.post({ action: 'purchase', payload: { email, orderId, amount, ...more } }, wait)
const of = async (email: string) => (await shop.customer({ email })) as unknown as Customer
const call = <T>(method: string, path: string, body?: object) =>
  tapline.call<T>(method, path, shop.secretKey, body)

async function twoCustomers(name: string) {
  await buy(`${name}-a@test.ru`, `${name}-1`, 1000)
  await buy(`${name}-b@test.ru`, `${name}-2`, 1000)
  const [from, into] = [await of(`${name}-a@test.ru`), await of(`${name}-b@test.ru`)]
  const merge = () => call<Merge>('POST', `/v1/customers/${into.id}/merge`, { from: from.id })
  return { from, into, merge }
}

const verified = async (...ids: string[]) => {
  for (const id of ids) expect(await tapline.app.loyalty.verifyBooks(shop.id, id)).toEqual([])
}

describe('a merge', () => {
  it('moves bonuses, orders, tier and totals, as entries of both books', async () => {
    const { from, into, merge } = await twoCustomers('moves')
    expect((await merge()).status).toBe(200)
    expect(await of('moves-a@test.ru')).toMatchObject({
      id: into.id,
      bonuses: { available: '200.00' },
      tier: { name: 'Silver' },
      totalSpent: '2000.00',
      ordersCount: 2,
    })
    const kinds = async (id: string) =>
      (await call<{ data: { kind: string; amount: string }[] }>('GET', `/v1/customers/${id}/entries`)).body
        .data
    expect((await kinds(from.id))[0]).toMatchObject({ kind: 'transfer', amount: '-100.00' })
    expect((await kinds(into.id))[0]).toMatchObject({ kind: 'transfer', amount: '100.00' })
    await verified(from.id, into.id)
  })

  it('leaves an order of the merged customer to be refunded', async () => {
    const { from, into, merge } = await twoCustomers('refunds')
    await buy('refunds-a@test.ru', 'refunds-3', 500)
    await merge()
    const refund = await call<{ bonusesReversed: string }>('POST', '/v1/orders/refunds-3/refunds', {})
    expect(refund.body).toMatchObject({ bonusesReversed: '50.00', orderStatus: 'refunded', money: '500.00' })
    expect(await of('refunds-a@test.ru')).toMatchObject({
      totalSpent: '2000.00',
      bonuses: { available: '200.00' },
    })
    await verified(from.id, into.id)
  })

  it('takes holds along, with their deadline', async () => {
    const { from, into, merge } = await twoCustomers('holds')
    const hold = await call<{ id: string }>('POST', '/v1/holds', {
      customer: { id: from.id },
      orderId: 'holds-4',
      amount: '30',
    })
    await merge()
    expect(await of('holds-b@test.ru')).toMatchObject({ bonuses: { available: '170.00', held: '30.00' } })
    expect((await call('POST', `/v1/holds/${hold.body.id}/capture`)).body).toMatchObject({
      state: 'captured',
      captured: '30.00',
    })
    expect(await of('holds-b@test.ru')).toMatchObject({ bonuses: { available: '170.00', held: '0.00' } })
    await verified(from.id, into.id)
  })

  it('keeps the referral code of the one who is gone, and his friends', async () => {
    const { from, into, merge } = await twoCustomers('refers')
    await merge()
    await buy('refers-friend@test.ru', 'refers-5', 1000, { referralCode: from.referralCode })
    expect(await of('refers-b@test.ru')).toMatchObject({ bonuses: { available: '250.00' } })
    await verified(from.id, into.id)
  })

  it('can be undone, though bonuses were spent and orders came since', async () => {
    const { from, into, merge } = await twoCustomers('undoes')
    const { body } = await merge()
    await buy('undoes-b@test.ru', 'undoes-6', 300)
    await shop.post({
      action: 'spend_bonuses',
      payload: { email: 'undoes-b@test.ru', orderId: 'undoes-7', amount: 150, orderAmount: 1000 },
    })
    const undone = await call('POST', `/v1/merges/${body.id}/undo`)
    expect(undone.status).toBe(200)
    const [a, b] = [await of('undoes-a@test.ru'), await of('undoes-b@test.ru')]
    expect(a).toMatchObject({ id: from.id, totalSpent: '1000.00', ordersCount: 1, tier: { name: null } })
    expect(b).toMatchObject({ id: into.id, totalSpent: '1300.00', ordersCount: 2, tier: { name: null } })
    expect(Number(a.bonuses.available) + Number(b.bonuses.available)).toBe(80)
    const refund = await call('POST', '/v1/orders/undoes-1/refunds', {})
    expect(refund.status).toBe(200)
    await verified(from.id, into.id)
    expect((await call('POST', `/v1/merges/${body.id}/undo`)).status).toBe(200)
  })

  it('can be undone while its orders and holds are on their way to the books', async () => {
    const { from, into, merge } = await twoCustomers('races')
    const hold = await call<{ id: string }>('POST', '/v1/holds', {
      customer: { id: from.id },
      orderId: 'races-4',
      amount: '30',
    })
    const { body } = await merge()
    const waiting = async (number: number) =>
      eventually(
        () => tapline.app.sql.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%from accounts a%for update'`), // prettier-ignore
        (found) => found.length === number,
      )
    const pool = createPool({ url: tapline.databaseUrl, max: 1, name: 'tests', onIdleError: () => undefined })
    const [undone, ...late] = await unitOfWork(pool)(async (transaction) => {
      await sqlOf(transaction).query(
        `select 1 from accounts where project_id = $1 and customer_id = $2 for update`,
        [shop.id, into.id],
      )
      const undo = call('POST', `/v1/merges/${body.id}/undo`)
      await waiting(1)
      const freed = call('POST', `/v1/holds/${hold.body.id}/void`)
      const refunded = call('POST', '/v1/orders/races-1/refunds', {})
      await waiting(3)
      return [undo, freed, refunded]
    })
    await pool.end()
    expect((await undone).status).toBe(200)
    expect((await Promise.all(late)).map(({ status }) => status)).toEqual([200, 200])
    expect(await of('races-a@test.ru')).toMatchObject({ bonuses: { available: '0.00', held: '0.00' } })
    await verified(from.id, into.id)
  })

  it('leaves everybody his own, however often they were merged one way and the other', async () => {
    const { from, into, merge } = await twoCustomers('to-and-fro')
    await call('PUT', '/v1/orders/to-and-fro-waits', { status: 'created', customer: { id: from.id }, amount: '700' }) // prettier-ignore
    await call('POST', `/v1/customers/${from.id}/adjustments`, {
      amount: '40',
      reason: 'Gift',
      staff: 'till 2',
    })
    const before = [await of('to-and-fro-a@test.ru'), await of('to-and-fro-b@test.ru')]
    const turned = () => call<Merge>('POST', `/v1/customers/${from.id}/merge`, { from: into.id })
    for (const way of [merge, turned, turned, merge])
      expect((await call('POST', `/v1/merges/${(await way()).body.id}/undo`)).status).toBe(200)
    const bonuses = (customers: Customer[]) => customers.map((customer) => customer.bonuses)
    const after = [await of('to-and-fro-a@test.ru'), await of('to-and-fro-b@test.ru')]
    expect(bonuses(after)).toEqual(bonuses(before))
    expect(before[0]!.bonuses).toMatchObject({ available: '140.00', pending: '70.00' })
    await verified(from.id, into.id)
  })

  it('can be undone as if it had not been when nothing came since', async () => {
    const { from, into, merge } = await twoCustomers('clean')
    const before = [await of('clean-a@test.ru'), await of('clean-b@test.ru')]
    const { body } = await merge()
    await call('POST', `/v1/merges/${body.id}/undo`)
    const strip = ({ mergedFrom: _mergedFrom, ...customer }: Customer & { mergedFrom?: unknown }) => customer
    expect([await of('clean-a@test.ru'), await of('clean-b@test.ru')].map(strip)).toEqual(before.map(strip))
    await verified(from.id, into.id)
  })
})

describe('an erasure', () => {
  it('ends what is left and leaves the books balanced', async () => {
    await buy('erased@test.ru', 'erased-1', 1000, { description: 'Позвонить Анне', utm: { source: 'x' } })
    const { id } = await of('erased@test.ru')
    expect((await call('DELETE', `/v1/customers/${id}`)).status).toBe(200)
    const order = await call<{ utm?: object; customerId: string }>('GET', '/v1/orders/erased-1')
    expect(order.body.utm).toBeUndefined()
    const lots = await call<{ data: object[] }>('GET', `/v1/customers/${id}/lots`)
    expect(lots.body.data).toEqual([])
    await verified(id)
  })
})

describe('an erasure', () => {
  it('reaches a refund that named nobody', async () => {
    await buy('reason@test.ru', 'reason-1', 1000)
    const refund = { orderId: 'reason-1', reason: 'Анна Каренина передумала' }
    const { body } = await shop.post({ action: 'refund', payload: refund }, wait)
    const { id } = await of('reason@test.ru')
    const item = async () => JSON.stringify(await call('GET', `/v1/inbox/${(body as { id: string }).id}`))
    expect(await item()).toContain('Каренина')
    await call('DELETE', `/v1/customers/${id}`)
    expect(await item()).not.toContain('Каренина')
    expect(JSON.stringify(await call('GET', '/v1/orders/reason-1'))).not.toContain('Каренина')
  })
})

describe('an export', () => {
  it('holds orders, lots, entries and holds', async () => {
    await buy('exported@test.ru', 'exported-1', 1000)
    const { id } = await of('exported@test.ru')
    const { body } = await call<{ loyalty: Record<string, unknown[]> }>('GET', `/v1/customers/${id}/export`)
    expect(JSON.stringify(body)).toContain('exported-1')
    expect(JSON.stringify(body)).toContain('"kind":"earn"')
  })
})
