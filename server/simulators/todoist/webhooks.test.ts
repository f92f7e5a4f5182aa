import {
  getAuthToken,
  getAuthorizationUrl,
  parseWebhookPayload,
  revokeToken,
  TodoistApi,
  verifyWebhookSignature,
} from '@doist/todoist-sdk'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDesk, type Desk } from './desk.fixture.ts'

const SECRET = 'test-client-secret'

interface Event {
  id: string
  name: string
  body: string
  at: number
}

let desk: Desk
let hook: Server
let callbackUrl: string
let events: Event[]
let answers: number[]

beforeEach(async () => {
  desk = await openDesk()
  events = []
  answers = []
  hook = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      void verifyWebhookSignature({
        rawBody: body,
        signature: String(request.headers['x-todoist-hmac-sha256']),
        clientSecret: SECRET,
      }).then((isSigned) => {
        if (!isSigned || request.headers['user-agent'] !== 'Todoist-Webhooks') throw new Error('not signed')
        const name = (JSON.parse(body) as { event_name: string }).event_name
        events.push({ id: String(request.headers['x-todoist-delivery-id']), name, body, at: Date.now() })
        response.writeHead(answers.shift() ?? 200).end()
      })
    })
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  callbackUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/todoist`
})
afterEach(async () => {
  await desk.stop()
  hook.closeAllConnections()
  hook.close()
})

const subscribe = () => {
  desk.simulator.registerApp({ clientId: 'app', clientSecret: SECRET, callbackUrl })
  return desk.simulator.createToken({ uid: desk.simulator.owner.uid, clientId: 'app' })
}
const heard = async (count: number) => {
  await expect.poll(() => events.length, { timeout: 2000, interval: 5 }).toBe(count)
  return events.map(({ name }) => name)
}

it('tells of every act in envelopes that the official client reads', async () => {
  subscribe()
  const { simulator, projectId, newId, workId, agent, api } = desk
  const task = await api.addTask({ content: 'Ё — "заказ"', sectionId: newId })
  await heard(1)
  simulator.assign({ taskId: task.id, uid: agent, by: agent })
  simulator.moveTask({ taskId: task.id, sectionId: workId, by: agent })
  const { id: commentId } = simulator.addComment({ uid: agent, taskId: task.id, content: 'Отвечаю' })
  simulator.editComment({ commentId, content: 'Ответ' })
  simulator.deleteComment({ commentId })
  simulator.completeTask({ taskId: task.id, by: agent })
  simulator.reopenTask({ taskId: task.id, by: agent })
  simulator.setDue({ taskId: task.id, due: 'every day' })
  simulator.completeTask({ taskId: task.id, by: agent })
  simulator.deleteTask({ taskId: task.id })
  simulator.renameSection({ sectionId: newId, name: 'Новые' })
  simulator.deleteSection({ sectionId: newId })
  await api.addLabel({ name: 'vip' })
  simulator.deleteProject({ projectId })
  await heard(15)

  const parsed = events.map(({ body }) => parseWebhookPayload(JSON.parse(body)))
  const named = (name: string) => parsed.filter(({ eventName }) => eventName === name)
  expect(named('item:added')).toMatchObject([
    {
      userId: simulator.owner.uid,
      initiator: { id: simulator.owner.uid },
      eventData: { content: 'Ё — "заказ"' },
    },
  ])
  const updates = named('item:updated') as { eventDataExtra: { updateIntent: string } }[]
  expect(updates.map(({ eventDataExtra }) => eventDataExtra.updateIntent).sort()).toEqual([
    'item_completed',
    'item_updated',
    'item_updated',
    'responsible_uid_changed',
  ])
  expect(
    updates.find(({ eventDataExtra }) => eventDataExtra.updateIntent === 'responsible_uid_changed'),
  ).toMatchObject({
    initiator: { id: agent },
    eventData: { responsibleUid: agent },
    eventDataExtra: { oldItem: { responsibleUid: null } },
  })
  expect(named('note:added')).toMatchObject([
    { eventData: { content: 'Отвечаю', postedUid: agent, taskId: task.id, item: { id: task.id } } },
  ])
  expect(named('note:deleted')).toMatchObject([{ eventData: { isDeleted: true } }])
  const rest = [
    'item:completed',
    'item:uncompleted',
    'item:deleted',
    'section:updated',
    'section:deleted',
    'label:added',
    'project:deleted',
  ]
  for (const name of rest) expect(named(name)).toHaveLength(1)
})

it('counts only 200, tries three times more with the same id, and then loses the event', async () => {
  subscribe()
  answers = [204, 500, 201, 302]
  desk.simulator.createTask({ projectId: desk.projectId, content: 'Ticket' })
  for (const count of [1, 2, 3, 4]) {
    await heard(count)
    await expect.poll(() => desk.simulator.deliveries().length).toBe(count)
    desk.simulator.advanceClock({ milliseconds: 14 * 60_000 })
    expect(events).toHaveLength(count)
    desk.simulator.advanceClock({ milliseconds: 61_000 })
  }
  expect(new Set(events.map(({ id }) => id)).size).toBe(1)
  expect(desk.simulator.deliveries().map(({ status }) => status)).toEqual([204, 500, 201, 302])
  desk.simulator.sendEvent({
    clientId: 'app',
    event: 'filter:danced',
    body: { user_id: '1', event_data: {} },
  })
  expect((await heard(5)).at(-1)).toBe('filter:danced')
})

it('loses, repeats, delays and reorders as it is told, and may be ahead of the answer', async () => {
  subscribe()
  const { simulator, projectId, agent } = desk
  const task = simulator.createTask({ projectId, content: 'Ticket' })
  await heard(1)
  const say = (content: string) => simulator.addComment({ uid: agent, taskId: task.id, content })
  const contents = () => events.slice(1).map(({ body }) => JSON.parse(body).event_data.content as string)
  simulator.failNextEvent({ times: 1, event: 'note:added', effect: 'drop' })
  say('lost')
  simulator.failNextEvent({ times: 1, effect: 'duplicate' })
  say('twice')
  await heard(3)
  expect(contents()).toEqual(['twice', 'twice'])
  expect(new Set(events.slice(1).map(({ id }) => id)).size).toBe(1)

  simulator.failNextEvent({ times: 1, effect: 'reorder' })
  say('first')
  say('second')
  await heard(5)
  expect(contents().slice(2)).toEqual(['second', 'first'])

  simulator.failNextEvent({ times: 1, delayMs: 60_000 })
  say('late')
  say('in time')
  await heard(6)
  simulator.advanceClock({ milliseconds: 60_000 })
  await heard(7)
  expect(contents().slice(4)).toEqual(['in time', 'late'])

  simulator.changeSettings({ earlyEcho: true })
  await desk.api.addComment({ taskId: task.id, content: 'own' })
  expect(contents().at(-1)).toBe('own')

  simulator.changeSettings({ webhooksLost: true })
  say('unheard')
  simulator.changeSettings({ webhooksLost: false, eventsOfCollaborators: false })
  say('of another')
  await desk.api.addComment({ taskId: task.id, content: 'own again' })
  expect(contents().at(-1)).toBe('own again')
  expect(contents()).not.toContain('unheard')
  expect(contents()).not.toContain('of another')
})

it('lets an app in by OAuth, and shuts it out', async () => {
  const { simulator, agent } = desk
  const app = { clientId: 'app', clientSecret: SECRET, refreshesTokens: true }
  simulator.registerApp({ ...app, callbackUrl, redirectUri: 'https://shop.example/back?x=1' })
  const options = { baseUrl: simulator.url }
  const address = getAuthorizationUrl({
    clientId: 'app',
    permissions: ['data:read_write'],
    state: 's1',
    baseUrl: simulator.url,
  })
  const page = await (await fetch(address)).text()
  expect(page).toContain('Айгуль')
  const link = /href="([^"]*uid&#61;|[^"]*uid=)(\d+)/.exec(page)
  expect(link).not.toBeNull()
  const back = new URL(
    (await fetch(`${address}&uid=${agent}`, { redirect: 'manual' })).headers.get('location')!,
  )
  expect(back.searchParams.get('state')).toBe('s1')
  expect(back.href).toContain('https://shop.example/back?x=1&')
  const code = back.searchParams.get('code')!
  const grant = { clientId: 'app', clientSecret: SECRET, code }
  await expect(getAuthToken({ ...grant, clientSecret: 'wrong' }, options)).rejects.toThrow()
  const { accessToken } = await getAuthToken(grant, options)
  await expect(getAuthToken(grant, options)).rejects.toThrow()
  const api = new TodoistApi(accessToken, options)
  expect(await api.getUser()).toMatchObject({ id: agent })
  simulator.createTask({ projectId: desk.projectId, content: 'Ticket' })
  await heard(1)
  expect(JSON.parse(events[0]!.body)).toMatchObject({
    user_id: agent,
    initiator: { id: simulator.owner.uid },
  })

  simulator.advanceClock({ milliseconds: 60 * 60_000 })
  await expect(api.getUser()).rejects.toMatchObject({ httpStatusCode: 401 })
  const denied = await fetch(`${address}&answer=no`, { redirect: 'manual' })
  expect(denied.headers.get('location')).toContain('error=access_denied')
  expect(await revokeToken({ clientId: 'app', clientSecret: SECRET, token: accessToken }, options)).toBe(true)
})
