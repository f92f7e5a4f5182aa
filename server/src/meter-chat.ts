import type { MessengerMeter } from './messenger/compose.ts'
import type { ChatMetrics } from './telemetry/chat-metrics.ts'

/** What the messenger tells of itself, as metrics. Children are made once: this is on the path of every message. */
export function meterChat(metrics: ChatMetrics): MessengerMeter {
  return {
    line: (type) => ({
      buffer: (stage) => {
        const labels = { type, stage }
        const [wait, blocked, batch] = [metrics.waitSeconds, metrics.blockedSeconds, metrics.batchSize].map(
          (one) => one.labels(labels),
        ) as [
          { observe(value: number): void },
          { inc(value: number): void },
          { observe(value: number): void },
        ]
        return {
          dropped: (reason) => metrics.dropped.inc({ ...labels, reason }),
          waited: (ms) => wait.observe(ms / 1_000),
          blocked: (ms) => blocked.inc(ms / 1_000),
          batch: (size) => batch.observe(size),
        }
      },
      ran: (stage, _, ms) => metrics.stageSeconds.observe({ type, stage }, ms / 1_000),
    }),
    committed(messages, ms) {
      metrics.committed.inc(messages)
      metrics.commitSeconds.observe(ms / 1_000)
    },
    refused: (code) => metrics.refused.inc({ code }),
    settled: (outcome, count) => metrics.settled.inc({ outcome }, count),
    gateway(event) {
      switch (event.what) {
        case 'closed':
          return metrics.closed.inc({ reason: event.reason })
        case 'resumed':
          return metrics.resumed.inc({ result: event.result })
        case 'resent':
          return metrics.resent.inc(event.events)
        case 'bad-frame':
          return metrics.badFrames.inc()
      }
    },
  }
}
