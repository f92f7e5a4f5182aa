import type { components } from '@tapline/openapi'
import { WebSocket } from 'ws'

type Schemas = components['schemas']
export type ClientFrame = Schemas['ClientFrame']
export type ServerFrame = Schemas['ServerFrame']

export type ChatSocket = {
  welcome: Schemas['WelcomeFrame']
  send: (frame: ClientFrame) => void
  /** Bytes that the system has not taken from us yet. */
  pending: () => number
  isOpen: () => boolean
  /** Reads nothing from now on, and does not say so. */
  stall: () => void
  readOn: () => void
  /** Without a word, as a lost connection ends. */
  drop: () => void
}

type Opening = {
  port: number
  hello: Omit<Schemas['HelloFrame'], 'type' | 'version'>
  localAddress?: string
  /** Pings are answered already. Some may come together with the welcome, before the promise is kept: `send` is there by then. */
  onFrame: (frame: ServerFrame, send: ChatSocket['send']) => void
  onClosed: (closed: ChatClosed) => void
}

/** The connection ended; `afterMs` is how long the server wants it to stay so, null where it may not come back. */
export class ChatClosed extends Error {
  readonly code: number
  readonly afterMs: number | null

  constructor(code: number, reason: string) {
    super(`The socket was closed with ${code} ${reason}`)
    this.code = code
    this.afterMs = code >= 4500 ? null : afterMsOf(reason)
  }
}

const WELCOME_MS = 20_000

/** A connection that has said hello and was welcomed. Rejects with `ChatClosed` when it was not. */
export function openChatSocket({
  port,
  hello,
  localAddress,
  onFrame,
  onClosed,
}: Opening): Promise<ChatSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/socket`, {
    perMessageDeflate: false,
    skipUTF8Validation: true,
    ...(localAddress === undefined ? {} : { localAddress }),
  })
  const send = (frame: ClientFrame) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
  }
  return new Promise((resolve, reject) => {
    let welcomed = false
    const patience = setTimeout(() => socket.terminate(), WELCOME_MS)
    socket.on('open', () => send({ type: 'hello', version: 1, ...hello }))
    socket.on('error', () => undefined)
    socket.on('close', (code, reason) => {
      clearTimeout(patience)
      const closed = new ChatClosed(code, reason.toString())
      if (welcomed) onClosed(closed)
      else reject(closed)
    })
    socket.on('message', (data: Buffer) => {
      const said = JSON.parse(data.toString()) as ServerFrame | ServerFrame[]
      for (const frame of Array.isArray(said) ? said : [said]) {
        if (frame.type === 'ping') send({ type: 'pong', id: frame.id })
        if (frame.type === 'welcome') {
          welcomed = true
          clearTimeout(patience)
          resolve({
            welcome: frame,
            send,
            pending: () => socket.bufferedAmount,
            isOpen: () => socket.readyState === WebSocket.OPEN,
            stall: () => socket.pause(),
            readOn: () => socket.resume(),
            drop: () => socket.terminate(),
          })
        }
        onFrame(frame, send)
      }
    })
  })
}

function afterMsOf(reason: string): number {
  try {
    return (JSON.parse(reason) as { afterMs?: number }).afterMs ?? 0
  } catch {
    return 0
  }
}
