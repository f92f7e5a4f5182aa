import { TodoistApi } from '@doist/todoist-sdk'
import {
  startTodoistSimulator,
  type TodoistSimulator,
  type TodoistSimulatorOptions,
} from './start-todoist-simulator.ts'

export interface Desk {
  simulator: TodoistSimulator
  /** The official client, which refuses every answer that is not as Todoist's. */
  api: TodoistApi
  projectId: string
  newId: string
  workId: string
  agent: string
  call(method: string, path: string, body?: unknown, token?: string): Promise<Answer>
  sync(input: Record<string, unknown>): Promise<Answer>
  command(type: string, args: object, more?: object): Promise<Answer>
  stop(): Promise<void>
}

export interface Answer {
  status: number
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the assertion is the check
  body: any
  headers: Headers
}

let commands = 0

/** A board with two sections, its owner and one agent. */
export async function openDesk(options: TodoistSimulatorOptions = {}): Promise<Desk> {
  const simulator = await startTodoistSimulator(options)
  const { uid, token: ownerToken } = simulator.owner
  const { id: projectId } = simulator.createProject({ uid, name: 'Поддержка' })
  const { id: newId } = simulator.createSection({ projectId, name: 'New' })
  const { id: workId } = simulator.createSection({ projectId, name: 'In work' })
  const { uid: agent } = simulator.createUser({ name: 'Айгуль', email: 'aigul@example.com' })
  simulator.shareProject({ projectId, uid: agent })

  const call: Desk['call'] = async (method, path, body, token = ownerToken) => {
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: response.headers,
    }
  }
  const sync: Desk['sync'] = (input) => call('POST', '/api/v1/sync', input)
  return {
    simulator,
    api: new TodoistApi(ownerToken, { baseUrl: simulator.url }),
    projectId,
    newId,
    workId,
    agent,
    call,
    sync,
    command: (type, args, more = {}) =>
      sync({ commands: [{ type, uuid: `uuid-${++commands}`, args, ...more }] }),
    stop: () => simulator.stop(),
  }
}
