import { setTimeout as delay } from 'node:timers/promises'
import type { ChatCrowd, ChatCrowdJob } from './chat-crowd.ts'
import { startBare, startProduct, type ChatSide } from './chat-sides.ts'
import { openChatShop, together } from './chat-shop.ts'
import type { Seat } from './chat-link.ts'
import { say } from './door.ts'
import { startProcess } from './processes.ts'
import type { Row } from './report.ts'
import type { Surroundings } from './surroundings.ts'

const SOCKETS = 10_000
/** A key may call the API 6,000 times a minute. */
const SHOPS = 4
const IN_ONE_CONVERSATION = 50
/** Of the loopback network, so that no address has more connections than it has ports. */
const ADDRESSES = Array.from({ length: 10 }, (_, index) => `127.0.0.${index + 1}`)
const IDLE_MS = 30_000

export async function chatIdle(surroundings: Surroundings): Promise<Row> {
  const product = await startProduct(surroundings, 'chat_idle', 0)
  const bare = await startBare(surroundings, 'chat_idle', 0)
  try {
    const seats = (await together(SHOPS, () => takers())).flat()
    const ours = await filled(product, seats)
    const baseline = await filled(
      bare,
      seats.map((_one, index) => ({
        participantId: 'idle',
        conversationId: String(index + 1),
        secretKey: null,
      })),
    )
    say(`chat-idle: ours ${ours.toFixed(0)} MB | baseline ${baseline.toFixed(0)} MB`)
    return {
      row: 'chat-idle',
      ours,
      baseline,
      unit: 'MB',
      must: { oursAtMost: 300 },
      aim: { oursAtMost: 180 },
      measuredBaseline: undefined,
      note: `${SOCKETS} sockets of participants of ${SHOPS} shops, ${IN_ONE_CONVERSATION} in each conversation, after ${IDLE_MS / 1_000} s without a word`,
    }
  } finally {
    await product.stop()
    await bare.stop()
  }

  async function takers(): Promise<Seat[]> {
    const shop = await openChatShop(product.api, product.database)
    const people = await shop.customers(SOCKETS / SHOPS)
    const rooms = await together(people.length / IN_ONE_CONVERSATION, (room) =>
      shop.conversation(people.slice(room * IN_ONE_CONVERSATION, (room + 1) * IN_ONE_CONVERSATION)),
    )
    return people.map((one, index) => shop.seat(one, rooms[Math.floor(index / IN_ONE_CONVERSATION)]!))
  }
}

async function filled({ chat, process }: ChatSide, seats: Seat[]): Promise<number> {
  const crowd = startProcess<ChatCrowdJob, ChatCrowd>('./chat-crowd.ts')
  try {
    await crowd.ask({ kind: 'sit', server: chat, seats, addresses: ADDRESSES, stalled: null })
    await delay(IDLE_MS)
    const resident = process.residentMb()
    const { closed } = await crowd.ask({ kind: 'leave' })
    if (Object.keys(closed).length > 0) throw new Error(`Idle sockets were closed: ${JSON.stringify(closed)}`)
    return resident
  } finally {
    await crowd.stop()
  }
}
