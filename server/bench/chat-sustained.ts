import { watchMemory } from './chat-memory-watch.ts'
import { seatLoad, startProduct, whole, type Played } from './chat-sides.ts'
import type { Row } from './report.ts'
import type { Surroundings } from './surroundings.ts'

const PAIRS = 100
const OFFERED = 3_000

/** Not how much for a moment, but how much for long: nothing lost, nothing twice, nothing that grows. */
export async function chatSustained(
  surroundings: Surroundings,
  { seconds }: { seconds: number },
): Promise<Row> {
  const product = await startProduct(surroundings, 'chat_sustained', PAIRS)
  const load = await seatLoad(product)
  try {
    const memory = watchMemory(product.process)
    const [run] = (await load.play({ kind: 'open', phases: [{ perSecond: OFFERED, seconds }] })) as [Played]
    const { mostMb, quartersMb } = memory.stop()
    await load.countStored()
    return {
      row: 'chat-sustained',
      ours: whole(run).ackedInTime / seconds,
      baseline: OFFERED,
      unit: 'acks/s',
      must: { ratioAtLeast: 0.99 },
      aim: { ratioAtLeast: 0.999 },
      measuredBaseline: undefined,
      note:
        `${OFFERED} msg/s offered for ${seconds} s, all delivered, ${run.repeated} of them more than once; ack p50 ${run.ack.p50Ms.toFixed(1)}, p99 ${run.ack.p99Ms.toFixed(1)}, ` +
        `delivery p99 ${run.delivery.p99Ms.toFixed(1)} ms; at most ${mostMb.toFixed(0)} MB, in quarters ${quartersMb.map((mb) => mb.toFixed(0)).join(', ')}`,
    }
  } finally {
    await load.stop().catch(() => undefined)
    await product.stop()
  }
}
