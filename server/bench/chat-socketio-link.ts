import { once } from 'node:events'
import { io, type Socket } from 'socket.io-client'
import { textOf, type ChatEar, type ChatLink, type ChatServer, type Pair, type Seat } from './chat-link.ts' // prettier-ignore
import { RECEIPT_EVERY_MS } from './chat-receipts.ts'

/** Both ends of a conversation as its documentation shows them: an event with a callback, an event to the room. */
export async function openSocketIoLink(
  server: ChatServer,
  { sender, reader }: Pair,
  ear: ChatEar,
): Promise<ChatLink> {
  const [speaking, reading] = await Promise.all([join(sender), join(reader)])
  let receipt: NodeJS.Timeout | undefined
  let top = 0
  reading.on('message', ({ id, index }: { id: number; index: number }) => {
    if (id > top) top = id
    ear.delivered(index)
    receipt ??= setTimeout(() => {
      receipt = undefined
      reading.emit('received', { id: top })
    }, RECEIPT_EVERY_MS)
  })

  async function join({ conversationId }: Seat): Promise<Socket> {
    const socket = io(`http://127.0.0.1:${server.port}`, {
      transports: ['websocket'],
      forceNew: true,
      auth: { conversationId },
    })
    await once(socket as unknown as NodeJS.EventEmitter, 'connect')
    return socket
  }

  return {
    send: (index) =>
      speaking.emit('send', { index, text: textOf(index, server.textBytes) }, () => ear.acked(index)),
    hasRoom: () => speaking.connected,
    leave() {
      clearTimeout(receipt)
      speaking.disconnect()
      reading.disconnect()
    },
  }
}
