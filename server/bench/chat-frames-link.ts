import { setTimeout as delay } from 'node:timers/promises'
import { FULL_BYTES, RECEIPT_EVERY_MS, textOf, type ChatEar, type ChatLink, type ChatServer, type Pair, type Seat } from './chat-link.ts' // prettier-ignore
import { openChatSocket, type ChatClosed, type ChatSocket, type ServerFrame } from './chat-socket.ts'
import { ticketOf } from './chat-ticket.ts'

const AGAIN_MS = 500

/** Both ends of a conversation over the product's frames; an end that was closed comes back, as its client would. */
export async function openFramesLink(
  server: ChatServer,
  { sender, reader }: Pair,
  ear: ChatEar,
): Promise<ChatLink> {
  const { conversationId } = sender
  const run = `run-${Date.now().toString(36)}-`
  let left = false
  let top = 0
  let receipt: NodeJS.Timeout | undefined

  const speaking = await keepOpen(sender, (frame) => {
    if (frame.type === 'ack') ear.acked(frame.id)
    else if (frame.type === 'error' && frame.id !== null) ear.refused(frame.id, frame.code)
    else if (frame.type === 'error' || frame.type === 'notice') ear.noticed(frame.code)
  })
  const reading = await keepOpen(reader, (frame) => {
    if (frame.type !== 'events') return
    for (const event of frame.events) {
      if (event.sequence > top) top = event.sequence
      if (event.kind !== 'message') continue
      const { clientId } = event.message
      if (clientId.startsWith(run)) ear.delivered(Number(clientId.slice(run.length)))
    }
    receipt ??= setTimeout(() => {
      receipt = undefined
      reading.current().send({ type: 'received', conversationId, sequence: top })
    }, RECEIPT_EVERY_MS)
  })

  async function keepOpen(seat: Seat, onFrame: (frame: ServerFrame) => void) {
    let socket = await open()
    async function open(): Promise<ChatSocket> {
      return openChatSocket({
        port: server.port,
        hello: { ticket: await ticketOf(server.apiPort, seat) },
        onFrame,
        onClosed: (closed) => {
          if (left) return
          ear.noticed(`closed ${closed.code}`)
          void again(closed.afterMs)
        },
      })
    }
    async function again(afterMs: number | null): Promise<void> {
      if (afterMs === null || left) return
      await delay(afterMs + Math.random() * AGAIN_MS)
      await open().then(
        (opened) => (socket = opened),
        (closed: ChatClosed) => again(closed.afterMs ?? null),
      )
    }
    return { current: () => socket }
  }

  return {
    send: (index) =>
      speaking
        .current()
        .send({
          type: 'send',
          id: index,
          clientId: `${run}${index}`,
          conversationId,
          text: textOf(index, server.textBytes),
        }),
    hasRoom: () => speaking.current().isOpen() && speaking.current().pending() < FULL_BYTES,
    leave() {
      left = true
      clearTimeout(receipt)
      speaking.current().drop()
      reading.current().drop()
    },
  }
}
