import { fstatSync } from 'node:fs'
import { parseArgs } from 'node:util'
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

const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port must be a number from 0 to 65535, and it is ${values.port}`)
  process.exit(1)
}

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

let isStopping = false
const stop = () => {
  if (isStopping) return
  isStopping = true
  void simulator.stop().then(() => process.exit(0))
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.on('disconnect', stop)
// Only a pipe means that a parent holds the other end; /dev/null has ended before it began.
const stdin = fstatSync(0)
if (stdin.isFIFO() || stdin.isSocket()) process.stdin.on('end', stop).on('error', stop).resume()

console.log(JSON.stringify({ url: simulator.url }))
