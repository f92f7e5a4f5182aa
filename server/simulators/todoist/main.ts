import { fstatSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startTodoistSimulator } from './start-todoist-simulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    token: { type: 'string' },
    owner: { type: 'string' },
  },
})

const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port must be a number from 0 to 65535, and it is ${values.port}`)
  process.exit(1)
}

const simulator = await startTodoistSimulator({
  port,
  host: values.host,
  ...(values.token !== undefined && { token: values.token }),
  ...(values.owner !== undefined && { ownerName: values.owner }),
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
