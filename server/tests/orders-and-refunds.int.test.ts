import type { components } from '@tapline/openapi'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANNA, minor, money, shopDesk, WAIT, type ShopDesk } from './shop-desk.fixture.ts'
import { eventually, startTapline, type Tapline } from './tapline.fixture.ts'

type Program = components['schemas']['ProgramInput']
type Refund = components['schemas']['Refund']

const DAY_MS = 86_400_000
let tapline: Tapline

beforeAll(async () => {
  tapline = await startTapline()
})
afterAll(() => tapline.stop())

async function openShop(program: Program = {}, bonuses: string[] = [], sandbox = false): Promise<ShopDesk> {
  const desk = shopDesk(tapline, await tapline.createShop({ sandbox }, program))
  if (bonuses.length > 0) await desk.register(ANNA)
  for (const amount of bonuses) await desk.adjust(amount)
  return desk
}
const paid = (amount: number | string, more: object = {}) => ({
  status: 'paid',
  customer: ANNA,
  amount,
  ...more,
})
const doorRefund = (desk: ShopDesk, payload: object) =>
  desk.shop.post({ action: 'refund', payload }, WAIT).then((answer) => ({
    ...answer,
    refund: (answer.body as { result?: { refund?: Refund } }).result?.refund,
  }))

