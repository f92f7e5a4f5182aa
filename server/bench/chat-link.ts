/** One conversation as the load sees it: a sender and a reader, whatever they speak. */
export type ChatLink = {
  send: (index: number) => void
  /** It would take another message now; a patient client holds back while its connection is full or gone. */
  hasRoom: () => boolean
  leave: () => void
}

export type ChatEar = {
  acked: (index: number) => void
  refused: (index: number, code: string) => void
  /** At the reader, maybe again. */
  delivered: (index: number) => void
  noticed: (what: string) => void
}

/** Who sits where. A secret key opens tickets of the product's API; without one the seat is its own ticket. */
export type Seat = { participantId: string; conversationId: string; secretKey: string | null }
export type Pair = { sender: Seat; reader: Seat }
export type ChatServer = { speaks: 'frames' | 'socket.io'; port: number; apiPort: number; textBytes: number }

export const FULL_BYTES = 262_144

const TEXT =
  'Good afternoon! Has my parcel left the warehouse yet, and may the courier call me before he comes? '

export const USUAL_BYTES = 160

/** No two alike. */
export function textOf(index: number, bytes: number): string {
  return `${String(index).padStart(8, '0')} ${TEXT.repeat(Math.ceil(bytes / TEXT.length))}`.slice(0, bytes)
}
