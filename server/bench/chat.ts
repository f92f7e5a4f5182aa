import type { ChatLoadJob } from './chat-load.ts'
import {
  seatLoad,
  startBare,
  startProduct,
  startSocketIo,
  whole,
  type ChatSide,
  type Played,
} from './chat-sides.ts'
import { say } from './door.ts'
import { median, type Row } from './report.ts'
import type { Surroundings } from './surroundings.ts'

const PAIRS = 100
const IN_FLIGHT = 10
const SECONDS = 5
const OFFERED = 1_000
const SECONDS_OFFERED = 8

type Round = { ours: Played; baseline: Played }
type Start = (surroundings: Surroundings, name: string, pairs: number) => Promise<ChatSide>

const flood: ChatLoadJob = { kind: 'closed', inFlight: IN_FLIGHT, seconds: SECONDS }
const stream: ChatLoadJob = { kind: 'open', phases: [{ perSecond: OFFERED, seconds: SECONDS_OFFERED }] }

/** Beside the least that keeps a message and delivers it. */
export async function chat(surroundings: Surroundings, { rounds }: { rounds: number }): Promise<Row> {
  const played = await playRounds(surroundings, 'chat', startBare, flood, rounds)
  return {
    row: 'chat',
    ...medians(played, ({ perSecond }) => perSecond),
    unit: 'msg/s',
    must: { ratioAtLeast: 0.15 },
    aim: { ratioAtLeast: 0.5 },
    measuredBaseline: 32_000,
    note: floodNote(played),
  }
}

/** Beside what people write. */
export async function chatSocketIo(surroundings: Surroundings, { rounds }: { rounds: number }): Promise<Row> {
  const played = await playRounds(surroundings, 'chat_people', startSocketIo, flood, rounds)
  return {
    row: 'chat-socketio',
    ...medians(played, ({ perSecond }) => perSecond),
    unit: 'msg/s',
    must: { ratioAtLeast: 1.5 },
    aim: { ratioAtLeast: 4 },
    measuredBaseline: 4_000,
    note: floodNote(played),
  }
}

export async function chatLatency(surroundings: Surroundings, { rounds }: { rounds: number }): Promise<Row> {
  const played = await playRounds(surroundings, 'chat_latency', startBare, stream, rounds)
  const told = (of: (run: Played) => number) => {
    const { ours, baseline } = medians(played, of)
    return `${ours.toFixed(1)} and ${baseline.toFixed(1)}`
  }
  return {
    row: 'chat-latency',
    ...medians(played, ({ ack }) => ack.p99Ms),
    unit: 'ms p99 of ack',
    must: { oursAtMost: 20 },
    aim: { oursAtMost: 8 },
    measuredBaseline: undefined,
    note:
      `${OFFERED} msg/s offered, counted from the intended time; ack p50 ${told(({ ack }) => ack.p50Ms)}, ` +
      `delivery p50 ${told(({ delivery }) => delivery.p50Ms)}, p99 ${told(({ delivery }) => delivery.p99Ms)}, ` +
      `max ${told(({ delivery }) => delivery.maxMs)} ms`,
  }
}

/** Both sides stand all the time, and are played in turns; the first turn of each warms up. */
async function playRounds(
  surroundings: Surroundings,
  name: string,
  startBaseline: Start,
  job: ChatLoadJob,
  rounds: number,
): Promise<Round[]> {
  const product = await startProduct(surroundings, name, PAIRS)
  const other = await startBaseline(surroundings, name, PAIRS)
  const [ours, baseline] = [await seatLoad(product), await seatLoad(other)]
  try {
    const played: Round[] = []
    for (let round = 0; round <= rounds; round++) {
      const [[mine], [theirs]] = [await ours.play(job), await baseline.play(job)]
      say(
        `${name} ${round === 0 ? 'warm-up' : `${round}/${rounds}`}: ours ${told(mine!)} | baseline ${told(theirs!)}`,
      )
      if (round > 0) played.push({ ours: whole(mine!), baseline: whole(theirs!) })
    }
    await ours.countStored()
    await baseline.countStored()
    return played
  } finally {
    await Promise.allSettled([ours.stop(), baseline.stop()])
    await Promise.all([product.stop(), other.stop()])
  }
}

function medians(rounds: readonly Round[], of: (run: Played) => number) {
  return {
    ours: median(rounds.map(({ ours }) => of(ours))),
    baseline: median(rounds.map(({ baseline }) => of(baseline))),
  }
}

function floodNote(rounds: readonly Round[]): string {
  const spread = (side: keyof Round) => {
    const values = rounds.map((round) => round[side].perSecond)
    return `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`
  }
  const told = (of: (run: Played) => number) => {
    const { ours, baseline } = medians(rounds, of)
    return `${ours.toFixed(0)} and ${baseline.toFixed(0)}`
  }
  return (
    `${rounds.length} × ${SECONDS} s, ${PAIRS} pairs, ${IN_FLIGHT} of each in flight; ours ${spread('ours')}, baseline ${spread('baseline')}; ` +
    `ack p50 ${told(({ ack }) => ack.p50Ms)}, p99 ${told(({ ack }) => ack.p99Ms)} ms; processor a message ` +
    `${told(({ cpuMicros }) => cpuMicros)} µs in the server, ${told(({ loadMicros }) => loadMicros)} µs in the load`
  )
}

function told({ perSecond, ack, delivery, cpuMicros }: Played): string {
  return `${perSecond.toFixed(0)}/s, ack p50 ${ack.p50Ms.toFixed(1)}, p99 ${ack.p99Ms.toFixed(1)}, delivery p99 ${delivery.p99Ms.toFixed(1)} ms, cpu ${cpuMicros.toFixed(0)} µs`
}