describe('an order as full state', () => {
  const items = (quantity: number) => [
    { sku: 'cup', price: '100', quantity },
    { sku: 'pot', price: '450.50' },
  ]
  /** What a shop may tell of one order, each once or twice, in the order in which it happened. */
  const MESSAGES = {
    created: (desk: ShopDesk) =>
      desk.put('1', { status: 'created', customer: ANNA, amount: '850.50', items: items(4) }),
    paid: (desk: ShopDesk) => desk.put('1', paid('850.50', { items: items(4) })),
    // The totals changed while it was packed.
    fulfilled: (desk: ShopDesk) =>
      desk.put('1', { status: 'fulfilled', customer: ANNA, amount: '750.50', items: items(3) }),
    part: (desk: ShopDesk) =>
      desk.put('1', {
        ...paid('850.50', { items: items(4) }),
        status: 'partially_refunded',
        refundedAmount: '100.10',
      }),
    refund: (desk: ShopDesk) => desk.refund('1', { customer: ANNA, refundId: 'r1', amount: '33.33' }),
  }
  type Name = keyof typeof MESSAGES
  const NAMES = Object.keys(MESSAGES) as Name[]

  const seen = async (desk: ShopDesk) => {
    const {
      id: _id,
      createdAt: _c,
      paidAt,
      fulfilledAt,
      refunds,
      customerId: _customerId,
      ...order
    } = await desk.order('1')
    const { bonuses, tier, totalSpent, ordersCount } = await desk.shop.customer(ANNA)
    return {
      ...order,
      refunds: refunds.map(({ refundId, amount }) => ({ refundId, amount })),
      when: [paidAt !== null, fulfilledAt !== null],
      bonuses,
      tier,
      totalSpent,
      ordersCount,
      lots: (await desk.lots()).map(({ remaining, state }) => `${state} ${remaining}`),
    }
  }

  it('comes to the same, whatever is told first and however often', async () => {
    const rules: Program = {
      basePercent: 7.5,
      rounding: 'none',
      awardOn: 'fulfilment',
      tiers: [{ name: 'Silver', threshold: '500', percent: 3 }],
      rules: [{ id: 'cups', match: { skus: ['cup'] }, effect: { multiply: 2 } }],
    }
    const inTime = await openShop(rules)
    for (const name of NAMES) expect((await MESSAGES[name](inTime)).status).toBe(200)
    const expected = await seen(inTime)
    expect(expected).toMatchObject({
      status: 'partially_refunded',
      amount: '750.50',
      refunded: '100.10',
      ordersCount: 1,
    })
    expect(minor(expected.earned)).toBeGreaterThan(0)

    const told = fc
      .shuffledSubarray([...NAMES, ...NAMES], { minLength: 5 })
      .filter((names) => new Set(names).size === 5)
    await fc.assert(
      fc.asyncProperty(told, async (names) => {
        const desk = await openShop(rules)
        for (const name of names) expect((await MESSAGES[name](desk)).status).toBe(200)
        expect(await seen(desk)).toEqual(expected)
        expect(await desk.problems()).toEqual([])
      }),
      { numRuns: 15, seed: 11 },
    )
  }, 120_000)

  it('all at once comes to the same as well', async () => {
    const rules: Program = { basePercent: 10, awardOn: 'fulfilment' }
    const desk = await openShop(rules)
    await desk.register(ANNA)
    const told = [...NAMES, ...NAMES].filter((name) => name !== 'refund')
    for (const { status } of await Promise.all(told.map((name) => MESSAGES[name](desk))))
      expect(status).toBe(200)
    expect(await desk.order('1')).toMatchObject({
      status: 'partially_refunded',
      amount: '750.50',
      earned: '65.00',
    })
    expect(
      (await desk.entries())
        .filter(({ kind }) => kind === 'earn')
        .reduce((sum, { amount }) => sum + minor(amount), 0),
    ).toBeGreaterThan(0)
    expect(await desk.problems()).toEqual([])
  })

  it('late news of an earlier stage change nothing; other totals of the same stage are a conflict', async () => {
    const desk = await openShop({ basePercent: 10 })
    await desk.put('1', paid(1000))
    const before = await desk.order('1')
    expect((await desk.put('1', { status: 'created', customer: ANNA, amount: 700 })).body).toEqual(before)
    expect(await desk.put('1', paid(900))).toMatchObject({
      status: 409,
      body: { code: 'order-conflict', details: { differs: ['amount'] } },
    })
    await desk.register({ email: 'boris@example.com' })
    expect(await desk.put('1', paid(1000, { customer: { email: 'boris@example.com' } }))).toMatchObject({
      status: 409,
      body: { details: { differs: ['customer'] } },
    })
    expect(await desk.put('1', paid(1000, { items: [{ sku: 'cup', price: 1000 }] }))).toMatchObject({
      status: 409,
      body: { details: { differs: ['lines'] } },
    })
    expect(await desk.order('1')).toEqual(before)
    expect((await desk.entries()).map(({ kind }) => kind)).toEqual(['earn'])
  })

  it('totals of a later stage replace the earlier ones, up and down', async () => {
    const desk = await openShop({ basePercent: 10 })
    for (const [orderId, amount, earned] of [
      ['1', 1200, '120.00'],
      ['2', 700, '70.00'],
    ] as const) {
      expect((await desk.put(orderId, paid(1000))).body.earned).toBe('100.00')
      const { body } = await desk.put(orderId, { status: 'fulfilled', customer: ANNA, amount })
      expect(body).toMatchObject({ status: 'fulfilled', amount: money(amount * 100), earned })
    }
    expect(await desk.bonuses()).toMatchObject({ available: '190.00' })
    expect(await desk.problems()).toEqual([])
  })

  it('is merged from door and API: one order, and its facts must agree', async () => {
    const desk = await openShop({ basePercent: 10 })
    await desk.shop.post({ action: 'purchase', payload: { ...ANNA, amount: 1000, orderId: '1' } }, WAIT)
    expect((await desk.put('1', { status: 'fulfilled' })).body).toMatchObject({
      status: 'fulfilled',
      earned: '100.00',
    })
    const { status, body } = await desk.shop.post(
      { action: 'purchase', payload: { ...ANNA, amount: 1001, orderId: '1' } },
      WAIT,
    )
    expect([status, body.code]).toEqual([409, 'order-conflict'])
    expect(await desk.bonuses()).toMatchObject({ available: '100.00' })
  })

  it('gives at fulfilment where the program says so, and then after the delay', async () => {
    const desk = await openShop(
      { basePercent: 10, awardOn: 'fulfilment', activationDelayDays: 14, expiryDays: 30 },
      [],
      true,
    )
    await desk.put('1', paid(1000))
    await desk.move({ advanceDays: 20 })
    expect(await desk.bonuses()).toMatchObject({ available: '0.00', pending: '100.00' })
    expect((await desk.lots())[0]).toMatchObject({ state: 'pending', activatesAt: null, expiresAt: null })
    await desk.put('1', { status: 'fulfilled' })
    const fulfilledAt = Date.parse((await desk.order('1')).fulfilledAt!)
    const [lot] = await desk.lots()
    expect(Date.parse(lot!.activatesAt!)).toBe(fulfilledAt + 14 * DAY_MS)
    expect(Date.parse(lot!.expiresAt!)).toBe(fulfilledAt + 44 * DAY_MS)
    await desk.move({ advanceDays: 14 })
    expect(await desk.bonuses()).toMatchObject({ available: '100.00', pending: '0.00' })
  })

  it('gives nothing before that where unpaid orders are left out, and at once where they are not', async () => {
    for (const [unpaidOrders, before] of [
      ['ignore', { available: '0.00', pending: '0.00' }],
      ['pending', { available: '0.00', pending: '100.00' }],
      ['award', { available: '100.00', pending: '0.00' }],
    ] as const) {
      const desk = await openShop({ basePercent: 10, unpaidOrders })
      await desk.put('1', { ...paid(1000), status: 'created' })
      expect(await desk.bonuses()).toMatchObject(before)
      await desk.put('1', { status: 'paid' })
      expect(await desk.bonuses()).toMatchObject({ available: '100.00', pending: '0.00' })
      await desk.put('1', { status: 'cancelled' })
      expect(await desk.bonuses()).toMatchObject({ available: '0.00', pending: '0.00' })
      expect((await desk.put('1', { status: 'fulfilled' })).body.status).toBe('cancelled')
      expect(await desk.problems()).toEqual([])
    }
  })

  it('spends at once what it names, once', async () => {
    const desk = await openShop({ basePercent: 10, maxSpendPercent: 30 }, ['500'])
    expect(await desk.put('1', paid(1000, { spend: 301 }))).toMatchObject({
      status: 422,
      body: { code: 'spend-limit-exceeded', details: { most: '300.00' } },
    })
    expect((await desk.call('GET', '/v1/orders/1')).status).toBe(404)
    for (const _ of [1, 2])
      expect((await desk.put('1', paid(1000, { spend: 300 }))).body).toMatchObject({
        spent: '300.00',
        earned: '70.00',
      })
    expect(await desk.put('1', paid(1000, { spend: 200 }))).toMatchObject({
      status: 409,
      body: { details: { differs: ['spent'] } },
    })
    expect(
      await desk.put('1', paid(1000, { spend: 1, holdId: 'hld_01M7Y6FQC14XA870Q1KZXZ0WQ3' })),
    ).toMatchObject({
      body: { code: 'payment-ambiguous' },
    })
    expect(await desk.bonuses()).toMatchObject({ available: '270.00' })
  })
})

