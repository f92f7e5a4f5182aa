import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askChat } from '../bench/chat-ticket.ts'
import { newId } from '../src/vault/new-id.ts'
import { chatParticipant, nameOf, type ChatParticipant } from './chat-participant.fixture.ts'
import { startCrashingCluster, type CrashingCluster } from './crashing-cluster.fixture.ts'
import { randomOf } from './random.fixture.ts'
import { eventually, type CreatedProject } from './tapline.fixture.ts'

const SOAK_MS = Number(process.env.TAPLINE_SOAK_SECONDS ?? 12) * 1_000
const SEED = Number(process.env.TAPLINE_SEED ?? 5)
const GATEWAYS = 2
const WORKERS = 2
const PEOPLE = 18
const CONVERSATIONS = 9
const IN_FLIGHT = 4
const SPREAD_PERCENT = 60
const BACK_MS = 60_000
const REDELIVERED_MS = 3_000
const SETTLED_MS = 30_000
const LEAST_CYCLES = process.env.TAPLINE_SOAK_SECONDS === undefined ? 4 : 7
const LEAST_ACKED = 1_000
const CREDITS = { capacity: 100_000, refillSeconds: 1, projectPerSecond: 100_000 }

const random = randomOf(SEED)
let cluster: CrashingCluster
let project: CreatedProject
let people: ChatParticipant[] = []

const gateways = () => cluster.servers.slice(0, GATEWAYS)
const workers = () => cluster.servers.slice(GATEWAYS)

const killOne = (of: CrashingCluster['servers']) =>
  random.pick(of.filter((server) => server.isReady()))?.kill()
const portOf = (url: string) => Number(new URL(url).port)
const guestsOf = (url: string) => people.filter((one) => one.port() === portOf(url)).length
const killTheBusier = () =>
  [...gateways()].sort((left, right) => guestsOf(right.url) - guestsOf(left.url))[0]!.kill()
const killRedis = () => (cluster.redis.kill ?? cluster.redis.flush)()
const ACTS = {
  gateway: () => killTheBusier(),
  gateways: () => gateways().forEach((server) => server.kill()),
  worker: () => killOne(workers()),
  redis: killRedis,
  flush: () => cluster.redis.flush(),
  /** Nobody is told by Redis what the dead one had stored. */
  gatewayWithoutRedis: () => Promise.all([killRedis(), delay(random.below(400)).then(killTheBusier)]),
}
const DECK: (keyof typeof ACTS)[] = [
  'gateway',
  'gatewayWithoutRedis',
  'gateway',
  'gateways',
  'worker',
  'redis',
  'flush',
]

describe(`a chat at full load, through kills of its gateways, workers and Redis (TAPLINE_SEED=${SEED})`, () => {
  beforeAll(async () => {
    cluster = await startCrashingCluster(GATEWAYS + WORKERS, (index) =>
      index < GATEWAYS ? 'api,gateway' : 'api,worker,relay,scheduler',
    )
    project = await cluster.createProject({ name: 'Chat crash', currency: 'RUB' }, { basePercent: 10 })
    people = await settleIn()
  }, 150_000)

  afterAll(async () => {
    await Promise.all(people.map((one) => one.stop()))
    await cluster?.stop()
  }, 60_000)

  it(
    'loses nothing that was acknowledged, tells everybody everything once and in sequence, within three seconds of coming back',
    { timeout: SOAK_MS + LEAST_CYCLES * BACK_MS + SETTLED_MS + 120_000 },
    async () => {
      let talking = true
      const talk = Promise.all(people.map((one) => keepTalking(one, () => talking)))
      const lags: number[] = []
      const done: string[] = []
      let left: (keyof typeof ACTS)[] = []
      const until = Date.now() + SOAK_MS
      while (Date.now() < until || done.length < LEAST_CYCLES) {
        if (left.length === 0) left = random.shuffle([...DECK])
        const act = left.pop()!
        // Those who lost everybody to the other gateway get some of them back.
        for (const one of people) if (random.chance(SPREAD_PERCENT)) one.drop()
        await backAgain()
        await delay(300 + random.below(900))
        await ACTS[act]()
        done.push(act)
        await backAgain()
        lags.push(await everybodyHas(topsAcked(), BACK_MS))
      }
      talking = false
      await talk
      await eventually(() => Promise.resolve(people.reduce((sum, one) => sum + one.waiting(), 0)), (waiting) => waiting === 0, SETTLED_MS) // prettier-ignore
      const tops = new Map((await conversations()).map(({ id, last }) => [id, last]))
      await everybodyHas(tops, SETTLED_MS)

      const acks = people.flatMap((one) => [...one.acks.values()])
      console.log(
        `chat crash: ${acks.length} acknowledged, ${cluster.kills()} kills, ${done.join(' ')}, ${people.reduce((sum, one) => sum + one.connections(), 0)} connections, ` +
          `everybody had everything after ${lags.map((lag) => lag.toFixed(0)).join(', ')} ms, seed ${SEED}`,
      )
      expect(acks.length).toBeGreaterThan(LEAST_ACKED)
      expect(people.flatMap(({ complaints }) => complaints)).toEqual([])
      expect(await lost(acks)).toEqual([])
      expect(await saidTwice()).toEqual([])
      expect((await conversations()).filter(({ last, least, most, count, places }) => least !== 1 || most !== last || count !== last || places !== last)).toEqual([]) // prettier-ignore
      const written = await log()
      for (const one of people)
        for (const id of one.conversationIds)
          expect([one.participantId, id, one.eventsOf(id).map(nameOf)]).toEqual([
            one.participantId,
            id,
            written.get(id),
          ])
      expect(await cluster.count('chat_dead_letters')).toBe(0)
      expect(cluster.servers.flatMap(({ deaths }) => deaths)).toEqual([])
      expect(Math.max(...lags)).toBeLessThanOrEqual(REDELIVERED_MS)
    },
  )
})

