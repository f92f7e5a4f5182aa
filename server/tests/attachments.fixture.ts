import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { components } from '@tapline/openapi'
import express from 'express'
import contract from '@tapline/openapi/openapi.json' with { type: 'json' }
import { admission } from '../src/http/admission.ts'
import { createHttpServer } from '../src/http/create-server.ts'
import { errorHandler } from '../src/http/error-handler.ts'
import type { Handlers, Speaker } from '../src/http/handlers.ts'
import { problemWriter } from '../src/http/problem.ts'
import { serveContract, type Contract } from '../src/http/serve-contract.ts'
import { refuse, type Refusal } from '../src/kernel/refusal.ts'
import { composeAttachments } from '../src/messenger/compose-attachments.ts'
import { storageGuard } from '../src/messenger/adapters/http/storage-guard.ts'
import type { S3Settings } from '../src/messenger/adapters/s3/s3-store.ts'
import type { FileMessage } from '../src/messenger/ports/conversation.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOf, sqlOfPool, unitOfWork as unitOfWorkOn } from '../src/postgres/sql.ts'
import { REFUSALS } from '../src/refusals.ts'
import { newId } from '../src/vault/new-id.ts'
import { createDatabase } from './tapline.fixture.ts'

type Schemas = components['schemas']
export type Attachment = Schemas['Attachment']
export type Created = Schemas['CreatedAttachment']
export type Problem = Schemas['Problem']
export type Desk = Awaited<ReturnType<typeof startDesk>>
type Person = { id: string; token: string }
export type Talk = {
  projectId: string
  conversationId: string
  path: string
  secretKey: string
  anna: Person
  boris: Person
  vera: Person
  messages(): Promise<Said[]>
}
export type Said = {
  id: string
  sequence: number
  senderId: string
  text: string | null
  attachmentId: string | null
}

export const STORAGE_TOKEN = 'token-of-the-storage-0123456789'
const MOST_BYTES = 1_000_000
const ENCRYPTION_KEY = Buffer.alloc(32, 5)

