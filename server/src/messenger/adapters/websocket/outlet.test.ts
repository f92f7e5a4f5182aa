import type { WebSocket } from 'ws'
import { describe, expect, it } from 'vitest'
import { encode, outlet } from './outlet.ts'

/** What stands behind the outlet: a socket whose network takes as much as the test lets it. */
function scene() {
  const sent: string[] = []
  let at = 0
  let isOpen = true
  const done: (() => void)[] = []
  const socket = {
    bufferedAmount: 0,
    OPEN: 1,
    get readyState() {
      return isOpen ? 1 : 3
    },
    send(text: string, sentIt: () => void) {
      sent.push(text)
      socket.bufferedAmount += text.length
      done.push(sentIt)
    },
  }
  let wanted = 0
  const out = outlet({ ws: socket as unknown as WebSocket, wantFlush: () => wanted++, now: () => at })
  out.release()
  return {
    out,
    sent: () => sent.splice(0).flatMap((text) => JSON.parse(text) as object),
    pass: (ms: number) => (at += ms),
    close: () => (isOpen = false),
    wanted: () => wanted,
    /** The network took everything. */
    drain() {
      socket.bufferedAmount = 0
      for (const tell of done.splice(0)) tell()
    },
  }
}
const event = (sequence: number, size = 0) => encode({ sequence, text: 'x'.repeat(size) })

describe('what goes out over a socket', () => {
  it('goes together, control first, events in their order', () => {
    const { out, sent } = scene()
    out.event(event(1))
    out.event(event(2))
    out.control(encode({ type: 'ack', id: 1 }))
    out.latest('a', encode({ type: 'receipt', received: 1 }))
    out.latest('a', encode({ type: 'receipt', received: 2 }))
    out.lossy(encode({ type: 'typing' }))
    out.flush()
    expect(sent()).toEqual([
      { type: 'ack', id: 1 },
      {
        type: 'events',
        events: [
          { sequence: 1, text: '' },
          { sequence: 2, text: '' },
        ],
      },
      { type: 'receipt', received: 2 },
      { type: 'typing' },
    ])
    expect(out.bytes()).toBeGreaterThan(0)
  })

  it('waits here, not in the socket, while the network is slow, and goes on by itself', () => {
    const { out, sent, drain, wanted } = scene()
    for (let sequence = 1; sequence <= 300; sequence++) out.event(event(sequence, 1_000))
    out.flush()
    const first = sent() as { events: object[] }[]
    expect(first.flatMap(({ events }) => events).length).toBe(64)
    out.control(encode({ type: 'pong' }))
    const before = wanted()
    drain()
    expect(wanted()).toBeGreaterThan(before)
    out.flush()
    expect(sent()[0]).toEqual({ type: 'pong' })
    drain()
    out.flush()
    drain()
    out.flush()
    expect(out.isSlow()).toBe(false)
  })

  it('is too slow by bytes', () => {
    const { out } = scene()
    for (let sequence = 1; sequence <= 1_000; sequence++) out.event(event(sequence, 1_000))
    out.flush()
    expect(out.isSlow()).toBe(false)
    for (let sequence = 1; sequence <= 100; sequence++) out.event(event(sequence, 1_000))
    expect(out.isSlow()).toBe(true)
  })

  it('is too slow by age, however little waits', () => {
    const { out, pass, drain } = scene()
    out.event(event(1, 70_000))
    out.flush()
    pass(60_000)
    expect(out.isSlow()).toBe(false)
    out.event(event(2))
    out.flush()
    pass(9_999)
    expect(out.isSlow()).toBe(false)
    pass(2)
    expect(out.isSlow()).toBe(true)
    drain()
    out.flush()
    expect(out.isSlow()).toBe(false)
  })

  it('loses what may be lost before anything else, and bounds what only counts by its newest', () => {
    const { out } = scene()
    for (let count = 0; count < 100; count++) expect(out.lossy(encode({ count }))).toBe(true)
    expect(out.lossy(encode({}))).toBe(false)
    for (let count = 0; count < 10_000; count++) out.latest(String(count), encode({ count }))
    expect(out.bytes()).toBeLessThan(60_000)
  })

  it('keeps events until the newcomer has what it missed; control passes', () => {
    const held = scene()
    const out = outlet({
      ws: {
        bufferedAmount: 0,
        OPEN: 1,
        readyState: 1,
        send: (text: string) => texts.push(text),
      } as unknown as WebSocket,
      wantFlush: () => undefined,
      now: () => 0,
    })
    const texts: string[] = []
    out.event(event(1))
    out.control(encode({ type: 'welcome' }))
    out.flush()
    expect(texts).toEqual(['{"type":"welcome"}'])
    out.release()
    out.flush()
    expect(texts[1]).toContain('"events"')
    held.close()
  })

  it('gives a closed socket nothing', () => {
    const { out, sent, close } = scene()
    out.event(event(1, 1_000))
    close()
    out.control(encode({ type: 'ack' }))
    out.flush()
    expect(sent()).toEqual([])
    // What was kept for it is let go.
    expect(out.bytes()).toBe(0)
  })
})
