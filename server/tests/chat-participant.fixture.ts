import { setTimeout as delay } from 'node:timers/promises'
import type { components } from '@tapline/openapi'
import { openChatSocket, type ChatSocket, type ServerFrame } from '../bench/chat-socket.ts'
import { ticketOf } from '../bench/chat-ticket.ts'
import type { Random } from './random.fixture.ts'

type Schemas = components['schemas']
type Event = Schemas['ConversationEvent']
export type Ack = { conversationId: string; clientId: string; sequence: number; messageId: string | null }
export type ChatParticipant = ReturnType<typeof chatParticipant>

type Said = { id: number; conversationId: string; clientId: string; text: string; sentAt: number }
type Log = {
  epoch: number
  events: Map<number, Event>
  /** Up to here without a gap. */
  last: number
  /** So much is known to be. */
  top: number
  received: number
  asked: boolean
}

type Settings = {
  participantId: string
  conversationIds: string[]
  secretKey: string
  /** Where tickets are had, and where there are sockets. */
  ports: number[]
  random: Random
}

const SYNC_LIMIT = 200
const RECEIPT_EVERY_MS = 250
const UNHEARD_MS = 5_000
const AGAIN_MS = 300
const PAUSE_MS = 50

/** Somebody who keeps what was said to the contract's letter: says it again until it is acknowledged, asks for what is missing, and complains of what may not be. */
export function chatParticipant({ participantId, conversationIds, secretKey, ports, random }: Settings) {
  const logs = new Map<string, Log>(
    conversationIds.map((id) => [
      id,
      { epoch: 1, events: new Map(), last: 0, top: 0, received: 0, asked: false },
    ]),
  )
  const unacked = new Map<number, Said>()
  const acks = new Map<string, Ack>()
  const complaints: string[] = []
  const places = new Map<string, number>()
  let nextId = 0
  let socket: ChatSocket | undefined
  let stopped = false
  let connections = 0
  let port = 0

  const complain = (what: string) => complaints.push(`${participantId}: ${what}`)
  const say = (said: Said) => {
    said.sentAt = Date.now()
    const { id, conversationId, clientId, text } = said
    socket?.send({ type: 'send', id, conversationId, clientId, text })
  }

  function hear(frame: ServerFrame): void {
    if (frame.type === 'ack') return acked(frame)
    if (frame.type === 'error') return refused(frame)
    if (frame.type === 'events') for (const event of frame.events) take(event)
    if (frame.type === 'ping')
      for (const { conversationId, sequence } of frame.tops)
        if (sequence > (logs.get(conversationId)?.last ?? sequence)) ask(conversationId)
    if (frame.type === 'synced') {
      const { conversationId, events, epoch } = frame.sync
      const log = logs.get(conversationId)!
      if (log.epoch !== epoch && log.last > 0)
        complain(`${conversationId} went from epoch ${log.epoch} to ${epoch}`)
      log.asked = false
      for (const event of events) take(event)
      log.top = Math.max(log.top, frame.sync.top)
      if (log.top > log.last) ask(conversationId)
    }
  }

  function acked({ id, conversationId, sequence, messageId }: Schemas['AckFrame']): void {
    const said = unacked.get(id)
    if (said === undefined) return
    unacked.delete(id)
    if (sequence === null || conversationId !== said.conversationId)
      return void complain(`${said.clientId} was acknowledged as ${conversationId} ${sequence}`)
    acks.set(said.clientId, { conversationId, clientId: said.clientId, sequence, messageId })
  }

  function refused({ id, code, temporary, retryAfterMs }: Schemas['ErrorFrame']): void {
    if (!temporary) complain(`refused for ever: ${code}`)
    const said = id === null ? undefined : unacked.get(id)
    if (said === undefined) {
      for (const log of logs.values()) log.asked = false
      return
    }
    setTimeout(() => unacked.has(said.id) && say(said), retryAfterMs ?? AGAIN_MS)
  }

  function take(event: Event): void {
    const { conversationId, sequence } = event
    const log = logs.get(conversationId)
    if (log === undefined) return void complain(`was told of ${conversationId}`)
    const known = log.events.get(sequence)
    if (known !== undefined) {
      if (nameOf(known) !== nameOf(event))
        complain(`${conversationId} ${sequence} was ${nameOf(known)}, then ${nameOf(event)}`)
      return
    }
    log.events.set(sequence, event)
    if (event.kind === 'message') {
      const name = `${conversationId} ${event.participantId} ${event.message.clientId}`
      if (places.has(name)) complain(`${name} stands at ${places.get(name)} and at ${sequence}`)
      places.set(name, sequence)
    }
    while (log.events.has(log.last + 1)) log.last++
    log.top = Math.max(log.top, sequence)
    if (log.top > log.last) ask(conversationId)
  }

  /** For the first gap. */
  function ask(conversationId: string): void {
    const log = logs.get(conversationId)!
    if (log.asked || socket === undefined) return
    log.asked = true
    let upTo = Infinity
    for (const sequence of log.events.keys()) if (sequence > log.last && sequence <= upTo) upTo = sequence - 1
    socket.send({
      type: 'sync',
      id: ++nextId,
      conversationId,
      after: log.last,
      limit: SYNC_LIMIT,
      ...(upTo === Infinity ? {} : { upTo }),
    })
  }

  const receipts = setInterval(() => {
    if (socket === undefined) return
    for (const [conversationId, log] of logs) {
      if (log.last > log.received) socket.send({ type: 'received', conversationId, sequence: log.last })
      log.received = log.last
    }
    for (const said of unacked.values()) if (Date.now() - said.sentAt > UNHEARD_MS) say(said)
  }, RECEIPT_EVERY_MS)

  const running = (async () => {
    while (!stopped) {
      await connectOnce().catch(() => undefined)
      socket = undefined
      if (!stopped) await delay(PAUSE_MS + random.below(AGAIN_MS))
    }
  })()

  /** Ends when the connection does. */
  async function connectOnce(): Promise<void> {
    const seat = { participantId, conversationId: '', secretKey }
    const ticket = await ticketOf(random.pick(ports), seat)
    port = random.pick(ports)
    const positions = [...logs].map(([conversationId, { epoch, last }]) => ({
      conversationId,
      epoch,
      sequence: last,
    }))
    await new Promise<void>((resolve, reject) => {
      openChatSocket({
        port,
        hello: { ticket, device: participantId, positions },
        onFrame: hear,
        onClosed: () => resolve(),
      }).then((opened) => {
        if (stopped) return opened.drop()
        connections++
        socket = opened
        for (const log of logs.values()) log.asked = false
        for (const { conversationId, epoch, sequence } of opened.welcome.conversations) {
          const log = logs.get(conversationId)
          if (log === undefined) continue
          if (log.last === 0) log.epoch = epoch
          const had = positions.find((one) => one.conversationId === conversationId)!.sequence
          if (sequence < had) complain(`${conversationId} went back from ${had} to ${sequence}`)
        }
        for (const [conversationId, log] of logs) if (log.top > log.last) ask(conversationId)
        for (const said of unacked.values()) say(said)
      }, reject)
    })
  }

  return {
    participantId,
    conversationIds,
    complaints,
    acks,
    say(conversationId: string, text: string): void {
      const id = ++nextId
      const said = { id, conversationId, clientId: `${participantId}-${id}`, text, sentAt: 0 }
      unacked.set(id, said)
      say(said)
    },
    waiting: () => unacked.size,
    isConnected: () => socket?.isOpen() === true,
    connections: () => connections,
    /** Of the gateway that it is, or was last, connected to. */
    port: () => port,
    /** Its line breaks. */
    drop: () => socket?.drop(),
    lastOf: (conversationId: string) => logs.get(conversationId)!.last,
    /** All that it has of it, in sequence. */
    eventsOf: (conversationId: string) => [...logs.get(conversationId)!.events].sort(([left], [right]) => left - right).map(([, event]) => event), // prettier-ignore
    async stop(): Promise<void> {
      stopped = true
      clearInterval(receipts)
      socket?.drop()
      await running
    },
  }
}

/** What stays the same of an event, whatever became of its message. */
export function nameOf(event: Event): string {
  return event.kind === 'message' ? `message ${event.message.id} of ${event.participantId}` : event.kind
}
