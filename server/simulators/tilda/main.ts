import { fstatSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Site } from './site.ts'
import { startTildaSimulator } from './start-tilda-simulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    /** A file with settings of the site, as JSON. */
    site: { type: 'string' },
  },
})

const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port must be a number from 0 to 65535, and it is ${values.port}`)
  process.exit(1)
}

const simulator = await startTildaSimulator({
  port,
  host: values.host,
  ...(values.site !== undefined && {
    site: JSON.parse(readFileSync(values.site, 'utf8')) as Partial<Site>,
  }),
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
