import type { Command } from './command.ts'
import { shortTime, table } from './table.ts'
import { take } from './take.ts'

/** A project has twenty at most. */
const MOST = 200

export const endpoints: Command = {
  summary: 'where events are sent to, and how they fare',
  help: 'tapline endpoints',
  options: [],
  async run({ tapline, values, texts, signal, print, printJson, note }) {
    const found = await take(MOST, (limit) => tapline.listWebhookEndpoints.all({ limit }, { signal }))
    if (values.json === true) return found.forEach(printJson)
    if (found.length === 0) return note(texts.noEndpoints())
    const rows = found.map(({ id, status, disabledBecause, health, heldCount, events, url }) => [
      id,
      disabledBecause === null ? status : `${status} (${disabledBecause})`,
      health.state,
      shortTime(health.lastSuccessAt),
      health.lastError,
      heldCount,
      events.length === 0 ? 'all' : events.join(','),
      url,
    ])
    print(table(['id', 'status', 'health', 'last success', 'last error', 'held', 'events', 'url'], rows))
  },
}
