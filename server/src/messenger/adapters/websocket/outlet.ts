import type { WebSocket } from 'ws'

/** Text that many connections share, with its size in bytes. */
export type Encoded = { text: string; bytes: number }

type Settings = {
  ws: WebSocket
  /** Asks to be flushed soon, with all others. */
  wantFlush: () => void
  now: () => number
}

/** Only so much is given to the socket at once; the rest waits here, where it is counted. */
const IN_SOCKET_BYTES = 64 * 1_024
const EVENTS_PER_MESSAGE = 64
const MOST_BYTES = 1_048_576
const OLDEST_MS = 10_000
const MOST_LATEST = 2_000
const MOST_LOSSY = 100

export type Outlet = ReturnType<typeof outlet>

export function encode(frame: object): Encoded {
  const text = JSON.stringify(frame)
  return { text, bytes: Buffer.byteLength(text) }
}

/**
 * What goes out over one socket. Control frames go first and are never dropped; events wait in order; of what only the newest
 * counts there is one; what may be lost is lost first. A reader that is too slow is found by bytes or by age, never by memory.
 */
export function outlet({ ws, wantFlush, now }: Settings) {
  const control: Encoded[] = []
  let events: Encoded[] = []
  let firstEvent = 0
  const latest = new Map<string, Encoded>()
  const lossy: Encoded[] = []
  let bytes = 0
  let waitingSince: number | undefined
  let isHeld = true

  const eventsLeft = () => events.length - firstEvent
  const isEmpty = () =>
    control.length === 0 && (isHeld || eventsLeft() === 0) && latest.size === 0 && lossy.length === 0

  /** Nothing more goes out there, so nothing more is kept for it. */
  function isOver(): boolean {
    if (ws.readyState === ws.OPEN) return false
    control.length = 0
    events = []
    firstEvent = 0
    latest.clear()
    lossy.length = 0
    bytes = 0
    return true
  }

  function added(size: number): void {
    bytes += size
    waitingSince ??= now()
    wantFlush()
  }

  function takeEvents(): string {
    const taken = events.slice(firstEvent, firstEvent + EVENTS_PER_MESSAGE)
    firstEvent += taken.length
    if (firstEvent === events.length) {
      events = []
      firstEvent = 0
    }
    let texts = ''
    for (const { text, bytes: size } of taken) {
      bytes -= size
      texts += texts === '' ? text : `,${text}`
    }
    return `{"type":"events","events":[${texts}]}`
  }

  function nextMessage(): string {
    const frames: string[] = []
    for (const { text, bytes: size } of control.splice(0)) {
      bytes -= size
      frames.push(text)
    }
    if (!isHeld && eventsLeft() > 0) frames.push(takeEvents())
    for (const { text, bytes: size } of latest.values()) {
      bytes -= size
      frames.push(text)
    }
    latest.clear()
    for (const { text, bytes: size } of lossy.splice(0)) {
      bytes -= size
      frames.push(text)
    }
    return frames.length === 1 ? frames[0]! : `[${frames.join(',')}]`
  }

  return {
    control(frame: Encoded): void {
      if (isOver()) return
      control.push(frame)
      added(frame.bytes)
    },
    event(frame: Encoded): void {
      if (isOver()) return
      events.push(frame)
      added(frame.bytes)
    },
    latest(key: string, frame: Encoded): void {
      if (isOver()) return
      const known = latest.get(key)
      if (known !== undefined) bytes -= known.bytes
      else if (latest.size >= MOST_LATEST) return
      latest.set(key, frame)
      added(frame.bytes)
    },
    /** Whether it will go out. */
    lossy(frame: Encoded): boolean {
      if (isOver()) return false
      if (lossy.length >= MOST_LOSSY || bytes + ws.bufferedAmount > MOST_BYTES / 2) return false
      lossy.push(frame)
      added(frame.bytes)
      return true
    },

    /** Until then events wait: what the newcomer has missed goes before. */
    release(): void {
      isHeld = false
      if (eventsLeft() > 0) wantFlush()
    },

    flush(): void {
      while (!isEmpty() && ws.readyState === ws.OPEN && ws.bufferedAmount < IN_SOCKET_BYTES) {
        ws.send(nextMessage(), () => {
          if (!isEmpty()) wantFlush()
        })
        // Slow is who takes nothing, not who takes much.
        waitingSince = isEmpty() ? undefined : now()
      }
      if (isEmpty()) waitingSince = undefined
    },

    isSlow: () =>
      bytes + ws.bufferedAmount > MOST_BYTES ||
      (waitingSince !== undefined && now() - waitingSince > OLDEST_MS),
    bytes: () => bytes + ws.bufferedAmount,
    /** For a page of the log, which may be large. */
    hasRoom: () => bytes + ws.bufferedAmount <= MOST_BYTES / 4,
  }
}
