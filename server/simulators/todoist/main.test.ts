import { TodoistApi } from '@doist/todoist-sdk'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, it } from 'vitest'

let child: ChildProcess
let url: string

beforeEach(async () => {
  const main = new URL('main.ts', import.meta.url).pathname
  child = spawn(process.execPath, ['--import', 'tsx', main, '--token', 'abc'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  url = (JSON.parse(line.toString()) as { url: string }).url
})
afterEach(() => void child.kill('SIGKILL'))

const control = async (name: string, input: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${url}/control/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(input),
  })
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the assertion is the check
  return [response.status, await response.json()] as [number, any]
}

it('is steered by another process, refuses what it does not understand, and leaves with its parent', async () => {
  const api = new TodoistApi('abc', { baseUrl: url })
  const project = await api.addProject({ name: 'Поддержка' })
  const task = await api.addTask({ content: 'Ticket', projectId: project.id })
  const [, { result: agent }] = await control('create-user', { name: 'Айгуль' })
  await control('share-project', { projectId: project.id, uid: agent.uid })
  const said = await control('add-comment', { uid: agent.uid, taskId: task.id, content: 'Здравствуйте' })
  expect(said).toMatchObject([200, { result: { content: 'Здравствуйте', posted_uid: agent.uid } }])
  expect((await api.getComments({ taskId: task.id })).results).toHaveLength(1)

  await control('fail-next', { times: 1, path: '/user', effect: { answer: { status: 503 } } })
  await expect(api.getUser()).rejects.toMatchObject({ httpStatusCode: 503 })
  expect(await control('calls', { path: '/user' })).toMatchObject([200, { result: [{ status: 503 }] }])
  expect(await control('move-task', { taskId: task.id, sectionId: null })).toMatchObject([200, {}])

  expect(await control('assign', { taskId: task.id })).toEqual([
    400,
    { error: 'uid must be: nullable string' },
  ])
  expect(await control('assign', { taskId: 'x', uid: null })).toEqual([
    400,
    { error: 'The simulator knows no task x' },
  ])
  expect(await control('assign', { taskId: task.id, uid: null, extra: 1 })).toMatchObject([400, {}])
  expect(await control('change-settings', { plan: 1 })).toMatchObject([400, {}])
  expect(await control('change-settings', { plan: 'cheap' })).toMatchObject([400, {}])
  expect(await control('inject-faults', { percent: 5, effects: ['boom'] })).toMatchObject([400, {}])
  expect((await control('constructor', {}))[0]).toBe(404)
  expect((await control('clear-calls', {}, { Origin: 'https://evil.example' }))[0]).toBe(403)
  expect((await control('clear-calls', {}, { 'Content-Type': 'text/plain' }))[0]).toBe(403)

  const left = once(child, 'exit')
  child.stdin!.end()
  expect(await left).toEqual([0, null])
})
