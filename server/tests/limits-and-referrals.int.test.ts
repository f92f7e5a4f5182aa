import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANNA, minor, money, shopDesk, WAIT, type ShopDesk } from './shop-desk.fixture.ts'
import { startTapline, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Program = Schemas['ProgramInput']

let tapline: Tapline
const BORIS = { email: 'boris@example.com' }

beforeAll(async () => {
  tapline = await startTapline()
})
afterAll(() => tapline.stop())

async function openShop(program: Program = {}, bonuses: string[] = [], sandbox = false): Promise<ShopDesk> {
  const desk = shopDesk(tapline, await tapline.createShop({ sandbox }, program))
  await desk.register(ANNA)
  await desk.register(BORIS)
  for (const amount of bonuses) await desk.adjust(amount)
  return desk
}
const buy = (desk: ShopDesk, orderId: string, amount: number, more: object = {}) =>
  desk.put(orderId, { status: 'paid', customer: ANNA, amount, ...more })
const alertsOf = async (desk: ShopDesk) =>
  (await desk.alerts()).map(({ type, customerId, details }) => ({ type, customerId, ...details })).reverse()
const audit = async ({ shop }: ShopDesk) =>
  (
    await tapline.admin<{ data: { action: string; details: Record<string, unknown> }[] }>(
      'GET',
      `/admin/v1/projects/${shop.id}/audit`,
    )
  ).body.data

describe('limits of a day', () => {
  it('of what a customer earns: an alert past the soft one, an award cut at the hard one, all anew the next day', async () => {
    const desk = await openShop(
      { basePercent: 10, limits: { customerEarned: { soft: '100', hard: '250' } } },
      [],
      true,
    )
    const anna = await desk.idOf(ANNA)
    expect((await buy(desk, '1', 1000)).body.earned).toBe('100.00')
    expect(await alertsOf(desk)).toEqual([])
    expect((await buy(desk, '2', 1000)).body.earned).toBe('100.00')
    const soft = {
      type: 'limit.reached',
      customerId: anna,
      limit: 'customerEarned',
      hard: false,
      used: '200.00',
      most: '100.00',
      staff: null,
    }
    expect(await alertsOf(desk)).toEqual([soft])
    expect((await desk.quote({ customer: ANNA, amount: 1000 })).body.earned).toBe('50.00')
    expect((await buy(desk, '3', 1000)).body.earned).toBe('50.00')
    expect((await buy(desk, '4', 1000)).body.earned).toBe('0.00')
    expect((await alertsOf(desk)).slice(1)).toEqual([
      { ...soft, hard: true, used: '250.00', most: '250.00' },
      { ...soft, hard: true, used: '250.00', most: '250.00' },
    ])
    expect((await desk.events('limit.reached')).length).toBe(3)
    // Another customer has a day of his own.
    expect((await buy(desk, '5', 1000, { customer: BORIS })).body.earned).toBe('100.00')
    await desk.move({ advanceDays: 1 })
    expect((await buy(desk, '6', 1000)).body.earned).toBe('100.00')
    expect(await desk.problems()).toEqual([])
  })

  it('of what a project gives: gifts count and are cut as awards are', async () => {
    const desk = await openShop({ basePercent: 10 })
    await desk.publish({ basePercent: 10, welcomeBonus: '80', limits: { projectEarned: { hard: '250' } } })
    await buy(desk, '1', 1000)
    const welcome = async (email: string) => {
      await desk.register({ email })
      return (await desk.bonuses({ email })).available
    }
    expect([
      await welcome('c1@example.com'),
      await welcome('c2@example.com'),
      await welcome('c3@example.com'),
    ]).toEqual(['80.00', '70.00', '0.00'])
    expect((await buy(desk, '2', 1000, { customer: BORIS })).body.earned).toBe('0.00')
    expect(await alertsOf(desk)).toMatchObject([
      { limit: 'projectEarned', hard: true },
      { limit: 'projectEarned', hard: true },
      { limit: 'projectEarned', hard: true },
    ])
    expect(await desk.problems()).toEqual([])
  })

  it('of what is spent: by a customer and in the shop, held or at once', async () => {
    const desk = await openShop(
      { limits: { customerSpent: { soft: '50', hard: '100' }, projectSpent: { hard: '150' } } },
      ['500'],
    )
    await desk.adjust('500', {}, {}, BORIS)
    expect(await desk.spend({ amount: 100.01, orderId: '1' })).toMatchObject({
      status: 422,
      body: { code: 'limit-exceeded', details: { limit: 'spent', most: '100.00' } },
    })
    expect((await desk.spend({ amount: 60, orderId: '1' })).status).toBe(200)
    expect(await alertsOf(desk)).toMatchObject([{ limit: 'customerSpent', hard: false, used: '60.00' }])
    expect(await desk.hold({ orderId: '2', amount: '40.01' })).toMatchObject({
      body: { code: 'limit-exceeded', details: { most: '40.00' } },
    })
    const { body: hold } = await desk.hold({ orderId: '2', amount: '40' })
    expect((await desk.capture(hold.id)).status).toBe(200)
    expect(await buy(desk, '3', 100, { spend: 1 })).toMatchObject({
      body: { code: 'limit-exceeded', details: { most: '0.00' } },
    })
    expect(await buy(desk, '4', 100, { customer: BORIS, spend: 51 })).toMatchObject({
      body: { code: 'limit-exceeded', details: { most: '50.00' } },
    })
    expect((await buy(desk, '4', 100, { customer: BORIS, spend: 50 })).body.spent).toBe('50.00')
  })

  it('of what staff changes by hand, given and taken alike', async () => {
    const desk = await openShop({
      limits: { staffAdjusted: { soft: '50', hard: '100' }, projectAdjusted: { hard: '150' } },
    })
    const adjust = (amount: string, staff: string) => desk.adjust(amount, { staff })
    expect((await adjust('60', 'olga')).status).toBe(200)
    expect(await alertsOf(desk)).toMatchObject([
      { limit: 'staffAdjusted', hard: false, used: '60.00', staff: 'olga' },
    ])
    expect((await adjust('-30', ' olga ')).status).toBe(200)
    expect(await adjust('11', 'olga')).toMatchObject({
      status: 422,
      body: { code: 'limit-exceeded', details: { limit: 'adjusted', most: '10.00' } },
    })
    expect((await adjust('60', 'ivan')).status).toBe(200)
    expect(await adjust('1', 'pavel')).toMatchObject({
      body: { code: 'limit-exceeded', details: { most: '0.00' } },
    })
    expect(await desk.bonuses()).toMatchObject({ available: '90.00' })
  })

  it('are kept when everybody comes at once, on the first day and the first order', async () => {
    for (const kind of ['projectEarned', 'projectSpent'] as const) {
      const desk = shopDesk(tapline, await tapline.createShop({}, { basePercent: 10 }))
      const people = Array.from({ length: 30 }, (_, index) => ({ email: `c${index}@example.com` }))
      await Promise.all(people.map((contact) => desk.register(contact)))
      if (kind === 'projectSpent')
        await Promise.all(people.map((contact) => desk.adjust('30', {}, {}, contact)))
      await desk.publish({
        basePercent: kind === 'projectEarned' ? 10 : 0,
        limits: { [kind]: { hard: '100' } },
      })
      const answers = await Promise.all(
        people.map((customer, index) =>
          kind === 'projectEarned'
            ? desk.put(`o${index}`, { status: 'paid', customer, amount: 300 })
            : desk.put(`o${index}`, { status: 'paid', customer, amount: 300, spend: 30 }),
        ),
      )
      const sum = answers.reduce(
        (total, { body }) => total + minor((kind === 'projectEarned' ? body.earned : body.spent) ?? '0'),
        0,
      )
      expect([kind, money(sum)]).toEqual([kind, kind === 'projectEarned' ? '100.00' : '90.00'])
    }
  }, 60_000)
})

describe('the budget of a rule', () => {
  it('is used up and never exceeded by thirty orders at once, of API and door', async () => {
    const desk = shopDesk(
      tapline,
      await tapline.createShop(
        {},
        { basePercent: 1, rules: [{ id: 'gift', effect: { bonus: '40' }, budget: '500' }] },
      ),
    )
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const email = `c${index}@example.com`
        return index % 2 === 0
          ? desk.put(`o${index}`, { status: 'paid', customer: { email }, amount: 100 })
          : desk.shop.post(
              { action: 'purchase', payload: { email, amount: 100, orderId: `o${index}` } },
              WAIT,
            )
      }),
    )
    const earned = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => minor((await desk.order(`o${index}`)).earned)),
    )
    expect(earned.reduce((sum, one) => sum + one, 0)).toBe(50_000 + 30 * 100)
    const [row] = await tapline.app.sql.query<{ used: number }>(
      `select used_minor as used from rule_budgets where project_id = $1`,
      [desk.shop.id],
    )
    expect(row!.used).toBe(50_000)
    expect((await desk.quote({ amount: 100 })).body).toMatchObject({ earned: '1.00' })
    // What comes back gives nothing back to it: who orders and returns would empty it for himself.
    await desk.refund('o0')
    expect((await desk.quote({ amount: 100 })).body).toMatchObject({ earned: '1.00' })
    expect(await desk.problems()).toEqual([])
  })
})