/** The files of the chat over real HTTP and Postgres, with conversations that know only what files need of them. */
export async function startDesk({
  s3,
  url: publicUrl,
}: { s3?: S3Settings | undefined; url?: () => string } = {}) {
  const database = await createDatabase()
  const pool = createPool({ url: database.url, max: 12, name: 'tests', onIdleError: () => undefined })
  const sql = sqlOfPool(pool)
  const unitOfWork = unitOfWorkOn(pool)
  const dataDirectory = await mkdtemp(join(tmpdir(), 'tapline-files-'))
  const faults: unknown[] = []
  const charges: string[] = []
  let credits = Number.POSITIVE_INFINITY
  let saying: Refusal | Error | undefined
  let base = ''
  const write = problemWriter(REFUSALS)

  const takesPart = async (projectId: string, conversationId: string, { participantId }: Speaker) => {
    const found = await sql.query(
      `select 1 from conversation_participants where project_id = $1 and conversation_id = $2 and participant_id = $3 and left_at is null`,
      [projectId, conversationId, participantId],
    )
    return found.length > 0 ? undefined : refuse('conversation-not-found')
  }

  async function say({ projectId, conversationId, senderId, clientId, text, attachmentId }: FileMessage) {
    if (saying instanceof Error) throw saying
    if (saying !== undefined) return saying
    return unitOfWork(async (transaction) => {
      const on = sqlOf(transaction)
      await on.query(`select 1 from conversations where project_id = $1 and id = $2 for update`, [
        projectId,
        conversationId,
      ])
      const [before] = await on.query<{ messageId: string; sequence: string }>(
        `select id as "messageId", sequence from messages where project_id = $1 and conversation_id = $2 and sender_id = $3 and client_id = $4`,
        [projectId, conversationId, senderId, clientId],
      )
      if (before !== undefined) return { ...before, sequence: Number(before.sequence) }
      const [next] = await on.query<{ sequence: string }>(
        `update conversations set last_sequence = last_sequence + 1 where project_id = $1 and id = $2 returning last_sequence as sequence`,
        [projectId, conversationId],
      )
      const messageId = newId('message')
      const sequence = Number(next!.sequence)
      await on.query(
        `insert into messages (project_id, conversation_id, sequence, id, sender_id, client_id, text, attachment_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
        [projectId, conversationId, sequence, messageId, senderId, clientId, text, attachmentId],
      )
      return { messageId, sequence }
    })
  }

  const speakers = new Map<string, { projectId: string; speaker: Speaker | undefined }>()
  const admit = async (bearer: string | undefined) => {
    const known = speakers.get(bearer ?? '')
    if (known === undefined) return refuse('unauthorized')
    const { projectId, speaker } = known
    return { caller: { projectId, locale: 'en' as const, ...(speaker === undefined ? {} : { speaker }) } }
  }
  const parts = composeAttachments({
    sql,
    lookUps: sql,
    newId,
    encryptionKeys: [ENCRYPTION_KEY],
    dataDirectory,
    s3,
    publicUrl: publicUrl ?? (() => base),
    write,
    mostBytes: async () => MOST_BYTES,
    conversation: {
      mayWrite: takesPart,
      mayRead: takesPart,
      charge: async (_projectId, { participantId }, cost) => {
        if (cost > credits) return refuse('credits-spent', { remaining: credits, retryAfterSeconds: 1 })
        credits -= cost
        charges.push(participantId)
        return undefined
      },
      say,
    },
    speakerOf: async ({ projectId, speaker }, senderId) => {
      if (speaker !== undefined) return speaker
      const named = [...speakers.values()].find((one) => one.projectId === projectId && one.speaker?.participantId === senderId) // prettier-ignore
      return named?.speaker ?? refuse('participant-not-found')
    },
    onFault: (error) => faults.push(error),
  })

  const others = new Proxy(parts.handlers as unknown as Handlers, {
    has: () => true,
    get: (ours, name) => ours[name as keyof Handlers] ?? (async () => refuse('not-found')),
  })
  const server = createHttpServer({
    trustProxy: 1,
    newRequestId: () => newId('request'),
    door: [express.raw()],
    pages: express.Router(),
    files: parts.rawRoutes,
    contract: await serveContract({
      contract: structuredClone(contract) as unknown as Contract,
      handlers: others,
      guards: {
        session: { prefix: 'st_', admit },
        agentToken: { prefix: 'at_', admit },
        secretKey: { prefix: 'sk_', admit },
        publishableKey: { prefix: 'pk_', admit },
        operatorToken: { prefix: '', admit },
        storageToken: storageGuard({
          token: STORAGE_TOKEN,
          admission: admission(async (_bucket, limit) => ({ allowed: true, limit, resetSeconds: 1 })),
        }),
      },
      answerOnce: async (_request, work) => ({ outcome: await work(), replayed: false }),
      write,
      fallbackLocale: 'en',
      validateResponses: true,
    }),
    metrics: async () => ({ contentType: 'text/plain', text: '' }),
    errors: errorHandler({ write, fallbackLocale: 'en', onFault: (error) => faults.push(error) }),
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function call<Body>(
    method: string,
    path: string,
    token: string | undefined,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Body,
    }
  }

  /** A conversation of Anna and Boris in a shop of its own; Vera is of the shop and not of the conversation. */
  async function createTalk(): Promise<Talk> {
    const projectId = newId('project')
    await sql.query(
      `insert into projects (id, lane, name, currency, locale, time_zone, default_country) values ($1, 3, 'Files', 'RUB', 'en', 'Europe/Moscow', 'RU')`,
      [projectId],
    )
    const conversationId = newId('conversation')
    await sql.query(`insert into conversations (project_id, id, lane) values ($1, $2, 0)`, [
      projectId,
      conversationId,
    ])
    const participant = async (name: string, isIn: boolean) => {
      const participantId = newId('participant')
      await sql.query(
        `insert into chat_participants (project_id, id, kind, name) values ($1, $2, 'visitor', $3)`,
        [projectId, participantId, name],
      )
      if (isIn)
        await sql.query(
          `insert into conversation_participants (project_id, conversation_id, participant_id) values ($1, $2, $3)`,
          [projectId, conversationId, participantId],
        )
      const token = `st_${randomUUID()}`
      const speaker: Speaker = { participantId, kind: 'visitor', name, customerId: null, agentId: null }
      speakers.set(token, { projectId, speaker })
      return { id: participantId, token }
    }
    const secretKey = `sk_${randomUUID()}`
    speakers.set(secretKey, { projectId, speaker: undefined })
    const path = `/v1/conversations/${conversationId}/attachments`
    return {
      projectId,
      conversationId,
      path,
      secretKey,
      anna: await participant('Anna', true),
      boris: await participant('Boris', true),
      vera: await participant('Vera', false),
      messages: () =>
        sql.query<Said>(
          `select id, sequence::int as sequence, sender_id as "senderId", text, attachment_id as "attachmentId" from messages
           where project_id = $1 and conversation_id = $2 order by sequence`,
          [projectId, conversationId],
        ),
    }
  }

  return {
    url: () => base,
    sql,
    unitOfWork,
    parts,
    faults,
    charges,
    dataDirectory,
    call,
    createTalk,
    setCredits: (left: number) => (credits = left),
    /** What the conversation answers from now on in place of storing a message. */
    setSaying: (answer: Refusal | Error | undefined) => (saying = answer),
    announce: (talk: Talk, input: object = {}, token = talk.anna.token) =>
      call<Created & Problem>('POST', talk.path, token, {
        clientId: randomUUID(),
        name: 'photo.png',
        size: PNG.length,
        ...input,
      }),
    confirm: (talk: Talk, id: string, token = talk.anna.token) =>
      call<Attachment & Problem>('POST', `${talk.path}/${id}/confirm`, token),
    look: (talk: Talk, id: string, token = talk.anna.token) =>
      call<Attachment & Problem>('GET', `${talk.path}/${id}`, token),
    tell: (records: unknown, token: string | undefined = STORAGE_TOKEN) =>
      call<Problem | undefined>('POST', '/v1/storage-events', token, records),
    upload: async ({ upload }: Created, bytes: Uint8Array, headers: Record<string, string> = {}) => {
      const response = await fetch(upload.url, {
        method: upload.method,
        headers: { ...upload.headers, ...headers },
        body: bytes as Uint8Array<ArrayBuffer>,
      })
      return { status: response.status, text: await response.text(), headers: response.headers }
    },
    /** As if so much time had passed for every file. */
    age: (seconds: number) =>
      sql.query(
        `update chat_attachments set due_at = due_at - make_interval(secs => $1), expires_at = expires_at - make_interval(secs => $1)`,
        [seconds],
      ),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await pool.end()
      await database.drop()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** A whole picture of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
