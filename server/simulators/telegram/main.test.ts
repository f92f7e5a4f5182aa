import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Api } from 'grammy'
import { afterEach, beforeEach, expect, it } from 'vitest'

let child: ChildProcess
let url: string

beforeEach(async () => {
  const main = new URL('main.ts', import.meta.url).pathname
  child = spawn(process.execPath, ['--import', 'tsx', main, '--token', '555:ABC'], {
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
  return [response.status, await response.json()] as [number, { result?: never; error?: string }]
}

it('is steered by another process and leaves when its parent does', async () => {
  const api = new Api('555:ABC', { apiRoot: url })
  const [, { result: person }] = await control('create-person', { firstName: 'Анна' })
  const { id } = person as unknown as { id: number }
  expect(await control('press-start', { personId: id, payload: 'p1' })).toMatchObject([
    200,
    { result: { text: '/start p1' } },
  ])
  await control('change-person', { personId: id, username: 'anna' })
  expect(
    await control('send', { personId: id, kind: 'document', fileName: 'счёт.pdf', bytes: 'eA==' }),
  ).toMatchObject([
    200,
    { result: { document: { file_name: 'счёт.pdf', file_size: 1 }, from: { username: 'anna' } } },
  ])
  await control('change-person', { personId: id, username: null })
  await api.sendMessage(id, 'Здравствуйте')
  expect(await control('messages', { chatId: id })).toMatchObject([
    200,
    { result: [{}, {}, { text: 'Здравствуйте' }] },
  ])

  expect(await control('fail-next', { times: 1, effect: { answer: { status: 500 } } })).toEqual([
    200,
    { result: null },
  ])
  await expect(api.getMe()).rejects.toThrow()
  expect(await control('calls', { method: 'getMe' })).toMatchObject([200, { result: [{ status: 500 }] }])
  expect(await control('advance-clock', { milliseconds: 60_000 })).toMatchObject([200, {}])
  const { date } = await api.sendMessage(id, 'later')
  expect(date).toBeGreaterThan(Date.now() / 1000 + 50)

  const left = once(child, 'exit')
  child.stdin!.end()
  expect(await left).toEqual([0, null])
})

it('refuses what it does not understand and whom it does not know', async () => {
  expect(await control('press-start', { personId: '1' })).toEqual([
    400,
    { error: 'personId must be: number' },
  ])
  expect(await control('press-start', { personId: 1, extra: 1 })).toEqual([
    400,
    { error: 'This control has no field extra' },
  ])
  expect(await control('press-start', { personId: 1 })).toEqual([
    400,
    { error: 'The simulator knows no person 1' },
  ])
  for (const [name, input, error] of [
    ['send', { personId: 1, kind: 1 }, 'kind must be: string'],
    ['send-album', { personId: 1, items: ['x'] }, 'items must be: objects'],
    ['send-album', { personId: 1, items: [{ kind: 'photo', smell: 1 }] }, 'This control has no field smell'],
    ['fail-updates', { times: 1, effect: 'eat' }, 'effect must be: update effect'],
    ['inject-faults', { percent: 5, effects: ['eat'] }, 'effects must be: random effects?'],
    ['inject-faults', { percent: 500 }, 'percent is from 0 to 100'],
    ['share-contact', { personId: 1, contactOf: '1' }, 'contactOf must be: number or null?'],
  ] as const) {
    expect(await control(name, input)).toEqual([400, { error }])
  }
  expect((await control('constructor', {}))[0]).toBe(404)
  expect((await control('clear-calls', {}, { Origin: 'https://evil.example' }))[0]).toBe(403)
  expect((await control('clear-calls', {}, { 'Content-Type': 'text/plain' }))[0]).toBe(403)
  expect((await control('clear-calls', {}, { Origin: url }))[0]).toBe(200)

  const left = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await left).toEqual([0, null])
})
