import { parseArgs } from 'node:util'
import { chat, chatLatency, chatSocketIo } from './chat.ts'
import { chatIdle } from './chat-idle.ts'
import { chatMemory } from './chat-memory.ts'
import { chatOverload } from './chat-overload.ts'
import { chatStorm } from './chat-storm.ts'
import { chatSustained } from './chat-sustained.ts'
import { door, doorLatency } from './door.ts'
import { engine } from './engine.ts'
import { deadEndpoint, events } from './events.ts'
import { firstMessage } from './first-message.ts'
import { manyLots } from './many-lots.ts'
import { profileProcesses } from './processes.ts'
import { quote } from './quote.ts'
import { asJson, asTable, type Row } from './report.ts'
import { support } from './support.ts'
import { signing } from './signing.ts'
import { startSurroundings, type Surroundings } from './surroundings.ts'

type Options = { rounds: number; backlog: number; seconds: number }

const ROWS: Record<string, (surroundings: Surroundings, options: Options) => Promise<Row>> = {
  door,
  'door-latency': doorLatency,
  engine,
  quote,
  'many-lots': manyLots,
  events,
  'dead-endpoint': deadEndpoint,
  signing,
  chat,
  'chat-socketio': chatSocketIo,
  'chat-latency': chatLatency,
  'chat-overload': chatOverload,
  'chat-memory': chatMemory,
  'chat-storm': chatStorm,
  'chat-sustained': chatSustained,
  'chat-idle': chatIdle,
  support,
  'first-message': firstMessage,
}
/** Only when they are named: `npm run soak` does. */
const LONG = ['chat-sustained', 'chat-idle']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    backlog: { type: 'string', default: '50000' },
    /** Of the rows that watch the memory for a while. */
    seconds: { type: 'string', default: '60' },
    /** A directory for the CPU profiles of all processes. Profiling slows them: no numbers to quote. */
    profile: { type: 'string' },
  },
})
const options = {
  rounds: wholeNumber('rounds'),
  backlog: wholeNumber('backlog'),
  seconds: wholeNumber('seconds'),
}
const wanted = positionals.length > 0 ? positionals : Object.keys(ROWS).filter((name) => !LONG.includes(name))
for (const name of wanted)
  if (!(name in ROWS)) fail(`There is no row "${name}"; the rows are ${Object.keys(ROWS).join(', ')}`)

if (values.profile !== undefined) profileProcesses(values.profile)
const surroundings = await startSurroundings()
const rows: Row[] = []
try {
  for (const name of wanted) {
    const row = await ROWS[name]!(surroundings, options)
    rows.push(row)
    if (values.json) console.log(asJson(row))
  }
} finally {
  await surroundings.stop()
}
if (!values.json) console.log(asTable(rows))
process.exit(0)

function wholeNumber(name: keyof Options): number {
  const value = Number(values[name])
  return Number.isInteger(value) && value > 0
    ? value
    : fail(`--${name} must be a whole number above 0, it is "${values[name]}"`)
}

function fail(why: string): never {
  console.error(why)
  process.exit(1)
}
