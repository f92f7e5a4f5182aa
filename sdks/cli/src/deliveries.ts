import type { ParamsOf } from '@tapline/client'
import type { Command } from './command.ts'
import { deliveryTable } from './delivery-table.ts'
import { Misuse } from './misuse.ts'
import { wholeNumber } from './options.ts'
import { take } from './take.ts'

type Status = NonNullable<ParamsOf<'listWebhookDeliveries'>['status']>

const STATUSES: readonly Status[] = ['waiting', 'held', 'delivered', 'failed']

export const deliveries: Command = {
  summary: 'what was sent to endpoints, newest first',
  help: `tapline deliveries [--endpoint whe_…] [--event evt_…] [--status ${STATUSES.join('|')}] [--limit N]

  --limit N   so many at most, 1 to 10000; 20 when absent`,
  options: ['endpoint', 'event', 'status', 'limit'],
  async run({ tapline, values, texts, signal, print, printJson, note }) {
    const limit = wholeNumber(values.limit, 'limit', { least: 1, most: 10_000, otherwise: 20 })
    const status = values.status as Status | undefined
    if (status !== undefined && !STATUSES.includes(status))
      throw new Misuse(`--status is one of ${STATUSES.join(', ')}.`)
    const filter = { endpointId: values.endpoint, eventId: values.event, status }
    const found = await take(limit, (size) =>
      tapline.listWebhookDeliveries.all({ ...filter, limit: size }, { signal }),
    )
    if (values.json === true) return found.forEach(printJson)
    if (found.length === 0) return note(texts.noDeliveries())
    print(deliveryTable(found))
  },
}
