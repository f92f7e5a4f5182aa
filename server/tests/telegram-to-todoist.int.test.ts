import { afterAll, beforeAll, expect, it } from 'vitest'
import { openChatDesk, type ChatDesk } from './chat-desk.fixture.ts'
import {
  startTodoistSimulator,
  type TodoistSimulator,
} from '../simulators/todoist/start-todoist-simulator.ts'
import { eventually, startTapline, type Tapline } from './tapline.fixture.ts'

let tapline: Tapline
let todoist: TodoistSimulator
let desk: ChatDesk
beforeAll(async () => {
  todoist = await startTodoistSimulator({})
  tapline = await startTapline({
    env: {
      TAPLINE_TODOIST_API_ROOT: todoist.url,
      TAPLINE_TODOIST_POLL_SECONDS: '1',
      TAPLINE_LOG_LEVEL: 'error',
    },
  })
  desk = await openChatDesk(tapline)
})
afterAll(async () => {
  await tapline.stop()
  await todoist.stop()
})

it('what is said in the widget stands on the board, and a comment is said in the widget', async () => {
  const account = todoist.createUser({ fullName: 'Bridge' } as never)
  const token = todoist.createToken({ uid: account.uid })
  const put = await desk.shop.put<{ boardId: string }>('/v1/integrations/todoist', { token })
  expect(put.body).toMatchObject({ connected: true })
  const { boardId } = put.body
  const visitor = await desk.visitor()
  const conversationId = await desk.conversation(visitor)
  await desk.must('POST', `/v1/conversations/${conversationId}/messages`, visitor.token, {
    text: 'Where is my *order*?',
    clientId: 'c-000000001',
  })
  const began = performance.now()
  const [task] = await eventually(
    () => Promise.resolve(todoist.tasks({ projectId: boardId })),
    (tasks) => tasks.length > 0,
  )
  console.log('task after', performance.now() - began, task)
  await eventually(
    () => Promise.resolve(todoist.comments({ taskId: task!.id })),
    (all) => all.length > 1,
  )
  console.log(todoist.comments({ taskId: task!.id }))
  const olga = todoist.createUser({ fullName: 'Olga' } as never)
  todoist.shareProject({ projectId: boardId, uid: olga.uid })
  const agent = await desk.must<{ id: string }>('POST', '/v1/agents', desk.shop.secretKey, {
    name: 'Olga',
    todoistUserId: olga.uid,
  })
  todoist.addComment({ uid: olga.uid, taskId: task!.id, content: 'It is **on its way**' })
  const messages = await eventually(
    () =>
      desk.must<{ data: { text: string }[] }>(
        'GET',
        `/v1/conversations/${conversationId}/messages`,
        visitor.token,
      ),
    ({ data }) => data.length > 1,
  )
  console.log(messages.data, agent)
  await eventually(
    () => Promise.resolve(todoist.task({ taskId: task!.id })),
    (seen) => seen.responsible_uid === olga.uid,
  )
})
