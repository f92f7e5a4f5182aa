import { randomBytes } from 'node:crypto'
import type { components } from '@tapline/openapi'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANNA, minor, money, shopDesk, type ShopDesk } from './shop-desk.fixture.ts'
import { createDatabase, startTapline, type Tapline } from './tapline.fixture.ts'

type Program = components['schemas']['ProgramInput']

let database: Awaited<ReturnType<typeof createDatabase>>
let tapline: Tapline

/** Nobody here writes down what time has done: no role but these runs on the database. */
beforeAll(async () => {
  database = await createDatabase()
  tapline = await startTapline({
    database,
    prefix: `t${randomBytes(6).toString('hex')}`,
    roles: ['api', 'worker'],
  })
})
afterAll(async () => {
  await tapline?.stop()
  await database?.drop()
})

/** A shop, and Anna with some bonuses in lots of these sizes. */
async function openShop(program: Program = {}, bonuses: string[] = [], sandbox = false): Promise<ShopDesk> {
  const desk = shopDesk(tapline, await tapline.createShop({ sandbox }, program))
  await desk.register(ANNA)
  for (const amount of bonuses) await desk.adjust(amount)
  return desk
}

/** Past real deadlines without waiting for them: the sandbox's clock, moved behind the back of what settles. */
async function passUnseen({ shop }: ShopDesk, ms: number): Promise<void> {
  await tapline.app.sql.query(`update projects set clock_offset_ms = clock_offset_ms + $2 where id = $1`, [
    shop.id,
    ms,
  ])
  await new Promise((resolve) => setTimeout(resolve, 1_100))
}

