import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

type Figures = {
  budget: number
  buffers: { type: string; stage: string; depth: number; bytes: number }[]
  connections: number
  outgoingBytes: number
}

export type ChatMetrics = ReturnType<typeof createChatMetrics>

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]

/** Of the messenger. Labels are names of types, stages and codes: never of a project or a person. */
export function createChatMetrics(
  registry: Registry,
  read: { figures: () => Figures; pushed: () => Promise<number> },
) {
  const registers = [registry]
  const byStage = ['type', 'stage']
  new Gauge({
    name: 'tapline_chat_stage_depth',
    help: 'Messages that wait before a stage, of all lines of a type',
    labelNames: byStage,
    registers,
    collect() {
      this.reset()
      for (const { type, stage, depth } of read.figures().buffers) this.inc({ type, stage }, depth)
    },
  })
  new Gauge({
    name: 'tapline_chat_stage_bytes',
    help: 'Bytes that wait before a stage, of all lines of a type',
    labelNames: byStage,
    registers,
    collect() {
      this.reset()
      for (const { type, stage, bytes } of read.figures().buffers) this.inc({ type, stage }, bytes)
    },
  })
  new Gauge({
    name: 'tapline_chat_read_budget',
    help: 'How much every source may read, from 0.05 to 1; below 1 something is over its limit',
    registers,
    collect() {
      this.set(read.figures().budget)
    },
  })
  new Gauge({
    name: 'tapline_chat_connections',
    help: 'Sockets that said hello',
    registers,
    collect() {
      this.set(read.figures().connections)
    },
  })
  new Gauge({
    name: 'tapline_chat_outgoing_bytes',
    help: 'Bytes that wait to be sent to sockets',
    registers,
    collect() {
      this.set(read.figures().outgoingBytes)
    },
  })
  new Gauge({
    name: 'tapline_chat_pushed_waiting',
    help: 'Messages that backends pushed and that were not taken in yet',
    registers,
    async collect() {
      await read.pushed().then((depth) => this.set(depth), () => undefined) // prettier-ignore
    },
  })
  return {
    stageSeconds: new Histogram({
      name: 'tapline_chat_stage_seconds',
      help: 'One batch in a stage',
      labelNames: byStage,
      buckets: SECONDS,
      registers,
    }),
    waitSeconds: new Histogram({
      name: 'tapline_chat_wait_seconds',
      help: 'The oldest message of a batch before its stage',
      labelNames: byStage,
      buckets: SECONDS,
      registers,
    }),
    blockedSeconds: new Counter({
      name: 'tapline_chat_blocked_seconds_total',
      help: 'Stages that waited for room in the next one',
      labelNames: byStage,
      registers,
    }),
    batchSize: new Histogram({
      name: 'tapline_chat_batch_size',
      help: 'Messages taken at once',
      labelNames: byStage,
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
      registers,
    }),
    dropped: new Counter({
      name: 'tapline_chat_dropped_total',
      help: 'Messages that may be lost and were; replaced: a newer one of the same key took the place',
      labelNames: ['type', 'stage', 'reason'],
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'tapline_chat_commit_seconds',
      help: 'One commit of messages',
      buckets: SECONDS,
      registers,
    }),
    committed: new Counter({
      name: 'tapline_chat_messages_total',
      help: 'Messages that were written, repeats included',
      registers,
    }),
    refused: new Counter({
      name: 'tapline_chat_refused_total',
      help: 'Messages that were refused, by code',
      labelNames: ['code'],
      registers,
    }),
    settled: new Counter({
      name: 'tapline_chat_settled_total',
      help: 'Conversations that the relay looked after: delivered, absent, again, dead',
      labelNames: ['outcome'],
      registers,
    }),
    resent: new Counter({
      name: 'tapline_chat_redeliveries_total',
      help: 'Events sent again to a socket that did not say that it has them',
      registers,
    }),
    resumed: new Counter({
      name: 'tapline_chat_resume_total',
      help: 'Conversations that somebody came back to, by whether all that was missed fitted',
      labelNames: ['result'],
      registers,
    }),
    closed: new Counter({
      name: 'tapline_chat_closed_total',
      help: 'Sockets that the server closed, by reason',
      labelNames: ['reason'],
      registers,
    }),
    badFrames: new Counter({
      name: 'tapline_chat_bad_frames_total',
      help: 'Frames that the protocol does not know',
      registers,
    }),
  }
}
