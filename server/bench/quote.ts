import { setTimeout as delay } from 'node:timers/promises'
import { complete, prepare, say } from './door.ts'
import type { Load, LoadJob } from './load.ts'
import { startProcess } from './processes.ts'
import { median, type Row } from './report.ts'
import { createShop, type Database, type Shop, type Surroundings } from './surroundings.ts'

const CUSTOMERS = 2_000
const BOUGHT = 6_000
/** A project may call the API 100 times a second. */
const SHOPS = 4
const QUOTES = 200
const ORDERS = 100
const SECONDS = 8
const CONNECTIONS = 16
const PATIENCE_MS = 120_000

type Measured = Load & { cpuMs: number }

/** What a checkout waits for, while orders come in and are worked off; beside the same number of empty answers. */
export async function quote(surroundings: Surroundings, { rounds }: { rounds: number }): Promise<Row> {
  const database = await surroundings.createDatabase('quote')
  const server = await surroundings.startRole('api,worker,relay', database)
  const shops: Shop[] = []
  for (let shop = 0; shop < SHOPS; shop++) shops.push(await createShop(server))
  const [orders, asker] = [1, 2].map(() => startProcess<LoadJob, Load>('./load.ts'))
  let from = 0

  /** Orders at their pace, and beside them what was prepared. */
  async function beside(prepared: LoadJob): Promise<Measured> {
    await prepare(orders!, shops[from % SHOPS]!, from, ORDERS * SECONDS, CUSTOMERS)
    from += ORDERS * SECONDS
    await asker!.ask(prepared)
    const open = { kind: 'open', port: server.port, connections: CONNECTIONS } as const
    const before = server.cpuSeconds()
    const [came, asked] = await Promise.all([
      orders!.ask({ ...open, perSecond: ORDERS }),
      asker!.ask({ ...open, perSecond: QUOTES }),
    ])
    complete(came, ORDERS * SECONDS)
    return { ...complete(asked, QUOTES * SECONDS), cpuMs: (server.cpuSeconds() - before) * 1_000 }
  }

  try {
    for (const shop of shops) {
      await prepare(orders!, shop, 0, BOUGHT / SHOPS, CUSTOMERS)
      complete(
        await orders!.ask({ kind: 'closed', port: server.port, connections: CONNECTIONS }),
        BOUGHT / SHOPS,
      )
    }
    from = BOUGHT
    await workedOff(database)
    const count = QUOTES * SECONDS
    const secretKeys = shops.map(({ secretKey }) => secretKey)
    const pairs: { ours: Measured; baseline: Measured }[] = []
    for (let round = 0; round <= rounds; round++) {
      const ours = await beside({
        kind: 'prepare-quotes',
        from: round * count,
        count,
        customers: CUSTOMERS,
        secretKeys,
      })
      const baseline = await beside({ kind: 'prepare-health', count })
      say(
        `quote ${round === 0 ? 'warm-up' : `${round}/${rounds}`}: ours ${told(ours)} | healthz ${told(baseline)}`,
      )
      if (round > 0) pairs.push({ ours, baseline })
    }
    const of = (side: 'ours' | 'baseline', what: 'p50Ms' | 'p99Ms' | 'maxMs' | 'cpuMs') =>
      median(pairs.map((pair) => pair[side][what]))
    return {
      row: 'quote',
      ours: of('ours', 'p99Ms'),
      baseline: of('baseline', 'p99Ms'),
      unit: 'ms p99',
      must: { oursAtMost: 50 },
      aim: { oursAtMost: 20 },
      measuredBaseline: undefined,
      note:
        `${QUOTES} quotes/s of ${SHOPS} shops beside ${ORDERS} orders/s in one process, counted from the intended time; ` +
        `p50 ${of('ours', 'p50Ms').toFixed(1)} and ${of('baseline', 'p50Ms').toFixed(1)}, max ${of('ours', 'maxMs').toFixed(0)} and ${of('baseline', 'maxMs').toFixed(0)} ms; ` +
        `processor in Node for a quote beyond an empty answer ${((of('ours', 'cpuMs') - of('baseline', 'cpuMs')) / count).toFixed(1)} ms`,
    }
  } finally {
    await Promise.all([orders!.stop(), asker!.stop()])
    await server.stop()
    await database.close()
  }
}

async function workedOff({ sql }: Database): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const [row] = await sql.query<{ waiting: boolean }>(
      `select exists (select from inbox_items where status = 'accepted') as waiting`,
    )
    if (!row!.waiting) return
    if (Date.now() > until) throw new Error('The purchases were not worked off in time')
    await delay(200)
  }
}

function told({ p50Ms, p99Ms, maxMs, cpuMs }: Measured): string {
  return `p50 ${p50Ms.toFixed(1)}, p99 ${p99Ms.toFixed(1)}, max ${maxMs.toFixed(0)} ms, cpu ${cpuMs.toFixed(0)} ms`
}
