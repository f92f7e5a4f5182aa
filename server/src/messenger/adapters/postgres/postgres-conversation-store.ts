import { laneOf } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../../../kernel/transaction.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import {
  MOST_MEMBERS,
  type Conversation,
  type ConversationEvent,
  type Member,
  type Message,
  type ParticipantKind,
  type Status,
} from '../../domain/conversation.ts'
import type { ConversationKey, ConversationStore } from '../../ports/conversation-store.ts'
import { lockConversation, takeSequence } from './take-sequence.ts'

type Dependencies = {
  chat: Sql
  unitOfWork: UnitOfWork
  lastMessages: (keys: readonly (ConversationKey & { sequence: number })[]) => Promise<Map<string, Message>>
}

type Row = {
  id: string
  subject: string | null
  status: Status
  epoch: number
  sequence: number
  lastMessage: number | null
  createdAt: Date
  lastActivityAt: Date
  cursor: string
}
type MemberRow = Member & { conversationId: string }

const COLUMNS = `c.id, c.subject, c.status, c.epoch, c.last_sequence as sequence, c.created_at as "createdAt",
  c.last_activity_at as "lastActivityAt", c.last_activity_at::text || ' ' || c.id as cursor,
  (select max(l.sequence) from messages l where l.project_id = c.project_id and l.conversation_id = c.id) as "lastMessage"`
const MEMBER = `m.conversation_id as "conversationId", p.id, p.kind, p.name, p.customer_id as "customerId", p.agent_id as "agentId",
  m.received, m.read, m.joined_at as "joinedAt"
  from conversation_participants m join chat_participants p on p.project_id = m.project_id and p.id = m.participant_id`

