import type { Command } from './command.ts'
import { deliveryTable } from './delivery-table.ts'

export const replayEvent: Command = {
  summary: 'send one event again, to one endpoint or to all that want it',
  help: `tapline events replay ID [--endpoint whe_…]

It goes to endpoints; \`tapline listen --since POSITION\` shows it again on a laptop.`,
  options: ['endpoint'],
  words: [1, 1],
  async run({ tapline, words: [eventId = ''], values, texts, signal, print, printJson, note }) {
    const { data, error } = await tapline.replayEvent({ eventId, endpointId: values.endpoint }, { signal })
    if (error) throw error
    if (values.json === true) return data.deliveries.forEach(printJson)
    if (data.deliveries.length === 0) return note(texts.nobodyWants())
    print(deliveryTable(data.deliveries))
  },
}
