import type { ChatSocket, ServerFrame } from './chat-socket.ts'

/** Receipts are cumulative; the contract asks for at most four a second. */
export const RECEIPT_EVERY_MS = 250

/** Says of all events that come how far they are here: on every connection, or the server sends them again. */
export function receipts() {
  const tops = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  return {
    hear(frame: ServerFrame, send: ChatSocket['send']): void {
      const events = frame.type === 'events' ? frame.events : frame.type === 'synced' ? frame.sync.events : []
      for (const { conversationId, sequence } of events)
        if (sequence > (tops.get(conversationId) ?? 0)) tops.set(conversationId, sequence)
      if (tops.size === 0) return
      timer ??= setTimeout(() => {
        timer = undefined
        for (const [conversationId, sequence] of tops) send({ type: 'received', conversationId, sequence })
        tops.clear()
      }, RECEIPT_EVERY_MS)
    },
    stop: () => clearTimeout(timer),
  }
}
