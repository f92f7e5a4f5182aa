import { setTimeout as delay } from 'node:timers/promises'
import { textOf, type ChatServer, type Seat } from './chat-link.ts'
import { receipts } from './chat-receipts.ts'
import { ChatClosed, openChatSocket, type ChatSocket, type ServerFrame } from './chat-socket.ts'
import { ticketOf } from './chat-ticket.ts'
import { answerJobs } from './processes.ts'

export type ChatCrowdJob =
  /** Takes the seats and stays, reading or not; who does not read comes anew every `renewMs`, as somebody with a bad line would. */
  | {
      kind: 'sit'
      server: ChatServer
      seats: Seat[]
      addresses: string[]
      stalled: { renewMs: number } | null
    }
  /** Each speaker so many messages into each of its conversations. */
  | { kind: 'fill'; server: ChatServer; speakers: { seat: Seat; conversationIds: string[] }[]; each: number }
  /** Those who sat and left come back, all at once, each with a new ticket, and want what they missed. */
  | { kind: 'storm'; server: ChatServer; seats: Seat[]; missed: number }
  | { kind: 'leave' }

export type ChatCrowd = {
  seconds: number
  p50Ms: number
  p99Ms: number
  /** Connections that were ended by the server, by code. */
  closed: Record<string, number>
}

const JOINING_AT_ONCE = 50
const IN_FLIGHT = 200
const SPREAD_MS = 500
const WATCHED_MS = 500
const PATIENCE_MS = 60_000

const open = new Set<ChatSocket>()
/** By conversation and participant: where each one is. */
const positions = new Map<string, { epoch: number; sequence: number }>()
let closed: Record<string, number> = {}
let present = 0

answerJobs<ChatCrowdJob, ChatCrowd>(async (job) => {
  const began = performance.now()
  const latencies = await work(job)
  const sorted = [...latencies].sort((left, right) => left - right)
  const answer = {
    seconds: (performance.now() - began) / 1_000,
    p50Ms: sorted[Math.floor(sorted.length / 2)] ?? 0,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    closed,
  }
  closed = {}
  return answer
})

async function work(job: ChatCrowdJob): Promise<number[]> {
  if (job.kind === 'sit') return sit(job)
  if (job.kind === 'fill') return fill(job)
  if (job.kind === 'storm') return Promise.all(job.seats.map((seat) => catchUp(job.server, seat, job.missed)))
  present++
  const leaving = [...open]
  open.clear()
  for (const socket of leaving) socket.drop()
  return []
}

async function sit({
  server,
  seats,
  addresses,
  stalled,
}: Extract<ChatCrowdJob, { kind: 'sit' }>): Promise<number[]> {
  const visit = ++present
  for (let from = 0; from < seats.length; from += JOINING_AT_ONCE) {
    const some = seats.slice(from, from + JOINING_AT_ONCE)
    await Promise.all(some.map((seat, at) => take(seat, addresses[(from + at) % addresses.length])))
  }
  return []

  async function take(seat: Seat, localAddress: string | undefined): Promise<void> {
    const socket = await enter(server, seat, () => undefined, localAddress)
    note(seat, socket)
    if (stalled === null) return
    socket.stall()
    setTimeout(() => void renew(seat, socket, localAddress), stalled.renewMs)
  }

  async function renew(seat: Seat, socket: ChatSocket, localAddress: string | undefined): Promise<void> {
    if (visit !== present) return
    // Only who reads learns that it was cut.
    socket.readOn()
    await delay(WATCHED_MS)
    open.delete(socket)
    socket.drop()
    if (visit === present) await take(seat, localAddress)
  }
}

function note(seat: Seat, { welcome }: ChatSocket): void {
  const known = welcome.conversations.find(({ conversationId }) => conversationId === seat.conversationId)
  positions.set(keyOf(seat), known ?? positions.get(keyOf(seat)) ?? { epoch: 1, sequence: 0 })
}

async function fill({ server, speakers, each }: Extract<ChatCrowdJob, { kind: 'fill' }>): Promise<number[]> {
  await Promise.all(
    speakers.map(async ({ seat, conversationIds }) => {
      const total = conversationIds.length * each
      const run = `fill-${Date.now().toString(36)}-`
      let sent = 0
      let acked = 0
      const next = (socket: ChatSocket) => {
        if (sent === total) return
        const conversationId = conversationIds[sent % conversationIds.length]!
        const id = ++sent
        socket.send({
          type: 'send',
          id,
          clientId: `${run}${id}`,
          conversationId,
          text: textOf(id, server.textBytes),
        })
      }
      const socket = await enter(server, seat, (frame) => {
        if (frame.type === 'error') throw new Error(`A message was refused: ${JSON.stringify(frame)}`)
        if (frame.type !== 'ack') return
        acked++
        next(socket)
      })
      for (let at = 0; at < IN_FLIGHT; at++) next(socket)
      const until = Date.now() + PATIENCE_MS
      while (acked < total) {
        if (Date.now() > until) throw new Error(`${acked} of ${total} messages were acknowledged in time`)
        await delay(5)
      }
      open.delete(socket)
      socket.drop()
    }),
  )
  return []
}

/** From the wish for a ticket to the last missed event, without a gap. */
async function catchUp(server: ChatServer, seat: Seat, missed: number): Promise<number> {
  const began = performance.now()
  const position = positions.get(keyOf(seat))!
  const goal = position.sequence + missed
  const { conversationId } = seat
  await new Promise<void>((resolve, reject) => {
    setTimeout(
      () => reject(new Error(`${conversationId} is at ${position.sequence} of ${goal}`)),
      PATIENCE_MS,
    ).unref()
    const hear = (frame: ServerFrame) => {
      const events = frame.type === 'synced' ? frame.sync.events : frame.type === 'events' ? frame.events : []
      for (const { sequence } of events) {
        if (sequence > position.sequence + 1)
          reject(new Error(`${conversationId} has a gap before ${sequence}`))
        if (sequence === position.sequence + 1) position.sequence = sequence
      }
      if (position.sequence === goal) resolve()
    }
    enter(server, seat, hear, undefined, true).catch(reject)
  })
  return performance.now() - began
}

/** Whoever is sent away comes again when it may. */
async function enter(
  server: ChatServer,
  seat: Seat,
  onFrame: (frame: ServerFrame) => void,
  localAddress?: string,
  resume = false,
): Promise<ChatSocket> {
  for (;;) {
    const { epoch, sequence } = positions.get(keyOf(seat)) ?? { epoch: 1, sequence: 0 }
    try {
      const given = receipts()
      const socket: ChatSocket = await openChatSocket({
        port: server.port,
        hello: {
          ticket: await ticketOf(server.apiPort, seat),
          ...(resume ? { positions: [{ conversationId: seat.conversationId, epoch, sequence }] } : {}),
        },
        ...(localAddress === undefined ? {} : { localAddress }),
        onFrame: (frame, send) => {
          given.hear(frame, send)
          onFrame(frame)
        },
        onClosed: (ended) => {
          given.stop()
          // What we leave ourselves is not there any more.
          if (open.delete(socket)) count(ended)
        },
      })
      open.add(socket)
      return socket
    } catch (error) {
      if (!(error instanceof ChatClosed) || error.afterMs === null) throw error
      count(error)
      await delay(error.afterMs + Math.random() * SPREAD_MS)
    }
  }
}

function count({ code }: ChatClosed): void {
  closed[code] = (closed[code] ?? 0) + 1
}

function keyOf({ conversationId, participantId }: Seat): string {
  return `${conversationId}/${participantId}`
}
