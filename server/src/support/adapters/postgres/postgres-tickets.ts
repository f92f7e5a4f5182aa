import { ALL_LANES, laneOf } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { KeptTicket } from '../../domain/kept-ticket.ts'
import type { Ticket, TicketEvent } from '../../domain/ticket.ts'
import type { TicketStore } from '../../ports/ticket-store.ts'

export const TICKET = `t.project_id as "projectId", t.id, t.number, t.conversation_id as "conversationId",
  t.participant_id as "participantId", t.customer_id as "customerId", t.channel, t.status, t.topic, t.subject, t.priority,
  t.assignee_id as "assigneeId", t.opened_at as "openedAt", t.first_answer_at as "firstAnswerAt",
  t.first_answer_due_at as "firstAnswerDueAt", t.resolution_due_at as "resolutionDueAt", t.solved_at as "solvedAt",
  t.closed_at as "closedAt", t.snoozed_until as "snoozedUntil", t.merged_into as "mergedInto",
  t.previous_ticket_id as "previousTicketId", t.reopens,
  t.rating_score as "ratingScore", t.rating_comment as "ratingComment", t.rated_at as "ratedAt"`
export const KEPT = `${TICKET}, t.first_answer_by as "firstAnswerBy", t.waited_minutes as "waitedMinutes", t.marks, t.event_count as "eventCount"`

type Rated = { ratingScore: number | null; ratingComment: string | null; ratedAt: Date | null }
type Row<T extends Ticket> = Omit<T, 'rating'> & Rated
export type TicketRow = Row<Ticket>

const NOW = `clock_timestamp()`
/** Whoever these people were before: what a visitor said is the customer's that it became. */
export const FAMILY = `with recursive family as (
    select id from chat_participants where project_id = $1 and id = any($2)
    union
    select p.id from chat_participants p join family f on p.project_id = $1 and p.merged_into = f.id
  )`

const COLUMNS: readonly (readonly [column: string, of: (ticket: KeptTicket) => unknown])[] = [
  ['participant_id', ({ participantId }) => participantId],
  ['customer_id', ({ customerId }) => customerId],
  ['status', ({ status }) => status],
  ['topic', ({ topic }) => topic],
  ['priority', ({ priority }) => priority],
  ['assignee_id', ({ assigneeId }) => assigneeId],
  ['first_answer_at', ({ firstAnswerAt }) => firstAnswerAt],
  ['first_answer_by', ({ firstAnswerBy }) => firstAnswerBy],
  ['first_answer_due_at', ({ firstAnswerDueAt }) => firstAnswerDueAt],
  ['resolution_due_at', ({ resolutionDueAt }) => resolutionDueAt],
  ['waited_minutes', ({ waitedMinutes }) => waitedMinutes],
  ['solved_at', ({ solvedAt }) => solvedAt],
  ['closed_at', ({ closedAt }) => closedAt],
  ['snoozed_until', ({ snoozedUntil }) => snoozedUntil],
  ['merged_into', ({ mergedInto }) => mergedInto],
  ['reopens', ({ reopens }) => reopens],
  ['rating_score', ({ rating }) => rating?.score ?? null],
  ['rating_comment', ({ rating }) => rating?.comment ?? null],
  ['rated_at', ({ rating }) => rating?.at ?? null],
  ['marks', ({ marks }) => JSON.stringify(marks)],
]
const FIRST_COLUMNS: typeof COLUMNS = [
  ['project_id', ({ projectId }) => projectId],
  ['id', ({ id }) => id],
  ['lane', ({ projectId }) => laneOf(projectId)],
  ['number', ({ number }) => number],
  ['conversation_id', ({ conversationId }) => conversationId],
  ['channel', ({ channel }) => channel],
  ['subject', ({ subject }) => subject],
  ['opened_at', ({ openedAt }) => openedAt],
  ['previous_ticket_id', ({ previousTicketId }) => previousTicketId],
]
const INSERTED = [...FIRST_COLUMNS, ...COLUMNS]

