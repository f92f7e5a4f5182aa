import type { NewId } from '../../../kernel/ids.ts'
import { ALL_LANES } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { ConversationKey } from '../../ports/conversation-store.ts'
import type { DeadLetter, DeliveryState, Due, Mark } from '../../ports/delivery-state.ts'

const AFTER_ALL_IDS = '~'
const SETTLED_TOGETHER = 16
const projectsOf = (keys: readonly ConversationKey[]) => keys.map(({ projectId }) => projectId)
const idsOf = (keys: readonly ConversationKey[]) => keys.map(({ conversationId }) => conversationId)

export function postgresDeliveryState({ chat, newId }: { chat: Sql; newId: NewId }): DeliveryState {
  async function bury(sql: Sql, letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return
    await sql.query(
      {
        name: 'chat-bury',
        text: `insert into chat_dead_letters (project_id, id, conversation_id, participant_id, from_sequence, to_sequence, reason, attempts)
          select "projectId", id, "conversationId", "participantId", "fromSequence", "toSequence", reason, attempts
          from jsonb_to_recordset($1::jsonb) as l("projectId" text, id text, "conversationId" text, "participantId" text,
            "fromSequence" bigint, "toSequence" bigint, reason text, attempts integer)`,
      },
      [JSON.stringify(letters.map((letter) => ({ ...letter, id: newId('deadLetter') })))],
    )
  }

  return {
    record: (marks) =>
      chat.query<Mark>(
        {
          name: 'chat-record',
          // Locked in one order, so that two processes never wait for each other in a circle.
          text: `with said as materialized (
              select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
                as s(project_id, conversation_id, participant_id, received, read)
            ), locked as materialized (
              select m.project_id, m.conversation_id, m.participant_id from conversation_participants m
              where (m.project_id, m.conversation_id, m.participant_id) in (select project_id, conversation_id, participant_id from said)
              order by 1, 2, 3 for no key update
            )
            update conversation_participants m set
              received = greatest(m.received, least(greatest(s.received, s.read), c.last_sequence)),
              read = greatest(m.read, least(s.read, c.last_sequence))
            from said s join locked l using (project_id, conversation_id, participant_id)
            join conversations c on c.project_id = s.project_id and c.id = s.conversation_id
            where m.project_id = s.project_id and m.conversation_id = s.conversation_id and m.participant_id = s.participant_id
              and (m.received < least(greatest(s.received, s.read), c.last_sequence) or m.read < least(s.read, c.last_sequence))
            returning m.project_id as "projectId", m.conversation_id as "conversationId", m.participant_id as "participantId", m.received, m.read`,
        },
        [
          projectsOf(marks),
          idsOf(marks),
          marks.map(({ participantId }) => participantId),
          marks.map(({ received }) => received),
          marks.map(({ read }) => read),
        ],
      ),

    async settle(keys) {
      // Few at a time: whoever speaks in one of them waits for as long as these are locked.
      for (let from = 0; from < keys.length; from += SETTLED_TOGETHER) {
        const some = keys.slice(from, from + SETTLED_TOGETHER)
        await chat.query(
          {
            name: 'chat-settle',
            // The sequence of the locked row, not of the snapshot: a message that came meanwhile must not be settled unseen.
            text: `with locked as materialized (
              select c.project_id, c.id, c.last_sequence from conversations c
              where (c.project_id, c.id) in (select * from unnest($1::text[], $2::text[])) order by 1, 2 for no key update
            )
            update conversations c set
              last_activity_at = greatest(c.last_activity_at, (select m.created_at from messages m
                where m.project_id = c.project_id and m.conversation_id = c.id order by m.sequence desc limit 1)),
              due_at = case when s.late then c.due_at end, attempts = case when s.late then c.attempts else 0 end
            from (select l.project_id, l.id, exists (select from conversation_participants m
                where m.project_id = l.project_id and m.conversation_id = l.id and m.left_at is null and m.received < l.last_sequence
              ) as late from locked l) as s
            where c.project_id = s.project_id and c.id = s.id`,
          },
          [projectsOf(some), idsOf(some)],
        )
      }
    },

    dueSoon: (most) =>
      chat.query(
        {
          name: 'chat-due-soon',
          text: `select c.project_id as "projectId", c.id as "conversationId"
            from unnest($1::smallint[]) as l(lane) cross join lateral (
              select * from conversations d where d.lane = l.lane and d.due_at <= statement_timestamp() order by d.due_at limit $2
            ) as c limit $2`,
        },
        [ALL_LANES, most],
      ),

    lagging: (keys) =>
      chat.query(
        {
          name: 'chat-lagging',
          text: `select m.project_id as "projectId", m.conversation_id as "conversationId", m.participant_id as "participantId"
            from unnest($1::text[], $2::text[]) as k(project_id, id)
            join conversations c on c.project_id = k.project_id and c.id = k.id
            join conversation_participants m on m.project_id = c.project_id and m.conversation_id = c.id
            where m.left_at is null and m.received < c.last_sequence`,
        },
        [projectsOf(keys), idsOf(keys)],
      ),

    due: (transaction, keys) =>
      sqlOf(transaction).query<Due>(
        {
          name: 'chat-due',
          text: `with taken as materialized (
              select c.project_id, c.id, c.last_sequence, c.attempts from conversations c
              where (c.project_id, c.id) in (select * from unnest($1::text[], $2::text[]))
                and c.due_at <= statement_timestamp() order by c.project_id, c.id for update skip locked
            )
            select t.project_id as "projectId", t.id as "conversationId", t.last_sequence as sequence, t.attempts,
              coalesce((select jsonb_agg(jsonb_build_object('participantId', m.participant_id, 'received', m.received))
                from conversation_participants m where m.project_id = t.project_id and m.conversation_id = t.id
                  and m.left_at is null and m.received < t.last_sequence), '[]') as lagging
            from taken t`,
        },
        [projectsOf(keys), idsOf(keys)],
      ),

    async plan(transaction, plans) {
      if (plans.length === 0) return
      await sqlOf(transaction).query(
        {
          name: 'chat-plan',
          text: `update conversations c set attempts = p.attempts, last_activity_at = greatest(c.last_activity_at, (
                select m.created_at from messages m where m.project_id = c.project_id and m.conversation_id = c.id
                order by m.sequence desc limit 1)),
              due_at = case when p.again_in_ms is not null then statement_timestamp() + p.again_in_ms * interval '1 millisecond' end
            from unnest($1::text[], $2::text[], $3::int[], $4::bigint[]) as p(project_id, id, attempts, again_in_ms)
            where c.project_id = p.project_id and c.id = p.id`,
        },
        [
          projectsOf(plans),
          idsOf(plans),
          plans.map(({ attempts }) => attempts),
          plans.map(({ againInMs }) => againInMs),
        ],
      )
    },

    bury: (transaction, letters) => bury(transaction === undefined ? chat : sqlOf(transaction), letters),

    async letters(projectId, { limit, cursor }) {
      const rows = await chat.query<DeadLetter & { id: string; at: Date }>(
        {
          name: 'chat-letters',
          text: `select project_id as "projectId", id, conversation_id as "conversationId", participant_id as "participantId",
              from_sequence as "fromSequence", to_sequence as "toSequence", reason, attempts, at
            from chat_dead_letters where project_id = $1 and id < $2 order by id desc limit $3`,
        },
        [projectId, cursor ?? AFTER_ALL_IDS, limit + 1],
      )
      return pageOf(rows, limit, ({ id }) => id)
    },

    late: (most) =>
      chat.query(
        {
          name: 'chat-late',
          text: `select project_id as "projectId", id as "conversationId", last_sequence as sequence
            from conversations where attempts > 0 and due_at is not null order by due_at limit $1`,
        },
        [most],
      ),
  }
}
