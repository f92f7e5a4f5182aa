import { setTimeout as delay } from 'node:timers/promises'
import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCrashingCluster, type Chaos, type CrashingCluster } from './crashing-cluster.fixture.ts'
import { loyaltyLoad, type TestCustomer } from './loyalty-load.fixture.ts'
import { minor } from './shop-desk.fixture.ts'
import { randomOf } from './random.fixture.ts'
import type { CreatedProject } from './tapline.fixture.ts'

type Schemas = components['schemas']

const SOAK_MS = Number(process.env.TAPLINE_SOAK_SECONDS ?? 15) * 1_000
const SEED = Number(process.env.TAPLINE_SEED ?? 4)
const SERVERS = 2
const SHOPPERS = 14
/** A machine that is busy with other things gets longer for it. */
const LEAST_ACCEPTED = 400
const LONGER_MS = 20_000
const WELCOME_MINOR = 10_000
const BUDGETS_MINOR = { campaign: 200_000, cups: 300_000 }
const DRAIN_MS = 30_000
const CHAOS: Chaos = {
  deck: ['kill', 'kill', 'kill', 'flush', 'killRedis', 'restartPostgres', 'killPostgres'],
  pauseMs: [600, 2_400],
}

let cluster: CrashingCluster
let project: CreatedProject

beforeAll(async () => {
  cluster = await startCrashingCluster(SERVERS)
  project = await cluster.createProject(
    { name: 'Crash of everything', currency: 'RUB', sandbox: true },
    {
      basePercent: 10,
      welcomeBonus: WELCOME_MINOR / 100,
      tiers: [
        { name: 'Silver', threshold: '3000', percent: 5 },
        { name: 'Gold', threshold: '12000', percent: 10 },
      ],
      rules: [
        { id: 'campaign', effect: { bonus: '50' }, budget: BUDGETS_MINOR.campaign / 100 },
        { id: 'cups', match: { skus: ['cup'] }, effect: { multiply: 2 }, budget: BUDGETS_MINOR.cups / 100 },
        { id: 'first', firstOrder: true, effect: { bonus: '30' } },
      ],
      activationDelayDays: 0,
      expiryDays: null,
      maxSpendPercent: 70,
      refunds: { whenSpent: 'allow-debt' },
    },
  )
}, 150_000)

afterAll(() => cluster?.stop(), 60_000)

describe(`any history of loyalty commands, through crashes of everything (TAPLINE_SEED=${SEED})`, () => {
  it(
    'leaves nothing behind once all of it is undone, but what staff gave and took',
    { timeout: SOAK_MS + DRAIN_MS + 240_000 },
    async () => {
      const random = randomOf(SEED)
      const load = loyaltyLoad(project, cluster.urls, random)
      await load.begin()

      let running = true
      const until = Date.now() + SOAK_MS
      const watched = watch(() => running)
      const [restarts] = await Promise.all([
        cluster.chaos(random, until, CHAOS),
        load.run(
          SHOPPERS,
          () =>
            Date.now() > until && (load.counts.accepted >= LEAST_ACCEPTED || Date.now() > until + LONGER_MS),
        ),
      ])
      const settling = Date.now()
      await cluster.allReady(60_000)
      await load.askAgain()
      await cluster.drained(DRAIN_MS)
      const undone = await undoTheWorld(load, random)
      await cluster.drained(DRAIN_MS)
      running = false
      const looks = await watched

      const { requests, accepted, refused, broken, faults, repeats, abandoned, merges, captures } =
        load.counts
      console.log(
        `crash of everything: ${requests} requests (${accepted} 2xx, ${refused} refused, ${broken} broken, ${faults} 5xx, ${repeats} repeats, ${abandoned} abandoned), ` +
          `${merges} merges (${load.counts.undone} undone), ${captures} captures, ${cluster.kills()} kills, ${JSON.stringify(restarts)}, ${looks.count} looks, ` +
          `undone at the end: ${JSON.stringify(undone)}, ${Date.now() - settling} ms after the soak, seed ${SEED}\n${JSON.stringify(load.refusals)}`,
      )

      expect(cluster.servers.flatMap(({ deaths }) => deaths)).toEqual([])
      expect(load.complaints).toEqual([])
      expect(looks.problems).toEqual([])
      expect(await cluster.count(`inbox_items where status = 'dead' or attempts > 0`)).toBe(0)
      expect(await lost([...load.inboxIds], load.acceptedOrders())).toEqual([])
      expect(await unevenOrders()).toEqual([])
      expect(await cluster.bookProblems(project.id)).toEqual([])
      expect(await cluster.sql.query(`select effect from entries where effect is not null group by project_id, effect having count(*) > 1`)).toEqual([]) // prettier-ignore
      await expectTheBeginning(load.customers, load.adjustedMinor)

      // Together again, each group has to the last unit what its customers were given.
      for (const group of groupsOf(load.customers)) {
        for (const { id } of group.slice(1))
          await load.tell({
            what: 'merge',
            path: `/v1/customers/${group[0]!.id}/merge`,
            body: { from: id },
          })
        const ownMinor = sumOf(group, load.adjustedMinor)
        expect(await standing(group[0]!)).toEqual(only(ownMinor))
      }
      expect(load.complaints).toEqual([])
      expect(await cluster.bookProblems(project.id)).toEqual([])
    },
  )
})

