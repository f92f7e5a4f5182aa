import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDesk, type Desk } from '../desk.fixture.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.stop())

const RESOURCES = [
  'projects',
  'sections',
  'items',
  'notes',
  'labels',
  'collaborators',
  'collaborator_states',
  'user',
]
const all = (token: string) => desk.sync({ sync_token: token, resource_types: RESOURCES })

it('gives everything once and then only what has changed, deletions and completions too', async () => {
  const { simulator, projectId, newId, workId, agent } = desk
  const kept = simulator.createTask({ projectId, sectionId: newId, content: 'Первый' })
  const gone = simulator.createTask({ projectId, sectionId: newId, content: 'Second' })
  const comment = simulator.addComment({ uid: agent, taskId: kept.id, content: 'Здравствуйте' })

  const full = await desk.api.sync({ syncToken: '*', resourceTypes: RESOURCES as never })
  expect(full).toMatchObject({
    fullSync: true,
    sections: [{ id: newId }, { id: workId }],
    notes: [{ id: comment.id, content: 'Здравствуйте', postedUid: agent }],
    user: { id: simulator.owner.uid },
  })
  expect(full.items!.map(({ content }) => content)).toEqual(['Первый', 'Second'])
  expect(full.collaborators!.map(({ id }) => id)).toContain(agent)
  expect(full.collaboratorStates).toHaveLength(2)

  simulator.deleteTask({ taskId: gone.id })
  simulator.completeTask({ taskId: kept.id, by: agent })
  simulator.deleteComment({ commentId: comment.id })
  simulator.renameSection({ sectionId: newId, name: 'Новые' })
  const changed = await desk.api.sync({ syncToken: full.syncToken!, resourceTypes: RESOURCES as never })
  expect(changed).toMatchObject({
    fullSync: false,
    projects: [],
    notes: [{ id: comment.id, isDeleted: true }],
  })
  expect(changed.items).toMatchObject([
    { id: gone.id, isDeleted: true },
    { id: kept.id, checked: true },
  ])
  expect(changed.sections).toMatchObject([{ name: 'Новые' }])
  expect((await all(changed.syncToken!)).body).toMatchObject({ items: [], notes: [], sections: [] })
  expect((await all('*')).body).toMatchObject({ full_sync: true, items: [], notes: [] })
})

it('answers an unknown, a foreign or a very old token with everything', async () => {
  const foreign = await desk.call(
    'POST',
    '/api/v1/sync',
    { sync_token: '*', resource_types: ['items'] },
    desk.simulator.createToken({ uid: desk.agent }),
  )
  for (const token of ['nonsense', foreign.body.sync_token]) {
    expect((await all(token)).body).toMatchObject({ full_sync: true, user: {} })
  }
})

it('executes a command once, whatever came of its answer', async () => {
  const { simulator, projectId, newId } = desk
  const commands = [
    { type: 'item_add', uuid: 'a', temp_id: 't1', args: { content: 'Ticket', section_id: newId } },
    { type: 'note_add', uuid: 'b', temp_id: 't2', args: { item_id: 't1', content: 'first' } },
    { type: 'item_move', uuid: 'c', args: { id: 't1', section_id: desk.workId } },
  ]
  simulator.failNext({ times: 1, command: 'item_add', effect: 'drop-after-processing' })
  await expect(desk.sync({ commands })).rejects.toThrow()
  const first = (await desk.sync({ commands })).body
  const second = (await desk.sync({ commands })).body
  expect(first.sync_status).toEqual({ a: 'ok', b: 'ok', c: 'ok' })
  expect(second.temp_id_mapping).toEqual(first.temp_id_mapping)
  expect(simulator.tasks({ projectId })).toMatchObject([
    { id: first.temp_id_mapping.t1, section_id: desk.workId, note_count: 1 },
  ])

  const more = [{ type: 'note_add', uuid: 'd', temp_id: 't3', args: { item_id: 't1', content: 'again' } }]
  expect((await desk.sync({ commands: [commands[0], ...more] })).body.sync_status).toEqual({
    a: 'ok',
    d: 'ok',
  })
  expect(simulator.comments({ taskId: first.temp_id_mapping.t1 })).toHaveLength(2)
})

