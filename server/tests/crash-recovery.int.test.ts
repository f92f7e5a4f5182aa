import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCrashingCluster, type CrashingCluster } from './crashing-cluster.fixture.ts'
import { shopLoad, type TestOrder } from './shop-load.fixture.ts'
import { randomOf } from './random.fixture.ts'
import { startReceiver, type Receiver } from './receiver.fixture.ts'
import { eventually, type CreatedProject } from './tapline.fixture.ts'

const SOAK_MS = Number(process.env.TAPLINE_SOAK_SECONDS ?? 20) * 1_000
const SEED = Number(process.env.TAPLINE_SEED ?? randomBytes(3).readUIntBE(0, 3))
const SERVERS = 3
const SHOPPERS = 10
const EARN_PERCENT = 5n
const WELCOME_MINOR = 5_000
/** The lock of a killed worker, and a backlog on a busy machine. */
const DRAIN_MS = 30_000

/** A server is killed more often than anything else. */
const CHAOS = {
  deck: [
    ...Array<'kill'>(8).fill('kill'),
    ...(['killAll', 'flush', 'killRedis', 'restartPostgres', 'killPostgres'] as const),
  ],
  pauseMs: [300, 3_000] as [number, number],
}

let cluster: CrashingCluster
let project: CreatedProject
let receiver: Receiver

beforeAll(async () => {
  cluster = await startCrashingCluster(SERVERS)
  project = await cluster.createProject(
    { name: 'Crash shop', currency: 'RUB' },
    { basePercent: Number(EARN_PERCENT), welcomeBonus: WELCOME_MINOR / 100, expiryDays: 365 },
  )
  receiver = await startReceiver()
  const endpoint = await cluster.call('POST', '/v1/webhook-endpoints', project.secretKey, {
    url: receiver.url,
  })
  receiver.expect((endpoint as { secret: string }).secret)
}, 150_000)

afterAll(async () => {
  await cluster?.stop()
  await receiver?.stop()
}, 60_000)

describe(`what was accepted, after crashes of everything (TAPLINE_SEED=${SEED})`, () => {
  it(
    'is processed exactly once, and the books balance',
    { timeout: SOAK_MS + DRAIN_MS + 120_000 },
    async () => {
      const random = randomOf(SEED)
      const load = shopLoad(project, cluster.urls, random)
      await load.begin()

      const until = Date.now() + SOAK_MS
      const [restarts] = await Promise.all([
        cluster.chaos(random, until, CHAOS),
        load.run(SHOPPERS, () => Date.now() > until),
      ])
      const drainBegan = Date.now()
      await cluster.allReady(60_000)
      await cluster.drained(DRAIN_MS)

      const { requests, accepted, broken, faults, repeats, abandoned, lines } = load.counts
      console.log(
        `crash recovery: ${requests} requests (${accepted} 2xx, ${broken} broken, ${faults} 5xx, ${repeats} repeats, ${abandoned} abandoned, ${lines} batch lines), ` +
          `${load.orders.size} orders, ${cluster.kills()} kills, ${JSON.stringify(restarts)}, drained in ${Date.now() - drainBegan} ms, seed ${SEED}`,
      )

      expect(cluster.servers.flatMap(({ deaths }) => deaths)).toEqual([])
      expect(load.complaints).toEqual([])
      expect(await cluster.count(`inbox_items where status = 'dead'`)).toBe(0)
      expect(
        await cluster.sql.query(`select id, attempts, reason from inbox_items where attempts > 0 limit 10`),
      ).toEqual([])
      expect(await statusesOf([...load.acceptedIds.keys()])).toEqual({ processed: load.acceptedIds.size })

      const { problems, expected } = judgeOrders([...load.orders.values()], await storedOrders())
      expect(problems.slice(0, 20)).toEqual([])
      for (const email of load.registrations.keys()) addTo(expected, email, { availableMinor: WELCOME_MINOR })
      expect(await storedStandings()).toEqual(expected)
      expect(await cluster.bookProblems(project.id)).toEqual([])
      expect(await cluster.count(`entries where kind = 'earn'`)).toBe(
        await cluster.count(`outbox_events where type = 'bonus.awarded'`),
      )
      await expectAllTold()
    },
  )
})

