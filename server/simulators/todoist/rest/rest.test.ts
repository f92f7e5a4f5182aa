import { TodoistRequestError } from '@doist/todoist-sdk'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDesk, type Desk } from '../desk.fixture.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.stop())

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'was done',
    (error: unknown) => (error instanceof TodoistRequestError ? error.httpStatusCode : String(error)),
  )

it('keeps tasks for the official client', async () => {
  const { api, simulator, projectId, newId, workId, agent } = desk
  const task = await api.addTask({
    content: 'Где мой заказ?',
    description: '**№ 17**',
    projectId,
    sectionId: newId,
    labels: ['vip'],
    priority: 4,
    assigneeId: agent,
    dueString: 'tomorrow',
  })
  expect(task).toMatchObject({
    projectId,
    sectionId: newId,
    responsibleUid: agent,
    assignedByUid: simulator.owner.uid,
    priority: 4,
    due: { isRecurring: false },
  })
  expect(
    await api.updateTask(task.id, { content: 'Где заказ?', assigneeId: null, sectionId: workId } as never),
  ).toMatchObject({
    content: 'Где заказ?',
    sectionId: newId,
    responsibleUid: null,
    due: {},
  })
  expect(await api.moveTask(task.id, { sectionId: workId })).toMatchObject({ sectionId: workId })
  expect(await api.moveTasks([task.id], { sectionId: newId })).toMatchObject([{ sectionId: newId }])
  const child = await api.addTask({ content: 'Проверить склад', parentId: task.id })
  expect(child).toMatchObject({ parentId: task.id, sectionId: newId })

  expect((await api.getTasks({ sectionId: newId })).results.map(({ id }) => id)).toEqual([task.id, child.id])
  expect((await api.getTasks({ ids: [child.id] })).results).toHaveLength(1)
  expect((await api.getTasks({ label: 'vip' })).results).toHaveLength(1)
  expect((await api.getTasksByFilter({ query: '@vip & search: заказ' })).results).toMatchObject([
    { id: task.id },
  ])

  expect(await api.closeTask(task.id)).toBe(true)
  expect((await api.getTasks({ projectId })).results).toEqual([])
  expect(await api.getTask(child.id)).toMatchObject({ checked: true })
  const period = { since: '2000-01-01T00:00:00Z', until: '2000-02-01T00:00:00Z' }
  expect((await api.getCompletedTasksByCompletionDate(period)).items).toEqual([])
  const today = {
    since: new Date(Date.now() - 60_000).toISOString(),
    until: new Date(Date.now() + 60_000).toISOString(),
  }
  expect((await api.getCompletedTasksByCompletionDate(today)).items).toHaveLength(2)
  await api.reopenTask(child.id)
  expect((await api.getTasks({ projectId })).results).toHaveLength(2)
  await api.deleteTask(task.id)
  expect(await refusal(api.getTask(child.id))).toBe(404)
})

it('keeps comments, sections, labels and projects for the official client', async () => {
  const { api, projectId, newId, agent, simulator } = desk
  const task = await api.addTask({ content: 'Ticket', projectId })
  const comment = await api.addComment({ taskId: task.id, content: '*hi*', uidsToNotify: [agent] })
  expect(comment).toMatchObject({ taskId: task.id, uidsToNotify: [agent], postedUid: simulator.owner.uid })
  expect(await api.updateComment(comment.id, { content: 'hello' })).toMatchObject({ content: 'hello' })
  expect((await api.getComments({ taskId: task.id })).results).toMatchObject([{ content: 'hello' }])
  expect(await api.getComment(comment.id)).toMatchObject({ id: comment.id })
  await api.addComment({ projectId, content: 'to all' })
  expect((await api.getComments({ projectId })).results).toMatchObject([{ projectId, content: 'to all' }])
  const theirs = simulator.addComment({ uid: agent, taskId: task.id, content: 'mine' })
  expect(await refusal(api.updateComment(theirs.id, { content: 'forged' }))).toBe(403)
  await api.deleteComment(comment.id)
  expect(await refusal(api.getComment(comment.id))).toBe(404)

  const section = await api.addSection({ projectId, name: 'Solved' })
  expect(await api.updateSection(section.id, { name: 'Решено' })).toMatchObject({ name: 'Решено' })
  expect((await api.getSections({ projectId })).results.map(({ name }) => name)).toEqual([
    'New',
    'In work',
    'Решено',
  ])
  const doomed = await api.addTask({ content: 'in it', sectionId: section.id })
  await api.deleteSection(section.id)
  expect(await refusal(api.getTask(doomed.id))).toBe(404)
  expect(await api.getSection(newId)).toMatchObject({ description: '' })

  const label = await api.addLabel({ name: 'vip' })
  await api.updateTask(task.id, { labels: ['vip', 'x'] })
  await api.updateLabel(label.id, { name: 'VIP' })
  expect((await api.getTask(task.id)).labels).toEqual(['VIP', 'x'])
  expect(await refusal(api.addLabel({ name: 'VIP' }))).toBe(400)
  expect((await api.getLabels()).results).toMatchObject([{ name: 'VIP' }])
  await api.deleteLabel(label.id)
  expect((await api.getTask(task.id)).labels).toEqual(['x'])

  expect(await api.getProject(projectId)).toMatchObject({ canAssignTasks: true, viewStyle: 'board' })
  expect((await api.getProjectCollaborators(projectId)).results.map(({ id }) => id)).toContain(agent)
  const other = await api.addProject({ name: 'Other', viewStyle: 'board' })
  await api.updateProject(other.id, { name: 'Another' })
  expect(await api.archiveProject(other.id)).toMatchObject({ isArchived: true })
  expect(await refusal(api.addTask({ content: 'late', projectId: other.id }))).toBe(403)
  expect((await api.getProjects()).results.map(({ name }) => name)).toEqual(['Inbox', 'Поддержка'])
  await api.unarchiveProject(other.id)
  await api.deleteProject(other.id)
  expect(await refusal(api.getProject(other.id))).toBe(404)
  expect(await api.getUser()).toMatchObject({ id: simulator.owner.uid, email: 'owner@example.com' })
})

