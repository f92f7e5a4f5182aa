import { ChatError, disconnected, unreachable } from './chat-error.ts'
import { createRequests } from './requests.ts'
import type {
  ClientFrame,
  LooseFrame,
  Position,
  ReplyFrame,
  RequestFrame,
  ServerFrame,
  WelcomeFrame,
} from './contract.ts'

/** What is used of a WebSocket: that of the platform, and that of the package `ws`. */
export interface WebSocketLike {
  readyState: number
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  send(data: string): void
  close(): void
}

/** The class `WebSocket`. */
export type WebSocketClass = new (url: string) => WebSocketLike

/**
 * * `idle`: not asked to connect
 * * `connecting`
 * * `online`
 * * `waiting`: the connection broke or was refused for now; it is tried again by itself
 * * `stopped`: refused for good; see the error
 */
export type ChatStatus = 'idle' | 'connecting' | 'online' | 'waiting' | 'stopped'

export interface StatusEvent {
  status: ChatStatus
  /** Why it waits or stopped, where that is known. */
  error?: ChatError | undefined
  /** In how many milliseconds it is tried again. */
  retryInMs?: number | undefined
}

/** Waits between attempts: by chance between nothing and `baseMs`, doubled with each attempt up to `capMs`. */
export interface Backoff {
  baseMs: number
  capMs: number
}

interface Needs {
  webSocket: WebSocketClass
  /** With `anew`, the last one was refused. */
  ticket: (anew: boolean) => Promise<{ ticket: string; url: string }>
  hello: () => Omit<Extract<ClientFrame, { type: 'hello' }>, 'type' | 'version' | 'ticket'>
  random: () => number
  now: () => number
  backoff: Backoff
  onUp: (welcome: WelcomeFrame, positions: readonly Position[]) => void
  onFrame: (frame: ServerFrame) => void
  onStatus: (event: StatusEvent) => void
}

const HANDSHAKE_MS = 10_000
/** A connection that lasted so long was a good one: the next waits are short again. */
const STEADY_MS = 10_000

/** One socket that stands up again by itself. */
export function createConnection({ webSocket: Socket, backoff, random, now, ...needs }: Needs) {
  const requests = createRequests(now)
  let socket: WebSocketLike | undefined
  let running = false
  let online = false
  // What an older turn brings late is not heard.
  let turn = 0
  let attempts = 0
  let ticketRefused = false
  let silenceMs = HANDSHAKE_MS
  let heardAt = 0
  let onlineAt = 0
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let silenceTimer: ReturnType<typeof setTimeout> | undefined
  // A hint cuts a wait short, but not one that the server asked for.
  let mayHurry = false

  function drop(): void {
    turn++
    mayHurry = false
    clearTimeout(retryTimer)
    clearTimeout(silenceTimer)
    if (online && now() - onlineAt > STEADY_MS) attempts = 0
    online = false
    const old = socket
    socket = undefined
    old?.close()
    requests.abandon()
  }

  function retry(afterMs?: number, error?: ChatError): void {
    drop()
    mayHurry = afterMs === undefined
    const retryInMs = afterMs ?? random() * Math.min(backoff.capMs, backoff.baseMs * 2 ** attempts)
    attempts++
    retryTimer = setTimeout(() => void attempt(), retryInMs)
    needs.onStatus({ status: 'waiting', error, retryInMs })
  }

  function stop(error?: ChatError): void {
    running = false
    drop()
    attempts = 0
    needs.onStatus(error ? { status: 'stopped', error } : { status: 'idle' })
  }

  async function attempt(anew = false): Promise<void> {
    drop()
    const own = turn
    needs.onStatus({ status: 'connecting' })
    try {
      const { ticket, url } = await needs.ticket(anew)
      if (own === turn) open(url, ticket)
    } catch (fault) {
      if (own !== turn) return
      const error = unreachable(fault)
      if (error.temporary) retry(error.retryAfterMs, error)
      else stop(error)
    }
  }

  function open(url: string, ticket: string): void {
    const own = new Socket(url)
    const { positions = [], ...rest } = needs.hello()
    socket = own
    silenceMs = HANDSHAKE_MS
    heard()
    own.onopen = () => own.send(JSON.stringify({ type: 'hello', version: 1, ticket, positions, ...rest }))
    // What comes of an old one is not heard.
    own.onmessage = ({ data }: { data: unknown }) => {
      for (const frame of [JSON.parse(String(data))].flat() as ServerFrame[]) {
        if (socket !== own) return
        heard()
        take(frame, positions)
      }
    }
    own.onclose = ({ code, reason }: { code: number; reason: unknown }) => {
      if (socket === own) closed(code, String(reason))
    }
    // Its end tells as much.
    own.onerror = () => undefined
  }

  function take(frame: ServerFrame, positions: readonly Position[]): void {
    if (frame.type === 'welcome') {
      online = true
      onlineAt = now()
      ticketRefused = false
      silenceMs = 2 * frame.pingMs
      heard()
      return needs.onUp(frame, positions)
    }
    if (frame.type === 'ping') {
      // It lives and does not answer: another connection may.
      if (now() - requests.waitsSince() > silenceMs) return retry()
      write({ type: 'pong', id: frame.id })
    }
    const isReply = 'id' in frame && frame.id !== null && frame.type !== 'ping'
    const error = frame.type === 'error' ? new ChatError(frame.code, frame.message, frame) : undefined
    if (!isReply || !requests.answer(frame.id!, frame as ReplyFrame, error)) needs.onFrame(frame)
  }

  function closed(code: number, reason: string): void {
    if (code < 4500 || code > 4999) return retry(afterMsIn(reason))
    // Tickets are short-lived and sessions end: once, both are made anew.
    if (code === 4501 && !ticketRefused) {
      ticketRefused = true
      return void attempt(true)
    }
    stop(new ChatError('stopped', `Closed by the server: ${code} ${reason}`))
  }

  function heard(): void {
    heardAt = now()
    clearTimeout(silenceTimer)
    silenceTimer = setTimeout(() => retry(), silenceMs)
  }

  function write(frame: ClientFrame): void {
    // It may be closing, which its own event will tell.
    if (socket?.readyState === 1) socket.send(JSON.stringify(frame))
  }

  return {
    start(): void {
      if (running) return
      running = true
      void attempt()
    },
    stop: () => stop(),
    /** The network may be back. */
    hint(): void {
      if (online && now() - heardAt > silenceMs) retry(0)
      else if (mayHurry) void attempt()
    },
    send(frame: LooseFrame): void {
      if (online) write(frame)
    },
    request: async (frame: RequestFrame): Promise<ReplyFrame> => {
      if (!online) throw disconnected()
      return requests.ask((id) => write({ ...frame, id } as ClientFrame))
    },
  }
}

export type Connection = ReturnType<typeof createConnection>

/** `{"afterMs":1500}` */
const afterMsIn = (reason: string): number | undefined =>
  Number(/"afterMs":\s*(\d+)/.exec(reason)?.[1]) || undefined