async function statusesOf(ids: string[]): Promise<Record<string, number>> {
  const rows = await cluster.sql.query<{ status: string | null; count: number }>(
    `select i.status, count(*) from unnest($2::text[]) as wanted(id) left join inbox_items i on i.project_id = $1 and i.id = wanted.id group by 1`,
    [project.id, ids],
  )
  return Object.fromEntries(rows.map(({ status, count }) => [status ?? 'lost', count]))
}

type StoredOrder = {
  key: string
  email: string
  status: string
  amountMinor: number | null
  spentMinor: number
  earnedMinor: number
  earns: number
  spends: number
  entriesMinor: number
}

async function storedOrders(): Promise<Map<string, StoredOrder>> {
  const rows = await cluster.sql.query<StoredOrder>(`
    select o.storefront || ' ' || o.order_id as key, o.status, (o.facts->>'amountMinor')::bigint as "amountMinor", o.spent_minor as "spentMinor",
      o.earned_minor as "earnedMinor",
      (select value from identities i where i.customer_id = o.customer_id and i.kind = 'email') as email,
      count(e.id) filter (where e.kind = 'earn') as earns, count(e.id) filter (where e.kind = 'spend') as spends,
      coalesce(sum(e.amount_minor), 0)::bigint as "entriesMinor"
    from orders o left join entries e on e.project_id = o.project_id and e.order_ref = o.id group by o.project_id, o.id, o.storefront, o.order_id`)
  return new Map(rows.map((row) => [row.key, row]))
}

type Standing = { totalSpentMinor: number; ordersCount: number; availableMinor: number; pendingMinor: number }

/** Holds the orders in the database against what the shop was told, order by order, and adds up what each customer must have. */
function judgeOrders(
  wanted: TestOrder[],
  stored: Map<string, StoredOrder>,
): { problems: string[]; expected: Map<string, Standing> } {
  const problems: string[] = []
  const expected = new Map<string, Standing>()
  for (const order of wanted) {
    const key = `${order.storefront} ${order.orderId}`
    const row = stored.get(key)
    stored.delete(key)
    const say = (problem: string) =>
      problems.push(`${key}: ${problem}; told ${JSON.stringify(order)}, stored ${JSON.stringify(row)}`)
    const told = [order.paid, order.unpaid, order.spend]
    if (row === undefined) {
      if (told.includes('accepted')) say('is lost')
      continue
    }
    if (!told.includes('accepted') && !told.includes('unknown')) say('was never accepted')
    const status =
      order.paid === 'accepted'
        ? 'paid'
        : order.paid === 'unknown' && row.status === 'paid'
          ? 'paid'
          : order.unpaid === 'accepted'
            ? 'created'
            : 'expected'
    if (row.status !== status) say(`should be ${status}`)
    const spentMinor =
      order.spend === 'accepted' || (order.spend === 'unknown' && row.spentMinor > 0) ? order.spendMinor : 0
    if (row.spentMinor !== spentMinor || row.spends !== (spentMinor > 0 ? 1 : 0))
      say(`should have spent ${spentMinor} once`)
    const amountMinor = status === 'expected' ? 0 : order.amountMinor
    if (row.email !== order.email || (row.amountMinor ?? 0) !== amountMinor) say('has other facts')
    const earnedMinor = earnedOn(Math.max(0, amountMinor - spentMinor))
    // Before its spend it may have earned more, which was reversed: then its entries add up to the same.
    if (
      row.earnedMinor !== earnedMinor ||
      row.earns !== (amountMinor > 0 ? 1 : 0) ||
      row.entriesMinor !== earnedMinor - spentMinor
    )
      say(`should have earned ${earnedMinor} once`)
    addTo(expected, order.email, {
      ...(status === 'paid' ? { totalSpentMinor: amountMinor - spentMinor, ordersCount: 1 } : {}),
      availableMinor: (status === 'paid' ? earnedMinor : 0) - spentMinor,
      pendingMinor: status === 'created' ? earnedMinor : 0,
    })
  }
  for (const key of stored.keys()) problems.push(`${key} was never sent`)
  return { problems, expected }
}

