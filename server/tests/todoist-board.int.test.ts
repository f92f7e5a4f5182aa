import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  startTodoistSimulator,
  type TodoistSimulator,
} from '../simulators/todoist/start-todoist-simulator.ts'
import { eventually, startTapline, type Tapline } from './tapline.fixture.ts'
import { openTeamDesk, type TeamDesk, type TeamMember } from './todoist-board.fixture.ts'

const APP = { clientId: 'tapline-tests', clientSecret: 'secret-of-the-app' }

const REDIRECT = 'https://shop.example.test/back'

let todoist: TodoistSimulator
let tapline: Tapline
let desk: TeamDesk
let olga: TeamMember
let timur: TeamMember

beforeAll(async () => {
  todoist = await startTodoistSimulator()
  tapline = await startTapline({
    env: {
      TAPLINE_TODOIST_API_ROOT: todoist.url,
      TAPLINE_TODOIST_POLL_SECONDS: '1',
      TAPLINE_TODOIST_CLIENT_ID: APP.clientId,
      TAPLINE_TODOIST_CLIENT_SECRET: APP.clientSecret,
    },
  })
  todoist.registerApp({
    ...APP,
    callbackUrl: `${tapline.url}/v1/todoist-events`,
    redirectUri: REDIRECT,
    refreshesTokens: true,
  })
  desk = await openTeamDesk(tapline, todoist, {
    clientId: APP.clientId,
    settings: { topics: [{ key: 'returns', title: { en: 'Returns' }, label: 'returns' }] },
  })
  ;[olga, timur] = [await desk.agent('Olga'), await desk.agent('Timur')]
})
afterAll(async () => {
  await tapline.stop()
  await todoist.stop()
})
beforeEach(() => {
  todoist.clearFaults()
  todoist.changeSettings({ webhooksLost: false, earlyEcho: false, uploadPendingMs: 0, plan: 'paid' })
})

const comment = (uid: string, taskId: string, content: string, more: object = {}) =>
  todoist.addComment({ uid, taskId, content, ...more })