describe('a quote', () => {
  const percent = fc.integer({ min: 0, max: 1_500 }).map((hundredths) => hundredths / 100)
  const match = fc.constantFrom<components['schemas']['LineMatch']>(
    { categories: ['tea'] },
    { skus: ['cup'] },
    { delivery: true },
    { sale: true },
    { categories: ['tea'], sale: true },
  )
  const effect = fc.oneof(
    fc.integer({ min: 10_000, max: 50_000 }).map((factor) => ({ multiply: factor / 10_000 })),
    percent.map((addPercent) => ({ addPercent })),
    fc.integer({ min: 1, max: 20_000 }).map((bonus) => ({ bonus: money(bonus) })),
  )
  const program: fc.Arbitrary<Program> = fc.record({
    basePercent: percent,
    tiers: fc.constantFrom([], [{ name: 'Silver', threshold: '500', percent: 2.5 }]),
    rules: fc
      .array(fc.record({ match: fc.option(match, { nil: undefined }), effect, firstOrder: fc.boolean() }), {
        maxLength: 3,
      })
      .map((rules) =>
        rules.map(({ match: of, ...rule }, index) => ({
          ...rule,
          id: `rule-${index}`,
          ...(of && { match: of }),
        })),
      ),
    exclusions: fc.array(
      fc.record({ match, from: fc.constantFrom('earning' as const, 'spending' as const, 'both' as const) }),
      { maxLength: 2 },
    ),
    rounding: fc.constantFrom('floor' as const, 'nearest' as const, 'none' as const),
    maxSpendPercent: fc.constantFrom(100, 30, 12.34),
    leastOrder: fc.constantFrom('0', '300'),
    leastSpendOrder: fc.constantFrom('0', '300'),
    activationDelayDays: fc.constantFrom(0, 14),
    expiryDays: fc.constantFrom(null, 365),
  })
  const line = fc.record({
    sku: fc.constantFrom('cup', 'pot', 'leaf'),
    category: fc.constantFrom('tea', 'ware'),
    delivery: fc.boolean(),
    sale: fc.boolean(),
    quantity: fc.integer({ min: 1, max: 3 }),
    price: fc.integer({ min: 1, max: 60_000 }).map(money),
  })
  const order = fc.record({
    items: fc.uniqueArray(line, { maxLength: 3, selector: ({ sku }) => sku }),
    /** Of the whole order; more than it is what the lines do not name. */
    discountPercent: fc.integer({ min: -20, max: 40 }),
  })
  const facts = ({
    items,
    discountPercent,
  }: {
    items: { quantity: number; price: string }[]
    discountPercent: number
  }) => {
    const sum = items.reduce((total, { quantity, price }) => total + quantity * minor(price), 0)
    const amount = items.length === 0 ? 12_345 : Math.ceil((sum * (100 - discountPercent)) / 100)
    return { amount: money(amount), items }
  }

  it('says what the order then does, to the kopeck and line by line', async () => {
    let spent = 0
    await fc.assert(
      fc.asyncProperty(
        program,
        order,
        order,
        fc.integer({ min: 0, max: 100 }),
        async (rules, first, second, share) => {
          const desk = await openShop(rules, ['333.33', '100'])
          await desk.put('1', { status: 'paid', customer: ANNA, ...facts(first) })
          const said = facts(second)
          const most = (await desk.quote({ customer: ANNA, ...said })).body.spend.most
          const spend = money(Math.floor((minor(most) * share) / 100))
          const { body: quote } = await desk.quote({ customer: ANNA, ...said, spend })
          expect(quote.spend).toMatchObject({ amount: spend, most, possible: true })
          const done = await desk.put('2', { status: 'paid', customer: ANNA, ...said, spend })
          expect(done).toMatchObject({
            status: 200,
            body: {
              earned: quote.earned,
              spent: spend,
              percent: quote.percent,
              programVersion: quote.programVersion,
            },
          })
          const earned = (await desk.entries()).find(
            (entry) => entry.kind === 'earn' && entry.orderId === '2',
          )
          expect(earned?.amount ?? '0.00').toBe(quote.earned)
          if (earned !== undefined) {
            const { order: counted } = (await desk.explain(earned.id)).body
            expect(counted!.parts).toEqual(quote.parts)
            expect(counted!.lines).toEqual(quote.lines)
            const { activatesAt, expiresAt } = (await desk.lots()).find(
              ({ reason, id }) => reason === 'purchase' && earned.lots.some(({ lotId }) => lotId === id),
            )!
            const close = (told: string | null | undefined, came: string | null) =>
              expect(Math.abs(Date.parse(told ?? '1970') - Date.parse(came ?? '1970'))).toBeLessThan(10_000)
            close(quote.expiresAt, expiresAt)
            if (quote.pending) close(quote.activatesAt, activatesAt)
          }
          expect(quote.lines.reduce((sum, { earned: part }) => sum + minor(part), 0)).toBe(
            minor(quote.earned),
          )
          if (minor(spend) > 0) spent++

          // One kopeck more than the most is refused, and changes nothing.
          const rest = (await desk.quote({ customer: ANNA, ...said })).body.spend.most
          const over = { status: 'paid', customer: ANNA, ...said, spend: money(minor(rest) + 1) }
          const before = await desk.bonuses()
          expect((await desk.put('3', over)).status).toBe(422)
          expect(await desk.bonuses()).toEqual(before)
          expect(await desk.problems()).toEqual([])
        },
      ),
      { numRuns: 20, seed: 7 },
    )
    expect(spent).toBeGreaterThan(5)
  }, 120_000)

  it('of nobody is that of a customer who comes for the first time', async () => {
    const desk = await openShop({
      basePercent: 5,
      rules: [{ id: 'first', firstOrder: true, effect: { bonus: '50' } }],
    })
    const { body } = await desk.quote({ amount: 1000 })
    expect(body).toMatchObject({
      customerId: null,
      earned: '100.00',
      spend: { available: '0.00', most: '0.00', limitedBy: 'balance' },
    })
    // Somebody unknown is nobody, and is not made by asking.
    const unknown = { email: 'new@example.com' }
    expect((await desk.quote({ customer: unknown, amount: 1000 })).body).toMatchObject({
      customerId: null,
      earned: '100.00',
    })
    await expect(desk.bonuses(unknown)).rejects.toThrow('No customer')
    expect((await desk.put('1', { status: 'paid', customer: unknown, amount: 1000 })).body.earned).toBe(
      '100.00',
    )
  })

  it.each<[limitedBy: string, most: string, program: Program, more: object]>([
    ['balance', '200.00', {}, { amount: 1000 }],
    ['amount', '150.00', {}, { amount: 150 }],
    ['share', '100.00', { maxSpendPercent: 10 }, { amount: 1000 }],
    ['least-order', '0.00', { leastSpendOrder: '500' }, { amount: 499.99 }],
    [
      'left-out-lines',
      '70.00',
      { exclusions: [{ match: { delivery: true }, from: 'spending' }] },
      {
        amount: 100,
        items: [
          { sku: 'cup', price: 70 },
          { name: 'Courier', price: 30, delivery: true },
        ],
      },
    ],
    ['day-limit', '120.00', { limits: { customerSpent: { hard: '120' } } }, { amount: 1000 }],
    ['day-limit', '110.00', { limits: { projectSpent: { hard: '110' } } }, { amount: 1000 }],
  ])('says why it is not more: %s', async (limitedBy, most, program, more) => {
    const desk = await openShop(program, ['200'])
    const { body } = await desk.quote({ customer: ANNA, spend: '300', ...more })
    expect(body.spend).toEqual({ amount: '300.00', most, limitedBy, available: '200.00', possible: false })
    const spend = (amount: string) =>
      desk.put('1', { status: 'paid', customer: ANNA, ...more, spend: amount })
    expect((await spend(money(minor(most) + 1))).status).toBe(422)
    if (minor(most) > 0) expect((await spend(most)).body).toMatchObject({ spent: most })
  })

  it('writes nothing', async () => {
    const desk = await openShop(
      {
        basePercent: 5,
        rules: [{ id: 'gift', effect: { bonus: '10' }, budget: '15' }],
        limits: { customerEarned: { soft: '1' } },
      },
      ['200'],
    )
    const TABLES = ['customers', 'accounts', 'orders', 'lots', 'entries', 'holds', 'outbox_events', 'rule_budgets', 'limit_uses', 'alerts', 'inbox_items'] // prettier-ignore
    const snapshot = async () =>
      Promise.all(
        TABLES.map((table) =>
          tapline.app.sql.query(
            `select to_jsonb(t) - 'relayed_at' as row from ${table} t where to_jsonb(t) ->> 'project_id' = $1 order by 1`,
            [desk.shop.id],
          ),
        ),
      )
    const before = await snapshot()
    for (const customer of [ANNA, undefined, { email: 'new@example.com' }])
      for (const spend of ['0', '50'])
        expect((await desk.quote({ ...(customer && { customer }), amount: 1000, spend })).status).toBe(200)
    expect(await snapshot()).toEqual(before)
  })
})

