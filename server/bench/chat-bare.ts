import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { WebSocketServer, type WebSocket } from 'ws'
import { answerJobs } from './processes.ts'

export type ChatBareJob = { databaseUrl: string; conversations: number }

type Waiting = { socket: WebSocket; id: number; conversation: number; clientId: string; text: string }
type Said = { type: string; ticket: string; positions?: { conversationId: string; sequence: number }[] } & {
  id: number
  clientId: string
  conversationId: string
  text: string
}

const MOST_TOGETHER = 256
const SYNCED_AT_MOST = 100

const TABLES = `
  create table bare_conversations (id int primary key, sequence bigint not null default 0) with (fillfactor = 50);
  create table bare_messages (conversation int not null, sequence bigint not null, client_id text collate "C" not null, body text not null,
    at timestamptz not null default now(), primary key (conversation, sequence), unique (conversation, client_id));
  create table bare_outbox (id bigint generated always as identity primary key, conversation int not null, sequence bigint not null);`

const STORE = {
  name: 'store',
  text: `
    with batch as (
      select * from unnest($1::int[], $2::text[], $3::text[]) with ordinality as b (conversation, client_id, body, place)
    ), counted as (
      select conversation, count(*) as number from batch group by conversation
    ), moved as (
      update bare_conversations c set sequence = c.sequence + number from counted where c.id = conversation
      returning c.id, c.sequence - number as before
    ), placed as (
      select conversation, before + row_number() over (partition by conversation order by place) as sequence, client_id, body, place
      from batch join moved on moved.id = conversation
    ), stored as (
      insert into bare_messages (conversation, sequence, client_id, body) select conversation, sequence, client_id, body from placed
    ), told as (
      insert into bare_outbox (conversation, sequence) select conversation, sequence from placed
    ) select sequence from placed order by place`,
}

const seats = new Map<number, Set<WebSocket>>()
const waiting: Waiting[] = []
let writing = false
let database: pg.Client
let history: pg.Client
let synced: Promise<unknown> = Promise.resolve()

/** The least that is durable and delivers: what queued while the last commit ran goes into one statement. Nothing is checked, nobody is anybody. */
answerJobs<ChatBareJob, number>(async ({ databaseUrl, conversations }) => {
  database = new pg.Client({ connectionString: databaseUrl })
  history = new pg.Client({ connectionString: databaseUrl })
  await Promise.all([database.connect(), history.connect()])
  await database.query(TABLES)
  await database.query('insert into bare_conversations (id) select generate_series(1, $1::int)', [
    conversations,
  ])
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, backlog: 4_096 })
  server.on('connection', (socket) => {
    socket.on('error', () => undefined)
    socket.on('message', (data: Buffer) => hear(socket, JSON.parse(data.toString()) as Said))
  })
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
})

function hear(socket: WebSocket, frame: Said): void {
  if (frame.type === 'send') {
    const { id, clientId, conversationId, text } = frame
    waiting.push({ socket, id, conversation: Number(conversationId), clientId, text })
    if (!writing) void write()
  } else if (frame.type === 'hello') {
    const conversation = Number(frame.ticket.split('/')[0])
    if (!seats.has(conversation)) seats.set(conversation, new Set())
    seats.get(conversation)!.add(socket)
    socket.on('close', () => seats.get(conversation)!.delete(socket))
    socket.send('{"type":"welcome","conversations":[]}')
    for (const { conversationId, sequence } of frame.positions ?? [])
      synced = synced.then(() => sync(socket, conversationId, sequence))
  }
}

async function write(): Promise<void> {
  writing = true
  while (waiting.length > 0) {
    const batch = waiting.splice(0, MOST_TOGETHER)
    const { rows } = await database.query<{ sequence: string }>({
      ...STORE,
      values: [
        batch.map((one) => one.conversation),
        batch.map((one) => one.clientId),
        batch.map((one) => one.text),
      ],
    })
    for (const [at, { socket, id, conversation, clientId, text }] of batch.entries()) {
      const sequence = Number(rows[at]!.sequence)
      const conversationId = String(conversation)
      socket.send(JSON.stringify({ type: 'ack', id, clientId, conversationId, sequence }))
      const event = { conversationId, sequence, kind: 'message', message: { clientId, text } }
      const pushed = JSON.stringify({ type: 'events', events: [event] })
      for (const other of seats.get(conversation) ?? []) if (other !== socket) other.send(pushed)
    }
  }
  writing = false
}

async function sync(socket: WebSocket, conversationId: string, after: number): Promise<void> {
  const { rows } = await history.query<{ sequence: string; client_id: string; body: string }>({
    name: 'sync',
    text: 'select sequence, client_id, body from bare_messages where conversation = $1 and sequence > $2 order by sequence limit $3',
    values: [Number(conversationId), after, SYNCED_AT_MOST],
  })
  const events = rows.map(({ sequence, client_id: clientId, body: text }) => {
    return { conversationId, sequence: Number(sequence), kind: 'message', message: { clientId, text } }
  })
  const top = events.at(-1)?.sequence ?? after
  socket.send(JSON.stringify({ type: 'synced', id: null, sync: { conversationId, epoch: 1, top, events, limited: false, previous: null } })) // prettier-ignore
}
