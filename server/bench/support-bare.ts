import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerJobs } from './processes.ts'

export type BareDesk = { botToken: string; todoistToken: string; accountUid: string; boardId: string }
export type SupportBareJob = { telegramUrl: string; todoistUrl: string; desks: BareDesk[] }

type Update = { message?: { chat: { id: number }; text?: string } }
type Event = { event_name: string; event_data: { item_id: string; content: string; posted_uid: string } }

/** From Telegram to Todoist and back in memory: nothing is kept, checked, or tried again. */
answerJobs<SupportBareJob, number>(async ({ telegramUrl, todoistUrl, desks }) => {
  const taskOf = new Map<number, Promise<string>>()
  const chatOf = new Map<string, { chatId: number; desk: BareDesk }>()

  async function sync({ todoistToken }: BareDesk, commands: object[]): Promise<Record<string, string>> {
    const response = await fetch(`${todoistUrl}/api/v1/sync`, {
      method: 'POST',
      headers: { authorization: `Bearer ${todoistToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ commands }),
    })
    const body = (await response.json()) as { temp_id_mapping: Record<string, string> }
    return body.temp_id_mapping
  }

  async function open(desk: BareDesk, chatId: number, content: string): Promise<string> {
    const [task, note] = [randomUUID(), randomUUID()]
    const ids = await sync(desk, [
      { type: 'item_add', uuid: randomUUID(), temp_id: task, args: { project_id: desk.boardId, content } },
      { type: 'note_add', uuid: randomUUID(), temp_id: note, args: { item_id: task, content } },
    ])
    chatOf.set(ids[task]!, { chatId, desk })
    return ids[task]!
  }

  async function hearCustomer(desk: BareDesk, { message }: Update): Promise<void> {
    if (message?.text === undefined) return
    const { chat, text } = message
    const known = taskOf.get(chat.id)
    if (known === undefined) return void taskOf.set(chat.id, open(desk, chat.id, text))
    const args = { item_id: await known, content: text }
    await sync(desk, [{ type: 'note_add', uuid: randomUUID(), temp_id: randomUUID(), args }])
  }

  async function hearAgent({ event_name: name, event_data: note }: Event): Promise<void> {
    if (name !== 'note:added') return
    const to = chatOf.get(note.item_id)
    if (to === undefined || note.posted_uid === to.desk.accountUid) return
    await fetch(`${telegramUrl}/bot${to.desk.botToken}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: to.chatId, text: note.content }),
    })
  }

  const server = createServer((request, response) => {
    void (async () => {
      const body = await read(request)
      response.end('{}')
      const desk = desks[Number(request.url!.slice(1))]
      await (desk === undefined ? hearAgent(body as Event) : hearCustomer(desk, body as Update))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
})

async function read(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return JSON.parse(Buffer.concat(pieces).toString('utf8'))
}
