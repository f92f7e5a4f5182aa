import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../src/postgres/pool.ts'
import {
  createDatabase,
  eventually,
  startTapline,
  type Answer,
  type Shop,
  type Tapline,
} from './tapline.fixture.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
let taplines: [Tapline, Tapline]
let shop: Shop
/** The same shop's door at either server. */
let doors: [string, string]

beforeAll(async () => {
  database = await createDatabase()
  const prefix = `t${randomBytes(6).toString('hex')}`
  taplines = [await startTapline({ database, prefix }), await startTapline({ database, prefix })]
  shop = await taplines[0].createShop({}, { basePercent: 5, referralPercent: 3, expiryDays: 365 })
  const { pathname } = new URL(shop.webhookUrl)
  doors = [taplines[0].url + pathname, taplines[1].url + pathname]
})
afterAll(async () => {
  await Promise.all((taplines ?? []).map((tapline) => tapline.stop()))
  await database.drop()
})

type Body = {
  id: string
  status: string
  code?: string
  repeated?: boolean
  result?: Record<string, string>
  lines?: { line: number; id?: string; status: string; repeated?: boolean; problem?: { code: string } }[]
}
const wait = { prefer: 'wait=10' }

/** Every second one to the other server. */
const post = (
  index: number,
  action: string,
  payload: object,
  headers?: Record<string, string>,
): Promise<Answer<Body>> =>
  taplines[0].call('POST', doors[index % 2]!, undefined, { action, payload }, headers)
const all = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))
const idle = () => eventually(() => shop.get<{ data: unknown[] }>('/v1/inbox?status=accepted'), ({ body }) => body.data.length === 0, 20_000) // prettier-ignore
const statuses = (answers: Answer<Body>[]) => answers.map(({ status }) => status).sort()

async function entriesOf({ email }: { email: string }): Promise<[kind: string, amount: string][]> {
  const { id } = await shop.customer({ email })
  const { body } = await shop.get<{ data: { kind: string; amount: string }[] }>(
    `/v1/customers/${id}/entries?limit=200`,
  )
  return body.data.map(({ kind, amount }) => [kind, amount])
}

/** Since the database was made; one that was resolved by trying again counts too. */
async function deadlocks(): Promise<number> {
  const pool = createPool({ url: database.url, max: 1, name: 'tests', onIdleError: () => undefined })
  await pool.query(`select pg_stat_force_next_flush()`)
  const { rows } = await pool.query<{ deadlocks: number }>(
    `select deadlocks from pg_stat_database where datname = current_database()`,
  )
  await pool.end()
  return rows[0]!.deadlocks
}

