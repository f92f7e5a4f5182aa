import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  startTodoistSimulator,
  type TodoistSimulator,
} from '../simulators/todoist/start-todoist-simulator.ts'
import { startTapline, type Tapline } from './tapline.fixture.ts'
import { openTeamDesk, type TeamDesk } from './todoist-board.fixture.ts'

let todoist: TodoistSimulator
let tapline: Tapline
let desk: TeamDesk

beforeAll(async () => {
  todoist = await startTodoistSimulator()
  tapline = await startTapline({
    env: { TAPLINE_TODOIST_API_ROOT: todoist.url, TAPLINE_TODOIST_POLL_SECONDS: '1' },
  })
  desk = await openTeamDesk(tapline, todoist)
})
afterAll(async () => {
  await tapline.stop()
  await todoist.stop()
})

it('a board is built, and what customers say is on it', async () => {
  expect(desk.board()!.sections.map(({ name }) => name)).toEqual([
    'Новые',
    'В работе',
    'Ждём клиента',
    'Решены',
  ])
  const olga = await desk.agent('Olga')
  const { from, ticket, task } = await desk.opened('Where is my *order*?')
  expect(task).toMatchObject({ project_id: desk.boardId, section_id: desk.section(0), checked: false })
  await desk.commented(task, (all) => all.some((one) => one.includes('Where is my')))
  todoist.addComment({ uid: olga.uid, taskId: task.id, content: '**Yesterday** it left' })
  const heard = await desk.hears(from, (all) => all.length === 2)
  expect(heard.map(({ text, sender }) => [sender.name, text])).toEqual(expect.arrayContaining([['Olga', 'Yesterday it left']]))
  await desk.becomes(ticket, ({ status }) => status === 'waiting')
  await desk.taskOf(ticket, ({ section_id }) => section_id === desk.section(2))
})