const says = (text: string) => (all: { text: string | null }[]) => all.some((one) => one.text === text)
const has = (words: string) => (all: string[]) => all.some((one) => one.includes(words))
const tell = (body: string, secret = APP.clientSecret) =>
  fetch(`${tapline.url}/v1/todoist-events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-todoist-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
    body,
  })
const versionOf = async ({ shop }: TeamDesk) =>
  (
    await tapline.app.sql.query<{ version: string }>('select version from boards where project_id = $1', [
      shop.id,
    ])
  )[0]!.version

it('10: an owner who shares the board with nobody keeps what was assigned', async () => {
  const alone = await openTeamDesk(tapline, todoist)
  await tapline.call('POST', '/v1/agents', alone.shop.secretKey, { name: 'Olga', todoistUserId: alone.owner.uid }) // prettier-ignore
  const { ticket, task } = await alone.opened('Who helps me?')
  todoist.assign({ taskId: task.id, uid: alone.owner.uid, by: alone.owner.uid })
  await alone.becomes(ticket, ({ status }) => status === 'in-work')
  await alone.settled()
  const { responsible_uid: uid } = await alone.taskOf(ticket, ({ section_id: at }) => at === alone.section(1))
  expect(uid).toBe(alone.owner.uid)
})

it('17: wants a token or a code, and says which of both is refused', async () => {
  for (const given of [{}, { token: 'x'.repeat(40), code: 'y' }] as Record<string, string>[])
    expect(await desk.connect(given), JSON.stringify(given)).toMatchObject({ status: 400 })
  expect(await desk.connect({ code: 'unknown' })).toMatchObject({ status: 422, body: { code: 'todoist-code-refused' } }) // prettier-ignore
})

describe('what customers say', () => {
  it('is on a board that built itself, with who asks, and answers go back', async () => {
    expect(desk.board()!.sections.map(({ name }) => name)).toEqual([
      'Новые',
      'В работе',
      'Ждём клиента',
      'Решены',
    ])
    const { from, ticket, task } = await desk.opened('* Where is my @order #5 tomorrow?')
    expect(task).toMatchObject({
      content: `#${ticket.number} Where is my @order #5 tomorrow?`,
      project_id: desk.boardId,
      section_id: desk.section(0),
      labels: ['widget'],
      checked: false,
    })
    expect(task.due).toMatchObject({ is_recurring: false })
    const notes = await desk.commented(task, has('Where is my'))
    expect([...notes[0]!.uids_to_notify!].sort()).toEqual([olga.uid, timur.uid].sort())
    comment(olga.uid, task.id, '**Yesterday** it left')
    const heard = await desk.hears(from, says('Yesterday it left'))
    expect(heard.find(({ text }) => text === 'Yesterday it left')!.sender.name).toBe('Olga')
    await desk.becomes(ticket, ({ status, assigneeId }) => status === 'waiting' && assigneeId === olga.id)
    await desk.taskOf(ticket, (one) => one.section_id === desk.section(2) && one.responsible_uid === olga.uid)
    await desk.say(from, 'Thank you')
    await desk.becomes(ticket, ({ status }) => status === 'in-work')
    await desk.taskOf(ticket, ({ section_id }) => section_id === desk.section(1))
  })

  it('stays in order, also where single commands fail and answers are lost', async () => {
    const from = await desk.asker()
    todoist.failNext({ times: 1, command: 'item_add', effect: 'drop-after-processing' })
    const { ticket, task } = await desk.opened('m0', from)
    todoist.failNextCommand({ times: 2, type: 'note_add' })
    todoist.failNext({ times: 1, command: 'note_add', effect: 'drop-after-processing' })
    for (let index = 1; index < 8; index++) await desk.say(from, `m${index}`)
    await desk.commented(task, has('m7'))
    const shown = desk.comments(task).flatMap((content) => /\nm\d$/.exec(content)?.[0].trim() ?? [])
    expect(shown).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'])
    expect(desk.tasksOf(ticket)).toHaveLength(1)
    expect(await desk.look()).toMatchObject({ dead: 0 })
  })

  it('4: our own writes are no answers, also when their events come before our request is answered', async () => {
    todoist.changeSettings({ earlyEcho: true })
    const { from, task } = await desk.opened('Echo?')
    await desk.commented(task, has('Echo?'))
    comment(olga.uid, task.id, 'None')
    await desk.hears(from, says('None'))
    await desk.settled()
    expect(await desk.messages(from)).toHaveLength(2)
  })
})