export function postgresConversationStore({
  chat,
  unitOfWork,
  lastMessages,
}: Dependencies): ConversationStore {
  async function whole(projectId: string, rows: Row[]): Promise<Conversation[]> {
    const ids = rows.map(({ id }) => id)
    const [members, messages] = await Promise.all([
      chat.query<MemberRow>(
        {
          name: 'chat-members',
          text: `select ${MEMBER} where m.project_id = $1 and m.conversation_id = any($2) and m.left_at is null
            order by m.joined_at, p.id`,
        },
        [projectId, ids],
      ),
      lastMessages(
        rows.flatMap(({ id, lastMessage }) =>
          lastMessage === null ? [] : [{ projectId, conversationId: id, sequence: lastMessage }],
        ),
      ),
    ])
    return rows.map(({ lastMessage: _, cursor: _1, ...conversation }) => ({
      ...conversation,
      members: members
        .filter(({ conversationId }) => conversationId === conversation.id)
        .map(({ conversationId: _2, ...member }) => member),
      lastMessage: messages.get(conversation.id) ?? null,
    }))
  }

  async function recordChange(
    transaction: Transaction,
    key: ConversationKey,
    { kind, by, details }: { kind: 'membership' | 'status'; by: string | null; details: object },
  ): Promise<{ sequence: number; at: Date }> {
    const sql = sqlOf(transaction)
    const taken = await takeSequence(sql, key)
    await sql.query(
      {
        name: 'chat-record-state',
        text: `insert into conversation_changes (project_id, conversation_id, sequence, kind, participant_id, details, at)
          values ($1, $2, $3, $4, $5, $6, $7)`,
      },
      [key.projectId, key.conversationId, taken.sequence, kind, by, JSON.stringify(details), taken.at],
    )
    return taken
  }

  async function membership(
    key: ConversationKey,
    participantId: string,
    by: string | null,
    change: 'joined' | 'left',
  ): ReturnType<ConversationStore['join']> {
    const { projectId, conversationId } = key
    return unitOfWork(async (transaction) => {
      const sql = sqlOf(transaction)
      if ((await lockConversation(sql, key)) === undefined) return refuse('conversation-not-found')
      const [person] = await sql.query<{
        id: string
        kind: ParticipantKind
        name: string | null
        customerId: string | null
        agentId: string | null
        isMember: boolean
        members: number
      }>(
        {
          name: 'chat-person',
          text: `select p.id, p.kind, p.name, p.customer_id as "customerId", p.agent_id as "agentId",
              exists (select from conversation_participants m where m.project_id = $1 and m.conversation_id = $2
                and m.participant_id = p.id and m.left_at is null) as "isMember",
              (select count(*)::int from conversation_participants m where m.project_id = $1 and m.conversation_id = $2
                and m.left_at is null) as members
            from chat_participants p where p.project_id = $1 and p.id = $3 and p.merged_into is null`,
        },
        [projectId, conversationId, participantId],
      )
      if (person === undefined) return refuse('participant-not-found')
      const { isMember, members, ...member } = person
      if (isMember === (change === 'joined')) return undefined
      if (change === 'joined' && members >= MOST_MEMBERS)
        return refuse('participant-limit', { most: MOST_MEMBERS })
      const details = { change, memberId: participantId }
      const { sequence, at } = await recordChange(transaction, key, { kind: 'membership', by, details })
      await sql.query(
        change === 'joined'
          ? {
              name: 'chat-join',
              text: `insert into conversation_participants (project_id, conversation_id, participant_id) values ($1, $2, $3)
                on conflict (project_id, conversation_id, participant_id) do update set left_at = null, joined_at = now()`,
            }
          : {
              name: 'chat-leave',
              text: `update conversation_participants set left_at = now() where project_id = $1 and conversation_id = $2 and participant_id = $3`,
            },
        [projectId, conversationId, participantId],
      )
      const event: ConversationEvent = {
        ...key,
        sequence,
        at,
        participantId: by,
        kind: 'membership',
        change,
        member,
      }
      return event
    })
  }

  return {
    create: ({ projectId, conversationId, subject, memberIds, mostOpen }) =>
      unitOfWork(async (transaction) => {
        const sql = sqlOf(transaction)
        // Locked, so that many conversations begun at once are counted one after the other.
        const people = await sql.query<{ id: string }>(
          {
            name: 'chat-first-members',
            text: `select id from chat_participants where project_id = $1 and id = any($2) and merged_into is null order by id for update`,
          },
          [projectId, memberIds],
        )
        if (people.length !== new Set(memberIds).size) return refuse('participant-not-found')
        if (mostOpen !== null) {
          const [open] = await sql.query<{ count: number }>(
            {
              name: 'chat-count-open',
              text: `select count(*)::int as count from conversation_participants m
                join conversations c on c.project_id = m.project_id and c.id = m.conversation_id
                where m.project_id = $1 and m.participant_id = $2 and m.left_at is null and c.status = 'open'`,
            },
            [projectId, memberIds[0]],
          )
          if (open!.count >= mostOpen) return refuse('conversation-limit', { most: mostOpen })
        }
        await sql.query(
          {
            name: 'chat-begin',
            text: `insert into conversations (project_id, id, lane, subject) values ($1, $2, $3, $4)`,
          },
          [projectId, conversationId, laneOf(conversationId), subject],
        )
        await sql.query(
          {
            name: 'chat-begin-members',
            text: `insert into conversation_participants (project_id, conversation_id, participant_id)
              select $1, $2, id from unnest($3::text[]) as m(id)`,
          },
          [projectId, conversationId, [...new Set(memberIds)]],
        )
        return undefined
      }),

    async find({ projectId, conversationId }) {
      const rows = await chat.query<Row>(
        {
          name: 'chat-find',
          text: `select ${COLUMNS} from conversations c where c.project_id = $1 and c.id = $2`,
        },
        [projectId, conversationId],
      )
      return (await whole(projectId, rows))[0]
    },

    async list(projectId, { participantId, customerId, status, limit, cursor }) {
      const [at, id] = cursor === undefined ? [null, null] : splitCursor(cursor)
      const rows = await chat.query<Row>(
        `select ${COLUMNS} from conversations c where c.project_id = $1
          and ($2::text is null or c.status = $2)
          and ($3::text is null or exists (select from conversation_participants m where m.project_id = c.project_id
            and m.conversation_id = c.id and m.participant_id = $3 and m.left_at is null))
          and ($4::text is null or exists (select from conversation_participants m
            join chat_participants p on p.project_id = m.project_id and p.id = m.participant_id
            where m.project_id = c.project_id and m.conversation_id = c.id and p.customer_id = $4 and m.left_at is null))
          and ($5::timestamptz is null or (c.last_activity_at, c.id) < ($5, $6))
          order by c.last_activity_at desc, c.id desc limit $7`,
        [projectId, status ?? null, participantId ?? null, customerId ?? null, at, id, limit + 1],
      )
      const { data, nextCursor } = pageOf(rows, limit, (row) => Buffer.from(row.cursor).toString('base64url'))
      return { data: await whole(projectId, data), nextCursor }
    },

    recentTops: (projectId, sinceMs, limit) =>
      chat.query<{ conversationId: string; sequence: number }>(
        {
          name: 'chat-recent-tops',
          text: `select id as "conversationId", last_sequence as sequence from conversations
            where project_id = $1 and last_activity_at > now() - make_interval(secs => $2 / 1000.0)
            order by last_activity_at desc limit $3`,
        },
        [projectId, sinceMs, limit],
      ),

    async standings(keys) {
      if (keys.length === 0) return []
      const rows = await chat.query<{
        place: number
        epoch: number
        id: string | null
        kind: ParticipantKind
      }>(
        {
          name: 'chat-standings',
          text: `select k.place, c.epoch, p.id, p.kind
            from unnest($1::text[], $2::text[]) with ordinality as k(project_id, id, place)
            join conversations c on c.project_id = k.project_id and c.id = k.id
            left join conversation_participants m on m.project_id = c.project_id and m.conversation_id = c.id and m.left_at is null
            left join chat_participants p on p.project_id = m.project_id and p.id = m.participant_id`,
        },
        [keys.map(({ projectId }) => projectId), keys.map(({ conversationId }) => conversationId)],
      )
      const standings = new Map<number, { epoch: number; members: { id: string; kind: ParticipantKind }[] }>()
      for (const { place, epoch, id, kind } of rows) {
        const standing = standings.get(place) ?? { epoch, members: [] }
        if (id !== null) standing.members.push({ id, kind })
        standings.set(place, standing)
      }
      return keys.map((_, index) => standings.get(index + 1))
    },

    async member({ projectId, conversationId }, participantId) {
      const [row] = await chat.query<MemberRow>(
        {
          name: 'chat-member',
          text: `select ${MEMBER} where m.project_id = $1 and m.conversation_id = $2 and m.participant_id = $3 and m.left_at is null`,
        },
        [projectId, conversationId, participantId],
      )
      if (row === undefined) return undefined
      const { conversationId: _, ...member } = row
      return member
    },

    join: (key, participantId, by) => membership(key, participantId, by, 'joined'),
    leave: (key, participantId, by) => membership(key, participantId, by, 'left'),

    update: (key, change, by) =>
      unitOfWork(async (transaction) => {
        const sql = sqlOf(transaction)
        const before = await lockConversation(sql, key)
        if (before === undefined) return refuse('conversation-not-found')
        const status = change.status ?? before.status
        const subject = change.subject === undefined ? before.subject : change.subject
        if (status === before.status && subject === before.subject) return undefined
        const details = { status, subject }
        const { sequence, at } = await recordChange(transaction, key, { kind: 'status', by, details })
        await sql.query(
          {
            name: 'chat-update',
            text: `update conversations set status = $3, subject = $4 where project_id = $1 and id = $2`,
          },
          [key.projectId, key.conversationId, status, subject],
        )
        const event: ConversationEvent = {
          ...key,
          sequence,
          at,
          participantId: by,
          kind: 'status',
          status,
          subject,
        }
        return event
      }),
  }
}

/** A cursor that nobody of us made begins at the start. */
function splitCursor(cursor: string): [string | null, string | null] {
  const [, at, id] =
    /^([\d :.+-]{10,40}) (cnv_\w{26})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  return at === undefined || id === undefined || Number.isNaN(Date.parse(at)) ? [null, null] : [at, id]
}