/** Conversations of two to four; everybody is in two or three of them. */
async function settleIn(): Promise<ChatParticipant[]> {
  const port = portOf(cluster.urls[0]!)
  const ask = <Body>(method: string, path: string, body: object) =>
    askChat<Body>(port, project.secretKey, method, path, body)
  await ask('PUT', '/v1/chat-settings', { credits: CREDITS })
  await delay(2_100)
  const ids: string[] = []
  for (let index = 0; index < PEOPLE; index++) {
    const customer = { id: newId('customer') }
    await cluster.sql.query('insert into customers (project_id, id) values ($1, $2)', [
      project.id,
      customer.id,
    ])
    ids.push((await ask<{ id: string }>('POST', '/v1/chat-participants', { customer })).id)
  }
  const rooms: { id: string; members: string[] }[] = []
  for (let index = 0; index < CONVERSATIONS; index++) {
    const others = random
      .shuffle(ids.filter((_id, at) => at % CONVERSATIONS !== index))
      .slice(0, random.below(3))
    const members = [...ids.filter((_id, at) => at % CONVERSATIONS === index), ...others]
    const { id } = await ask<{ id: string }>('POST', '/v1/conversations', { participantIds: members })
    rooms.push({ id, members })
  }
  return ids.map((participantId) =>
    chatParticipant({
      participantId,
      conversationIds: rooms.filter(({ members }) => members.includes(participantId)).map(({ id }) => id),
      secretKey: project.secretKey,
      ports: gateways().map(({ url }) => portOf(url)),
      random,
    }),
  )
}

async function keepTalking(one: ChatParticipant, isTalking: () => boolean): Promise<void> {
  for (let number = 0; isTalking();) {
    if (one.waiting() < IN_FLIGHT)
      one.say(random.pick(one.conversationIds), `${one.participantId} says ${++number}`)
    else await delay(2)
  }
}

/** All servers are up and everybody is connected. */
async function backAgain(): Promise<void> {
  await cluster.allReady(BACK_MS)
  await eventually(() => Promise.resolve(people.filter((one) => !one.isConnected()).length), (away) => away === 0, BACK_MS) // prettier-ignore
}

/** The last sequence of each conversation that anybody was promised. */
function topsAcked(): Map<string, number> {
  const tops = new Map<string, number>()
  for (const one of people)
    for (const { conversationId, sequence } of one.acks.values())
      tops.set(conversationId, Math.max(sequence, tops.get(conversationId) ?? 0))
  return tops
}

/** Answers how many milliseconds it took. */
async function everybodyHas(tops: Map<string, number>, withinMs: number): Promise<number> {
  const began = performance.now()
  const missing = () =>
    people.flatMap((one) =>
      one.conversationIds
        .filter((id) => one.lastOf(id) < (tops.get(id) ?? 0))
        .map((id) => `${one.participantId} has ${one.lastOf(id)} of ${tops.get(id)} of ${id}`),
    )
  await eventually(() => Promise.resolve(missing()), (seen) => seen.length === 0, withinMs) // prettier-ignore
  return performance.now() - began
}

/** What was acknowledged and does not stand where its sender was told. */
function lost(
  acks: { clientId: string; conversationId: string; sequence: number; messageId: string | null }[],
) {
  return cluster.sql.query(
    `select said.* from unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) as said (conversation_id, client_id, sequence, id)
     left join messages m on m.project_id = $1 and m.conversation_id = said.conversation_id and m.sequence = said.sequence
     where m.id is null or m.id <> said.id or m.client_id <> said.client_id`,
    [
      project.id,
      acks.map(({ conversationId }) => conversationId),
      acks.map(({ clientId }) => clientId),
      acks.map(({ sequence }) => sequence),
      acks.map(({ messageId }) => messageId),
    ],
  )
}

function saidTwice() {
  return cluster.sql.query(
    `select client_id, text, count(*) from messages where project_id = $1 group by conversation_id, client_id, text having count(*) > 1`,
    [project.id],
  )
}

const PLACES = `select conversation_id, sequence, 'message ' || id || ' of ' || sender_id as name from messages where project_id = $1
  union all select conversation_id, sequence, kind from conversation_changes where project_id = $1`

function conversations() {
  return cluster.sql.query<{
    id: string
    last: number
    least: number
    most: number
    count: number
    places: number
  }>(
    `select c.id, c.last_sequence as last, min(p.sequence) as least, max(p.sequence) as most, count(*), count(distinct p.sequence) as places
     from conversations c left join (${PLACES}) p on p.conversation_id = c.id where c.project_id = $1 group by c.id, c.last_sequence`,
    [project.id],
  )
}

async function log(): Promise<Map<string, string[]>> {
  const rows = await cluster.sql.query<{ id: string; names: string[] }>(
    `select conversation_id as id, array_agg(name order by sequence) as names from (${PLACES}) p group by conversation_id`,
    [project.id],
  )
  return new Map(rows.map(({ id, names }) => [id, names]))
}
