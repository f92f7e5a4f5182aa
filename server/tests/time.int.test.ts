import { randomBytes } from 'node:crypto'
import { rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freePort } from '../src/embedded/free-port.ts'
import { keepRunning } from './server-processes.fixture.ts'
import { ANNA, shopDesk, type ShopDesk } from './shop-desk.fixture.ts'
import { createDatabase, eventually, startTapline, type Tapline } from './tapline.fixture.ts'

type Program = components['schemas']['ProgramInput']
type ProjectInput = components['schemas']['ProjectInput']

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
let database: Awaited<ReturnType<typeof createDatabase>>
let prefix: string
let tapline: Tapline

/** The one whose clock is moved has no scheduler: what moving settles, it settles by itself. */
beforeAll(async () => {
  database = await createDatabase()
  prefix = `t${randomBytes(6).toString('hex')}`
  tapline = await startTapline({ database, prefix, roles: ['api', 'worker'] })
})
afterAll(async () => {
  await tapline?.stop()
  await database?.drop()
})

async function sandbox(program: Program, settings: Partial<ProjectInput> = {}): Promise<ShopDesk> {
  const desk = shopDesk(tapline, await tapline.createShop({ sandbox: true, ...settings }, program))
  await desk.register(ANNA)
  return desk
}
const buy = (desk: ShopDesk, amount: number, orderId: string, contact: object = ANNA) =>
  desk.put(orderId, { status: 'paid', customer: contact, amount })
const moveTo = (desk: ShopDesk, at: number) => desk.move({ to: new Date(at).toISOString() })
/** The next moment at which a UTC calendar shows this: sandboxes only go forward. */
const next = (now: number, month: number, day: number, hour = 12, minute = 0) => {
  const year = new Date(now).getUTCFullYear()
  const at = [year, year + 1].map((one) => Date.UTC(one, month - 1, day, hour, minute))
  return at.find((one) => one > now + DAY_MS)!
}
const passUnseen = ({ shop }: ShopDesk, ms: number) =>
  tapline.app.sql.query(`update projects set clock_offset_ms = clock_offset_ms + $2 where id = $1`, [
    shop.id,
    ms,
  ])
/** A process remembers a project, and so its clock, for a second. */
const memoryEnds = () => new Promise((resolve) => setTimeout(resolve, 1_100))
const told = async (desk: ShopDesk, ...types: string[]) =>
  (await desk.events()).filter(({ type }) => types.includes(type))