describe('what agents write', () => {
  it('5: the owner answers from the account of the bridge', async () => {
    const { from, ticket, task } = await desk.opened('Who is there?')
    await desk.commented(task, has('Who is there?'))
    comment(desk.owner.uid, task.id, 'Me')
    const heard = await desk.hears(from, says('Me'))
    expect(heard.find(({ text }) => text === 'Me')!.sender).toMatchObject({
      kind: 'agent',
      name: 'Shop owner',
    })
    await desk.becomes(ticket, ({ status }) => status === 'waiting')
  })

  it('7: edits, deletions, notes, long texts and strangers', async () => {
    const { from, task } = await desk.opened('Edit me')
    const answer = comment(olga.uid, task.id, 'It costs *5*')
    await desk.hears(from, says('It costs 5'))
    todoist.editComment({ commentId: answer.id, content: 'It costs **6**' })
    await desk.hears(from, says('It costs 6'))
    const note = comment(olga.uid, task.id, '// between us')
    const long = comment(olga.uid, task.id, 'word '.repeat(2_990))
    await desk.hears(from, (all) => all.length > 4)
    expect((await desk.messages(from)).some(({ text }) => text?.includes('between us') === true)).toBe(false)
    todoist.editComment({ commentId: note.id, content: 'Now for you' })
    await desk.hears(from, says('Now for you'))
    const slip = comment(olga.uid, task.id, 'Said too much')
    await desk.hears(from, says('Said too much'))
    todoist.editComment({ commentId: slip.id, content: '// Said too much' })
    await desk.hears(from, (all) => !says('Said too much')(all))
    todoist.deleteComment({ commentId: answer.id })
    todoist.deleteComment({ commentId: long.id })
    await desk.hears(from, (all) => all.filter(({ text }) => text !== null).length === 2)

    const stranger = todoist.createUser({ name: 'Somebody' })
    todoist.shareProject({ projectId: desk.boardId, uid: stranger.uid })
    comment(stranger.uid, task.id, 'I help out')
    const heard = await desk.hears(from, says('I help out'))
    expect(heard.find(({ text }) => text === 'I help out')!.sender.kind).toBe('bot')
    await desk.commented(task, has('Somebody'))
    todoist.leaveProject({ projectId: desk.boardId, uid: stranger.uid })
  })

  it('is on the board whatever a browser calls it', async () => {
    const { from, task } = await desk.opened('Call me names')
    await desk.say(from, 'I am a comment', { clientId: 'td:6X5x8q34Cfpccr5R' })
    await desk.say(from, 'after it')
    const notes = await desk.commented(task, has('after it'))
    expect(notes.some(({ content }) => content.includes('I am a comment'))).toBe(true)
  })

  it('edits and deletions of customers are seen, commands are answered once', async () => {
    const { from, ticket, task } = await desk.opened('Teh cup')
    await desk.commented(task, has('Teh cup'))
    const [message] = await desk.messages(from)
    const path = `/v1/conversations/${from.conversationId}/messages/${message!.id}`
    await desk.must('PATCH', path, from.token, { text: 'The cup' })
    await desk.commented(task, has('The cup\n*(изменено)*'))
    await desk.must('DELETE', path, from.token)
    await desk.commented(task, (all) => has('удалено')(all) && !has('The cup')(all))
    comment(olga.uid, task.id, '/priority 4')
    await desk.taskOf(ticket, ({ priority }) => priority === 4)
    await desk.settled()
    expect(await desk.messages(from)).toHaveLength(1)
  })

  it('7, 8: files both ways; one that is still being uploaded comes later, and the second host sees no token', async () => {
    const { from, task } = await desk.opened('Show me')
    todoist.changeSettings({ uploadPendingMs: 300 })
    const base64 = Buffer.from('a picture').toString('base64')
    comment(olga.uid, task.id, '', { attachment: { name: 'счёт №5.txt', type: 'text/plain', base64 } })
    const heard = await desk.hears(from, (all) => all.some(({ attachment }) => attachment?.state === 'ready'))
    const { attachment } = heard.find((one) => one.attachment !== null)!
    expect(attachment!.name).toBe('счёт №5.txt')
    expect(await (await fetch(attachment!.url!)).text()).toBe('a picture')
    expect(todoist.leakedTokens()).toEqual([])

    todoist.changeSettings({ uploadPendingMs: 0 })
    await desk.attach(from, { name: 'чек.txt', words: 'My receipt', bytes: 'a receipt' })
    await desk.say(from, 'after it')
    const notes = await desk.commented(task, has('after it'))
    const shown = notes.find((one) => one.content.includes('My receipt'))!
    expect(shown.file_attachment).toMatchObject({ file_name: 'чек.txt', file_size: 9 })
    expect(notes.indexOf(shown)).toBe(notes.length - 2)
  })
})