/** 5 %, whole roubles. */
function earnedOn(minor: number): number {
  return Number((BigInt(minor) * EARN_PERCENT) / 10_000n) * 100
}

function addTo(standings: Map<string, Standing>, email: string, change: Partial<Standing>): void {
  const standing = standings.get(email) ?? {
    totalSpentMinor: 0,
    ordersCount: 0,
    availableMinor: 0,
    pendingMinor: 0,
  }
  for (const [name, value] of Object.entries(change)) standing[name as keyof Standing] += value
  standings.set(email, standing)
}

async function storedStandings(): Promise<Map<string, Standing>> {
  const rows = await cluster.sql.query<Standing & { email: string }>(`
    select i.value as email, a.total_spent_minor as "totalSpentMinor", a.orders_count as "ordersCount",
      coalesce(sum(l.remaining_minor) filter (where l.state = 'active'), 0)::bigint as "availableMinor",
      coalesce(sum(l.remaining_minor) filter (where l.state = 'pending'), 0)::bigint as "pendingMinor"
    from accounts a join identities i on i.project_id = a.project_id and i.customer_id = a.customer_id and i.kind = 'email'
    left join lots l on l.project_id = a.project_id and l.customer_id = a.customer_id group by a.project_id, a.customer_id, i.value`)
  return new Map(rows.map(({ email, ...standing }) => [email, standing]))
}

/** Every event came to the endpoint, under its id and signed; the numbers of each resource have no gaps. */
async function expectAllTold(): Promise<void> {
  // What a killed worker had taken out is held for a minute. Nobody here needs so long: the rest of it is skipped.
  await cluster.sql.query(
    `update webhook_deliveries set next_attempt_at = clock_timestamp() where status = 'waiting'`,
  )
  await cluster.sql.query(`update webhook_endpoints set due_at = clock_timestamp()`)
  await eventually(() => cluster.count(`webhook_deliveries where status <> 'delivered'`), (left) => left === 0, DRAIN_MS) // prettier-ignore
  const events = await cluster.sql.query<{ id: string }>(`select id from webhook_events`)
  expect(events.length).toBe(await cluster.count('outbox_events'))
  expect(events.filter(({ id }) => !receiver.ids().has(id))).toEqual([])
  expect(receiver.unverified).toEqual([])
  const gaps = await cluster.sql.query(
    `select body::jsonb -> 'resource' ->> 'id' as resource, count(*) as events, max((body::jsonb ->> 'sequence')::int) as last
     from webhook_events group by 1 having count(*) <> max((body::jsonb ->> 'sequence')::int) or count(distinct body::jsonb ->> 'sequence') <> count(*)`,
  )
  expect(gaps).toEqual([])
  const unordered = await cluster.sql.query(
    `select resource, sequence, version, before from (
       select v.body::jsonb -> 'resource' ->> 'id' as resource, (v.body::jsonb ->> 'sequence')::int as sequence,
         (v.body::jsonb -> 'resource' ->> 'version')::int as version,
         max((v.body::jsonb -> 'resource' ->> 'version')::int) over (partition by v.body::jsonb -> 'resource' ->> 'id'
           order by (v.body::jsonb ->> 'sequence')::int rows between unbounded preceding and 1 preceding) as before
       from webhook_events v) as one where version < before`,
  )
  expect(unordered).toEqual([])
  console.log(`${events.length} events told in ${receiver.requests()} requests`)
}
