import type { TaplineEventType } from '@tapline/client'
import type { Command } from './command.ts'
import { subjectsOf } from './describe-event.ts'
import { EVENT_TYPES, unknownType } from './event-types.ts'
import { Failure } from './misuse.ts'
import { wholeNumber } from './options.ts'
import { shortTime, table } from './table.ts'
import { take } from './take.ts'

export const events: Command = {
  summary: 'what happened in the last 30 days, newest first',
  help: `tapline events [--type TYPE] [--customer cus_…] [--limit N]

  --limit N   so many at most, 1 to 10000; 20 when absent`,
  options: ['type', 'customer', 'limit'],
  async run({ tapline, values, texts, signal, print, printJson, note }) {
    const limit = wholeNumber(values.limit, 'limit', { least: 1, most: 10_000, otherwise: 20 })
    const type = values.type as TaplineEventType | undefined
    if (type !== undefined && !EVENT_TYPES.includes(type))
      throw new Failure(`${texts.unknownType(type)}\n${unknownType(type, texts.didYouMean)}`)
    const list = (size: number) =>
      tapline.listEvents.all({ type, customerId: values.customer, limit: size }, { signal })
    const found = await take(limit, list)
    if (values.json === true) return found.forEach(printJson)
    if (found.length === 0) return note(texts.noEvents())
    const rows = found.map((event) => {
      const { customer, order } = subjectsOf(event)
      return [shortTime(event.timestamp), event.type, event.id, customer, order, event.test ? 'yes' : null]
    })
    print(table(['time', 'type', 'id', 'customer', 'order', 'test'], rows))
  },
}