describe('what agents do', () => {
  it('9, 10: moves, priorities, labels, completion and reopening are asked of the ticket', async () => {
    const { from, ticket, task } = await desk.opened('Move me')
    const taskId = task.id
    // Who moves it is known of a task that is known.
    await desk.settled()
    todoist.renameTask({ taskId, content: 'Renamed' })
    todoist.moveTask({ taskId, sectionId: desk.section(1), by: timur.uid })
    await desk.becomes(ticket, ({ status, assigneeId }) => status === 'in-work' && assigneeId === timur.id)
    await desk.taskOf(ticket, ({ responsible_uid }) => responsible_uid === timur.uid)
    todoist.setPriority({ taskId, priority: 3 })
    todoist.setLabels({ taskId, labels: ['returns', 'mine', 'widget'] })
    await desk.becomes(ticket, ({ priority, topic }) => priority === 3 && topic === 'returns')
    todoist.assign({ taskId, uid: null, by: timur.uid })
    await desk.becomes(ticket, ({ status, assigneeId }) => assigneeId === null && status === 'new')
    await desk.taskOf(ticket, ({ section_id }) => section_id === desk.section(0))
    todoist.completeTask({ taskId, by: olga.uid })
    await desk.becomes(ticket, ({ status }) => status === 'solved')
    todoist.reopenTask({ taskId, by: olga.uid })
    await desk.becomes(ticket, ({ status }) => status !== 'solved')
    todoist.moveTask({ taskId, sectionId: desk.section(3), by: olga.uid })
    await desk.becomes(ticket, ({ status }) => status === 'solved')
    await desk.taskOf(ticket, ({ checked }) => checked)
    await desk.say(from, 'Once more')
    await desk.becomes(ticket, ({ status }) => status !== 'solved')
    expect(await desk.taskOf(ticket, ({ checked }) => !checked)).toMatchObject({ content: 'Renamed' })
    const updates = todoist.calls({ path: '/sync' }).flatMap(({ body }) => {
      const { commands = [] } = body as { commands?: { type: string; args: object }[] }
      return commands.filter(({ type, args }) => type === 'item_update' && 'section_id' in args)
    })
    expect(updates).toEqual([])
  })

  it('9: a task that is moved away comes back, one that is deleted is made again with what is said next', async () => {
    const { from, ticket, task } = await desk.opened('Lose me')
    await desk.commented(task, has('Lose me'))
    const elsewhere = todoist.createProject({ uid: desk.owner.uid, name: 'Elsewhere' })
    todoist.moveTask({ taskId: task.id, projectId: elsewhere.id })
    await eventually(
      async () => todoist.task({ taskId: task.id }),
      ({ project_id, section_id }) => project_id === desk.boardId && section_id === desk.section(0),
    )
    todoist.changeSettings({ webhooksLost: true })
    todoist.deleteTask({ taskId: task.id, by: olga.uid })
    await desk.say(from, 'Still there?')
    const again = await desk.taskOf(ticket, ({ id }) => id !== task.id)
    await desk.commented(again, (all) => has('Still there?')(all) && has('создана заново')(all))
    expect(desk.tasksOf(ticket)).toHaveLength(1)
    comment(olga.uid, again.id, 'Here')
    await desk.hears(from, says('Here'))
  })

  it('9: a task that comes round again is over when it is ticked off', async () => {
    for (const webhooksLost of [false, true]) {
      todoist.changeSettings({ webhooksLost })
      const { ticket, task } = await desk.opened(`Round and round ${webhooksLost}`)
      await desk.settled()
      todoist.setDue({ taskId: task.id, due: 'every day' })
      if (webhooksLost) {
        const seen = (await desk.look()).syncedAt!
        await eventually(desk.look, ({ syncedAt }) => Date.parse(syncedAt!) > Date.parse(seen) + 300)
      }
      todoist.completeTask({ taskId: task.id, by: olga.uid })
      await desk.becomes(ticket, ({ status }) => status === 'solved')
      await desk.taskOf(ticket, ({ checked }) => checked)
    }
  })

  it('9: completion while the customer is writing loses neither', async () => {
    const { from, ticket, task } = await desk.opened('Both at once')
    await desk.commented(task, has('Both at once'))
    const writing = desk.say(from, 'One more thing')
    todoist.completeTask({ taskId: task.id, by: olga.uid })
    await writing
    await desk.commented(task, has('One more thing'))
    await desk.settled()
    await eventually(
      async () => [
        (await desk.becomes(ticket, () => true)).status,
        todoist.task({ taskId: task.id }).checked,
      ],
      ([status, checked]) => (status === 'solved') === checked,
    )
  })

  it('16: of two who claim at the same moment the first wins, and the second is told', async () => {
    const { ticket, task } = await desk.opened('Mine!')
    todoist.assign({ taskId: task.id, uid: olga.uid, by: olga.uid })
    await desk.becomes(ticket, ({ assigneeId }) => assigneeId === olga.id)
    await desk.settled()
    todoist.assign({ taskId: task.id, uid: timur.uid, by: timur.uid })
    const notes = await desk.commented(task, has('уже у другого агента (Olga)'))
    expect(notes.at(-1)).toMatchObject({ uids_to_notify: [timur.uid] })
    await desk.taskOf(ticket, ({ responsible_uid }) => responsible_uid === olga.uid)
    expect(await desk.becomes(ticket, () => true)).toMatchObject({ assigneeId: olga.id })
    todoist.assign({ taskId: task.id, uid: timur.uid, by: olga.uid })
    await desk.becomes(ticket, ({ assigneeId }) => assigneeId === timur.id)
  })

  it('9: whoever does not share the board is named in a comment', async () => {
    const far = await desk.agent('Far', { shares: false })
    const { ticket, task } = await desk.opened('For Far')
    const answer = await tapline.call('PATCH', `/v1/tickets/${ticket.id}`, desk.shop.secretKey, {
      assigneeId: far.id,
    })
    expect(answer.status).toBe(200)
    await desk.commented(task, has('→ Far'))
    expect(todoist.task({ taskId: task.id }).responsible_uid).toBeNull()
    await desk.taskOf(ticket, ({ section_id }) => section_id === desk.section(1))
  })
})

