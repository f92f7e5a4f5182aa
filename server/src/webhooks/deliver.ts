import type { Instant } from '../kernel/clock.ts'
import { liveSecrets } from './domain/endpoint.ts'
import type { Claimed, DeliveryStore, Tried } from './ports/delivery-store.ts'
import type { Sender, SendOutcome } from './ports/sender.ts'

export type SignEvent = (event: {
  id: string
  timestamp: Date
  body: string
  secrets: string[]
}) => Record<string, string>

type Dependencies = {
  deliveries: Pick<DeliveryStore, 'claim'>
  sender: Sender
  sign: SignEvent
  /** Resolves once it is written down. */
  settle: (tried: Tried) => Promise<unknown>
  now: () => Instant
  userAgent: string
  /** There is room again. */
  onRoom: () => void
  onFault: (error: unknown) => void
  onSent: (outcome: SendOutcome) => void
}

/** An endpoint begins with a few requests at once, gets more by answering, and loses half by failing: one that hangs holds one socket. */
const SHARE = { first: 4, most: 64 }
const MOST_IN_FLIGHT = 1_000
const MOST_A_CLAIM = 256
// Longer than a request may take.
const HOLD_MS = 60_000
const MOST_KNOWN = 10_000

/** Sends what is due, many at once. What is slow or dead costs its own share, and nobody else anything. */
export function deliver(dependencies: Dependencies) {
  const { deliveries, sender, sign, settle, now, userAgent, onRoom, onFault, onSent } = dependencies
  const inFlight = new Map<string, number>()
  const limits = new Map<string, number>()
  const running = new Set<Promise<void>>()

  const limitOf = (endpointId: string) => limits.get(endpointId) ?? SHARE.first

  function learn(endpointId: string, { status, error }: SendOutcome): void {
    const limit = limitOf(endpointId)
    const next =
      error === null ? Math.min(SHARE.most, limit + 1) : status === null ? Math.max(1, limit >> 1) : limit
    limits.delete(endpointId)
    limits.set(endpointId, next)
    if (limits.size > MOST_KNOWN) limits.delete(limits.keys().next().value!)
  }

  async function send(claimed: Claimed): Promise<void> {
    const { endpointId, eventId, url, body, secrets } = claimed
    const at = now()
    const outcome = await sender.send({
      url,
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': userAgent,
        ...sign({ id: eventId, timestamp: new Date(at), body, secrets: liveSecrets(secrets, at) }),
      },
    })
    learn(endpointId, outcome)
    onSent(outcome)
    await settle({ claimed, at, outcome })
  }

  function begin(claimed: Claimed): void {
    const { endpointId } = claimed
    inFlight.set(endpointId, (inFlight.get(endpointId) ?? 0) + 1)
    // What cannot be written down is sent again when its hold ends.
    const work = send(claimed)
      .catch(onFault)
      .finally(() => {
        const left = inFlight.get(endpointId)! - 1
        if (left === 0) inFlight.delete(endpointId)
        else inFlight.set(endpointId, left)
        running.delete(work)
        onRoom()
      })
    running.add(work)
  }

  return {
    /** Begins what there is room for; true when there may be more. */
    async next(): Promise<boolean> {
      const room = Math.min(MOST_A_CLAIM, MOST_IN_FLIGHT - running.size)
      if (room <= 0) return false
      const shares = Object.fromEntries(
        [...new Set([...inFlight.keys(), ...limits.keys()])].map((id) => [
          id,
          limitOf(id) - (inFlight.get(id) ?? 0),
        ]),
      )
      const { claimed, more } = await deliveries.claim({ room, share: SHARE.first, shares, holdMs: HOLD_MS })
      for (const one of claimed) begin(one)
      return more && claimed.length > 0
    },
    inFlight: () => running.size,
    /** What is on its way arrives, or its hold ends. */
    async drained(): Promise<void> {
      while (running.size > 0) await Promise.race(running)
    },
  }
}
