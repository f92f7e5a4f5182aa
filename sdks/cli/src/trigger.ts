import type { TaplineEventType } from '@tapline/client'
import type { Command } from './command.ts'
import { EVENT_TYPES, unknownType } from './event-types.ts'
import { Failure } from './misuse.ts'
import { wholeNumber } from './options.ts'

export const trigger: Command = {
  summary: 'a sample event, to every endpoint that wants it and to listen',
  help: `tapline trigger TYPE [--times N]

Has a sample sent, marked "test": true, and prints it. It changes nothing: no customer, no bonus.

  --times N   so many, 1 to 100

Types: ${EVENT_TYPES.map((type, index) => (index % 5 === 0 ? `\n  ${type}` : ` ${type}`)).join('')}`,
  options: ['times'],
  words: [1, 1],
  async run({ tapline, words: [type = ''], values, texts, signal, print, printJson }) {
    const times = wholeNumber(values.times, 'times', { least: 1, most: 100, otherwise: 1 })
    for (let time = 0; time < times; time++) {
      // The server decides what exists: it may be newer.
      const { data, error } = await tapline.triggerEvent({ type: type as TaplineEventType }, { signal })
      if (error?.code === 'invalid-request' && !EVENT_TYPES.includes(type as TaplineEventType))
        throw new Failure(`${texts.unknownType(type)}\n${unknownType(type, texts.didYouMean)}`)
      if (error) throw error
      if (values.json === true) printJson(data)
      else print(JSON.stringify(data, null, 2))
    }
  },
}