describe('moving a sandbox, what time does is in the API and in the events at once', () => {
  it('bonuses become spendable, are reminded of at ten in the morning, and end', async () => {
    const desk = await sandbox(
      { basePercent: 10, activationDelayDays: 14, expiryDays: 30, expiryReminderDays: 7 },
      { timeZone: 'Asia/Almaty' },
    )
    await moveTo(desk, next(await desk.now(), 3, 1, 20))
    await buy(desk, 1000, '1')
    const bought = Date.parse((await desk.order('1')).paidAt!)
    expect(await desk.bonuses()).toMatchObject({ available: '0.00', pending: '100.00' })
    const moments: [at: number, available: string, pending: string, event?: object][] = [
      [bought + 14 * DAY_MS - 2_000_000, '0.00', '100.00'],
      [
        bought + 14 * DAY_MS,
        '100.00',
        '0.00',
        { type: 'bonus.activated', amountMinor: 10_000, availableMinor: 10_000 },
      ],
      // It ends on 15 April at one in the night of Almaty; seven days before that, at ten: five in the morning of UTC.
      [Date.UTC(new Date(bought).getUTCFullYear(), 3, 8, 4, 50), '100.00', '0.00'],
      [
        Date.UTC(new Date(bought).getUTCFullYear(), 3, 8, 5, 0, 1),
        '100.00',
        '0.00',
        { type: 'bonus.expiring', amountMinor: 10_000, expiresAt: bought + 44 * DAY_MS },
      ],
      [bought + 44 * DAY_MS - HOUR_MS, '100.00', '0.00'],
      [
        bought + 44 * DAY_MS,
        '0.00',
        '0.00',
        { type: 'bonus.expired', amountMinor: 10_000, availableMinor: 0 },
      ],
    ]
    let known = (await desk.events()).length
    for (const [at, available, pending, event] of moments) {
      await moveTo(desk, at)
      expect(await desk.bonuses()).toMatchObject({ available, pending })
      const events = (await desk.events()).slice(known)
      expect(events).toEqual(event === undefined ? [] : [expect.objectContaining(event)])
      known += events.length
    }
    expect((await desk.entries()).map(({ kind }) => kind)).toEqual(['earn', 'activate', 'expire'])
    expect(await desk.problems()).toEqual([])
  })

  it('in one leap past all of it, the same is written', async () => {
    const desk = await sandbox({ basePercent: 10, activationDelayDays: 14, expiryDays: 30 })
    await buy(desk, 1000, '1')
    await desk.move({ advanceDays: 400 })
    expect(await desk.bonuses()).toMatchObject({ available: '0.00', pending: '0.00' })
    expect((await desk.entries()).map(({ kind }) => kind)).toEqual(['earn', 'activate', 'expire'])
    // Nobody is told that he has what has ended.
    expect(await told(desk, 'bonus.activated', 'bonus.expiring')).toEqual([])
    expect(await told(desk, 'bonus.expired')).toHaveLength(1)
    expect(await desk.problems()).toEqual([])
  })

  it('a hold runs out, and its order may have another', async () => {
    const desk = await sandbox({})
    await desk.adjust('100')
    const { body: hold } = await desk.hold({ orderId: '1', amount: '100', expiresInSeconds: 600 })
    await desk.move({ advanceSeconds: 590 })
    expect(await desk.bonuses()).toMatchObject({ held: '100.00' })
    await desk.move({ advanceSeconds: 10 })
    expect(await desk.bonuses()).toMatchObject({ available: '100.00', held: '0.00' })
    expect(await desk.holdOf(hold.id)).toMatchObject({ state: 'expired' })
    expect(
      (await told(desk, 'bonus.held', 'bonus.released', 'hold.expired')).map(({ type }) => type),
    ).toEqual(['bonus.held', 'bonus.released', 'hold.expired'])
    expect((await desk.hold({ orderId: '1', amount: '50' })).status).toBe(201)
    expect(await desk.problems()).toEqual([])
  })

  it('a tier that is earned no more is kept by grace, announced, then falls', async () => {
    const desk = await sandbox({
      basePercent: 5,
      tiers: [
        { name: 'Silver', threshold: '1000', percent: 2 },
        { name: 'Gold', threshold: '3000', percent: 5 },
      ],
      tierPolicy: { window: { kind: 'rolling', days: 30 }, graceDays: 10 },
    })
    await buy(desk, 1000, '1')
    expect((await desk.shop.customer(ANNA)).tier).toMatchObject({
      name: 'Silver',
      earnPercent: 7,
      lapsesAt: null,
      toNextTier: '2000.00',
    })
    await desk.move({ advanceDays: 31 })
    const { tier } = await desk.shop.customer(ANNA)
    expect(tier.name).toBe('Silver')
    // The day's purchase left the window at the start of the thirtieth day after it, whenever somebody looks.
    const bought = (await desk.now()) - 31 * DAY_MS
    expect(Math.abs(Date.parse(tier.lapsesAt!) - bought - 40 * DAY_MS)).toBeLessThan(DAY_MS)
    expect(await told(desk, 'tier.downgrading')).toEqual([
      expect.objectContaining({ from: 'Silver', to: null, at: Date.parse(tier.lapsesAt!) }),
    ])
    await desk.move({ advanceDays: 8 })
    expect((await desk.shop.customer(ANNA)).tier.name).toBe('Silver')
    // What is bought in the days of grace earns by the tier, and, being enough, keeps it.
    expect((await buy(desk, 1000, '2')).body.earned).toBe('70.00')
    await desk.move({ advanceDays: 2 })
    expect((await desk.shop.customer(ANNA)).tier).toMatchObject({ name: 'Silver', lapsesAt: null })
    await desk.move({ advanceDays: 30 })
    await desk.move({ advanceDays: 10 })
    expect((await desk.shop.customer(ANNA)).tier).toMatchObject({
      name: null,
      earnPercent: 5,
      lapsesAt: null,
    })
    expect((await told(desk, 'tier.changed')).map(({ from, to }) => [from, to])).toEqual([
      [null, 'Silver'],
      ['Silver', null],
    ])
  })

  it('a birthday is given for at nine of its morning, once a year', async () => {
    const desk = await sandbox({ birthday: { bonus: '300', expiryDays: 10 } }, { timeZone: 'Europe/Moscow' })
    await desk.register({ email: 'boris@example.com', birthday: '1990-06-15' })
    const [boris] = [{ email: 'boris@example.com' }]
    const day = next(await desk.now(), 6, 15, 5, 50)
    await moveTo(desk, day)
    expect(await desk.bonuses(boris)).toMatchObject({ available: '0.00' })
    await moveTo(desk, day + HOUR_MS)
    expect(await desk.bonuses(boris)).toMatchObject({ available: '300.00' })
    await desk.move({ advanceDays: 11 })
    expect(await desk.bonuses(boris)).toMatchObject({ available: '0.00' })
    await moveTo(desk, next(day + 2 * DAY_MS, 6, 15, 7))
    expect(await desk.bonuses(boris)).toMatchObject({ available: '300.00' })
    await desk.move({ advanceSeconds: 7_200 })
    expect(
      (await told(desk, 'bonus.awarded')).map(({ reason, amountMinor }) => [reason, amountMinor]),
    ).toEqual([
      ['birthday', 30_000],
      ['birthday', 30_000],
    ])
    expect(await desk.bonuses()).toMatchObject({ available: '0.00' })
    expect(await desk.problems()).toEqual([])
  })

  it('those born on 29 February have it on the 28th where there is no 29th; days that were missed are made up for', async () => {
    const desk = await sandbox({ birthday: { bonus: '300' } }, { timeZone: 'Europe/Moscow' })
    await desk.register({ email: 'leap@example.com', birthday: '1992-02-29' })
    await desk.register({ email: 'other@example.com', birthday: '1992-02-28' })
    const leap = { email: 'leap@example.com' }
    const given = async () =>
      (await told(desk, 'bonus.awarded')).filter(({ customerId }) => customerId === leapId).length
    const leapId = await desk.idOf(leap)
    let expected = 0
    for (let at = next(await desk.now(), 2, 28, 12), years = 0; years < 4; years++) {
      const year = new Date(at).getUTCFullYear()
      const isLeap = new Date(Date.UTC(year, 2, 0)).getUTCDate() === 29
      await moveTo(desk, at)
      expect(await given(), `28 February ${year}`).toBe(isLeap ? expected : ++expected)
      await moveTo(desk, at + DAY_MS)
      if (isLeap) expected++
      expect(await given(), `the day after it, ${year}`).toBe(expected)
      at = Date.UTC(year + 1, 1, 28, 12)
    }
    expect(expected).toBe(4)
  })

  it('months and their ends are those of the shop’s calendar', async () => {
    const expiries = async (program: Program, timeZone: string, boughtAt: (now: number) => number) => {
      const desk = await sandbox({ basePercent: 10, expiryReminderDays: 0, ...program }, { timeZone })
      await moveTo(desk, boughtAt(await desk.now()))
      await buy(desk, 1000, '1')
      const at = Date.parse((await desk.lots())[0]!.expiresAt!)
      // To the second: it was bought a moment after the clock was moved.
      await moveTo(desk, at - 60_000)
      expect(await desk.bonuses()).toMatchObject({ available: '100.00' })
      await moveTo(desk, at)
      expect(await desk.bonuses()).toMatchObject({ available: '0.00' })
      return new Date(at).toISOString().replace(/^\d+-/, '').slice(0, 11)
    }
    // In Almaty (UTC+5) it is 31 January already: one month on is the last of February.
    const evening = (now: number) => next(now, 1, 30, 22, 10)
    const isLeap =
      new Date(Date.UTC(new Date(evening(Date.now())).getUTCFullYear(), 2, 0)).getUTCDate() === 29
    expect(await expiries({ expiryMonths: 1 }, 'Asia/Almaty', evening)).toBe(
      isLeap ? '02-28T22:10' : '02-27T22:10',
    )
    expect(await expiries({ expiryMonths: 1, expiryEndOf: 'month' }, 'Asia/Almaty', evening)).toBe(
      isLeap ? '02-29T19:00' : '02-28T19:00',
    )
    expect(await expiries({ expiryDays: 1, expiryEndOf: 'day' }, 'Asia/Almaty', evening)).toBe('02-01T19:00')
    expect(await expiries({ expiryMonths: 2, expiryEndOf: 'quarter' }, 'Europe/Moscow', evening)).toBe(
      '03-31T21:00',
    )
    expect(
      await expiries({ expiryDays: 1, expiryEndOf: 'year' }, 'Europe/Moscow', (now) =>
        next(now, 12, 31, 21, 30),
      ),
    ).toBe('12-31T21:00')
  }, 60_000)
})

