import type { ChatCrowd, ChatCrowdJob } from './chat-crowd.ts'
import type { ChatServer, Seat } from './chat-link.ts'
import { barePairs, openChatShop, together } from './chat-shop.ts'
import { startBare, startProduct } from './chat-sides.ts'
import { say } from './door.ts'
import { startProcess } from './processes.ts'
import { median, type Row } from './report.ts'
import type { Surroundings } from './surroundings.ts'

const CLIENTS = 2_000
const MISSED = 20
/** A key may call the API 6,000 times a minute. */
const SHOPS = 4
const MOST_ROUNDS = 3

type House = { server: ChatServer; seats: Seat[]; speakers: { seat: Seat; conversationIds: string[] }[] }

/** All come back at the same moment; beside bare ws, which asks nobody for a ticket. */
export async function chatStorm(surroundings: Surroundings, { rounds }: { rounds: number }): Promise<Row> {
  const product = await startProduct(surroundings, 'chat_storm', 0)
  const bare = await startBare(surroundings, 'chat_storm', CLIENTS)
  const crowds = [0, 1].map(() => startProcess<ChatCrowdJob, ChatCrowd>('./chat-crowd.ts'))
  try {
    const houses = [await shops(), bareHouse()]
    for (const [side, { server, seats }] of houses.entries()) {
      await crowds[side]!.ask({ kind: 'sit', server, seats, addresses: [], stalled: null })
      await crowds[side]!.ask({ kind: 'leave' })
    }
    const stormed: { ours: ChatCrowd; baseline: ChatCrowd }[] = []
    for (let round = 1; round <= Math.min(rounds, MOST_ROUNDS); round++) {
      const [ours, baseline] = [await storm(0), await storm(1)]
      say(
        `chat-storm ${round}: ours ${ours.seconds.toFixed(1)} s ${JSON.stringify(ours.closed)} | baseline ${baseline.seconds.toFixed(1)} s`,
      )
      stormed.push({ ours, baseline })
    }
    const of = (what: (crowd: ChatCrowd) => number, side: 'ours' | 'baseline' = 'ours') =>
      median(stormed.map((pair) => what(pair[side])))
    return {
      row: 'chat-storm',
      ours: of(({ seconds }) => seconds),
      baseline: of(({ seconds }) => seconds, 'baseline'),
      unit: 's until all are synced',
      must: { oursAtMost: 10 },
      aim: { oursAtMost: 4 },
      measuredBaseline: undefined,
      note:
        `${CLIENTS} clients with ${MISSED} missed events each; p50 ${of(({ p50Ms }) => p50Ms).toFixed(0)} ms, p99 ${of(({ p99Ms }) => p99Ms).toFixed(0)} ms; ` +
        `sent away ${JSON.stringify(stormed.map(({ ours }) => ours.closed))}; baseline without tickets`,
    }

    async function storm(side: number): Promise<ChatCrowd> {
      const { server, seats, speakers } = houses[side]!
      const crowd = crowds[side]!
      await crowd.ask({ kind: 'fill', server, speakers, each: MISSED })
      const answer = await crowd.ask({ kind: 'storm', server, seats, missed: MISSED })
      await crowd.ask({ kind: 'leave' })
      return answer
    }
  } finally {
    await Promise.all(crowds.map((crowd) => crowd.stop()))
    await product.stop()
    await bare.stop()
  }

  async function shops(): Promise<House> {
    const all = await together(SHOPS, async () => {
      const shop = await openChatShop(product.api, product.database)
      const desk = await shop.bot('Desk')
      const people = await shop.customers(CLIENTS / SHOPS)
      const conversationIds = await together(people.length, (one) => shop.conversation([people[one]!, desk]))
      return {
        seats: people.map((one, index) => shop.seat(one, conversationIds[index]!)),
        speaker: { seat: shop.seat(desk, conversationIds[0]!), conversationIds },
      }
    })
    return {
      server: product.chat,
      seats: all.flatMap(({ seats }) => seats),
      speakers: all.map(({ speaker }) => speaker),
    }
  }

  function bareHouse(): House {
    const pairs = barePairs(CLIENTS)
    const conversationIds = pairs.map(({ reader }) => reader.conversationId)
    return {
      server: bare.chat,
      seats: pairs.map(({ reader }) => reader),
      speakers: [{ seat: pairs[0]!.sender, conversationIds }],
    }
  }
}
