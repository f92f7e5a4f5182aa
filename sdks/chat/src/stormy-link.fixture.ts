import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, WebSocket } from 'ws'

interface Weather {
  random: () => number
  /** Where calls are passed on to. */
  target: string
}

const TWICE = new Set(['send', 'events', 'received', 'read', 'receipt'])

/**
 * A link as bad as they come, between real sockets: it delays, stalls, cuts, says some frames twice, and delivers what an
 * old connection had said after the new one stands. Within one connection order is kept, as TCP keeps it. The chance is
 * seeded; `calm()` ends the storm.
 */
export async function startStormyLink({ random, target }: Weather) {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const calls = new WebSocketServer({ server: http })
  const counts = { connections: 0, cuts: 0, stalls: 0, twice: 0, late: 0 }
  let stormy = true

  calls.on('connection', (near) => {
    counts.connections++
    const far = new WebSocket(target)
    const opened = once(far, 'open')
    let isCut = false
    // The fate of this connection is decided when it begins.
    const cutAfterMs = random() < 0.9 ? 20 + random() * 250 : Infinity
    const stallAfterMs = random() < 0.2 ? random() * 150 : Infinity
    const began = performance.now()

    function pass(to: WebSocket, outlives: boolean) {
      let before: Promise<unknown> = opened
      return (data: Buffer) => {
        const text = data.toString()
        const delayMs = stormy ? random() * random() * 40 : 0
        const due = performance.now() + delayMs
        const age = performance.now() - began
        if (stormy && age > stallAfterMs) return void counts.stalls++
        const { type } = JSON.parse(text) as { type: string }
        const twice = stormy && TWICE.has(type) && random() < 0.15
        // What the client said may arrive long after it has given the connection up.
        const lateMs = stormy && outlives && random() < 0.05 ? 150 : 0
        before = before.then(async () => {
          const waitMs = due + lateMs - performance.now()
          if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
          if (to.readyState !== WebSocket.OPEN) return
          if (isCut) counts.late++
          to.send(text)
          if (twice) {
            counts.twice++
            to.send(text)
          }
        })
        return before
      }
    }
    const forth = pass(far, true)
    const back = pass(near, false)
    let lastForth: Promise<unknown> | void = opened
    near.on('message', (data: Buffer) => {
      lastForth = forth(data)
    })
    far.on('message', (data: Buffer) => void back(data))
    far.on('error', () => near.terminate())
    far.on('close', (code, reason) => (code >= 4000 ? near.close(code, reason) : near.terminate()))
    near.on('close', () => {
      isCut = true
      void Promise.resolve(lastForth).then(
        () => far.close(),
        () => far.terminate(),
      )
    })
    if (cutAfterMs < Infinity) {
      setTimeout(() => {
        if (!stormy) return
        counts.cuts++
        near.terminate()
      }, cutAfterMs)
    }
  })

  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    counts,
    /** From now on nothing goes wrong; what is stalled is cut. */
    calm(): void {
      stormy = false
      for (const near of calls.clients) near.terminate()
    },
    async stop(): Promise<void> {
      for (const near of calls.clients) near.terminate()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
