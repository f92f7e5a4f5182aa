import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { postgresBooks } from '../src/loyalty/adapters/postgres/postgres-books.ts'
import { verifyBooks } from '../src/loyalty/verify-books.ts'
import { complete, expectCount, prepare, say } from './door.ts'
import type { EngineBaselineJob } from './engine-baseline.ts'
import type { Load, LoadJob } from './load.ts'
import { startProcess } from './processes.ts'
import { earnedMinor, purchaseOf } from './purchases.ts'
import type { Row } from './report.ts'
import { createShop, type Database, type Surroundings } from './surroundings.ts'

const CUSTOMERS = 10_000
const CONNECTIONS = 64
const FILL = 10_000
const BASELINE = 10_000
const POLL_MS = 500
const PATIENCE_MS = 600_000
const VERIFIED_BOOKS = 50

/** A backlog came through the door while no worker ran; then one worker is started. The baseline runs before and after. */
export async function engine(surroundings: Surroundings, { backlog }: { backlog: number }): Promise<Row> {
  const [database, plain] = [
    await surroundings.createDatabase('engine'),
    await surroundings.createDatabase('engine_baseline'),
  ]
  const baseline = startProcess<EngineBaselineJob, number>('./engine-baseline.ts')
  try {
    const projectId = await fill(surroundings, database, backlog)
    await baseline.ask({ kind: 'open', databaseUrl: plain.url, customers: CUSTOMERS })

    const before = await baseline.ask({ kind: 'run', from: 0, count: BASELINE, customers: CUSTOMERS })
    say(`engine: baseline ${Math.round(BASELINE / before)}/s`)
    const ours = await work(surroundings, database, backlog)
    say(`engine: ours ${Math.round(ours)}/s`)
    const after = await baseline.ask({ kind: 'run', from: BASELINE, count: BASELINE, customers: CUSTOMERS })
    say(`engine: baseline ${Math.round(BASELINE / after)}/s`)

    await checkBooks(database, projectId, backlog)
    await expectCount(plain, 'select count(*) from entries', 2 * BASELINE)
    return {
      row: 'engine',
      ours,
      baseline: (2 * BASELINE) / (before + after),
      unit: 'purchases/s',
      must: { ratioAtLeast: 0.6 },
      aim: { ratioAtLeast: 1.5 },
      measuredBaseline: undefined,
      note: `backlog of ${backlog}, one project, one worker; baseline before ${Math.round(BASELINE / before)}, after ${Math.round(BASELINE / after)}, same tables and foreign keys`,
    }
  } finally {
    await baseline.stop()
    await database.close()
    await plain.close()
  }
}

async function fill(surroundings: Surroundings, database: Database, backlog: number): Promise<string> {
  const api = await surroundings.startRole('api', database)
  const load = startProcess<LoadJob, Load>('./load.ts')
  try {
    const shop = await createShop(api)
    for (let from = 0; from < backlog; from += FILL) {
      const count = Math.min(FILL, backlog - from)
      await prepare(load, shop, from, count, CUSTOMERS)
      complete(await load.ask({ kind: 'closed', port: api.port, connections: CONNECTIONS }), count)
    }
    await expectCount(database, `select count(*) from inbox_items where status = 'accepted'`, backlog)
    say(`engine: ${backlog} purchases wait`)
    return shop.projectId
  } finally {
    await load.stop()
    await api.stop()
  }
}

/** Purchases per second by the database's clock, from the first that was finished to the last: the start is left out. */
async function work(surroundings: Surroundings, database: Database, backlog: number): Promise<number> {
  const worker = await surroundings.startRole('worker', database)
  try {
    const until = Date.now() + PATIENCE_MS
    for (;;) {
      await delay(POLL_MS)
      const [row] = await database.sql.query<{ waiting: boolean }>(
        `select exists (select from inbox_items where status = 'accepted') as waiting`,
      )
      if (!row!.waiting) break
      if (Date.now() > until) throw new Error('The backlog was not worked off in time')
    }
  } finally {
    await worker.stop()
  }
  await expectCount(database, `select count(*) from inbox_items where status = 'processed'`, backlog)
  const [run] = await database.sql.query<{ finished: number; seconds: number }>(
    `select count(*) filter (where finished_at > first) as finished, extract(epoch from max(finished_at) - first)::float8 as seconds
     from inbox_items, (select min(finished_at) as first from inbox_items) as f group by first`,
  )
  return run!.finished / run!.seconds
}

async function checkBooks(database: Database, projectId: string, backlog: number): Promise<void> {
  const purchases = Array.from({ length: backlog }, (_, index) => purchaseOf(index, CUSTOMERS))
  const earned = purchases.reduce((sum, purchase) => sum + earnedMinor(purchase), 0)
  const spent = purchases.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  await expectCount(database, 'select count(*) from orders', backlog)
  await expectCount(database, 'select count(*) from entries', backlog)
  await expectCount(database, 'select sum(remaining_minor)::bigint as count from lots', earned)
  await expectCount(database, 'select sum(balance_minor)::bigint as count from accounts', earned)
  await expectCount(database, 'select sum(total_spent_minor)::bigint as count from accounts', spent)
  await expectCount(database, `select count(*) from outbox_events where type = 'bonus.awarded'`, backlog)

  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const verify = verifyBooks({ unitOfWork: database.unitOfWork, books: postgresBooks, sha256 })
  const customers = await database.sql.query<{ id: string }>(
    'select customer_id as id from accounts order by random() limit $1',
    [VERIFIED_BOOKS],
  )
  for (const { id } of customers) {
    const problems = await verify(projectId, id)
    if (problems.length > 0) throw new Error(`The books are wrong: ${JSON.stringify(problems[0])}`)
  }
}
