import { setTimeout as delay } from 'node:timers/promises'
import { openFramesLink } from './chat-frames-link.ts'
import type { ChatEar, ChatLink, ChatServer, Pair } from './chat-link.ts'
import { openSocketIoLink } from './chat-socketio-link.ts'
import { answerJobs } from './processes.ts'

export type ChatLoadJob =
  /** Takes the seats and keeps them. */
  | { kind: 'join'; server: ChatServer; pairs: Pair[] }
  /** Each pair the next message as soon as one is acknowledged and delivered, so many at a time. */
  | { kind: 'closed'; inFlight: number; seconds: number }
  /** At their intended times, whatever the answers do; latencies count from the intended time. One phase begins where the other ends. */
  | { kind: 'open'; phases: { perSecond: number; seconds: number }[] }
  | { kind: 'leave' }

export type ChatLoad = {
  offered: number
  acked: number
  /** Once or more. */
  delivered: number
  repeated: number
  /** By code; not offered again. */
  refused: Record<string, number>
  /** Not sent, since the connection took no more or was gone. */
  withheld: number
  unanswered: number
  noticed: Record<string, number>
  seconds: number
  ackedInTime: number
  ack: Spread
  delivery: Spread
  /** How long after its begin something was last refused, withheld, lost or slower than `CALM_MS`. */
  calmAfterMs: number
}

export type Spread = { p50Ms: number; p99Ms: number; maxMs: number }

type Flight = { phase: Phase; intendedAt: number; acked: boolean; delivered: boolean; refused: boolean }
type Phase = ReturnType<typeof phase>

const PATIENCE_MS = 10_000
const AFTER_REFUSAL_MS = 50
const CALM_MS = 250
const JOINING_AT_ONCE = 20

let links: ChatLink[] = []
let index = 0
const flights = new Map<number, Flight>()
let current: Phase | undefined
let onFree: (link: number, refused: boolean) => void = () => undefined

answerJobs<ChatLoadJob, ChatLoad[] | undefined>(async (job) => {
  if (job.kind === 'join') return join(job)
  if (job.kind === 'closed') return [await closedLoop(job.inFlight, job.seconds)]
  if (job.kind === 'open') return openLoop(job.phases)
  for (const link of links) link.leave()
  links = []
  return undefined
})

async function join({ server, pairs }: Extract<ChatLoadJob, { kind: 'join' }>): Promise<undefined> {
  const open = server.speaks === 'frames' ? openFramesLink : openSocketIoLink
  for (let from = 0; from < pairs.length; from += JOINING_AT_ONCE) {
    const some = pairs.slice(from, from + JOINING_AT_ONCE)
    links.push(...(await Promise.all(some.map((pair, at) => open(server, pair, earOf(from + at))))))
  }
}

function earOf(link: number): ChatEar {
  const settle = (id: number, flight: Flight) => {
    if (!flight.refused && !(flight.acked && flight.delivered)) return
    flights.delete(id)
    onFree(link, flight.refused)
  }
  return {
    acked(id) {
      const flight = flights.get(id)
      if (flight === undefined || flight.acked) return
      flight.acked = true
      flight.phase.acked(flight.intendedAt)
      settle(id, flight)
    },
    refused(id, code) {
      const flight = flights.get(id)
      if (flight === undefined) return
      flight.refused = true
      flight.phase.refused(flight.intendedAt, code)
      settle(id, flight)
    },
    delivered(id) {
      const flight = flights.get(id)
      if (flight === undefined || flight.delivered) return current?.repeated()
      flight.delivered = true
      flight.phase.delivered(flight.intendedAt)
      settle(id, flight)
    },
    noticed: (what) => current?.noticed(what),
  }
}

function send(link: number, of: Phase, intendedAt: number): void {
  of.offered(intendedAt)
  if (!links[link]!.hasRoom()) return of.withheld(intendedAt)
  const id = ++index
  flights.set(id, { phase: of, intendedAt, acked: false, delivered: false, refused: false })
  links[link]!.send(id)
}

async function closedLoop(inFlight: number, seconds: number): Promise<ChatLoad> {
  const run = begin(seconds)
  const until = run.began + seconds * 1_000
  const next = (link: number) => {
    const now = performance.now()
    if (now < until) send(link, run, now)
  }
  onFree = (link, refused) => {
    if (refused) setTimeout(next, AFTER_REFUSAL_MS, link)
    else next(link)
  }
  for (let link = 0; link < links.length; link++) for (let each = 0; each < inFlight; each++) next(link)
  await delay(seconds * 1_000)
  await landed()
  return run.close()
}

async function openLoop(phases: { perSecond: number; seconds: number }[]): Promise<ChatLoad[]> {
  const runs: Phase[] = []
  onFree = () => undefined
  let turn = 0
  for (const { perSecond, seconds } of phases) {
    const run = begin(seconds, runs.at(-1)?.until)
    runs.push(run)
    const count = Math.round(perSecond * seconds)
    for (let sent = 0; sent < count;) {
      const due = Math.min(count, ((performance.now() - run.began) * perSecond) / 1_000)
      for (; sent < due; sent++) send(turn++ % links.length, run, run.began + (sent * 1_000) / perSecond)
      await delay(1)
    }
  }
  await landed()
  return runs.map((run) => run.close())
}

function begin(seconds: number, at = performance.now()): Phase {
  current = phase(at, at + seconds * 1_000)
  return current
}

/** What has no answer by now gets none. */
async function landed(): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  while (flights.size > 0 && performance.now() < until) await delay(5)
  for (const { phase: of, intendedAt, acked } of flights.values()) of.lost(intendedAt, acked)
  flights.clear()
}

function phase(began: number, until: number) {
  const acks: number[] = []
  const deliveries: number[] = []
  const refused: Record<string, number> = {}
  const noticed: Record<string, number> = {}
  const counts = { offered: 0, ackedInTime: 0, repeated: 0, withheld: 0, unanswered: 0 }
  let last = began
  let troubledAt = began
  const trouble = (intendedAt: number) => (troubledAt = Math.max(troubledAt, intendedAt))
  return {
    began,
    until,
    offered: (_intendedAt: number) => void counts.offered++,
    acked(intendedAt: number) {
      last = performance.now()
      if (last < until) counts.ackedInTime++
      acks.push(last - intendedAt)
      if (last - intendedAt > CALM_MS) trouble(intendedAt)
    },
    delivered(intendedAt: number) {
      last = performance.now()
      deliveries.push(last - intendedAt)
      if (last - intendedAt > CALM_MS) trouble(intendedAt)
    },
    refused(intendedAt: number, code: string) {
      refused[code] = (refused[code] ?? 0) + 1
      trouble(intendedAt)
    },
    repeated: () => void counts.repeated++,
    withheld(intendedAt: number) {
      counts.withheld++
      trouble(intendedAt)
    },
    lost(intendedAt: number, acked: boolean) {
      if (!acked) counts.unanswered++
      trouble(intendedAt)
    },
    noticed: (what: string) => void (noticed[what] = (noticed[what] ?? 0) + 1),
    close(): ChatLoad {
      return {
        ...counts,
        acked: acks.length,
        delivered: deliveries.length,
        refused,
        noticed,
        seconds: (last - began) / 1_000,
        ack: spreadOf(acks),
        delivery: spreadOf(deliveries),
        calmAfterMs: troubledAt - began,
      }
    },
  }
}

function spreadOf(latencies: number[]): Spread {
  const sorted = Float64Array.from(latencies).sort()
  const share = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN
  return { p50Ms: share(0.5), p99Ms: share(0.99), maxMs: sorted.at(-1) ?? NaN }
}
