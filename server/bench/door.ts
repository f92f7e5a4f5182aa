import type { DoorBaselineJob } from './door-baseline.ts'
import type { Load, LoadJob } from './load.ts'
import { startProcess, type Started } from './processes.ts'
import { median, type Row } from './report.ts'
import { createShop, type Database, type Shop, type Surroundings } from './surroundings.ts'

const CUSTOMERS = 20_000
const CONNECTIONS = 64
const WARM_UP = 6_000
const PER_ROUND = 20_000
const OFFERED = 500
const SECONDS_OFFERED = 8

export async function door(surroundings: Surroundings, { rounds }: { rounds: number }): Promise<Row> {
  const stage = await setStage(surroundings, 'door')
  try {
    await stage.round(WARM_UP, (port) => ({ kind: 'closed', port, connections: CONNECTIONS }))
    const perSecond = { ours: [] as number[], baseline: [] as number[] }
    for (let round = 1; round <= rounds; round++) {
      const { ours, baseline } = await stage.round(PER_ROUND, (port) => ({
        kind: 'closed',
        port,
        connections: CONNECTIONS,
      }))
      perSecond.ours.push(ours.accepted / ours.seconds)
      perSecond.baseline.push(baseline.accepted / baseline.seconds)
      say(
        `door ${round}/${rounds}: ours ${Math.round(perSecond.ours.at(-1)!)}/s, baseline ${Math.round(perSecond.baseline.at(-1)!)}/s`,
      )
    }
    await stage.countRows()
    return {
      row: 'door',
      ours: median(perSecond.ours),
      baseline: median(perSecond.baseline),
      unit: 'req/s',
      must: { ratioAtLeast: 0.5 },
      aim: { ratioAtLeast: 1 },
      measuredBaseline: 8_000,
      note: `${rounds} × ${PER_ROUND} requests, ${CONNECTIONS} connections; ours ${spread(perSecond.ours)}, baseline ${spread(perSecond.baseline)}`,
    }
  } finally {
    await stage.stop()
  }
}

export async function doorLatency(surroundings: Surroundings, { rounds }: { rounds: number }): Promise<Row> {
  const stage = await setStage(surroundings, 'door_latency')
  try {
    await stage.round(WARM_UP, (port) => ({ kind: 'closed', port, connections: CONNECTIONS }))
    const loads: { ours: Load; baseline: Load }[] = []
    for (let round = 1; round <= rounds; round++) {
      loads.push(
        await stage.round(OFFERED * SECONDS_OFFERED, (port) => ({
          kind: 'open',
          port,
          connections: CONNECTIONS,
          perSecond: OFFERED,
        })),
      )
      const { ours, baseline } = loads.at(-1)!
      say(
        `door-latency ${round}/${rounds}: p99 ours ${ours.p99Ms.toFixed(1)} ms, baseline ${baseline.p99Ms.toFixed(1)} ms`,
      )
    }
    await stage.countRows()
    const of = (side: 'ours' | 'baseline', measure: 'p50Ms' | 'p99Ms' | 'maxMs') =>
      median(loads.map((load) => load[side][measure]))
    return {
      row: 'door-latency',
      ours: of('ours', 'p99Ms'),
      baseline: of('baseline', 'p99Ms'),
      unit: 'ms p99',
      must: { oursAtMost: 50 },
      aim: { oursAtMost: 15 },
      measuredBaseline: undefined,
      note: `${OFFERED} req/s offered, from the intended time; p50 ours ${of('ours', 'p50Ms').toFixed(1)}, baseline ${of('baseline', 'p50Ms').toFixed(1)}; max ${of('ours', 'maxMs').toFixed(0)}, ${of('baseline', 'maxMs').toFixed(0)}`,
    }
  } finally {
    await stage.stop()
  }
}

/** Both servers, each in its process, before the same Postgres and behind the same load. */
async function setStage(surroundings: Surroundings, name: string) {
  const [database, plain] = [
    await surroundings.createDatabase(name),
    await surroundings.createDatabase(`${name}_baseline`),
  ]
  const api = await surroundings.startRole('api', database)
  const shop = await createShop(api)
  const baseline = startProcess<DoorBaselineJob, number>('./door-baseline.ts')
  const baselinePort = await baseline.ask({ databaseUrl: plain.url, signingSecret: shop.signingSecret })
  const load = startProcess<LoadJob, Load>('./load.ts')
  let from = 0
  let accepted = 0

  return {
    /** The same bytes to the one, then to the other. */
    async round(count: number, job: (port: number) => LoadJob): Promise<{ ours: Load; baseline: Load }> {
      await prepare(load, shop, from, count, CUSTOMERS)
      from += count
      const ours = complete(await load.ask(job(api.port)), count, 'Ours')
      const other = complete(await load.ask(job(baselinePort)), count, 'The baseline')
      accepted += count
      return { ours, baseline: other }
    },
    async countRows() {
      await expectCount(database, `select count(*) from inbox_items where status = 'accepted'`, accepted)
      await expectCount(plain, 'select count(*) from door_requests', accepted)
    },
    async stop() {
      await load.stop()
      await baseline.stop()
      await api.stop()
      await database.close()
      await plain.close()
    },
  }
}

export async function prepare(
  load: Started<LoadJob, Load>,
  shop: Shop,
  from: number,
  count: number,
  customers: number,
): Promise<void> {
  const { webhookSecret, signingSecret } = shop
  await load.ask({ kind: 'prepare', from, count, customers, webhookSecret, signingSecret })
}

export function complete(load: Load, count: number, whose: string): Load {
  if (load.accepted === count) return load
  throw new Error(
    `${whose} accepted ${load.accepted} of ${count} requests. Others:\n${load.others.join('\n')}`,
  )
}

export async function expectCount({ sql }: Database, query: string, expected: number): Promise<void> {
  const [row] = await sql.query<{ count: number }>(query)
  if (row!.count !== expected) throw new Error(`${query}: ${row!.count}, expected ${expected}`)
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

function spread(values: readonly number[]): string {
  return `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))}`
}