describe('an adjustment', () => {
  it.each([
    ['no reason', { reason: undefined }],
    ['a blank reason', { reason: '     ' }],
    ['nobody who does it', { staff: ' ' }],
    ['no amount', { amount: '0' }],
    ['a day that has passed', { expiresAt: '2020-01-01T00:00:00Z' }],
  ])('is refused with %s', async (_, change) => {
    const desk = await openShop()
    const answer = await desk.post(`/v1/customers/${await desk.idOf(ANNA)}/adjustments`, {
      amount: '5',
      reason: 'Late delivery',
      staff: 'olga',
      ...change,
    })
    expect([400, 422]).toContain(answer.status)
    expect(await desk.entries()).toEqual([])
  })

  it('stands in the audit log and in the ledger, given and taken', async () => {
    const desk = await openShop()
    const anna = await desk.idOf(ANNA)
    expect((await desk.adjust('100')).body).toEqual({
      customerId: anna,
      amount: '100.00',
      available: '100.00',
    })
    expect((await desk.adjust('-30.5', { reason: 'Given by mistake' })).body).toMatchObject({
      amount: '-30.50',
      available: '69.50',
    })
    expect(await desk.adjust('-69.51')).toMatchObject({
      status: 422,
      body: { code: 'insufficient-bonuses', details: { available: '69.50', missing: '0.01' } },
    })
    const lines = (await audit(desk)).filter(({ action }) => action === 'bonuses.adjusted')
    expect(
      lines.map(({ details }) => [details.amount, details.reason, details.staff, details.customerId]),
    ).toEqual([
      ['-30.50', 'Given by mistake', 'till 2', anna],
      ['100.00', 'Late delivery', 'till 2', anna],
    ])
    const entries = await desk.entries()
    expect(entries.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual(['adjust 100.00', 'adjust -30.50'])
    // No words of people in what can never be erased.
    expect(JSON.stringify(entries)).not.toMatch(/till 2|delivery/)
    const events = await desk.events('bonus.adjusted')
    expect(events.map(({ amountMinor }) => amountMinor)).toEqual([10_000, -3_050])
    expect(JSON.stringify(events)).not.toMatch(/till 2|delivery/)
    expect(await desk.problems()).toEqual([])
  })

  it('happens once for an Idempotency-Key, in parallel, and after the key was forgotten', async () => {
    const desk = await openShop()
    const key = { 'idempotency-key': 'adj-1' }
    const at = await Promise.all(Array.from({ length: 10 }, () => desk.adjust('100', {}, key)))
    for (const { status } of at) expect([200, 409]).toContain(status)
    // As after 24 hours, or a crash before the answer was kept.
    await tapline.app.sql.query(`delete from idempotency_keys where project_id = $1`, [desk.shop.id])
    expect(await desk.adjust('100', {}, key)).toMatchObject({ status: 200, body: { available: '100.00' } })
    await tapline.app.sql.query(`delete from idempotency_keys where project_id = $1`, [desk.shop.id])
    expect(await desk.adjust('200', {}, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    })
    await tapline.app.sql.query(`delete from idempotency_keys where project_id = $1`, [desk.shop.id])
    expect(await desk.adjust('100', {}, key, BORIS)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    })
    expect((await audit(desk)).filter(({ action }) => action === 'bonuses.adjusted')).toHaveLength(1)
    expect((await desk.adjust('100', {}, { 'idempotency-key': 'adj-2' })).body.available).toBe('200.00')
  })

  it('twenty takings at once never go below nothing', async () => {
    const desk = await openShop({}, ['100'])
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.adjust('-30')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(await desk.bonuses()).toMatchObject({ available: '10.00', debt: '0.00' })
    expect(await desk.problems()).toEqual([])
  })

  it('by hand of a pending lot: activated or cancelled, once', async () => {
    const desk = await openShop({ basePercent: 10, activationDelayDays: 14 })
    const anna = await desk.idOf(ANNA)
    await buy(desk, '1', 1000)
    await buy(desk, '2', 500)
    const [first, second] = (await desk.lots()).sort((a, b) => minor(b.amount) - minor(a.amount))
    const step = (lot: string, what: string) =>
      desk.post<Schemas['Lot']>(`/v1/customers/${anna}/lots/${lot}/${what}`)
    for (const _ of [1, 2])
      expect(await step(first!.id, 'activate')).toMatchObject({
        status: 200,
        body: { state: 'active', remaining: '100.00' },
      })
    for (const _ of [1, 2])
      expect(await step(second!.id, 'cancel')).toMatchObject({ status: 200, body: { remaining: '0.00' } })
    expect(await step(first!.id, 'cancel')).toMatchObject({ status: 409, body: { code: 'lot-not-pending' } })
    expect(await desk.bonuses()).toMatchObject({ available: '100.00', pending: '0.00' })
    expect(
      (await audit(desk))
        .slice(0, 2)
        .map(({ action }) => action)
        .sort(),
    ).toEqual(['lot.activated', 'lot.cancelled'])
    expect(await desk.problems()).toEqual([])
  })

  // Today it does: the order is not told of the cancelled lot.
})

