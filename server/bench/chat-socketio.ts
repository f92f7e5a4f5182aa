import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { Server } from 'socket.io'
import { answerJobs } from './processes.ts'

export type ChatSocketIoJob = { databaseUrl: string }

const CONNECTIONS = 16
const TABLE = `create table chat_messages (id bigint generated always as identity primary key, conversation_id text not null, body text not null, created_at timestamptz not null default now())`
const INSERT = 'insert into chat_messages (conversation_id, body) values ($1, $2) returning id'

/** What one finds in tutorials: a room, a row for each message, a callback, an event to the others. */
answerJobs<ChatSocketIoJob, number>(async ({ databaseUrl }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS })
  await pool.query(TABLE)
  const http = createServer()
  new Server(http, { transports: ['websocket'] }).on('connection', (socket) => {
    const { conversationId } = socket.handshake.auth as { conversationId: string }
    void socket.join(conversationId)
    socket.on('send', async ({ index, text }: { index: number; text: string }, ack: (id: number) => void) => {
      const { rows } = await pool.query<{ id: string }>(INSERT, [conversationId, text])
      const id = Number(rows[0]!.id)
      ack(id)
      socket.to(conversationId).emit('message', { id, index, text })
    })
    socket.on('received', () => undefined)
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return (http.address() as AddressInfo).port
})