type Load = ReturnType<typeof loyaltyLoad>
type Standing = Awaited<ReturnType<typeof standing>>

/** Merges newest first, open holds, then every order in one of the ways in which an order ends. */
async function undoTheWorld(load: Load, random: ReturnType<typeof randomOf>) {
  const rows = (text: string) => cluster.sql.query<{ id: string }>(text, [project.id])
  const merges = await rows(`select id from merges where project_id = $1 and undone_at is null order by id desc`) // prettier-ignore
  for (const { id } of merges) await load.tell({ what: 'last undo', path: `/v1/merges/${id}/undo` })
  const holds = await rows(`select id from holds where project_id = $1 and state in ('active', 'awaiting-confirmation')`) // prettier-ignore
  for (const { id } of holds) await load.tell({ what: 'last void', path: `/v1/holds/${id}/void` })
  const orders = random.shuffle(await rows(`select order_id as id from orders where project_id = $1 order by id`)) // prettier-ignore
  const doorPath = new URL(project.webhookUrl).pathname
  const end = (id: string) =>
    load.tell(
      random.pick([
        { what: 'last refund', path: `/v1/orders/${id}/refunds`, body: {} },
        { what: 'last refund', method: 'PUT', path: `/v1/orders/${id}`, body: { status: 'refunded' } },
        { what: 'last cancel', method: 'PUT', path: `/v1/orders/${id}`, body: { status: 'cancelled' } },
        { what: 'last door refund', path: doorPath, body: { action: 'refund', payload: { orderId: id } } },
      ]),
    )
  await Promise.all(
    Array.from({ length: 6 }, async (_, worker) => {
      for (const { id } of orders.filter((_one, index) => index % 6 === worker)) await end(id)
    }),
  )
  return { merges: merges.length, holds: holds.length, orders: orders.length }
}

/** What must hold at every moment, looked at in between. */
async function watch(isRunning: () => boolean): Promise<{ count: number; problems: unknown[] }> {
  const looks = { count: 0, problems: [] as unknown[] }
  while (isRunning()) {
    await delay(300)
    await forgetTheDead().catch(() => undefined)
    const problems = await cluster.sql
      .query(
        `select a.customer_id, a.balance_minor, a.debt_minor, l.lots, l.least, e.entries from accounts a
         left join lateral (select coalesce(sum(remaining_minor), 0) as lots, min(remaining_minor) as least from lots
           where project_id = a.project_id and customer_id = a.customer_id) l on true
         left join lateral (select coalesce(sum(amount_minor), 0) as entries from entries
           where project_id = a.project_id and customer_id = a.customer_id) e on true
         where l.least < 0 or a.debt_minor < 0 or a.balance_minor <> l.lots - a.debt_minor or a.balance_minor <> e.entries`,
      )
      .catch(() => undefined)
    const strayed = await strayedPromises().catch(() => undefined)
    if (problems === undefined || strayed === undefined) continue
    looks.count++
    if (looks.problems.length < 20) looks.problems.push(...problems, ...strayed)
  }
  return looks
}

/** What an order has promised waits with whoever has the order. */
function strayedPromises(): Promise<unknown[]> {
  return cluster.sql.query(
    `select l.id, l.customer_id as "lotOf", o.order_id, o.customer_id as "orderOf" from lots l
     join orders o on o.project_id = l.project_id and o.id = l.order_ref
     where l.state = 'pending' and l.remaining_minor > 0 and l.reason = 'purchase' and o.customer_id <> l.customer_id`,
  )
}

/** A claim of a key is believed for a minute. Nobody here works for so long: the rest of the minute of a killed one is skipped. */
function forgetTheDead(): Promise<unknown> {
  return cluster.sql.query(
    `update idempotency_keys set claimed_at = claimed_at - interval '1 minute'
     where status is null and claimed_at between clock_timestamp() - interval '50 s' and clock_timestamp() - interval '5 s'`,
  )
}

