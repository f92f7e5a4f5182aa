import type { ChatCrowd, ChatCrowdJob } from './chat-crowd.ts'
import type { Pair, Seat } from './chat-link.ts'
import type { ChatLoadJob } from './chat-load.ts'
import { watchMemory } from './chat-memory-watch.ts'
import { openChatShop, together } from './chat-shop.ts'
import { seatLoad, startProduct, whole, type Played } from './chat-sides.ts'
import { say } from './door.ts'
import { startProcess } from './processes.ts'
import type { Row } from './report.ts'
import type { Surroundings } from './surroundings.ts'

const CONVERSATIONS = 10
const STALLED = 50
const OFFERED = 2_000
const READING_SECONDS = 15
/** Long ones: the system itself keeps some megabytes for who does not read. */
const TEXT_BYTES = 2_000
const RENEW_MS = 20_000
const FLAT_WITHIN = 1.1
const NOISE_MB = 10

/** Fifty who joined busy conversations and never read; before that, the same fifty reading. */
export async function chatMemory(surroundings: Surroundings, { seconds }: { seconds: number }): Promise<Row> {
  const product = await startProduct(surroundings, 'chat_memory', 0)
  const crowd = startProcess<ChatCrowdJob, ChatCrowd>('./chat-crowd.ts')
  const { pairs, seats } = await busy()
  const chat = { ...product.chat, textBytes: TEXT_BYTES }
  const load = await seatLoad({ ...product, chat, pairs })
  const flow = (length: number): ChatLoadJob => ({
    kind: 'open',
    phases: [{ perSecond: OFFERED, seconds: length }],
  })

  async function busy(): Promise<{ pairs: Pair[]; seats: Seat[] }> {
    const shop = await openChatShop(product.api, product.database)
    const people = await shop.customers(CONVERSATIONS * 2 + STALLED)
    const listeners = people.slice(CONVERSATIONS * 2)
    const rooms = await together(CONVERSATIONS, async (room) => {
      const [sender, reader] = [people[room * 2]!, people[room * 2 + 1]!]
      const others = listeners.filter((_one, index) => index % CONVERSATIONS === room)
      const id = await shop.conversation([sender, reader, ...others])
      return {
        pair: { sender: shop.seat(sender, id), reader: shop.seat(reader, id) },
        seats: others.map((one) => shop.seat(one, id)),
      }
    })
    return { pairs: rooms.map(({ pair }) => pair), seats: rooms.flatMap((room) => room.seats) }
  }

  async function sitAndFlow(stalled: { renewMs: number } | null, length: number) {
    await crowd.ask({ kind: 'sit', server: chat, seats, addresses: [], stalled })
    const memory = watchMemory(product.process)
    const [run] = (await load.play(flow(length))) as [Played]
    const { mostMb, quartersMb } = memory.stop()
    const { closed } = await crowd.ask({ kind: 'leave' })
    const told = quartersMb.map((mb) => mb.toFixed(0)).join(', ')
    say(
      `chat-memory: ${stalled === null ? 'reading' : 'stalled'}, at most ${mostMb.toFixed(0)} MB (${told}), delivery p99 ${run.delivery.p99Ms.toFixed(0)} ms`,
    )
    return { mostMb, quartersMb, told, closed, run: whole(run) }
  }

  try {
    const reading = await sitAndFlow(null, READING_SECONDS)
    const stalled = await sitAndFlow({ renewMs: RENEW_MS }, seconds)
    await load.countStored()
    const [third, last] = stalled.quartersMb.slice(2) as [number, number]
    return {
      row: 'chat-memory',
      ours: stalled.mostMb,
      baseline: reading.mostMb,
      unit: 'MB',
      must: { oursAtMost: 400 },
      aim: { oursAtMost: 250 },
      measuredBaseline: undefined,
      note: [
        ...(last > third * FLAT_WITHIN + NOISE_MB ? ['**not flat**'] : []),
        `${STALLED} stalled readers, ${OFFERED} msg/s of ${TEXT_BYTES} bytes, ${seconds} s in quarters ${stalled.told} MB; baseline: the same who read`,
        `cut ${JSON.stringify(stalled.closed)}`,
        `delivery to those who read p99 ${stalled.run.delivery.p99Ms.toFixed(1)}, before ${reading.run.delivery.p99Ms.toFixed(1)} ms`,
      ].join('; '),
    }
  } finally {
    await load.stop().catch(() => undefined)
    await crowd.stop()
    await product.stop()
  }
}