describe('a refund', () => {
  it('that comes before its order waits for it', async () => {
    const desk = await openShop({ basePercent: 10 }, ['100'])
    expect(await desk.refund('1', { refundId: 'r1', amount: 400 })).toMatchObject({
      status: 404,
      body: { code: 'order-not-found' },
    })
    expect(await desk.refund('1', { refundId: 'r1', amount: 400, customer: ANNA })).toMatchObject({
      status: 200,
      body: { orderStatus: 'expected', money: '0.00', bonusesReversed: '0.00' },
    })
    expect((await desk.put('1', paid(1000))).body).toMatchObject({
      status: 'partially_refunded',
      earned: '60.00',
      refunded: '400.00',
    })
    expect(await desk.bonuses()).toMatchObject({ available: '160.00' })
    expect((await doorRefund(desk, { orderId: '2', ...ANNA })).status).toBe(200)
    expect((await desk.put('2', paid(1000))).body).toMatchObject({ status: 'refunded', earned: '0.00' })
    expect(await desk.problems()).toEqual([])
  })

  it('happens once; other content under its id is a conflict', async () => {
    const desk = await openShop({ basePercent: 10 })
    await desk.put('1', paid(1000, { items: [{ sku: 'cup', price: 250, quantity: 4 }] }))
    const refund = { refundId: 'r1', items: [{ sku: 'cup', quantity: 1 }], reason: 'Broken' }
    const first = await desk.refund('1', refund)
    expect(first.body).toMatchObject({
      amount: '250.00',
      money: '250.00',
      bonusesReversed: '25.00',
      orderStatus: 'partially_refunded',
    })
    const again = await desk.refund('1', { ...refund, reason: 'Told again' })
    // It tells the same, and does nothing.
    expect(again).toMatchObject({ status: 200, body: first.body })
    for (const other of [
      { ...refund, items: [{ sku: 'cup', quantity: 2 }] },
      { refundId: 'r1', amount: 250 },
    ])
      expect(await desk.refund('1', other)).toMatchObject({ status: 409, body: { code: 'refund-conflict' } })
    expect(await desk.refund('1', { refundId: 'r2', items: [{ sku: 'pot', quantity: 1 }] })).toMatchObject({
      status: 422,
      body: { code: 'refund-line-unknown', details: { line: 'pot' } },
    })
    expect(await desk.refund('1', { refundId: 'r2', items: [{ sku: 'cup', quantity: 4 }] })).toMatchObject({
      status: 422,
      body: { code: 'refund-too-large', details: { most: '750.00' } },
    })
    expect(await desk.refund('1', { amount: 10 })).toMatchObject({ body: { code: 'refund-id-required' } })
    expect((await desk.order('1')).refunds).toEqual([
      expect.objectContaining({ refundId: 'r1', items: [{ item: 'cup', quantity: 1 }], reason: 'Broken' }),
    ])
    expect(await desk.bonuses()).toMatchObject({ available: '75.00' })
  })

  it('twenty times at once under one id is one refund, and under twenty ids never more than the order', async () => {
    const desk = await openShop({ basePercent: 10 })
    await desk.put('1', paid(1000))
    const same = await Promise.all(
      Array.from({ length: 20 }, () => desk.refund('1', { refundId: 'r', amount: 100 })),
    )
    expect(same.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(await desk.bonuses()).toMatchObject({ available: '90.00' })
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, index) => desk.refund('1', { refundId: `m${index}`, amount: 100 })),
    )
    expect(many.filter(({ status }) => status === 200)).toHaveLength(9)
    expect(await desk.order('1')).toMatchObject({ status: 'refunded', earned: '0.00', refunded: '1000.00' })
    expect(await desk.problems()).toEqual([])
  })

  it('comes through the door too, waited for or not, and is the same refund there', async () => {
    const desk = await openShop({ basePercent: 10 })
    await desk.put('1', paid(1000))
    const waited = await doorRefund(desk, { orderId: '1', refundId: 'r1', amount: 300 })
    expect(waited).toMatchObject({
      status: 200,
      refund: { amount: '300.00', money: '300.00', bonusesReversed: '30.00' },
    })
    const accepted = await desk.shop.post({
      action: 'refund',
      payload: { orderId: '1', refundId: 'r2', amount: 200 },
    })
    expect(accepted.status).toBe(202)
    await eventually(() => desk.order('1'), ({ refunded }) => refunded === '500.00') // prettier-ignore
    expect((await desk.refund('1', { refundId: 'r2', amount: 200 })).body).toMatchObject({
      amount: '200.00',
      bonusesReversed: '20.00',
    })
    expect((await desk.order('1')).refunded).toBe('500.00')
    expect((await desk.refund('1')).body).toMatchObject({
      amount: '500.00',
      orderStatus: 'refunded',
      available: '0.00',
    })
    expect(await doorRefund(desk, { orderId: '1', refundId: 'r1', amount: 301 })).toMatchObject({
      status: 409,
      body: { code: 'refund-conflict' },
    })
    expect(await desk.problems()).toEqual([])
  })

  it('in parts, by amounts and by lines, adds up to the whole to the kopeck', async () => {
    const split = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(
        split,
        fc.integer({ min: 0, max: 33_333 }),
        fc.boolean(),
        async (parts, spentMinor, byLine) => {
          const desk = await openShop(
            { basePercent: 7.77, rounding: 'none', refunds: { leastLifeDays: 0 } },
            ['333.33'],
          )
          const items = [
            { sku: 'cup', quantity: 3, price: '111.11' },
            { sku: 'pot', quantity: 1, price: '700.07' },
          ]
          const { body: order } = await desk.put('1', paid('999.99', { items, spend: money(spentMinor) }))
          const refunds: Refund[] = []
          const keep = ({ status, body }: { status: number; body: Refund }) => {
            if (status === 200) refunds.push(body)
          }
          if (byLine) keep(await desk.refund('1', { refundId: 'line', items: [{ sku: 'cup', quantity: 1 }] }))
          for (const [index, part] of parts.entries())
            keep(await desk.refund('1', { refundId: `p${index}`, amount: money(part) }))
          keep(await desk.refund('1', { refundId: 'rest' }))
          const sum = (field: 'amount' | 'money' | 'bonusesReturned' | 'bonusesReversed') =>
            refunds.reduce((total, refund) => total + minor(refund[field]), 0)
          expect(sum('amount')).toBe(99_999)
          expect(sum('bonusesReturned')).toBe(spentMinor)
          expect(sum('money')).toBe(99_999 - spentMinor)
          expect(sum('bonusesReversed')).toBe(minor(order.earned))
          for (const refund of refunds)
            expect(minor(refund.amount)).toBe(minor(refund.money) + minor(refund.bonusesReturned))
          expect(await desk.bonuses()).toMatchObject({ available: '333.33', debt: '0.00' })
          expect(await desk.shop.customer(ANNA)).toMatchObject({ totalSpent: '0.00', ordersCount: 0 })
          expect(await desk.problems()).toEqual([])
        },
      ),
      { numRuns: 12, seed: 3 },
    )
  }, 120_000)

  it('goes by the program that the order was counted with', async () => {
    const desk = await openShop({ basePercent: 5, rules: [{ id: 'double', effect: { multiply: 2 } }] }, [
      '500',
    ])
    await desk.put('1', paid(1000, { spend: 200 }))
    expect((await desk.order('1')).earned).toBe('80.00')
    await desk.publish({
      basePercent: 1,
      exclusions: [{ match: { delivery: true }, from: 'both' }],
      rounding: 'none',
    })
    const { body } = await desk.refund('1', { refundId: 'r1', amount: 500 })
    expect(body).toMatchObject({
      amount: '500.00',
      money: '400.00',
      bonusesReturned: '100.00',
      bonusesReversed: '40.00',
    })
    expect((await desk.order('1')).programVersion).toBe(
      (await desk.put('1', { status: 'fulfilled' })).body.programVersion,
    )
  })

  it('gives spent bonuses back to their own lots, with at least the least life', async () => {
    const desk = await openShop({ refunds: { leastLifeDays: 14 } }, [], true)
    await desk.register(ANNA)
    const start = await desk.now()
    const in_ = (days: number) => new Date(start + days * DAY_MS).toISOString()
    await desk.adjust('10', { expiresAt: in_(5) })
    await desk.adjust('20', { expiresAt: in_(20) })
    await desk.adjust('30', { expiresAt: in_(300) })
    await desk.adjust('40')
    const [soon, later, far, never] = await desk.lots()
    await desk.put('1', paid(1000, { spend: 100 }))
    expect(await desk.lots()).toEqual([])
    await desk.move({ advanceDays: 10 })

    // Last taken first: the lot without end, then the far one.
    expect((await desk.refund('1', { refundId: 'r1', amount: 500 })).body.bonusesReturned).toBe('50.00')
    expect((await desk.lots()).map(({ id, remaining }) => [id, remaining])).toEqual([
      [far!.id, '10.00'],
      [never!.id, '40.00'],
    ])
    const { body } = await desk.refund('1')
    expect(body).toMatchObject({ bonusesReturned: '50.00', money: '450.00' })
    const lots = await desk.lots()
    const back = await desk.now()
    const [first, second] = lots
    expect(new Set(lots.map(({ originId, remaining }) => `${originId} ${remaining}`))).toEqual(
      new Set([`${soon!.id} 10.00`, `${later!.id} 20.00`, 'null 30.00', 'null 40.00']),
    )
    for (const lot of [first, second])
      expect(Math.abs(Date.parse(lot!.expiresAt!) - back - 14 * DAY_MS)).toBeLessThan(10_000)
    expect(lots.find(({ id }) => id === far!.id)!.expiresAt).toBe(far!.expiresAt)
    await desk.move({ advanceDays: 14 })
    expect(await desk.bonuses()).toMatchObject({ available: '70.00' })
    expect(await desk.problems()).toEqual([])
  })

  it.each([
    ['within-balance', { forgiven: '70.00', debt: '0.00', bonusesReversed: '30.00' }, '0.00', '50.00'],
    ['allow-debt', { forgiven: '0.00', debt: '70.00', bonusesReversed: '100.00' }, '0.00', '0.00'],
    ['only-pending', { forgiven: '100.00', debt: '0.00', bonusesReversed: '0.00' }, '30.00', '80.00'],
  ] as const)('of earned bonuses that are spent already: %s', async (whenSpent, answer, left, next) => {
    const desk = await openShop({ basePercent: 10, refunds: { whenSpent } })
    await desk.put('1', paid(1000))
    await desk.spend({ amount: 70, orderId: '2' })
    expect((await desk.refund('1')).body).toMatchObject({ ...answer, money: '1000.00', available: left })
    expect(await desk.bonuses()).toMatchObject({ available: left, debt: answer.debt })
    expect((await desk.order('1')).forgiven).toBe(answer.forgiven)
    // The next earning pays the debt first.
    await desk.put('3', paid(500))
    expect(await desk.bonuses()).toMatchObject({
      available: next,
      debt: whenSpent === 'allow-debt' ? '20.00' : '0.00',
    })
    await desk.put('4', paid(500))
    if (whenSpent === 'allow-debt')
      expect(await desk.bonuses()).toMatchObject({ available: '30.00', debt: '0.00' })
    expect(await desk.problems()).toEqual([])
  })

  it('that only the pending may pay takes those', async () => {
    const desk = await openShop(
      { basePercent: 10, activationDelayDays: 14, refunds: { whenSpent: 'only-pending' } },
      [],
      true,
    )
    await desk.put('1', paid(1000))
    await desk.put('2', paid(1000))
    expect((await desk.refund('1')).body).toMatchObject({ bonusesReversed: '100.00', forgiven: '0.00' })
    await desk.move({ advanceDays: 14 })
    expect((await desk.refund('2')).body).toMatchObject({ bonusesReversed: '0.00', forgiven: '100.00' })
    expect(await desk.bonuses()).toMatchObject({ available: '100.00', debt: '0.00' })
  })

  it('by a total of the shop, or by cancelling, is not counted twice with one by id', async () => {
    const desk = await openShop({ basePercent: 10 })
    await desk.put('1', paid(1000))
    await desk.put('1', { status: 'partially_refunded', refundedAmount: 300 })
    await desk.put('1', { status: 'partially_refunded', refundedAmount: 200 })
    expect(await desk.order('1')).toMatchObject({ refunded: '300.00', earned: '70.00' })
    await desk.refund('1', { refundId: 'r1', amount: 300 })
    expect(await desk.order('1')).toMatchObject({ refunded: '300.00', earned: '70.00' })
    expect(await desk.put('1', { status: 'partially_refunded', refundedAmount: 1001 })).toMatchObject({
      status: 422,
      body: { code: 'refund-too-large' },
    })
    await desk.put('1', { status: 'refunded' })
    await desk.put('1', { status: 'cancelled' })
    expect(await desk.refund('1')).toMatchObject({ status: 200, body: { amount: '0.00' } })
    expect(await desk.order('1')).toMatchObject({ status: 'cancelled', refunded: '1000.00', earned: '0.00' })
    expect(await desk.problems()).toEqual([])
  })
})