/** What was answered with an acceptance and is not there, or still waits. */
async function lost(inboxIds: string[], orderIds: string[]): Promise<unknown[]> {
  const items = await cluster.sql.query(
    `select wanted.id, i.status from unnest($2::text[]) as wanted(id) left join inbox_items i on i.project_id = $1 and i.id = wanted.id
     where i.status is null or i.status in ('accepted', 'dead')`,
    [project.id, inboxIds],
  )
  const orders = await cluster.sql.query(
    `select wanted.id from unnest($2::text[]) as wanted(id) left join orders o on o.project_id = $1 and o.order_id = wanted.id where o.id is null`,
    [project.id, orderIds],
  )
  return [...items, ...orders]
}

/** All that was spent came back, all that was earned went, by the order's own account and by the ledger's. */
function unevenOrders(): Promise<unknown[]> {
  return cluster.sql.query(
    `select o.order_id, o.status, o.customer_id, o.spent_minor, o.returned_minor, o.earned_minor, o.forgiven_minor, o.counted_minor, e.*
     from orders o left join lateral (
       select coalesce(sum(amount_minor) filter (where kind = 'spend'), 0) as spent, coalesce(sum(amount_minor) filter (where kind = 'refund'), 0) as returned,
         coalesce(sum(amount_minor) filter (where kind = 'earn'), 0) as earned, coalesce(sum(amount_minor) filter (where kind = 'reverse'), 0) as reversed
       from entries where project_id = o.project_id and order_ref = o.id) e on true
     where o.project_id = $1 and (o.status not in ('refunded', 'cancelled') and o.facts is not null or o.spent_minor <> o.returned_minor or o.earned_minor <> 0
       or o.forgiven_minor <> 0 or o.counted_minor is not null or e.spent <> -o.spent_minor or e.returned <> o.returned_minor or e.earned <> -e.reversed)`,
    [project.id],
  )
}

async function expectTheBeginning(customers: TestCustomer[], adjusted: Map<string, number>): Promise<void> {
  const standings = new Map<TestCustomer, Standing>()
  for (const customer of customers) standings.set(customer, await standing(customer))
  for (const customer of customers.filter(({ group }) => group === null))
    expect([customer, standings.get(customer)]).toEqual([customer, only(sumOf([customer], adjusted))])
  for (const group of groupsOf(customers)) {
    // Bonuses that one spent while it had the other's stay spent where they were: only the sum is known.
    const ownMinor = group.map((customer) => {
      const { availableMinor, debtMinor, ...rest } = standings.get(customer)!
      const { availableMinor: _available, debtMinor: _debt, ...nothing } = only(0)
      expect([customer, rest]).toEqual([customer, nothing])
      expect(Math.min(availableMinor, debtMinor)).toBe(0)
      return availableMinor - debtMinor
    })
    expect(ownMinor.reduce((sum, minor) => sum + minor, 0)).toBe(sumOf(group, adjusted))
  }
  const overdrawn = await cluster.sql.query<{ id: string; usedMinor: number }>(
    `select rule_id as id, used_minor as "usedMinor" from rule_budgets where project_id = $1`,
    [project.id],
  )
  for (const { id, usedMinor } of overdrawn)
    expect(usedMinor).toBeLessThanOrEqual(BUDGETS_MINOR[id as keyof typeof BUDGETS_MINOR])
}

function groupsOf(customers: TestCustomer[]): TestCustomer[][] {
  const groups = [...new Set(customers.map(({ group }) => group))].filter((group) => group !== null)
  return groups.map((group) => customers.filter((one) => one.group === group))
}

/** The welcome, and what staff gave less what it took. */
function sumOf(customers: TestCustomer[], adjusted: Map<string, number>): number {
  return customers.reduce((sum, { id }) => sum + WELCOME_MINOR + (adjusted.get(id) ?? 0), 0)
}

/** Staff may have taken what was earned by then: once that is reversed, it is owed. */
function only(minor: number): Standing {
  return {
    availableMinor: Math.max(0, minor),
    debtMinor: Math.max(0, -minor),
    pendingMinor: 0,
    heldMinor: 0,
    totalSpentMinor: 0,
    ordersCount: 0,
    tier: null,
  }
}

async function standing({ id }: TestCustomer) {
  const response = await fetch(`${cluster.urls[0]}/v1/customers/${id}`, {
    headers: { authorization: `Bearer ${project.secretKey}` },
  })
  const { bonuses, totalSpent, ordersCount, tier } = (await response.json()) as Schemas['Customer']
  return {
    availableMinor: minor(bonuses.available),
    debtMinor: minor(bonuses.debt),
    pendingMinor: minor(bonuses.pending),
    heldMinor: minor(bonuses.held),
    totalSpentMinor: minor(totalSpent),
    ordersCount,
    tier: tier.name,
  }
}