describe('a hold', () => {
  it('is made once for the same wish, and not beside another one of its order', async () => {
    const desk = await openShop({}, ['60', '40'])
    const { status, body: hold } = await desk.hold({ orderId: '1', amount: '80' })
    expect([status, hold.state, hold.amount]).toEqual([201, 'active', '80.00'])
    expect((await desk.hold({ orderId: '1', amount: '80' })).body).toEqual(hold)
    expect(await desk.hold({ orderId: '1', amount: '70' })).toMatchObject({
      status: 409,
      body: { code: 'hold-exists', details: { holdId: hold.id } },
    })
    expect(await desk.bonuses()).toMatchObject({ available: '20.00', held: '80.00' })
    expect(await desk.hold({ orderId: '2', amount: '20.01' })).toMatchObject({
      status: 422,
      body: { code: 'insufficient-bonuses', details: { available: '20.00', missing: '0.01' } },
    })
    expect(await desk.problems()).toEqual([])
  })

  it.each([
    ['all', undefined, '100.00', '0.00'],
    ['a part', { amount: '60' }, '60.00', '40.00'],
  ])('captured, %s, is spent; again it is the same', async (_, body, captured, left) => {
    // In two lots, of which the first is emptied by the hold.
    const desk = await openShop({}, ['70', '30'])
    const { body: hold } = await desk.hold({ orderId: '1', amount: '100' })
    const done = await desk.capture(hold.id, body)
    expect(done).toMatchObject({ status: 200, body: { state: 'captured', captured } })
    expect((await desk.capture(hold.id, body)).body).toEqual(done.body)
    expect(await desk.bonuses()).toMatchObject({ available: left, held: '0.00' })
    expect(await desk.capture(hold.id, { amount: '50' })).toMatchObject({
      status: 409,
      body: { code: 'hold-ended' },
    })
    expect(await desk.voidHold(hold.id)).toMatchObject({ status: 409, body: { code: 'hold-ended' } })
    expect((await desk.entries()).map(({ kind }) => kind)).toEqual([
      'adjust',
      'adjust',
      'hold',
      'release',
      'spend',
    ])
    expect((await desk.put('1', { status: 'paid', customer: ANNA, amount: 500 })).body.spent).toBe(captured)
    expect(await desk.problems()).toEqual([])
  })

  it('is not captured for more than it has', async () => {
    const desk = await openShop({}, ['100'])
    const { body: hold } = await desk.hold({ orderId: '1', amount: '60' })
    expect(await desk.capture(hold.id, { amount: '60.01' })).toMatchObject({
      status: 422,
      body: { code: 'hold-too-small', details: { most: '60.00' } },
    })
    expect(await desk.bonuses()).toMatchObject({ available: '40.00', held: '60.00' })
  })

  it('voided frees its lots; again it is the same, and its order may have another', async () => {
    const desk = await openShop({}, ['70', '30'])
    const lots = await desk.lots()
    const { body: hold } = await desk.hold({ orderId: '1', amount: '100' })
    expect(await desk.lots()).toEqual([])
    expect(await desk.voidHold(hold.id)).toMatchObject({ status: 200, body: { state: 'voided' } })
    expect(await desk.voidHold(hold.id)).toMatchObject({ status: 200, body: { state: 'voided' } })
    expect(await desk.lots()).toEqual(lots)
    expect(await desk.capture(hold.id)).toMatchObject({
      status: 409,
      body: { code: 'hold-ended', details: { state: 'voided' } },
    })
    expect((await desk.hold({ orderId: '1', amount: '50' })).status).toBe(201)
    expect(await desk.problems()).toEqual([])
  })

  it('pays for the order that names it, once', async () => {
    const desk = await openShop({ basePercent: 10 }, ['100'])
    const { body: hold } = await desk.hold({ orderId: '1', amount: '100', orderAmount: 500 })
    const paid = { status: 'paid', customer: ANNA, amount: 500, holdId: hold.id }
    for (const _ of [1, 2])
      expect((await desk.put('1', paid)).body).toMatchObject({ spent: '100.00', earned: '40.00' })
    expect(await desk.holdOf(hold.id)).toMatchObject({ state: 'captured', captured: '100.00' })
    expect(await desk.put('2', paid)).toMatchObject({
      status: 409,
      body: { code: 'order-conflict', details: { differs: ['hold'] } },
    })
  })

  it('twenty captures, voids and spends at once on one balance: it is spent once', async () => {
    for (let round = 0; round < 3; round++) {
      const desk = await openShop({}, ['60', '40'])
      const holds = [
        await desk.hold({ orderId: 'a', amount: '50' }),
        await desk.hold({ orderId: 'b', amount: '50' }),
      ]
      const [a, b] = holds.map(({ body }) => body.id) as [string, string]
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          [
            () => desk.capture(a),
            () => desk.voidHold(a),
            () => desk.spend({ amount: 30, orderId: `s${index}` }),
            () => desk.capture(b, { amount: '20' }),
          ][index % 4]!(),
        ),
      )
      for (const { status } of answers) expect([200, 409, 422]).toContain(status)
      const [first, second] = await Promise.all([desk.holdOf(a), desk.holdOf(b)])
      expect(['captured', 'voided']).toContain(first.state)
      expect(second).toMatchObject({ state: 'captured', captured: '20.00' })
      const spends = answers.filter(({ status, body }) => status === 200 && 'result' in body).length
      const capturedMinor = minor(first.captured) + 2_000
      expect(minor((await desk.bonuses()).available)).toBe(10_000 - capturedMinor - spends * 3_000)
      expect((await desk.entries()).filter(({ kind }) => kind === 'release')).toHaveLength(2)
      expect(await desk.problems()).toEqual([])
    }
  })

  it('past its deadline, with nobody to write that down: free, and captured no more', async () => {
    const desk = await openShop({}, ['70', '30'], true)
    const { body: hold } = await desk.hold({ orderId: '1', amount: '100', expiresInSeconds: 60 })
    await passUnseen(desk, 50_000)
    expect(await desk.bonuses()).toMatchObject({ available: '0.00', held: '100.00' })
    await passUnseen(desk, 10_000)
    expect(await desk.bonuses()).toMatchObject({ available: '100.00', held: '0.00' })
    expect((await desk.lots()).map(({ remaining }) => remaining)).toEqual(['70.00', '30.00'])
    expect((await desk.holdOf(hold.id)).state).toBe('expired')
    for (const answer of [
      await desk.capture(hold.id),
      await desk.capture(hold.id, { amount: '10' }),
      await desk.put('1', { status: 'paid', customer: ANNA, amount: 500, holdId: hold.id }),
    ])
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'hold-ended', details: { state: 'expired' } },
      })
    expect((await desk.entries()).map(({ kind }) => kind)).toEqual(['adjust', 'adjust', 'hold'])
    // A void asks for what is so already, and it is then written down.
    expect(await desk.voidHold(hold.id)).toMatchObject({ status: 200, body: { state: 'expired' } })
    expect(await desk.spend({ amount: 100, orderId: '2' })).toMatchObject({ status: 200 })
    expect((await desk.entries()).map(({ kind, reason }) => `${kind} ${reason}`).slice(3)).toEqual([
      'release expired',
      'spend order',
    ])
    expect(await desk.problems()).toEqual([])
  })

  it('pins its lots: what ends meanwhile pays for the order all the same, and what is left of it ends', async () => {
    const desk = await openShop({}, [], true)
    const soon = new Date((await desk.now()) + 3_600_000).toISOString()
    await desk.adjust('100', { expiresAt: soon })
    const { body: hold } = await desk.hold({ orderId: '1', amount: '100', expiresInSeconds: 86_400 })
    const { body: other } = await desk.hold({ orderId: '2', amount: '1' })
    expect(other).toMatchObject({ code: 'insufficient-bonuses' })
    await desk.move({ advanceSeconds: 7_200 })
    expect(await desk.bonuses()).toMatchObject({ available: '0.00', held: '100.00' })
    expect(await desk.capture(hold.id, { amount: '60' })).toMatchObject({
      status: 200,
      body: { captured: '60.00' },
    })
    expect(await desk.bonuses()).toMatchObject({ available: '0.00', held: '0.00' })
    expect((await desk.entries()).map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
      'adjust 100.00',
      'hold -100.00',
      'release 100.00',
      'spend -60.00',
      'expire -40.00',
    ])
    expect(await desk.problems()).toEqual([])
  })

  it('that awaits its customer is captured after the confirmation and not before', async () => {
    const desk = await openShop({}, ['100'], true)
    const { body: hold } = await desk.hold({ orderId: '1', amount: '100', awaitsConfirmation: true })
    expect(hold.state).toBe('awaiting-confirmation')
    expect(await desk.capture(hold.id)).toMatchObject({ status: 409, body: { code: 'hold-unconfirmed' } })
    const paid = { status: 'paid', customer: ANNA, amount: 500, holdId: hold.id }
    expect(await desk.put('1', paid)).toMatchObject({ status: 409, body: { code: 'hold-unconfirmed' } })
    for (const _ of [1, 2])
      expect(await desk.confirm(hold.id)).toMatchObject({ status: 200, body: { state: 'active' } })
    expect((await desk.put('1', paid)).body.spent).toBe('100.00')
    expect(await desk.confirm(hold.id)).toMatchObject({ status: 200, body: { state: 'captured' } })

    const real = await openShop({}, ['100'])
    const { body: unconfirmed } = await real.hold({ orderId: '1', amount: '100', awaitsConfirmation: true })
    expect(await real.confirm(unconfirmed.id)).toMatchObject({ status: 403, body: { code: 'sandbox-only' } })
    expect((await real.holdOf(unconfirmed.id)).state).toBe('awaiting-confirmation')
  })

  it('two carts, one balance: one of them has it', async () => {
    const desk = await openShop({}, ['100'])
    const answers = await Promise.all(['1', '2'].map((orderId) => desk.hold({ orderId, amount: '100' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
    expect(await desk.bonuses()).toMatchObject({ available: '0.00', held: '100.00' })
  })

  it('is not there for another shop', async () => {
    const desk = await openShop({}, ['100'], true)
    const stranger = await openShop({}, ['100'], true)
    const { body: hold } = await desk.hold({ orderId: '1', amount: '100' })
    for (const answer of [
      await stranger.call('GET', `/v1/holds/${hold.id}`),
      await stranger.capture(hold.id),
      await stranger.voidHold(hold.id),
      await stranger.confirm(hold.id),
      await stranger.put('1', { status: 'paid', customer: ANNA, amount: 500, holdId: hold.id }),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'hold-not-found' } })
    expect((await desk.holdOf(hold.id)).state).toBe('active')
    expect(
      await stranger.post('/v1/holds', {
        customer: { id: await desk.idOf(ANNA) },
        orderId: '1',
        amount: '1',
      }),
    ).toMatchObject({
      status: 404,
      body: { code: 'customer-not-found' },
    })
  })
})