describe('the scheduler', () => {
  const PROGRAM: Program = { basePercent: 10, activationDelayDays: 14, expiryDays: 60, expiryReminderDays: 7 }
  const people = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ email: `c${index}@example.com` }))

  async function buyAll(desk: ShopDesk, contacts: object[]): Promise<void> {
    await Promise.all(contacts.map((contact, index) => buy(desk, 1000, `o${index}`, contact)))
  }
  const count = async (desk: ShopDesk, type: string) => (await told(desk, type)).length
  const allOf = (desk: ShopDesk, type: string, expected: number) =>
    eventually(() => count(desk, type), (seen) => seen >= expected, 40_000) // prettier-ignore

  it('twice on one database does each thing once', async () => {
    const desk = await sandbox({ ...PROGRAM, birthday: { bonus: '5' } })
    const contacts = people(120)
    await buyAll(desk, contacts)
    for (const contact of contacts.slice(0, 20)) await desk.register({ ...contact, birthday: '1990-06-15' })
    // Not in the role, whose pauses would keep them apart: what it does, both do here at the same moment.
    const two = await Promise.all([1, 2].map(() => startTapline({ database, prefix, roles: ['relay'] })))
    const pass = async (ms: number) => {
      await passUnseen(desk, ms)
      await memoryEnds()
      await Promise.all(
        two.map(async ({ app }) => {
          while (await app.loyalty.settleTime.next());
          while (await app.loyalty.giveBirthdays());
        }),
      )
    }
    try {
      await pass(14 * DAY_MS)
      await pass(54 * DAY_MS + 12 * HOUR_MS)
      await pass(7 * DAY_MS)
      await pass(next(await desk.now(), 6, 15) - (await desk.now()))
    } finally {
      await Promise.all(two.map((one) => one.stop()))
    }
    for (const type of ['bonus.activated', 'bonus.expiring', 'bonus.expired']) {
      const owners = (await told(desk, type)).map(({ customerId }) => customerId)
      expect([type, owners.length, new Set(owners).size]).toEqual([type, 120, 120])
    }
    const gifts = (await told(desk, 'bonus.awarded')).filter(({ reason }) => reason === 'birthday')
    expect(new Set(gifts.map(({ customerId }) => customerId)).size).toBe(20)
    expect(gifts).toHaveLength(20)
    expect(await desk.problems()).toEqual([])
  }, 120_000)

  it('goes on past an account that cannot be settled, and past one that cannot be given anything', async () => {
    const desk = await sandbox({ ...PROGRAM, birthday: { bonus: '5' } })
    const contacts = people(5)
    await buyAll(desk, contacts)
    const day = next((await desk.now()) + 50 * DAY_MS, 6, 15, 12)
    for (const contact of contacts) await desk.register({ ...contact, birthday: '1990-06-15' })
    const poisoned = await desk.idOf(contacts[2]!)
    // As if its chain had been tampered with: its next entry has the place of one that is there.
    const tamper = (by: number) =>
      tapline.app.sql.query(`update accounts set sequence = sequence + $2 where customer_id = $1`, [
        poisoned,
        by,
      ])
    await tamper(-1)
    await desk.move({ advanceDays: 40 })
    const settled = async () =>
      new Set((await told(desk, 'bonus.activated')).map(({ customerId }) => customerId))
    expect([(await settled()).size, (await settled()).has(poisoned)]).toEqual([4, false])
    expect(await desk.bonuses(contacts[2])).toMatchObject({ available: '100.00' })
    const [account] = await tapline.app.sql.query<{ due: Date }>(
      `select due_at as due from accounts where customer_id = $1`,
      [poisoned],
    )
    expect(account!.due.getTime()).toBeGreaterThan((await desk.now()) + HOUR_MS / 2)

    await moveTo(desk, day)
    const gifts = async () =>
      (await told(desk, 'bonus.awarded')).filter(({ reason }) => reason === 'birthday').length
    expect(await gifts()).toBe(4)
    await tamper(1)
    await desk.move({ advanceSeconds: 4_000 })
    expect((await desk.entries(contacts[2])).map(({ kind }) => kind)).toEqual(['earn', 'activate', 'expire'])
    expect(await desk.problems()).toEqual([])
  })

  it('killed in the middle of it, goes on when it is back', async () => {
    const desk = await sandbox(PROGRAM)
    const contacts = people(250)
    await buyAll(desk, contacts)
    const directory = await mkdtemp(join(tmpdir(), 'tapline-time-'))
    await passUnseen(desk, 14 * DAY_MS)
    const kept = keepRunning(await freePort(), {
      DATABASE_URL: database.url,
      REDIS_URL: inject('redisUrl'),
      TAPLINE_REDIS_PREFIX: prefix,
      TAPLINE_OPERATOR_TOKEN: 'operator-token-of-the-tests-0123456789',
      TAPLINE_ENCRYPTION_KEYS: Buffer.alloc(32, 3).toString('base64'),
      TAPLINE_DATA_DIRECTORY: directory,
      TAPLINE_LOG_LEVEL: 'error',
      TAPLINE_ROLES: 'scheduler',
    })
    try {
      await allOf(desk, 'bonus.activated', 1)
      kept.kill()
      await passUnseen(desk, 61 * DAY_MS)
      await allOf(desk, 'bonus.expired', 1)
      kept.kill()
      await eventually(
        () =>
          tapline.app.sql.query<{ n: number }>(
            `select count(*)::int as n from lots where project_id = $1 and remaining_minor > 0`,
            [desk.shop.id],
          ),
        ([row]) => row!.n === 0,
        40_000,
      )
    } finally {
      await kept.stop()
      await rm(directory, { recursive: true, force: true })
    }
    expect(kept.counts.kills).toBe(2)
    expect(await count(desk, 'bonus.expired')).toBe(250)
    expect(await desk.problems()).toEqual([])
  }, 120_000)
})
