import { setTimeout as delay } from 'node:timers/promises'
import { FULL_BYTES, textOf, type ChatEar, type ChatLink, type ChatServer, type Pair, type Seat } from './chat-link.ts' // prettier-ignore
import { receipts } from './chat-receipts.ts'
import { ChatClosed, openChatSocket, type ChatSocket, type ServerFrame } from './chat-socket.ts'
import { ticketOf } from './chat-ticket.ts'

const AGAIN_MS = 500
/** Apart from those of messages. */
const SYNC_IDS = 1e12

/** Both ends of a conversation over the product's frames; an end that was closed comes back, as its client would. */
export async function openFramesLink(
  server: ChatServer,
  { sender, reader }: Pair,
  ear: ChatEar,
): Promise<ChatLink> {
  const { conversationId } = sender
  const run = `run-${Date.now().toString(36)}-`
  let left = false

  const speaking = await keepOpen(sender, (frame) => {
    if (frame.type === 'ack') ear.acked(frame.id)
    else if (frame.type === 'error' && frame.id !== null) ear.refused(frame.id, frame.code)
    else if (frame.type === 'error' || frame.type === 'notice') ear.noticed(frame.code)
  })
  const reading = await keepOpen(reader, (frame) => {
    const events = frame.type === 'events' ? frame.events : frame.type === 'synced' ? frame.sync.events : []
    for (const event of events) {
      if (event.kind !== 'message') continue
      const { clientId } = event.message
      if (clientId.startsWith(run)) ear.delivered(Number(clientId.slice(run.length)))
    }
  })

  async function keepOpen(seat: Seat, onFrame: (frame: ServerFrame) => void) {
    let position: { epoch: number; sequence: number } | undefined
    /** When it last came. */
    let had = 0
    let syncs = 0
    const given = receipts()
    let socket = await open()

    function hear(frame: ServerFrame, send: ChatSocket['send']): void {
      if (frame.type === 'events') for (const { sequence } of frame.events) moveTo(sequence)
      if (frame.type === 'synced') {
        const { top, limited, previous } = frame.sync
        moveTo(top)
        // The older ones, for which there was no room.
        if (limited && previous !== null)
          send({ type: 'sync', id: SYNC_IDS + ++syncs, conversationId, after: had, upTo: previous })
      }
      given.hear(frame, send)
      onFrame(frame)
    }
    function moveTo(sequence: number): void {
      if (position !== undefined && sequence > position.sequence) position = { ...position, sequence }
    }
    async function open(): Promise<ChatSocket> {
      const ticket = await ticketOf(server.apiPort, seat)
      had = position?.sequence ?? 0
      const opened = await openChatSocket({
        port: server.port,
        hello: {
          ticket,
          ...(position === undefined ? {} : { positions: [{ conversationId, ...position }] }),
        },
        onFrame: hear,
        onClosed: (closed) => {
          if (left) return
          ear.noticed(`closed ${closed.code}`)
          void again(closed.afterMs)
        },
      })
      const known = opened.welcome.conversations.find((one) => one.conversationId === conversationId)
      position ??= { epoch: known?.epoch ?? 1, sequence: known?.sequence ?? 0 }
      return opened
    }
    async function again(afterMs: number | null): Promise<void> {
      if (afterMs === null || left) return
      await delay(afterMs + Math.random() * AGAIN_MS)
      await open().then(
        (opened) => (socket = opened),
        (error: unknown) => again(error instanceof ChatClosed ? error.afterMs : 0),
      )
    }
    return {
      current: () => socket,
      leave() {
        given.stop()
        socket.drop()
      },
    }
  }

  return {
    send: (index) =>
      speaking.current().send({
        type: 'send',
        id: index,
        clientId: `${run}${index}`,
        conversationId,
        text: textOf(index, server.textBytes),
      }),
    hasRoom: () => speaking.current().isOpen() && speaking.current().pending() < FULL_BYTES,
    leave() {
      left = true
      speaking.leave()
      reading.leave()
    },
  }
}