describe('webhooks', () => {
  it('1, 17: are believed by their signature over the bytes, and wake nobody else', async () => {
    // Of an account that did not let the app in: nothing else wakes it.
    const own = await openTeamDesk(tapline, todoist)
    const stranger = '{ "user_id":"1", "event_name" : "note:added", "имя":"Ёж" }'
    const before = await versionOf(own)
    expect((await tell(stranger)).status).toBe(200)
    const event = `{"user_id": "${own.owner.uid}",  "event_name":"item:added","имя":"Ёж"}`
    expect((await tell(event, 'another secret')).status).toBe(401)
    expect((await tell('')).status).toBe(200)
    expect(await versionOf(own)).toBe(before)
    expect((await tell(event)).status).toBe(200)
    expect(await versionOf(own)).not.toBe(before)
  })

  it('3, 6: unknown, old, repeated and disordered ones are only wake-ups', async () => {
    const { from, ticket, task } = await desk.opened('Out of order')
    await desk.commented(task, has('Out of order'))
    for (const odd of ['[]', '5', '{"user_id":7,"version":"9","event_data":[1]}', 'no json'])
      expect((await tell(odd)).status).toBe(200)
    todoist.failNextEvent({ times: 1, event: 'note:added', effect: 'reorder' })
    todoist.failNextEvent({ times: 1, event: 'item:completed', effect: 'duplicate' })
    comment(olga.uid, task.id, 'Done')
    todoist.completeTask({ taskId: task.id, by: olga.uid })
    await desk.hears(from, (all) => all.filter(({ text }) => text === 'Done').length === 1)
    await desk.becomes(ticket, ({ status }) => status === 'solved')
  })

  it('2: lost for good, everything still arrives', async () => {
    todoist.changeSettings({ webhooksLost: true })
    const { from, ticket, task } = await desk.opened('By asking alone')
    comment(timur.uid, task.id, 'Found it')
    await desk.hears(from, says('Found it'))
    todoist.completeTask({ taskId: task.id, by: timur.uid })
    await desk.becomes(ticket, ({ status }) => status === 'solved')
  })
})