it('lets each command fail by itself', async () => {
  const { simulator, projectId, workId } = desk
  const { id } = simulator.createTask({ projectId, content: 'Ticket' })
  const stranger = simulator.createUser({}).uid
  const { body } = await desk.sync({
    sync_token: '*',
    resource_types: ['items'],
    commands: [
      { type: 'item_update', uuid: '1', args: { id, priority: 4, section_id: workId, labels: ['vip'] } },
      { type: 'item_update', uuid: '2', args: { id, responsible_uid: stranger } },
      {
        type: 'item_add',
        uuid: '3',
        temp_id: 'x',
        args: { content: 'x'.repeat(501), project_id: projectId },
      },
      { type: 'note_add', uuid: '4', args: { item_id: 'x', content: 'lost' } },
      { type: 'item_close', uuid: '5', args: { id: '123456' } },
      { type: 'item_close', uuid: '6', args: { id: 'unknown' } },
      { type: 'dance', uuid: '7', args: {} },
      { type: 'item_update', uuid: '8', args: { id, responsible_uid: desk.agent } },
    ],
  })
  expect(body.sync_status).toMatchObject({
    1: 'ok',
    2: { http_code: 400, error_extra: { argument: 'responsible_uid' } },
    3: { http_code: 400, error_extra: { argument: 'content' } },
    4: { error_tag: 'INVALID_TEMPID' },
    5: { http_code: 400 },
    6: { http_code: 404, error_tag: 'NOT_FOUND' },
    7: { http_code: 400 },
    8: 'ok',
  })
  expect(body.items).toMatchObject([
    { id, priority: 4, section_id: null, labels: ['vip'], responsible_uid: desk.agent },
  ])

  simulator.failNextCommand({ times: 1, type: 'note_add' })
  const commands = ['9', '10'].map((uuid) => ({
    type: 'note_add',
    uuid,
    args: { item_id: id, content: uuid },
  }))
  expect((await desk.sync({ commands })).body.sync_status).toMatchObject({ 9: { http_code: 500 }, 10: 'ok' })
  expect((await desk.sync({ commands })).body.sync_status).toEqual({ 9: 'ok', 10: 'ok' })
  expect(simulator.comments({ taskId: id }).map(({ content }) => content)).toEqual(['10', '9'])
})

it('takes forms, refuses a hundred and one commands and keeps the budget', async () => {
  const { simulator } = desk
  const response = await fetch(`${simulator.url}/api/v1/sync`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${simulator.owner.token}` },
    body: new URLSearchParams({
      sync_token: '*',
      resource_types: '["sections"]',
      commands: JSON.stringify([
        { type: 'section_add', uuid: 'f', args: { project_id: desk.projectId, name: 'Ожидаем' } },
      ]),
    }),
  })
  expect(await response.json()).toMatchObject({
    sync_status: { f: 'ok' },
    sections: [{ name: 'New' }, { name: 'In work' }, { name: 'Ожидаем' }],
  })
  const many = Array.from({ length: 101 }, (_, at) => ({
    type: 'label_add',
    uuid: `${at}`,
    args: { name: `${at}` },
  }))
  expect(await desk.sync({ commands: many })).toMatchObject({ status: 400 })
  expect((await desk.sync({ commands: many.slice(1) })).body.sync_status[100]).toBe('ok')

  const { sync_token } = (await all('*')).body
  simulator.changeSettings({ fullSyncsPer15Minutes: 3, partialSyncsPer15Minutes: 4 })
  expect((await all('*')).status).toBe(200)
  const refused = await all('*')
  expect(refused).toMatchObject({ status: 429, body: { http_code: 429, error_tag: 'TOO_MANY_REQUESTS' } })
  expect(Number(refused.headers.get('retry-after'))).toBe(refused.body.error_extra.retry_after)
  expect(refused.body.error_extra.retry_after).toBeGreaterThan(800)
  expect((await all(sync_token)).status).toBe(200)
  simulator.advanceClock({ milliseconds: 15 * 60_000 })
  expect((await all('*')).status).toBe(200)
})

it('fails as often as it was told, the same way for the same seed', async () => {
  const { simulator } = desk
  const outcomes = async () => {
    simulator.injectFaults({ percent: 40, effects: ['500', '429', 'drop-after-processing'], seed: 7 })
    const seen = []
    for (let at = 0; at < 20; at++) {
      seen.push(
        await desk.sync({ sync_token: 'x' }).then(
          ({ status }) => status,
          () => 0,
        ),
      )
    }
    return seen
  }
  const once = await outcomes()
  expect(await outcomes()).toEqual(once)
  expect(new Set(once)).toEqual(new Set([0, 200, 429, 500]))
  simulator.clearFaults()
  simulator.revokeToken({ token: simulator.owner.token })
  expect((await all('*')).status).toBe(401)
})

it('tells a new collaborator of what was there before', async () => {
  const { simulator, projectId } = desk
  const { id } = simulator.createTask({ projectId, content: 'Old' })
  const late = simulator.createUser({ name: 'Late' }).uid
  const token = simulator.createToken({ uid: late })
  const read = async (sync_token: string) =>
    (await desk.call('POST', '/api/v1/sync', { sync_token, resource_types: ['all'] }, token)).body
  const before = await read('*')
  expect(before.items).toEqual([])
  simulator.shareProject({ projectId, uid: late })
  expect(await read(before.sync_token)).toMatchObject({
    full_sync: false,
    projects: [{ id: projectId, is_shared: true }],
    items: [{ id }],
    sections: [{}, {}],
  })
})
