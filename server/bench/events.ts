import { laneOf } from '../src/kernel/lane.ts'
import { newId } from '../src/vault/new-id.ts'
import { expectCount, say } from './door.ts'
import type { EventsBaselineJob } from './events-baseline.ts'
import { startProcess, type Started } from './processes.ts'
import type { ReceiverJob } from './receiver.ts'
import type { Row } from './report.ts'
import { createShop, type Database, type Shop, type Surroundings } from './surroundings.ts'

const EVENTS = 10_000
const CONNECTIONS = 64
const ALIVE = 20
const OF_ALIVE = 500

type Receiver = Started<ReceiverJob, number>

/** Committed events to one fast endpoint: relayed, recorded, claimed, signed, sent, and each attempt written down. */
export async function events(surroundings: Surroundings): Promise<Row> {
  const receiver: Receiver = startProcess('./receiver.ts')
  const poster = startProcess<EventsBaselineJob, number>('./events-baseline.ts')
  try {
    const port = await receiver.ask({ kind: 'open' })
    const ours = await run(surroundings, 'events', receiver, [`http://127.0.0.1:${port}/hooks`], EVENTS, 1)
    say(`events: ours ${Math.round(ours.perSecond)}/s`)
    const bare = await poster.ask({ port, bodies: ours.bodies, connections: CONNECTIONS })
    say(`events: baseline ${Math.round(EVENTS / bare)}/s`)
    return {
      row: 'events',
      ours: ours.perSecond,
      baseline: EVENTS / bare,
      unit: 'events/s',
      must: { oursAtLeast: 500 },
      aim: { oursAtLeast: 1_000 },
      measuredBaseline: undefined,
      note: `${EVENTS} committed events to one endpoint, the door idle; baseline: the same bodies signed and posted over ${CONNECTIONS} kept connections, without a database`,
    }
  } finally {
    await Promise.all([receiver.stop(), poster.stop()])
  }
}

/** Twenty endpoints that answer, beside one that takes everything and never answers, and without it. */
export async function deadEndpoint(surroundings: Surroundings): Promise<Row> {
  const [alive, dead]: Receiver[] = [startProcess('./receiver.ts'), startProcess('./receiver.ts')]
  try {
    const port = await alive!.ask({ kind: 'open' })
    const hung = await dead!.ask({ kind: 'open', hung: true })
    const urls = Array.from({ length: ALIVE - 1 }, (_, index) => `http://127.0.0.1:${port}/${index}`)
    const without = await run(surroundings, 'all_alive', alive!, urls, OF_ALIVE, urls.length)
    say(`dead-endpoint: without it ${Math.round(without.perSecond)}/s`)
    const beside = await run(surroundings, 'one_dead', alive!, [`http://127.0.0.1:${hung}/`, ...urls], OF_ALIVE, urls.length) // prettier-ignore
    say(`dead-endpoint: beside it ${Math.round(beside.perSecond)}/s`)
    return {
      row: 'dead-endpoint',
      ours: beside.perSecond,
      baseline: without.perSecond,
      unit: 'deliveries/s',
      must: { ratioAtLeast: 0.8 },
      aim: { ratioAtLeast: 0.95 },
      measuredBaseline: undefined,
      note: `${OF_ALIVE} events to ${urls.length} endpoints that answer and one that hangs, against the same without it`,
    }
  } finally {
    await Promise.all([alive!.stop(), dead!.stop()])
  }
}

async function run(
  surroundings: Surroundings,
  name: string,
  receiver: Receiver,
  urls: string[],
  count: number,
  paths: number,
): Promise<{ perSecond: number; bodies: string[] }> {
  const database = await surroundings.createDatabase(name)
  try {
    const shop = await shopWith(surroundings, database, urls)
    await commit(database, shop.projectId, count)
    const counted = receiver.ask({ kind: 'count', paths, each: count })
    const sender = await surroundings.startRole('relay,worker', database)
    const seconds = await counted
    await sender.stop()
    await expectCount(
      database,
      `select count(*) from webhook_deliveries where status = 'delivered'`,
      paths * count,
    )
    await expectCount(database, `select count(*) from webhook_attempts where status = 204`, paths * count)
    const bodies = await database.sql.query<{ body: string }>(
      'select body from webhook_events order by position',
    )
    return { perSecond: (paths * count) / seconds, bodies: bodies.map(({ body }) => body) }
  } finally {
    await database.close()
  }
}

async function shopWith(surroundings: Surroundings, database: Database, urls: string[]): Promise<Shop> {
  const api = await surroundings.startRole('api', database)
  try {
    const shop = await createShop(api)
    for (const url of urls) {
      const response = await fetch(`http://127.0.0.1:${api.port}/v1/webhook-endpoints`, {
        method: 'POST',
        headers: { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ url }),
      })
      if (response.status !== 201) throw new Error(`${url} was refused: ${await response.text()}`)
    }
    return shop
  } finally {
    await api.stop()
  }
}

/** As the engine commits them. */
async function commit({ sql }: Database, projectId: string, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => ({
    id: newId('event'),
    payload: {
      customerId: `cus_${String(index % 1_000).padStart(26, '0')}`,
      reason: 'purchase',
      amountMinor: 24_500,
      availableMinor: 124_500,
      orderId: `order-${index}`,
      storefront: 'api',
      pending: false,
      activatesAt: Date.now(),
      expiresAt: null,
      currency: 'RUB',
      version: index,
    },
  }))
  await sql.query(
    `insert into customers (project_id, id) select $1, 'cus_' || lpad(n::text, 26, '0') from generate_series(0, 999) n`,
    [projectId],
  )
  await sql.query(
    `insert into outbox_events (project_id, id, lane, type, payload, occurred_at)
     select $1, id, $2, 'bonus.awarded', payload, clock_timestamp() from jsonb_to_recordset($3::jsonb) as e(id text, payload jsonb)`,
    [projectId, laneOf(projectId), JSON.stringify(rows)],
  )
}