describe('trouble', () => {
  it('12, 15: refused, slowed down, broken: nothing is lost, and only its own is given up', async () => {
    const { from, ticket, task } = await desk.opened('Through it all')
    await desk.commented(task, has('Through it all'))
    todoist.failNext({ times: 2, path: '/sync', effect: { answer: { status: 503 } } })
    todoist.failNext({
      times: 1,
      path: '/sync',
      effect: { answer: { status: 429, headers: { 'Retry-After': '1' } } },
    })
    todoist.failNext({ times: 1, path: '/sync', effect: { answer: { status: 400 } } })
    comment(olga.uid, task.id, 'Made it')
    await desk.say(from, 'Me too')
    await desk.hears(from, says('Made it'))
    await desk.commented(task, has('Me too'))
    await tapline.app.sql.query(`update boards set sync_token = 'nonsense' where project_id = $1`, [
      desk.shop.id,
    ])
    todoist.completeTask({ taskId: task.id, by: olga.uid })
    await desk.becomes(ticket, ({ status }) => status === 'solved')
    expect(await eventually(desk.look, ({ problem }) => problem === null)).toMatchObject({ dead: 0 })
  })

  it('15: what a request is refused for is found and set aside', async () => {
    const { from, task } = await desk.opened('Poison')
    await desk.commented(task, has('Poison'))
    const [message] = await desk.messages(from)
    todoist.failNext({ times: 30, command: 'note_update', effect: { answer: { status: 400 } } })
    await desk.must('PATCH', `/v1/conversations/${from.conversationId}/messages/${message!.id}`, from.token, {
      text: 'Poisoned',
    })
    await desk.say(from, 'Goes on')
    const other = await desk.opened('Somebody else')
    await desk.commented(other.task, has('Somebody else'))
    await desk.commented(task, has('Goes on'))
    expect(await desk.look()).toMatchObject({ dead: 1 })
  })

  it('12: a revoked token pauses the board and a new one goes on', async () => {
    const own = await openTeamDesk(tapline, todoist)
    const agent = await own.agent('Asel')
    const { from, task } = await own.opened('Revoke me')
    await own.commented(task, has('Revoke me'))
    todoist.revokeToken({ token: own.owner.token })
    await own.say(from, 'While it is away')
    comment(agent.uid, task.id, 'Written meanwhile')
    await eventually(own.look, ({ problem }) => problem !== null)
    expect((await own.connect()).status).toBe(422)
    const answer = await own.connect({ token: todoist.createToken({ uid: own.owner.uid }) })
    expect(answer.body).toMatchObject({ connected: true, boardId: own.boardId, problem: null })
    await own.commented(task, has('While it is away'))
    await own.hears(from, says('Written meanwhile'))
  })

  it('14: a board that is full has another one beside it', async () => {
    const own = await openTeamDesk(tapline, todoist)
    const agent = await own.agent('Asel')
    for (let count = 0; count < 299; count++)
      todoist.createTask({ projectId: own.boardId, content: `Private ${count}` })
    const first = await own.opened('The last one here')
    expect(first.task.project_id).toBe(own.boardId)
    const second = await own.opened('The first one there')
    expect(second.task.project_id).not.toBe(own.boardId)
    const overflow = own.board(second.task.project_id)!
    expect(overflow.sections).toHaveLength(4)
    expect(Object.keys(overflow.people)).toContain(agent.uid)
    expect(await own.look()).toMatchObject({ overflowBoardId: overflow.id })
    todoist.moveTask({ taskId: second.task.id, sectionId: overflow.sections[1]!.id, by: agent.uid })
    await own.becomes(second.ticket, ({ status }) => status === 'in-work')
    await own.commented(second.task, has('The first one there'))
    expect(own.tasksOf(second.ticket)).toHaveLength(1)
  })

  it('14: an attachment that is too large there becomes a link', async () => {
    todoist.changeSettings({ plan: 'free' })
    const { from, task } = await desk.opened('A large one')
    await desk.attach(from, { name: 'film.txt', words: 'My film', bytes: 'x'.repeat(6_000_000) })
    await desk.commented(task, (all) =>
      all.some((one) => one.includes('My film') && one.includes('film.txt')),
    )
  })
})

