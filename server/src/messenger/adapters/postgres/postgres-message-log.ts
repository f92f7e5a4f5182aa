import { pageOf } from '../../../kernel/page.ts'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import type { UnitOfWork } from '../../../kernel/transaction.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import {
  MOST_REACTIONS,
  type AttachmentOfMessage,
  type ConversationEvent,
  type Message,
} from '../../domain/conversation.ts'
import type { MessageLog, NewMessage } from '../../ports/message-log.ts'
import { APPEND, type AppendedRow } from './append-messages.ts'
import { EVENTS, eventOf, MESSAGE, messageOf, type EventRow, type MessageRow } from './read-events.ts'
import { lockConversation, takeSequence } from './take-sequence.ts'

type Dependencies = {
  /** Of its own, with kept plans: whoever speaks waits for no other work. */
  chat: Sql
  unitOfWork: UnitOfWork
  /** By their ids. */
  filesOf: (projectId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, AttachmentOfMessage>>
}

const NO_FILES: ReadonlyMap<string, AttachmentOfMessage> = new Map()
const SEEN_NEXT_TIME: ReadonlySet<string | undefined> = new Set(['23505', '23503'])
const MAX_TRIES = 5

const nameOf = ({ projectId, conversationId, senderId, clientId }: NewMessage) =>
  `${projectId} ${conversationId} ${senderId} ${clientId}`

export function postgresMessageLog({ chat, unitOfWork, filesOf }: Dependencies): MessageLog {
  async function withFiles(rows: readonly { projectId: string; attachmentId: string | null }[]) {
    const wanted = new Map<string, string[]>()
    for (const { projectId, attachmentId } of rows)
      if (attachmentId !== null) wanted.set(projectId, [...(wanted.get(projectId) ?? []), attachmentId])
    if (wanted.size === 0) return NO_FILES
    const found = await Promise.all([...wanted].map(([projectId, ids]) => filesOf(projectId, ids)))
    return new Map(found.flatMap((files) => [...files]))
  }

  async function messagesWhere(condition: string, values: unknown[]): Promise<Message[]> {
    const rows = await chat.query<MessageRow>(`select ${MESSAGE} where ${condition}`, values)
    const files = await withFiles(rows)
    return rows.map((row) => messageOf(row, files))
  }

  return {
    async append(messages) {
      const firsts = new Map<string, NewMessage>()
      for (const message of messages) if (!firsts.has(nameOf(message))) firsts.set(nameOf(message), message)
      const fresh = [...firsts.values()]
      for (let tries = 1; ; tries++) {
        try {
          const rows = await chat.query<AppendedRow>(APPEND, [
            fresh.map(({ projectId }) => projectId),
            fresh.map(({ conversationId }) => conversationId),
            fresh.map(({ senderId }) => senderId),
            fresh.map(({ clientId }) => clientId),
            fresh.map(({ id }) => id),
            fresh.map(({ text }) => text),
            fresh.map(({ attachmentId }) => attachmentId),
            fresh.map(({ replyTo }) => replyTo),
          ])
          const written = new Map(rows.map(({ place, ...row }) => [nameOf(fresh[place - 1]!), row]))
          return messages.map((message) => {
            const row = written.get(nameOf(message))
            const isFirst = firsts.get(nameOf(message)) === message
            return row === undefined || isFirst ? row : { ...row, repeated: true }
          })
        } catch (error) {
          // Another process wrote one of them, or a sender became part of another one, while this one waited for the
          // conversation: now it can be seen.
          if (!SEEN_NEXT_TIME.has((error as { code?: string }).code) || tries >= MAX_TRIES) throw error
        }
      }
    },

    change: (key, { id: by, mayDeleteOthers }, change) =>
      unitOfWork(async (transaction) => {
        const sql = sqlOf(transaction)
        const locked = await lockConversation(sql, key)
        if (locked === undefined) return refuse('conversation-not-found')
        const [row] = await sql.query<MessageRow>(
          `select ${MESSAGE} where m.project_id = $1 and m.conversation_id = $2 and m.id = $3`,
          [key.projectId, key.conversationId, change.messageId],
        )
        if (row === undefined) return refuse('message-not-found')
        const files = await withFiles([row])
        const before = messageOf(row, files)
        const decided = decide(before)
        if (decided === undefined) return { message: before, event: undefined }
        if (isRefusal(decided)) return decided
        const { sequence, at } = await takeSequence(sql, key)
        await sql.query(
          {
            name: 'chat-change-message',
            text: `update messages set text = $4, reactions = $5, edited_at = case when $6 = 'edited' then $7 else edited_at end,
                deleted_at = case when $6 = 'deleted' then $7 else deleted_at end
              where project_id = $1 and conversation_id = $2 and id = $3`,
          },
          [
            key.projectId,
            key.conversationId,
            before.id,
            decided.message.text,
            JSON.stringify(decided.message.reactions),
            decided.kind,
            at,
          ],
        )
        const details = change.kind === 'react' ? { emoji: change.emoji, on: change.on } : {}
        await sql.query(
          {
            name: 'chat-record-change',
            text: `insert into conversation_changes (project_id, conversation_id, sequence, kind, participant_id, message_id, details, at)
              values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          },
          [
            key.projectId,
            key.conversationId,
            sequence,
            decided.kind,
            by,
            before.id,
            JSON.stringify(details),
            at,
          ],
        )
        const message: Message = {
          ...decided.message,
          editedAt: decided.kind === 'edited' ? at : before.editedAt,
          deletedAt: decided.kind === 'deleted' ? at : before.deletedAt,
        }
        const happened = { ...key, sequence, at, participantId: by, messageId: before.id }
        switch (change.kind) {
          case 'edit':
            return { message, event: { ...happened, kind: 'edited', text: message.text } }
          case 'delete':
            return {
              message,
              event: { ...happened, kind: 'deleted' },
              ...(row.attachmentId === null ? {} : { removed: row.attachmentId }),
            }
          case 'react':
            return { message, event: { ...happened, kind: 'reacted', emoji: change.emoji, on: change.on } }
        }

        function decide(message: Message) {
          const mine = message.sender.id === by
          if (change.kind === 'delete') {
            if (!mine && !mayDeleteOthers) return refuse('message-not-yours')
            if (message.deletedAt !== null) return undefined
            return {
              kind: 'deleted',
              message: { ...message, text: null, attachment: null, reactions: {} },
            } as const
          }
          if (message.deletedAt !== null) return refuse('message-deleted')
          if (change.kind === 'edit') {
            if (!mine) return refuse('message-not-yours')
            if (message.text === change.text) return undefined
            return { kind: 'edited', message: { ...message, text: change.text } } as const
          }
          const { [change.emoji]: own, ...others } = message.reactions
          const who = Object.hasOwn(message.reactions, change.emoji) ? own! : []
          if (who.includes(by) === change.on) return undefined
          if (who.length === 0 && Object.keys(others).length >= MOST_REACTIONS)
            return refuse('participant-limit', { most: MOST_REACTIONS })
          const now = change.on ? [...who, by] : who.filter((one) => one !== by)
          const reactions = now.length === 0 ? others : { ...others, [change.emoji]: now }
          return { kind: 'reacted', message: { ...message, reactions } } as const
        }
      }),

    async message({ projectId, conversationId }, messageId) {
      const [message] = await messagesWhere('m.project_id = $1 and m.conversation_id = $2 and m.id = $3', [
        projectId,
        conversationId,
        messageId,
      ])
      return message
    },

    async byClientId({ projectId, conversationId }, senderId, clientId) {
      const [message] = await messagesWhere(
        'm.project_id = $1 and m.conversation_id = $2 and m.sender_id = $3 and m.client_id = $4',
        [projectId, conversationId, senderId, clientId],
      )
      return message
    },

    async messages({ projectId, conversationId }, { limit, cursor }) {
      const before = Number(cursor ?? Number.MAX_SAFE_INTEGER)
      const rows = await messagesWhere(
        `m.project_id = $1 and m.conversation_id = $2 and m.sequence < $3 order by m.sequence desc limit $4`,
        [projectId, conversationId, Number.isSafeInteger(before) ? before : 0, limit + 1],
      )
      return pageOf(rows, limit, ({ sequence }) => String(sequence))
    },

    async events(wishes, limit) {
      if (wishes.length === 0) return []
      const rows = await chat.query<EventRow>(EVENTS, [
        wishes.map(({ projectId }) => projectId),
        wishes.map(({ conversationId }) => conversationId),
        wishes.map(({ after }) => after),
        wishes.map(({ upTo }) => upTo ?? Number.MAX_SAFE_INTEGER),
        limit,
      ])
      const files = await withFiles(rows)
      const found: ConversationEvent[][] = wishes.map(() => [])
      for (const row of rows) found[row.place - 1]!.push(eventOf(row, files))
      return found
    },

    async tops(keys) {
      if (keys.length === 0) return []
      const rows = await chat.query<{ place: number; epoch: number; sequence: number }>(
        {
          name: 'chat-tops',
          text: `select k.place, c.epoch, c.last_sequence as sequence
            from unnest($1::text[], $2::text[]) with ordinality as k(project_id, id, place)
            join conversations c on c.project_id = k.project_id and c.id = k.id`,
        },
        [keys.map(({ projectId }) => projectId), keys.map(({ conversationId }) => conversationId)],
      )
      const byPlace = new Map(rows.map(({ place, ...top }) => [place, top]))
      return keys.map((_, index) => byPlace.get(index + 1))
    },

    positionsOf: (projectId, participantId, most) =>
      chat.query(
        {
          name: 'chat-positions',
          text: `select c.id as "conversationId", c.epoch, c.last_sequence as sequence, m.received, m.read
            from conversation_participants m join conversations c on c.project_id = m.project_id and c.id = m.conversation_id
            where m.project_id = $1 and m.participant_id = $2 and m.left_at is null
            order by c.last_activity_at desc, c.id desc limit $3`,
        },
        [projectId, participantId, most],
      ),
  }
}
