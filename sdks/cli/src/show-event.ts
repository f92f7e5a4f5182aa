import type { Command } from './command.ts'
import { deliveryTable } from './delivery-table.ts'

const SHOWN = 50

export const showEvent: Command = {
  summary: 'one event, whole, and where it went',
  help: 'tapline events show ID',
  options: [],
  words: [1, 1],
  async run({ tapline, words: [eventId = ''], values, texts, signal, print, printJson, note }) {
    const { data: event, error } = await tapline.getEvent({ eventId }, { signal })
    if (error) throw error
    if (values.json === true) return printJson(event)
    print(JSON.stringify(event, null, 2))
    const sent = await tapline.listWebhookDeliveries({ eventId, limit: SHOWN }, { signal })
    if (sent.error) throw sent.error
    if (sent.data.data.length === 0) return note(texts.noDeliveries())
    print(`\n${deliveryTable(sent.data.data)}`)
  },
}
