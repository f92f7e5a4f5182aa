import type { components } from '@tapline/openapi'
import type { TodoistSimulator } from '../simulators/todoist/start-todoist-simulator.ts'
import { openChatDesk, type Person } from './chat-desk.fixture.ts'
import { eventually, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Task = ReturnType<TodoistSimulator['tasks']>[number]
type Note = ReturnType<TodoistSimulator['comments']>[number]
type Ticket = Schemas['Ticket']

export type TeamMember = Schemas['CreatedAgent'] & { uid: string }
export type Asker = Person & { conversationId: string }
export type TeamDesk = Awaited<ReturnType<typeof openTeamDesk>>

const INVISIBLE = /[\u2063\u2064]/g

/** A shop whose support works on a board of its own account, with an agent who shares it. */
export async function openTeamDesk(
  tapline: Tapline,
  todoist: TodoistSimulator,
  {
    settings = {},
    clientId,
    connectsBy,
  }: {
    settings?: Schemas['SupportSettings']
    clientId?: string
    connectsBy?: (owner: { uid: string }) => Promise<Record<string, string>>
  } = {},
) {
  const desk = await openChatDesk(tapline)
  const { shop } = desk
  const owner = todoist.createUser({ name: 'Shop owner' })
  const token = todoist.createToken({ uid: owner.uid, ...(clientId === undefined ? {} : { clientId }) })
  const connect = (given: Record<string, string> = { token }) =>
    shop.put<Schemas['Todoist']>('/v1/integrations/todoist', given)
  const answer = await shop.put('/v1/support-settings', settings)
  if (answer.status !== 200) throw new Error(`Support was refused: ${JSON.stringify(answer.body)}`)
  const connected = await connect(await connectsBy?.(owner))
  if (connected.status !== 200) throw new Error(`The board was refused: ${JSON.stringify(connected.body)}`)
  const { boardId } = connected.body as { boardId: string }

  const board = (id = boardId) => todoist.state().projects.find((one) => one.id === id)
  const section = (place: number, id = boardId) => board(id)!.sections[place]!.id
  const look = async () => (await shop.get<Schemas['Todoist']>('/v1/integrations/todoist')).body

  /** Somebody of the team, who shares the board unless told otherwise. */
  async function agent(name: string, { shares = true } = {}): Promise<TeamMember> {
    const { uid } = todoist.createUser({ name })
    if (shares) todoist.shareProject({ projectId: boardId, uid })
    const { body } = await tapline.call<Schemas['CreatedAgent']>('POST', '/v1/agents', shop.secretKey, {
      name,
      todoistUserId: uid,
    })
    return { ...body, uid }
  }

  async function asker(name = 'Anna'): Promise<Asker> {
    const person = await desk.visitor(name)
    return { ...person, conversationId: await desk.conversation(person) }
  }

  /** A customer of the shop, who is spoken for with its key. */
  async function customer(email: string): Promise<{ from: Asker; customerId: string }> {
    await shop.post({ action: 'register_user', payload: { email, name: 'Vera' } }, { prefer: 'wait=10' })
    const { id: participantId } = await desk.must<{ id: string }>(
      'POST',
      '/v1/chat-participants',
      shop.secretKey,
      { customer: { email } },
    )
    const person = { participantId, token: shop.secretKey, name: 'Vera' }
    const conversationId = await desk.conversation(person)
    return { from: { ...person, conversationId }, customerId: (await shop.customer({ email })).id }
  }

  let said = 0
  const say = (
    who: Asker,
    text: string,
    { clientId = `said:${who.conversationId}:${++said}` }: { clientId?: string } = {},
  ) =>
    desk.must<Schemas['Message']>('POST', `/v1/conversations/${who.conversationId}/messages`, who.token, {
      text,
      clientId,
      ...(who.token === shop.secretKey ? { senderId: who.participantId } : {}),
    })

  const ticketOf = (who: Asker) =>
    eventually(
      async () =>
        (await shop.get<{ data: Ticket[] }>(`/v1/tickets?conversationId=${who.conversationId}`)).body.data.at(
          0,
        ),
      (found) => found !== undefined,
    ) as Promise<Ticket>
  const becomes = (ticket: { id: string }, fits: (ticket: Ticket) => boolean) =>
    eventually(async () => (await shop.get<Ticket>(`/v1/tickets/${ticket.id}`)).body, fits)
  const tasksOf = ({ id }: { id: string }, finished = true) =>
    todoist.tasks({ finished }).filter(({ description }) => description.includes(`tapline:${id}`))
  const taskOf = async (ticket: { id: string }, fits: (task: Task) => boolean = () => true): Promise<Task> =>
    (await eventually(
      async () => tasksOf(ticket).at(-1),
      (found) => found !== undefined && fits(found),
    ))!
  const plain = ({ content }: { content: string }) => content.replace(INVISIBLE, '')
  const comments = (task: { id: string }) => todoist.comments({ taskId: task.id }).map(plain)
  const commented = async (
    task: { id: string },
    fits: (contents: string[], notes: Note[]) => boolean,
  ): Promise<Note[]> => {
    await eventually(
      async () => comments(task),
      (contents) => fits(contents, todoist.comments({ taskId: task.id })),
    )
    return todoist.comments({ taskId: task.id })
  }
  const messages = async (who: Asker) =>
    (
      await desk.must<{ data: Schemas['Message'][] }>(
        'GET',
        `/v1/conversations/${who.conversationId}/messages?limit=100`,
        who.token,
      )
    ).data
  const hears = (who: Asker, fits: (messages: Schemas['Message'][]) => boolean) =>
    eventually(() => messages(who), fits)
  /** All that was to be written has been, and all that was to be heard. */
  const settled = () => eventually(look, ({ waiting }) => waiting === 0)

  /** Sends a file with its words. */
  async function attach(who: Asker, { name, words, bytes }: { name: string; words: string; bytes: string }) {
    const { upload } = await desk.must<Schemas['CreatedAttachment']>(
      'POST',
      `/v1/conversations/${who.conversationId}/attachments`,
      who.token,
      {
        clientId: `file:${who.conversationId}:${++said}`,
        name,
        type: 'text/plain',
        size: Buffer.byteLength(bytes),
        text: words,
      },
    )
    const { method, url, headers } = upload
    const answer = await fetch(url, { method, headers, body: bytes })
    if (!answer.ok) throw new Error(`The file was refused: ${answer.status} ${await answer.text()}`)
  }

  /** As the owner would, in the settings of Todoist. */
  async function deleteLabel(name: string): Promise<void> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const { results } = (await (await fetch(`${todoist.url}/api/v1/labels`, { headers })).json()) as {
      results: { id: string; name: string }[]
    }
    const { id } = results.find((one) => one.name === name)!
    await fetch(`${todoist.url}/api/v1/labels/${id}`, { method: 'DELETE', headers })
  }

  /** A first message, its ticket and its task. */
  async function opened(text = 'Where is my order?', who?: Asker) {
    const from = who ?? (await asker())
    await say(from, text)
    const ticket = await ticketOf(from)
    return { from, ticket, task: await taskOf(ticket) }
  }

  return {
    ...desk,
    todoist,
    owner: { ...owner, token },
    boardId,
    connect,
    board,
    section,
    look,
    agent,
    asker,
    customer,
    say,
    ticketOf,
    becomes,
    tasksOf,
    taskOf,
    plain,
    comments,
    commented,
    messages,
    hears,
    settled,
    opened,
    attach,
    deleteLabel,
  }
}