const NEWEST_OF = {
  name: 'ticket-newest-of',
  text: `with recursive chain as (
      (select id, merged_into from tickets where project_id = $1 and conversation_id = $2
        order by status in ('new', 'in-work', 'waiting') desc, number desc limit 1)
      union
      select n.id, n.merged_into from tickets n join chain c on n.project_id = $1 and n.id = c.merged_into
    ) select ${TICKET} from tickets t join chain c on t.id = c.id and c.merged_into is null where t.project_id = $1`,
}

export function postgresTickets({ sql, lookUps }: { sql: Sql; lookUps: Sql }): TicketStore {
  return {
    async now(transaction) {
      const [row] = await sqlOf(transaction).query<{ now: Date }>({
        name: 'ticket-now',
        text: `select ${NOW} as now`,
      })
      return row!.now.getTime()
    },

    async find(projectId, ticketId) {
      const [row] = await lookUps.query<Row<Ticket>>(
        { name: 'ticket-find', text: `select ${TICKET} from tickets t where project_id = $1 and id = $2` },
        [projectId, ticketId],
      )
      return row && rated(row)
    },

    async byNumber(projectId, number) {
      const [row] = await sql.query<Row<Ticket>>(
        `select ${TICKET} from tickets t where project_id = $1 and number = $2`,
        [projectId, number],
      )
      return row && rated(row)
    },

    async list(projectId, { status, assigneeId, conversationId, customerId, participantIds }, limit, cursor) {
      const rows = await lookUps.query<Row<Ticket>>(
        `${FAMILY} select ${TICKET} from tickets t where project_id = $1
           and ($2::text[] is null or participant_id in (select id from family))
           and ($3::text is null or status = $3)
           and ($4::text is null or assignee_id = $4 or ($4 = 'none' and assignee_id is null))
           and ($5::text is null or conversation_id = $5) and ($6::text is null or customer_id = $6)
           and ($7::text is null or id < $7) order by id desc limit $8`,
        [
          ...[projectId, participantIds ?? null, status ?? null, assigneeId ?? null],
          ...[conversationId ?? null, customerId ?? null, cursor ?? null, limit + 1],
        ],
      )
      return pageOf(rows.map(rated), limit, ({ id }) => id)
    },

    async loads(projectId) {
      const rows = await lookUps.query<{ agentId: string; open: number }>(
        `select assignee_id as "agentId", count(*)::int as open from tickets
         where lane = $2 and project_id = $1 and status in ('new', 'in-work', 'waiting') and assignee_id is not null group by 1`,
        [projectId, laneOf(projectId)],
      )
      return new Map(rows.map(({ agentId, open }) => [agentId, open]))
    },

    async history(projectId, ticketId) {
      const rows = await sql.query<
        Omit<TicketEvent, 'by'> & {
          byKind: TicketEvent['by']['kind']
          byId: string | null
          text: string | null
        }
      >(
        `select e.sequence, e.kind, e.by_kind as "byKind", e.by_id as "byId", e.source, e.details, e.at, w.text
         from ticket_events e left join ticket_words w using (project_id, ticket_id, sequence)
         where e.project_id = $1 and e.ticket_id = $2 order by e.sequence`,
        [projectId, ticketId],
      )
      return rows.map(({ byKind, byId, text, details, ...event }) => ({
        ...event,
        by: { kind: byKind, id: byId },
        details: text === null ? details : { ...details, text },
      }))
    },

    async lockConversation(transaction, projectId, conversationId) {
      await sqlOf(transaction).query(
        {
          name: 'ticket-conversation-turn',
          text: `select pg_advisory_xact_lock(hashtextextended('ticket ' || $1 || ' ' || $2, 0))`,
        },
        [projectId, conversationId],
      )
    },

    async newestOf(transaction, projectId, conversationId) {
      const [row] = await sqlOf(transaction).query<Row<Ticket>>(NEWEST_OF, [projectId, conversationId])
      return row && rated(row)
    },

    async latestOf(projectId, conversationId) {
      const [row] = await lookUps.query<Row<Ticket>>(NEWEST_OF, [projectId, conversationId])
      return row && rated(row)
    },

    async lock(transaction, projectId, ticketId) {
      const [row] = await sqlOf(transaction).query<Row<KeptTicket>>(
        {
          name: 'ticket-lock',
          text: `select ${KEPT} from tickets t where project_id = $1 and id = $2 for no key update`,
        },
        [projectId, ticketId],
      )
      return row && rated(row)
    },

    async isOf(transaction, projectId, ticketId, participantIds) {
      const rows = await sqlOf(transaction).query(
        `${FAMILY} select 1 from tickets where project_id = $1 and id = $3 and participant_id in (select id from family)`,
        [projectId, participantIds, ticketId],
      )
      return rows.length > 0
    },

    async openOf(transaction, projectId, participantId) {
      const rows = await sqlOf(transaction).query<{ id: string }>(
        `${FAMILY} select id from tickets where project_id = $1 and participant_id in (select id from family)
           and status in ('new', 'in-work', 'waiting') order by id`,
        [projectId, [participantId]],
      )
      return rows.map(({ id }) => id)
    },

    async insert(transaction, ticket, lookAt) {
      const within = sqlOf(transaction)
      const [row] = await within.query<{ last: number }>(
        {
          name: 'ticket-number',
          text: `insert into ticket_numbers as n (project_id, last) values ($1, 1)
            on conflict (project_id) do update set last = n.last + 1 returning last`,
        },
        [ticket.projectId],
      )
      const numbered = { ...ticket, number: row!.last }
      await within.query(
        {
          name: 'ticket-insert',
          text: `insert into tickets (${INSERTED.map(([column]) => column).join(', ')}, look_at)
            values (${INSERTED.map((_, index) => `$${index + 1}`).join(', ')}, $${INSERTED.length + 1})`,
        },
        [...INSERTED.map(([, of]) => of(numbered)), lookAt],
      )
      return numbered
    },

    async save(transaction, ticket, lookAt) {
      await sqlOf(transaction).query(
        {
          name: 'ticket-save',
          text: `update tickets set ${COLUMNS.map(([column], index) => `${column} = $${index + 4}`).join(', ')}, look_at = $3
            where project_id = $1 and id = $2`,
        },
        [ticket.projectId, ticket.id, lookAt, ...COLUMNS.map(([, of]) => of(ticket))],
      )
    },

    async append(transaction, { projectId, id, eventCount }, events, at) {
      if (events.length === 0) return []
      const within = sqlOf(transaction)
      const written = events.map((event, index) => ({ ...event, sequence: eventCount + index + 1 }))
      await within.query(
        {
          name: 'ticket-events-append',
          text: `insert into ticket_events (project_id, ticket_id, sequence, kind, by_kind, by_id, source, details, at)
            select $1, $2, sequence, kind, by->>'kind', by->>'id', source, details, $4
            from jsonb_to_recordset($3::jsonb) as e(sequence integer, kind text, by jsonb, source text, details jsonb)`,
        },
        [projectId, id, JSON.stringify(written), at],
      )
      const said = written.filter(({ text }) => text !== undefined)
      if (said.length > 0)
        await within.query(
          `insert into ticket_words (project_id, ticket_id, sequence, text)
           select $1, $2, sequence, text from jsonb_to_recordset($3::jsonb) as e(sequence integer, text text)`,
          [projectId, id, JSON.stringify(said)],
        )
      await within.query(
        {
          name: 'ticket-event-count',
          text: `update tickets set event_count = $3 where project_id = $1 and id = $2`,
        },
        [projectId, id, eventCount + events.length],
      )
      return written.map(({ text, details, ...event }) => ({
        ...event,
        at,
        details: text === undefined ? details : { ...details, text },
      }))
    },

    async countAnswer(transaction, projectId, ticketId, agentId) {
      await sqlOf(transaction).query(
        {
          name: 'ticket-answer-count',
          text: `insert into ticket_answers as a (project_id, ticket_id, agent_id, answers) values ($1, $2, $3, 1)
            on conflict (project_id, ticket_id, agent_id) do update set answers = a.answers + 1`,
        },
        [projectId, ticketId, agentId],
      )
    },

    due: (limit, shifted) =>
      shifted === undefined
        ? sql.query(
            `select project_id as "projectId", id from tickets
             where lane = any($2::smallint[]) and look_at <= ${NOW} order by look_at limit $1`,
            [limit, ALL_LANES],
          )
        : sql.query(
            `select project_id as "projectId", id from tickets
             where lane = $2 and project_id = $3 and look_at <= ${NOW} + $4::bigint * interval '1 ms'
             order by look_at limit $1`,
            [limit, laneOf(shifted.projectId), shifted.projectId, shifted.clockOffsetMs],
          ),

    async lockFree(transaction, projectId, ticketId) {
      const [row] = await sqlOf(transaction).query<Row<KeptTicket>>(
        {
          name: 'ticket-lock-free',
          text: `select ${KEPT} from tickets t where project_id = $1 and id = $2 for no key update skip locked`,
        },
        [projectId, ticketId],
      )
      return row && rated(row)
    },

    async putOff(projectId, ticketId, byMs) {
      await sql.query(
        `update tickets set look_at = greatest(look_at, ${NOW}) + $3::bigint * interval '1 ms' where project_id = $1 and id = $2`,
        [projectId, ticketId, byMs],
      )
    },

    async lookAgain(transaction, projectId) {
      await sqlOf(transaction).query(
        `update tickets set look_at = ${NOW} where lane = $2 and project_id = $1 and status <> 'closed'`,
        [projectId, laneOf(projectId)],
      )
    },

    async figures() {
      const rows = await sql.query<{
        status: string
        count: number
        breached: number
        oldest: number | null
      }>(
        `select status, count(*)::int as count,
           count(*) filter (where marks ? 'firstBreached' or marks ? 'resolutionBreached')::int as breached,
           min((marks->>'unclaimedSince')::float8) filter (where assignee_id is null) as oldest
         from tickets where lane = any($1::smallint[]) and status in ('new', 'in-work', 'waiting') group by status`,
        [ALL_LANES],
      )
      return {
        byStatus: Object.fromEntries(rows.map(({ status, count }) => [status, count])),
        breached: rows.reduce((sum, { breached }) => sum + breached, 0),
        unclaimedSince: rows.reduce<number | null>(
          (oldest, row) => (row.oldest === null ? oldest : Math.min(row.oldest, oldest ?? Infinity)),
          null,
        ),
      }
    },

    async ban(transaction, projectId, participantId, { reason, by }) {
      const rows = await sqlOf(transaction).query(
        `insert into support_bans (project_id, participant_id, reason, by_kind, by_id) values ($1, $2, $3, $4, $5)
         on conflict (project_id, participant_id) do nothing returning 1`,
        [projectId, participantId, reason, by.kind, by.id],
      )
      return rows.length > 0
    },

    async unban(transaction, projectId, participantId) {
      const rows = await sqlOf(transaction).query(
        `${FAMILY} delete from support_bans where project_id = $1 and participant_id in (select id from family) returning 1`,
        [projectId, [participantId]],
      )
      return rows.length > 0
    },

    async isBanned(projectId, participantId) {
      const rows = await lookUps.query(
        {
          name: 'support-banned',
          text: `${FAMILY} select 1 from support_bans where project_id = $1 and participant_id in (select id from family) limit 1`,
        },
        [projectId, [participantId]],
      )
      return rows.length > 0
    },
  }
}

export function rated<T extends Ticket>({ ratingScore, ratingComment, ratedAt, ...row }: Row<T>): T {
  const rating =
    ratingScore === null || ratedAt === null
      ? null
      : { score: ratingScore, comment: ratingComment, at: ratedAt }
  return { ...row, rating } as unknown as T
}