describe('a referral', () => {
  const TWO_SIDED: Program = {
    basePercent: 10,
    referralPercent: 5,
    activationDelayDays: 14,
    referral: { referrerBonus: '300', friendBonus: '200', leastOrder: '500', friendsPerDay: 2 },
  }
  const codeOf = async (desk: ShopDesk, contact: object = ANNA) =>
    (await desk.shop.customer(contact)).referralCode
  const referrals = async (desk: ShopDesk, state: string) =>
    (await desk.call<{ data: Schemas['Referral'][] }>('GET', `/v1/referrals?state=${state}`)).body.data
  const bring = async (desk: ShopDesk, email: string, more: object = {}) => {
    await desk.register({ email, referralCode: await codeOf(desk), ...more })
    return { email }
  }

  it('gives to both with the first order that is large enough, spendable once that is beyond return', async () => {
    const desk = await openShop(TWO_SIDED, [], true)
    const friend = await bring(desk, 'friend@shop.test')
    expect((await referrals(desk, 'accepted')).map(({ customerId }) => customerId)).toEqual([
      await desk.idOf(friend),
    ])
    expect((await desk.quote({ customer: friend, amount: 1000 })).body).toMatchObject({ earned: '300.00' })
    expect((await buy(desk, '1', 1000, { customer: friend })).body.earned).toBe('300.00')
    expect(await desk.bonuses()).toMatchObject({ available: '0.00', pending: '350.00' })
    expect(await referrals(desk, 'qualified')).toMatchObject([
      { referrerId: await desk.idOf(ANNA), doubt: null },
    ])
    expect((await desk.events('referral.qualified')).map(({ customerId }) => customerId)).toEqual([
      await desk.idOf(ANNA),
    ])
    await desk.move({ advanceDays: 14 })
    expect(await desk.bonuses()).toMatchObject({ available: '350.00', pending: '0.00' })
    // The next order gives the percent, at once: the first one is kept.
    await buy(desk, '2', 1000, { customer: friend })
    expect(await desk.bonuses()).toMatchObject({ available: '400.00' })
    expect(await desk.problems()).toEqual([])
  })

  it('gives nothing to anybody where the first order comes back before that', async () => {
    const desk = await openShop(TWO_SIDED, [], true)
    const friend = await bring(desk, 'friend@shop.test')
    await buy(desk, '1', 1000, { customer: friend })
    await desk.move({ advanceDays: 10 })
    expect((await desk.refund('1')).body).toMatchObject({ bonusesReversed: '300.00' })
    await desk.move({ advanceDays: 10 })
    for (const contact of [ANNA, friend])
      expect(await desk.bonuses(contact)).toMatchObject({ available: '0.00', pending: '0.00' })
    // Nothing was kept, so the first one is still to come.
    expect((await buy(desk, '2', 1000, { customer: friend })).body.earned).toBe('300.00')
    expect(await desk.bonuses()).toMatchObject({ pending: '350.00' })
    expect(await desk.problems()).toEqual([])
  })

  it('smaller orders than the least give the referrer nothing', async () => {
    const desk = await openShop(TWO_SIDED)
    const friend = await bring(desk, 'friend@shop.test')
    expect((await buy(desk, '1', 499, { customer: friend })).body.earned).toBe('49.00')
    expect(await desk.bonuses()).toMatchObject({ pending: '0.00' })
  })

  it('of the same mailbox waits for somebody, and gives all of it when accepted', async () => {
    const desk = await openShop(TWO_SIDED)
    const trick = await bring(desk, 'anna+2@example.com')
    const [anna, friendId] = [await desk.idOf(ANNA), await desk.idOf(trick)]
    expect((await buy(desk, '1', 1000, { customer: trick })).body.earned).toBe('100.00')
    expect(await desk.bonuses()).toMatchObject({ pending: '0.00' })
    expect(await referrals(desk, 'review')).toMatchObject([
      { customerId: friendId, referrerId: anna, doubt: 'same-contact' },
    ])
    expect(await alertsOf(desk)).toMatchObject([
      { type: 'referral.suspected', customerId: anna, friendId, because: 'same-contact' },
    ])
    for (const _ of [1, 2])
      expect(await desk.post(`/v1/referrals/${friendId}/accept`)).toMatchObject({
        status: 200,
        body: { state: 'qualified' },
      })
    expect((await desk.order('1')).earned).toBe('300.00')
    expect(await desk.bonuses()).toMatchObject({ pending: '350.00' })
    expect((await audit(desk)).map(({ action }) => action)).toContain('referral.accepted')
    expect(await desk.problems()).toEqual([])
  })

  it('is rejected for good, unless somebody thinks again', async () => {
    const desk = await openShop(TWO_SIDED)
    const trick = await bring(desk, 'anna+2@example.com')
    const friendId = await desk.idOf(trick)
    expect(await desk.post(`/v1/referrals/${friendId}/reject`)).toMatchObject({
      status: 200,
      body: { state: 'rejected' },
    })
    await buy(desk, '1', 1000, { customer: trick })
    expect(await desk.bonuses()).toMatchObject({ pending: '0.00' })
    expect(await desk.bonuses(trick)).toMatchObject({ pending: '100.00' })
    expect(await desk.post(`/v1/referrals/${friendId}/accept`)).toMatchObject({
      status: 200,
      body: { state: 'qualified' },
    })
    expect(await desk.bonuses()).toMatchObject({ pending: '350.00' })
    expect(await desk.post(`/v1/referrals/${await desk.idOf(BORIS)}/accept`)).toMatchObject({
      status: 404,
      body: { code: 'referral-not-found' },
    })
  })

  it.each([
    [
      'registrations',
      (desk: ShopDesk, email: string, referralCode: string) => desk.register({ email, referralCode }),
    ],
    [
      'orders',
      (desk: ShopDesk, email: string, referralCode: string) =>
        desk.put(email, { status: 'paid', customer: { email }, amount: 1000, referralCode }),
    ],
  ])(
    'of more friends than one brings in a day waits too, also when they come at once: %s',
    async (_, come) => {
      const desk = await openShop(TWO_SIDED)
      const code = await codeOf(desk)
      await Promise.all(['q', 'w', 'e', 'r', 't'].map((name) => come(desk, `${name}@shop.test`, code)))
      const waiting = await referrals(desk, 'review')
      expect(waiting.map(({ doubt }) => doubt)).toEqual(['velocity', 'velocity', 'velocity'])
    },
  )

  it('of oneself, or of each other, is none; a code that is not known leaves a mark', async () => {
    const desk = await openShop(TWO_SIDED)
    await buy(desk, '1', 1000, { referralCode: await codeOf(desk) })
    expect(await desk.shop.customer(ANNA)).toMatchObject({ referredBy: null })
    expect((await desk.order('1')).earned).toBe('100.00')
    await desk.register({ ...BORIS, referralCode: ` ${(await codeOf(desk)).toLowerCase()} ` })
    expect(await desk.shop.customer(BORIS)).toMatchObject({ referredBy: await desk.idOf(ANNA) })
    const fresh = { email: 'fresh@shop.test' }
    await desk.register(fresh)
    await desk.register({ ...fresh, referralCode: await codeOf(desk, BORIS) })
    await desk.register({ ...BORIS, referralCode: await codeOf(desk, fresh) })
    expect(await desk.shop.customer(BORIS)).toMatchObject({ referredBy: await desk.idOf(ANNA) })
    expect(
      (await buy(desk, '2', 1000, { customer: { email: 'x@shop.test' }, referralCode: 'NOBODY999' })).body
        .flags,
    ).toEqual(['referral-code-unknown'])
    // Who has bought already cannot be brought.
    await buy(desk, '3', 1000, { customer: { email: 'x@shop.test' }, referralCode: await codeOf(desk) })
    expect(await desk.shop.customer({ email: 'x@shop.test' })).toMatchObject({ referredBy: null })
  })

  it('is nobody else’s to judge', async () => {
    const desk = await openShop(TWO_SIDED)
    const stranger = await openShop(TWO_SIDED)
    const friendId = await desk.idOf(await bring(desk, 'anna+2@example.com'))
    for (const what of ['accept', 'reject'])
      expect((await stranger.post(`/v1/referrals/${friendId}/${what}`)).status).toBe(404)
    expect(await referrals(stranger, 'review')).toEqual([])
    expect(await referrals(desk, 'review')).toHaveLength(1)
  })
})