describe('18: what agents take away', () => {
  it('sections are made again and tasks find back, a new name stays', async () => {
    const own = await openTeamDesk(tapline, todoist, { clientId: APP.clientId })
    const agent = await own.agent('Asel')
    const { ticket, task } = await own.opened('Keep me')
    await own.commented(task, has('Keep me'))
    todoist.renameSection({ sectionId: own.section(1), name: 'Busy' })
    todoist.moveTask({ taskId: task.id, sectionId: own.section(1), by: agent.uid })
    await own.becomes(ticket, ({ status }) => status === 'in-work')
    todoist.deleteSection({ sectionId: own.section(1) })
    const again = await own.taskOf(ticket, ({ id }) => id !== task.id)
    const section = await eventually(
      async () => own.board()!.sections.find(({ name }) => name === 'В работе'),
      (found) => found !== undefined,
    )
    await own.taskOf(ticket, ({ section_id }) => section_id === section!.id)
    expect(again.id).not.toBe(task.id)

    todoist.deleteProject({ projectId: own.boardId })
    const { boardId } = await eventually(own.look, (look) => look.boardId !== own.boardId)
    const moved = await own.taskOf(ticket, ({ project_id }) => project_id === boardId)
    expect(own.board(boardId)!.sections).toHaveLength(4)
    expect(Object.keys(own.board(boardId)!.people)).toContain(agent.uid)
    comment(agent.uid, moved.id, 'Still with you')
    await own.becomes(ticket, ({ status }) => status === 'waiting')
    expect(todoist.tasks({ projectId: boardId! })).toHaveLength(1)
  })

  it('labels come back', async () => {
    const { ticket, task } = await desk.opened('Labelled')
    todoist.setLabels({ taskId: task.id, labels: ['widget', 'returns'] })
    await desk.becomes(ticket, ({ topic }) => topic === 'returns')
    await desk.deleteLabel('returns')
    await desk.taskOf(ticket, ({ labels }) => !labels.includes('returns')).catch(() => undefined)
    await desk.taskOf(ticket, ({ labels }) => labels.includes('returns'))
    expect(await desk.becomes(ticket, () => true)).toMatchObject({ topic: 'returns' })
  })

  it('a shop that disconnects leaves nothing behind here, and finds its board again', async () => {
    const own = await openTeamDesk(tapline, todoist)
    const { ticket } = await own.opened('Stay')
    expect((await tapline.call('DELETE', '/v1/integrations/todoist', own.shop.secretKey)).status).toBe(204)
    for (const table of ['boards', 'board_tasks', 'board_comments', 'board_commands'])
      expect(
        await tapline.app.sql.query(`select 1 from ${table} where project_id = $1`, [own.shop.id]),
      ).toEqual([])
    const { body } = await own.connect()
    expect(body).toMatchObject({ boardId: own.boardId })
    await eventually(
      async () => own.tasksOf(ticket),
      (all) => all.length === 2,
    )
  })

  it('whoever is forgotten here is forgotten there', async () => {
    const { from, customerId } = await desk.customer('erase-me@example.test')
    const { ticket, task } = await desk.opened('My secret', from)
    await desk.commented(task, has('My secret'))
    expect(task.description).toContain('erase-me@example.test')
    const answer = await tapline.call('DELETE', `/v1/customers/${customerId}`, desk.shop.secretKey)
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    await eventually(
      async () => todoist.task({ taskId: task.id }),
      ({ is_deleted }) => is_deleted,
    )
    await desk.settled()
    expect(desk.tasksOf(ticket)).toEqual([])
  })
})

it('the host’s app is let in by a code, and a token that ends is renewed', async () => {
  const own = await openTeamDesk(tapline, todoist, {
    connectsBy: async ({ uid }) => {
      const query = new URLSearchParams({
        client_id: APP.clientId,
        scope: 'data:read_write,data:delete',
        state: 'x',
        uid,
      })
      const { headers } = await fetch(`${todoist.url}/oauth/authorize?${query.toString()}`, {
        redirect: 'manual',
      })
      return { code: new URL(headers.get('location')!).searchParams.get('code')! }
    },
  })
  const first = await own.opened('Before')
  await own.commented(first.task, has('Before'))
  todoist.advanceClock({ milliseconds: 61 * 60_000 })
  const { task } = await own.opened('An hour later')
  await own.commented(task, has('An hour later'))
  expect(await own.look()).toMatchObject({ problem: null, dead: 0 })
})