describe('two servers on one database', () => {
  it('earn once for the same order sent fifty times in parallel, and give all of them the same id', async () => {
    const order = { email: 'fifty@shop.test', amount: 1000, orderId: 'fifty' }
    const answers = await all(50, (index) => post(index, 'purchase', order, index % 4 < 2 ? wait : {}))
    expect(answers.filter(({ status }) => status >= 300)).toEqual([])
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.filter(({ body }) => body.repeated !== true)).toHaveLength(1)
    await idle()
    expect(await entriesOf(order)).toEqual([['earn', '50.00']])
    expect(await shop.customer({ email: order.email })).toMatchObject({
      ordersCount: 1,
      totalSpent: '1000.00',
    })
  })

  it('make one customer of fifty first orders in parallel, and count each order', async () => {
    const answers = await all(50, (index) =>
      post(
        index,
        'purchase',
        { email: 'new@shop.test', phone: '+79001112233', amount: 100 + index, orderId: `new-${index}` },
        index % 4 < 2 ? wait : {},
      ),
    )
    expect(answers.filter(({ status }) => status >= 300)).toEqual([])
    await idle()
    const customer = await shop.customer({ phone: '+79001112233' })
    expect(customer).toMatchObject({ emails: ['new@shop.test'], ordersCount: 50, totalSpent: '6225.00' })
    const { body } = await shop.get<{ data: unknown[] }>('/v1/customers?limit=200')
    expect(body.data.filter((one) => (one as typeof customer).emails.includes('new@shop.test'))).toHaveLength(
      1,
    )
    const entries = await entriesOf({ email: 'new@shop.test' })
    expect(entries.map(([kind]) => kind)).toEqual(Array(50).fill('earn'))
    // 5 % of 100 to 149, in whole roubles: twenty times 5, twenty times 6, ten times 7.
    expect(customer.bonuses.available).toBe('290.00')
    expect(await taplines[0].app.loyalty.verifyBooks(shop.id, customer.id)).toEqual([])
  })

  it('give one balance to one of two carts, and the other a clear refusal', async () => {
    for (let round = 0; round < 5; round++) {
      const email = `carts${round}@shop.test`
      await post(0, 'purchase', { email, amount: 2000, orderId: `carts-${round}` }, wait)
      const answers = await all(2, (index) =>
        post(index, 'spend_bonuses', {
          email,
          amount: 80,
          orderId: `cart-${round}-${index}`,
          orderAmount: 500,
        }),
      )
      expect(statuses(answers)).toEqual([200, 422])
      expect(answers.find(({ status }) => status === 422)?.body).toMatchObject({
        code: 'insufficient-bonuses',
        details: { available: '20.00', missing: '60.00' },
      })
      expect((await shop.customer({ email })).bonuses.available).toBe('20.00')
    }
  })

  it('let a spend see the orders of the same customer that were accepted a moment before, at either server', async () => {
    for (let round = 0; round < 5; round++) {
      const email = `fresh${round}@shop.test`
      const accepted = await all(10, (index) =>
        post(index, 'purchase', { email, amount: 1000, orderId: `fresh-${round}-${index}` }),
      )
      expect(statuses(accepted)).toEqual(Array(10).fill(202))
      const spend = await post(round, 'spend_bonuses', {
        email,
        amount: 500,
        orderId: `fresh-spend-${round}`,
        orderAmount: 1000,
      })
      expect(spend).toMatchObject({ status: 200, body: { result: { spent: '500.00', available: '0.00' } } })
    }
  })

  it('let it see them also where the shop named the same customer by another contact', async () => {
    await post(0, 'register_user', { email: 'both@shop.test', phone: '+79005556677' }, wait)
    for (let round = 0; round < 5; round++) {
      const accepted = await all(10, (index) =>
        post(index, 'purchase', { phone: '+79005556677', amount: 1000, orderId: `both-${round}-${index}` }),
      )
      expect(statuses(accepted)).toEqual(Array(10).fill(202))
      const spend = await post(round, 'spend_bonuses', {
        email: 'both@shop.test',
        amount: 500,
        orderId: `both-spend-${round}`,
        orderAmount: 1000,
      })
      expect(spend).toMatchObject({ status: 200, body: { result: { spent: '500.00', available: '0.00' } } })
    }
  })

  it('accept one of two orders under one id with different amounts', async () => {
    for (let round = 0; round < 10; round++) {
      const answers = await all(6, (index) =>
        post(
          index,
          'purchase',
          { email: `two${round}@shop.test`, amount: 1000 + (index % 3), orderId: `two-${round}` },
          index > 3 ? wait : {},
        ),
      )
      const accepted = answers.filter(({ status }) => status < 300)
      expect(accepted).toHaveLength(2)
      expect(new Set(accepted.map(({ body }) => body.id)).size).toBe(1)
      expect(
        answers.filter(({ status, body }) => status === 409 && body.code === 'order-conflict'),
      ).toHaveLength(4)
    }
    await idle()
    for (let round = 0; round < 10; round++)
      expect(await entriesOf({ email: `two${round}@shop.test` })).toEqual([['earn', '50.00']])
  })

  it('never wait for each other over referrals in a ring', async () => {
    const people = Array.from({ length: 3 }, (_, index) => ({
      email: `ring${index}@shop.test`,
      name: `Ring ${index}`,
    }))
    await all(people.length, (index) => post(index, 'register_user', people[index]!, wait))
    const codes = await Promise.all(
      people.map(async (person) => (await shop.customer({ email: person.email })).referralCode),
    )
    // Each names the next one: locks are wanted in every order there is.
    const buy = (index: number, orderId: string, paid: boolean, headers: Record<string, string>) => {
      const referralCode = codes[(index + 1) % codes.length]
      const payload = { ...people[index % people.length], amount: 1000, orderId, paid, referralCode }
      return post(index, 'purchase', payload, headers)
    }
    await all(people.length, (index) => buy(index, `ring-unpaid-${index}`, false, wait))
    const [answers, payments] = await Promise.all([
      all(300, (index) => buy(index, `ring-${index}`, true, index % 4 < 2 ? wait : {})),
      all(90, (index) => {
        const path = `/v1/orders/ring-unpaid-${index % people.length}`
        return taplines[index % 2]!.call('PUT', path, shop.secretKey, { status: 'paid' })
      }),
    ])
    expect([...answers, ...payments].filter(({ status }) => status >= 300)).toEqual([])
    // Whole batches of all of them, in opposite orders, with names that change.
    const batches = await all(24, (index) => {
      const purchases = people.map((person, at) => ({
        ...person,
        name: `Name ${index}`,
        amount: 100,
        orderId: `ring-batch-${index}-${at}`,
      }))
      return post(
        index,
        'batch_purchase',
        { purchases: index % 2 === 0 ? purchases : purchases.reverse() },
        wait,
      )
    })
    expect(batches.filter(({ status }) => status >= 300)).toEqual([])
    await idle()
    expect(await deadlocks()).toBe(0)
    for (const { email } of people) {
      const customer = await shop.customer({ email })
      expect(customer).toMatchObject({
        ordersCount: 125,
        totalSpent: '103400.00',
        bonuses: { available: '8272.00' },
      })
      expect(await taplines[1].app.loyalty.verifyBooks(shop.id, customer.id)).toEqual([])
    }
  })

  it('take a batch of a thousand with repeats inside at both at once, and count each order once', async () => {
    // Lines 900 to 949 repeat the first fifty; 950 to 998 contradict them; the last cannot be read.
    const line = (index: number) => ({
      email: `batch${index % 37}@shop.test`,
      amount: 1000,
      orderId: `batch-${index}`,
    })
    const purchases = [
      ...Array.from({ length: 900 }, (_, index) => line(index)),
      ...Array.from({ length: 50 }, (_, index) => line(index)),
      ...Array.from({ length: 49 }, (_, index) => ({ ...line(index), amount: 1001 })),
      { orderId: 'batch-nobody', amount: 1000 },
    ]
    const answers = await all(2, (index) => post(index, 'batch_purchase', { purchases }))
    for (const { status, body } of answers) {
      expect(status).toBe(202)
      const lines = body.lines!
      expect(lines.map((one) => one.line)).toEqual(purchases.map((_, index) => index))
      const rejected = lines.filter((one) => one.status === 'rejected')
      expect(rejected.map((one) => one.line)).toEqual(Array.from({ length: 50 }, (_, index) => 950 + index))
      expect(rejected.map((one) => one.problem?.code)).toEqual([
        ...Array<string>(49).fill('order-conflict'),
        'invalid-request',
      ])
      for (let index = 0; index < 50; index++)
        expect(lines[900 + index]).toMatchObject({ id: lines[index]!.id!, repeated: true })
    }
    const ids = answers.map(({ body }) => body.lines!.slice(0, 950).map((one) => one.id))
    expect(ids[0]).toEqual(ids[1])
    await idle()
    const orders = await Promise.all(
      Array.from(
        { length: 37 },
        async (_, index) => (await shop.customer({ email: `batch${index}@shop.test` })).ordersCount,
      ),
    )
    expect(orders.reduce((sum, count) => sum + count, 0)).toBe(900)
    expect(await shop.customer({ email: 'batch0@shop.test' })).toMatchObject({
      ordersCount: 25,
      totalSpent: '25000.00',
      bonuses: { available: '1250.00' },
    })
  })
})
