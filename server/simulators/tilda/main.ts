import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readPort } from '../read-port.ts'
import { runUntilTold } from '../run-until-told.ts'
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

const port = readPort(values.port)

const simulator = await startTildaSimulator({
  port,
  host: values.host,
  ...(values.site !== undefined && {
    site: JSON.parse(readFileSync(values.site, 'utf8')) as Partial<Site>,
  }),
})

runUntilTold(simulator)
