import type { DoorBaselineJob } from './door-baseline.ts'
import type { Load, LoadJob } from './load.ts'
import { startProcess, type Started } from './processes.ts'
import { median, type Row } from './report.ts'
import { createShop, type Database, type Shop, type Surroundings } from './surroundings.ts'

const CUSTOMERS = 20_000
const CONNECTIONS = 64
const WARM_UP = 6_000
const PER_ROUND = 12_000
const OFFERED = 500
const SECONDS_OFFERED = 8

type Measured = Load & { perSecond: number; cpuMicros: number }
type Pair = { ours: Measured; baseline: Measured }
type Stage = Awaited<ReturnType<typeof setStage>>

const flood = (port: number): LoadJob => ({ kind: 'closed', port, connections: CONNECTIONS })
const stream = (port: number): LoadJob => ({
  kind: 'open',
  port,
  connections: CONNECTIONS,
  perSecond: OFFERED,
})

export async function door(surroundings: Surroundings, { rounds }: { rounds: number }): Promise<Row> {
  const pairs = await onStage(surroundings, 'door', (stage) =>
    measure(rounds, (round) => stage.round(PER_ROUND, flood, `door ${round}`)),
  )
  const { ours, baseline } = medians(pairs, 'perSecond')
  const cpu = medians(pairs, 'cpuMicros')
  return {
    row: 'door',
    ours,
    baseline,
    unit: 'req/s',
    must: { ratioAtLeast: 0.5 },
    aim: { ratioAtLeast: 1 },
    measuredBaseline: 8_000,
    note:
      `${rounds} × ${PER_ROUND} requests, ${CONNECTIONS} connections; ours ${spread(pairs, 'ours')}, baseline ${spread(pairs, 'baseline')}; ` +
      `processor in Node ${cpu.ours.toFixed(0)} and ${cpu.baseline.toFixed(0)} µs a request`,
  }
}

export async function doorLatency(surroundings: Surroundings, { rounds }: { rounds: number }): Promise<Row> {
  const pairs = await onStage(surroundings, 'door_latency', (stage) =>
    measure(rounds, (round) => stage.round(OFFERED * SECONDS_OFFERED, stream, `door-latency ${round}`)),
  )
  const p50 = medians(pairs, 'p50Ms')
  const max = medians(pairs, 'maxMs')
  return {
    row: 'door-latency',
    ...medians(pairs, 'p99Ms'),
    unit: 'ms p99',
    must: { oursAtMost: 50 },
    aim: { oursAtMost: 15 },
    measuredBaseline: undefined,
    note:
      `${OFFERED} req/s offered, counted from the intended time; p50 ${p50.ours.toFixed(1)} and ${p50.baseline.toFixed(1)}, ` +
      `max ${max.ours.toFixed(0)} and ${max.baseline.toFixed(0)} ms`,
  }
}

/** Both servers, each in its process, before the same Postgres and behind the same load; after it, the rows are counted. */
async function onStage<T>(
  surroundings: Surroundings,
  name: string,
  play: (stage: Stage) => Promise<T>,
): Promise<T> {
  const stage = await setStage(surroundings, name)
  try {
    await stage.round(WARM_UP, flood, `${name} warm-up`)
    const result = await play(stage)
    await stage.countRows()
    return result
  } finally {
    await stage.stop()
  }
}

async function setStage(surroundings: Surroundings, name: string) {
  const database = await surroundings.createDatabase(name)
  const plain = await surroundings.createDatabase(`${name}_baseline`)
  const api = await surroundings.startRole('api', database)
  const shop = await createShop(api)
  const baseline = startProcess<DoorBaselineJob, number>('./door-baseline.ts')
  const baselinePort = await baseline.ask({ databaseUrl: plain.url, signingSecret: shop.signingSecret })
  const load = startProcess<LoadJob, Load>('./load.ts')
  let from = 0

  async function run(job: LoadJob, count: number, server: Pick<Started, 'cpuSeconds'>): Promise<Measured> {
    const before = server.cpuSeconds()
    const result = complete(await load.ask(job), count)
    const cpuMicros = ((server.cpuSeconds() - before) * 1e6) / count
    return { ...result, perSecond: count / result.seconds, cpuMicros }
  }

  return {
    /** The same bytes to the one, then to the other. */
    async round(count: number, job: (port: number) => LoadJob, what: string): Promise<Pair> {
      await prepare(load, shop, from, count, CUSTOMERS)
      from += count
      const ours = await run(job(api.port), count, api)
      const other = await run(job(baselinePort), count, baseline)
      say(`${what}: ours ${told(ours)} | baseline ${told(other)}`)
      return { ours, baseline: other }
    },
    async countRows() {
      await expectCount(database, `select count(*) from inbox_items where status = 'accepted'`, from)
      await expectCount(plain, 'select count(*) from door_requests', from)
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
  { webhookSecret, signingSecret }: Shop,
  from: number,
  count: number,
  customers: number,
): Promise<void> {
  await load.ask({ kind: 'prepare', from, count, customers, webhookSecret, signingSecret })
}

export function complete(load: Load, count: number): Load {
  if (load.accepted === count) return load
  throw new Error(
    `${load.accepted} of ${count} requests were accepted. Of the others:\n${load.others.join('\n')}`,
  )
}

export async function expectCount({ sql }: Database, query: string, expected: number): Promise<void> {
  const [row] = await sql.query<{ count: number }>(query)
  if (row!.count !== expected) throw new Error(`${query}: ${row!.count}, expected ${expected}`)
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function measure(rounds: number, play: (round: string) => Promise<Pair>): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (let round = 1; round <= rounds; round++) pairs.push(await play(`${round}/${rounds}`))
  return pairs
}

function medians(pairs: Pair[], of: 'perSecond' | 'cpuMicros' | 'p50Ms' | 'p99Ms' | 'maxMs') {
  return {
    ours: median(pairs.map(({ ours }) => ours[of])),
    baseline: median(pairs.map(({ baseline }) => baseline[of])),
  }
}

function spread(pairs: Pair[], side: keyof Pair): string {
  const values = pairs.map((pair) => pair[side].perSecond)
  return `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`
}

function told({ perSecond, p50Ms, p99Ms, cpuMicros }: Measured): string {
  return `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)}, p99 ${p99Ms.toFixed(1)} ms, cpu ${cpuMicros.toFixed(0)} µs`
}
