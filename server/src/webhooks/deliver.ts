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
  deliveries: Pick<DeliveryStore, 'claim' | 'release'>
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

/** An endpoint begins with a few requests at once, gets more by answering, and loses half by silence: one that hangs holds one socket. */
const LIMIT = { first: 2, most: 64 }
/** An answer that takes longer earns no further request at once. */
const PROMPT_MS = 2_000
/** Of one that answers fast, more is taken out than is sent at once, so that the next waits at hand. */
const AT_HAND = { fastMs: 100, times: 4 }
/** Nobody counts as fast before he has answered some times. */
const UNKNOWN_MS = 1_000
const MOST_TAKEN = 1_000
/** The rest is for endpoints that have nothing under way. */
const MOST_BUSY = 750
const MOST_OF_PROJECT = 250
const MOST_A_CLAIM = 256
// Longer than a request may take, and what waits at hand of a fast endpoint that turns slow.
const HOLD_MS = 60_000
const MOST_KNOWN = 10_000

type Lane = {
  projectId: string
  limit: number
  sending: number
  usualMs: number
  atHand: Claimed[]
  settling: number
}

/** Sends what is due, many at once. What is slow or dead costs its own share, and nobody else anything. */
export function deliver(dependencies: Dependencies) {
  const { deliveries, sender, sign, settle, now, userAgent, onRoom, onFault, onSent } = dependencies
  const lanes = new Map<string, Lane>()
  const running = new Set<Promise<void>>()
  let taken = 0
  let stopped = false

  function laneOf({ projectId, endpointId }: Claimed): Lane {
    const lane = lanes.get(endpointId) ?? {
      projectId,
      limit: LIMIT.first,
      sending: 0,
      usualMs: UNKNOWN_MS,
      atHand: [],
      settling: 0,
    }
    lanes.set(endpointId, lane)
    return lane
  }

  function learn(lane: Lane, { status, error, durationMs }: SendOutcome): void {
    lane.usualMs = lane.usualMs * 0.8 + durationMs * 0.2
    if (error === null)
      lane.limit = durationMs < PROMPT_MS ? Math.min(LIMIT.most, lane.limit + 1) : Math.max(1, lane.limit - 1)
    else if (status === null) {
      lane.limit = Math.max(1, lane.limit >> 1)
      void giveBack(lane.atHand.splice(lane.limit))
    }
  }

  /** It is due again at once, for whoever has room. */
  function giveBack(claimed: Claimed[]): Promise<void> {
    taken -= claimed.length
    return claimed.length === 0 ? Promise.resolve() : deliveries.release(claimed).catch(onFault)
  }

  async function post({ eventId, url, body, secrets }: Claimed, at: Instant): Promise<SendOutcome> {
    const live = liveSecrets(secrets, at)
    return live.length === 0
      ? UNSIGNED
      : sender.send({
          url,
          body,
          headers: {
            'content-type': 'application/json',
            'user-agent': userAgent,
            ...sign({ id: eventId, timestamp: new Date(at), body, secrets: live }),
          },
        })
  }

  async function send(lane: Lane, claimed: Claimed): Promise<void> {
    const at = now()
    lane.sending++
    const sent = post(claimed, at).finally(() => {
      lane.sending--
      lane.settling++
    })
    try {
      const outcome = await sent
      learn(lane, outcome)
      onSent(outcome)
      pump(lane)
      await settle({ claimed, at, outcome })
    } catch (error) {
      // What cannot be written down is sent again when its hold ends.
      onFault(error)
    } finally {
      lane.settling--
      taken--
      if (isIdle(lane)) forgetSome()
      onRoom()
    }
  }

  function pump(lane: Lane): void {
    while (!stopped && lane.sending < lane.limit && lane.atHand.length > 0) {
      const work = send(lane, lane.atHand.shift()!).finally(() => running.delete(work))
      running.add(work)
    }
  }

  function roomOf({ limit, usualMs, sending, atHand, settling }: Lane): number {
    const most = usualMs < AT_HAND.fastMs ? limit * AT_HAND.times : limit
    return most - sending - atHand.length - settling
  }

  function takenByProject(): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { projectId, sending, atHand, settling } of lanes.values())
      counts.set(projectId, (counts.get(projectId) ?? 0) + sending + atHand.length + settling)
    return counts
  }

  /** What was learnt of endpoints that have nothing to do, once it is too much. */
  function forgetSome(): void {
    for (const [endpointId, lane] of lanes) {
      if (lanes.size <= MOST_KNOWN) return
      if (isIdle(lane)) lanes.delete(endpointId)
    }
  }

  return {
    /** Begins what there is room for; true when there may be more. */
    async next(): Promise<boolean> {
      const room = Math.min(MOST_A_CLAIM, MOST_TAKEN - taken)
      if (room <= 0) return false
      const shares = Object.fromEntries(
        [...lanes].map(([id, lane]) => [id, taken < MOST_BUSY || isIdle(lane) ? roomOf(lane) : 0]),
      )
      const fullProjects = [...takenByProject()].flatMap(([id, count]) =>
        count < MOST_OF_PROJECT ? [] : [id],
      )
      const busy = [...lanes].flatMap(([id, lane]) => (isIdle(lane) ? [] : [id]))
      const { claimed, more } = await deliveries.claim({
        busy,
        fullProjects,
        room,
        share: LIMIT.first,
        shares,
        holdMs: HOLD_MS,
      })
      const touched = new Set<Lane>()
      for (const one of claimed) {
        taken++
        const lane = laneOf(one)
        lane.atHand.push(one)
        touched.add(lane)
      }
      for (const lane of touched) pump(lane)
      return more
    },
    inFlight: () => taken,
    /** What is at hand for this endpoint is looked at anew. */
    drop(endpointId: string): void {
      const lane = lanes.get(endpointId)
      if (lane !== undefined) void giveBack(lane.atHand.splice(0))
    },
    /** Nothing new is sent; what is at hand is given back, what is on its way arrives, or its hold ends. */
    async drained(): Promise<void> {
      stopped = true
      await giveBack([...lanes.values()].flatMap(({ atHand }) => atHand.splice(0)))
      while (running.size > 0) await Promise.race(running)
    },
  }
}

/** Its secrets do not open: nothing goes out that nobody could verify. */
const UNSIGNED: SendOutcome = {
  status: null,
  error: 'secret-unreadable',
  durationMs: 0,
  address: null,
  responseHeaders: {},
  responseBody: null,
  retryAfterMs: null,
}

function isIdle({ sending, atHand, settling }: Lane): boolean {
  return sending + atHand.length + settling === 0
}
