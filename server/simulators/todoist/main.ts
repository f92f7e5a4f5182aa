import { parseArgs } from 'node:util'
import { readPort } from '../read-port.ts'
import { runUntilTold } from '../run-until-told.ts'
import { startTodoistSimulator } from './start-todoist-simulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    token: { type: 'string' },
    owner: { type: 'string' },
  },
})

const port = readPort(values.port)

const simulator = await startTodoistSimulator({
  port,
  host: values.host,
  ...(values.token !== undefined && { token: values.token }),
  ...(values.owner !== undefined && { ownerName: values.owner }),
})

runUntilTold(simulator)
