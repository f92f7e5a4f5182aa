import { parseArgs } from 'node:util'
import { readPort } from '../read-port.ts'
import { runUntilTold } from '../run-until-told.ts'
import { startTelegramSimulator } from './start-telegram-simulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    token: { type: 'string', multiple: true },
    'everyone-started': { type: 'boolean', default: false },
    person: { type: 'string', multiple: true, default: [] },
  },
})

const port = readPort(values.port)

const people = values.person.map((said) => {
  const [, id, firstName] = /^(\d{1,15})=(.+)$/.exec(said) ?? []
  if (id !== undefined && firstName !== undefined) return { id: Number(id), firstName }
  console.error(`--person must be an id and a name, as in 1001=Anna, and it is ${said}`)
  process.exit(1)
})

const simulator = await startTelegramSimulator({
  port,
  host: values.host,
  everyoneStarted: values['everyone-started'],
  people,
  // Whoever plays with it keeps what people said over a restart: nobody new is somebody of before.
  ...(people.length > 0 && { firstPersonId: Math.floor(Date.now() / 1_000) }),
  ...(values.token && { tokens: values.token }),
})

runUntilTold(simulator)