it('refuses what the real one refuses', async () => {
  const { api, simulator, projectId, agent } = desk
  const stranger = simulator.createUser({ name: 'Stranger' }).uid
  const task = await api.addTask({ content: 'x'.repeat(500), description: 'я'.repeat(16_383), projectId })
  await api.addComment({ taskId: task.id, content: 'ы'.repeat(15_000) })
  const refused = async (method: string, path: string, body?: unknown, token?: string) =>
    (await desk.call(method, path, body, token)).status
  const at = `/api/v1/tasks/${task.id}`

  expect(await refused('POST', '/api/v1/tasks', { content: 'x'.repeat(501) })).toBe(400)
  expect(await refused('POST', '/api/v1/tasks', { content: ' ' })).toBe(400)
  expect(await refused('POST', '/api/v1/tasks', { project_id: projectId })).toBe(400)
  expect(await refused('POST', at, { description: 'я'.repeat(16_384) })).toBe(400)
  expect(await refused('POST', at, { priority: 5 })).toBe(400)
  expect(await refused('POST', at, { assignee_id: stranger })).toBe(400)
  expect(await refused('POST', `${at}/move`, {})).toBe(400)
  expect(await refused('POST', `${at}/move`, { section_id: desk.newId, project_id: projectId })).toBe(400)
  expect(await refused('POST', '/api/v1/comments', { task_id: task.id, content: 'ы'.repeat(15_001) })).toBe(
    400,
  )
  expect(await refused('POST', '/api/v1/comments', { task_id: task.id, content: '' })).toBe(400)
  expect(await refused('GET', '/api/v1/comments')).toBe(400)
  expect(await refused('GET', '/api/v1/tasks?limit=201')).toBe(400)
  expect(await refused('GET', '/api/v1/tasks?cursor=zzz')).toBe(400)
  expect(await refused('GET', '/api/v1/tasks/2995104339')).toBe(400)
  expect(await refused('GET', '/api/v1/nothing')).toBe(404)
  expect(await refused('GET', '/rest/v2/tasks')).toBe(410)
  expect(await refused('POST', '/sync/v9/sync', {})).toBe(410)
  expect(await refused('GET', at, undefined, 'wrong')).toBe(401)
  expect(await refused('GET', at, undefined, simulator.createToken({ uid: stranger }))).toBe(403)
  const reader = simulator.createToken({ uid: agent, scopes: ['data:read'] })
  expect(await refused('GET', at, undefined, reader)).toBe(200)
  expect(await refused('POST', at, { priority: 2 }, reader)).toBe(403)
  expect((await desk.call('GET', '/api/v1/tasks/unknown')).body).toMatchObject({
    error: 'Task not found',
    error_tag: 'NOT_FOUND',
    http_code: 404,
    error_extra: { event_id: expect.any(String) },
  })

  const fixed = await api.addTask({ content: 'Header', isUncompletable: true, projectId })
  expect(fixed.content).toBe('* Header')
  expect(await refusal(api.closeTask(fixed.id))).toBe(400)
  const daily = await api.addTask({ content: 'Daily', dueString: 'every day', projectId })
  await api.closeTask(daily.id)
  const later = await api.getTask(daily.id)
  expect(later).toMatchObject({ checked: false, due: { isRecurring: true } })
  expect(later.due!.date > daily.due!.date).toBe(true)
})

it('is full at 300 tasks, 20 sections and 5 people', async () => {
  const { api, simulator, projectId } = desk
  const first = simulator.createTask({ projectId, content: 'first' })
  for (let count = 1; count < 300; count++) simulator.createTask({ projectId, content: `${count}` })
  expect(await refusal(api.addTask({ content: 'one too many', projectId }))).toBe(403)
  simulator.completeTask({ taskId: first.id })
  const last = await api.addTask({ content: 'in its place', projectId })
  expect(await refusal(api.reopenTask(first.id))).toBe(403)
  await api.deleteTask(last.id)
  await api.reopenTask(first.id)

  for (let count = 2; count < 20; count++) simulator.createSection({ projectId, name: `${count}` })
  expect(await refusal(api.addSection({ projectId, name: 'too many' }))).toBe(403)
  const people = ['a', 'b', 'c', 'd'].map((name) => simulator.createUser({ name }).uid)
  for (const uid of people.slice(0, 3)) simulator.shareProject({ projectId, uid })
  expect(() => simulator.shareProject({ projectId, uid: people[3]! })).toThrow('collaborators')

  simulator.changeSettings({ shortPages: true, repeatedRows: true })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof api.getTasks>> = await api.getTasks({
      projectId,
      limit: 100,
      cursor,
    })
    expect(page.results.length).toBeLessThanOrEqual(50)
    seen.push(...page.results.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(new Set(seen).size).toBe(300)
  expect(seen.length).toBeGreaterThan(300)

  simulator.changeSettings({ restCallsPer15Minutes: 1 })
  const refused = await desk.call('GET', '/api/v1/user')
  expect(refused).toMatchObject({ status: 429, body: { error_extra: { retry_after: expect.any(Number) } } })
})
