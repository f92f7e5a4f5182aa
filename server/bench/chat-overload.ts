import { watchMemory } from './chat-memory-watch.ts'
import { seatLoad, startProduct, whole, type Played } from './chat-sides.ts'
import { say } from './door.ts'
import { median, type Row } from './report.ts'
import type { Surroundings } from './surroundings.ts'

const PAIRS = 100
const IN_FLIGHT = 10
const PEAK_SECONDS = 6
const PEAKS = 3
const TIMES = 2
const SECONDS = 20
const AFTERWARDS_SHARE = 0.25
const AFTERWARDS_SECONDS = 10
const RECOVERED_WITHIN_MS = 5_000
const SLOWEST_ACCEPTED_MS = 500

/** Twice of what it can, from clients that go on whatever they are told; then as much as it can easily do. */
export async function chatOverload(surroundings: Surroundings): Promise<Row> {
  const product = await startProduct(surroundings, 'chat_overload', PAIRS)
  const load = await seatLoad(product)
  try {
    const peaks: number[] = []
    for (let run = 0; run <= PEAKS; run++) {
      const [peak] = await load.play({ kind: 'closed', inFlight: IN_FLIGHT, seconds: PEAK_SECONDS })
      say(`chat-overload: peak ${whole(peak!).perSecond.toFixed(0)}/s`)
      if (run > 0) peaks.push(peak!.perSecond)
    }
    const peak = median(peaks)
    const memory = watchMemory(product.process)
    const [rush, after] = (await load.play({
      kind: 'open',
      phases: [
        { perSecond: peak * TIMES, seconds: SECONDS },
        { perSecond: peak * AFTERWARDS_SHARE, seconds: AFTERWARDS_SECONDS },
      ],
    })) as [Played, Played]
    const { mostMb } = memory.stop()
    await load.countStored()
    const refused = Object.entries({ ...rush.refused, ...rush.noticed }).map(
      ([code, number]) => `${number} ${code}`,
    )
    return {
      row: 'chat-overload',
      ours: rush.ackedInTime / SECONDS,
      baseline: peak,
      unit: 'acks/s',
      must: { ratioAtLeast: 0.8 },
      aim: { ratioAtLeast: 0.95 },
      measuredBaseline: undefined,
      note: [
        ...(rush.ack.p99Ms > SLOWEST_ACCEPTED_MS
          ? [`**accepted ones took more than ${SLOWEST_ACCEPTED_MS} ms**`]
          : []),
        ...(after.calmAfterMs > RECOVERED_WITHIN_MS ? ['**did not recover**'] : []),
        `${SECONDS} s at ${TIMES} times its own peak`,
        `of ${rush.offered} offered ${rush.acked} acknowledged, ${rush.withheld} not sent since the connection took no more, ${rush.unanswered} without an answer, ${refused.join(', ') || 'none refused'}`,
        `accepted ones p50 ${rush.ack.p50Ms.toFixed(0)}, p99 ${rush.ack.p99Ms.toFixed(0)} ms`,
        `at a quarter of the peak calm again after ${(after.calmAfterMs / 1_000).toFixed(1)} s`,
        `at most ${mostMb.toFixed(0)} MB`,
      ].join('; '),
    }
  } finally {
    await load.stop().catch(() => undefined)
    await product.stop()
  }
}
