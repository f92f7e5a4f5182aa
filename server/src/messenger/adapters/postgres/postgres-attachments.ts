import { laneOf } from '../../../kernel/lane.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import { LATE_UPLOAD_MS, LOOK_AFTER_MS, UPLOAD_MS, type Attachment } from '../../domain/attachment.ts'
import type { Attachments } from '../../ports/attachments.ts'

type Row = Attachment & { over: boolean }

const seconds = (ms: number) => `make_interval(secs => ${ms / 1_000})`
// By the sender's name of it: the message may stand in its conversation before the row here says so.
const COLUMNS = `a.project_id as "projectId", a.conversation_id as "conversationId", a.id, a.sender_id as "senderId", a.client_id as "clientId",
  a.name, a.size::float8 as size, a.declared_type as "declaredType", a.type, a.state, a.refused_why as "refusedWhy", a.text,
  a.storage_key as "storageKey", (extract(epoch from a.expires_at) * 1000)::float8 as "expiresAt",
  coalesce(a.message_id, m.id) as "messageId", coalesce(a.message_sequence, m.sequence)::float8 as "messageSequence"`
const WITH_MESSAGE = `left join messages m on m.project_id = a.project_id and m.conversation_id = a.conversation_id
  and m.sender_id = a.sender_id and m.client_id = a.client_id and m.attachment_id = a.id`
const LONGEST_PAUSE_MS = 10 * 60_000

export function postgresAttachments({ sql, lookUps }: { sql: Sql; lookUps: Sql }): Attachments {
  const by = ({ projectId, id }: Pick<Attachment, 'projectId' | 'id'>) => [projectId, id]
  const changed = (rows: unknown[]) => rows.length > 0

  return {
    async renew({ projectId, conversationId, senderId, clientId }) {
      const [row] = await sql.query<Attachment>(
        `with renewed as (
           update chat_attachments set
             expires_at = case when state = 'pending' then clock_timestamp() + ${seconds(UPLOAD_MS)} else expires_at end,
             due_at = case when state = 'pending' then clock_timestamp() + ${seconds(LOOK_AFTER_MS)} else due_at end,
             looks = case when state = 'pending' then 0 else looks end
           where project_id = $1 and conversation_id = $2 and sender_id = $3 and client_id = $4 returning *)
         select ${COLUMNS} from renewed a ${WITH_MESSAGE}`,
        [projectId, conversationId, senderId, clientId],
      )
      return row
    },

    async add({ projectId, conversationId, id, senderId, clientId, name, size, declaredType, text }) {
      return changed(
        await sql.query(
          `insert into chat_attachments (project_id, id, lane, conversation_id, sender_id, client_id, name, size, declared_type, text,
             expires_at, due_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp() + ${seconds(UPLOAD_MS)}, clock_timestamp() + ${seconds(LOOK_AFTER_MS)})
           on conflict (project_id, conversation_id, sender_id, client_id) do nothing returning id`,
          [
            projectId,
            id,
            laneOf(projectId),
            conversationId,
            senderId,
            clientId,
            name,
            size,
            declaredType,
            text,
          ],
        ),
      )
    },

    async find(projectId, id) {
      const [row] = await sql.query<Attachment>(
        {
          name: 'attachment-find',
          text: `select ${COLUMNS} from chat_attachments a ${WITH_MESSAGE} where a.project_id = $1 and a.id = $2`,
        },
        [projectId, id],
      )
      return row
    },

    findMany: (projectId, ids) =>
      lookUps.query<Attachment>(
        {
          name: 'attachments-find',
          text: `select ${COLUMNS} from chat_attachments a ${WITH_MESSAGE} where a.project_id = $1 and a.id = any($2)`,
        },
        [projectId, ids],
      ),

    async markReady(of, { type, storageKey }) {
      return changed(
        await sql.query(
          `update chat_attachments set state = 'ready', type = $3, storage_key = $4
           where project_id = $1 and id = $2 and state = 'pending' returning id`,
          [...by(of), type, storageKey],
        ),
      )
    },

    async tie(of, { messageId, sequence }) {
      await sql.query(
        `update chat_attachments set message_id = $3, message_sequence = $4, due_at = null
         where project_id = $1 and id = $2 and state = 'ready' and message_id is null`,
        [...by(of), messageId, sequence],
      )
    },

    async refuse(of, why) {
      return changed(
        await sql.query(
          `update chat_attachments set state = 'refused', refused_why = $3, storage_key = null, due_at = null
           where project_id = $1 and id = $2 and (state = 'pending' or (state = 'ready' and message_id is null)) returning id`,
          [...by(of), why],
        ),
      )
    },

    async markRemoved(transaction, projectId, ids) {
      await (transaction === undefined ? sql : sqlOf(transaction)).query(
        `update chat_attachments set state = 'removed', name = 'removed', declared_type = null, text = null, due_at = clock_timestamp(), looks = 0
         where project_id = $1 and id = any($2) and state <> 'removed'`,
        [projectId, ids],
      )
    },

    async bare(of) {
      await sql.query(
        `update chat_attachments set storage_key = null, due_at = null where project_id = $1 and id = $2 and state = 'removed'`,
        by(of),
      )
    },

    async forget(of) {
      return changed(
        await sql.query(
          `delete from chat_attachments where project_id = $1 and id = $2 and state = 'pending'
             and expires_at + ${seconds(LATE_UPLOAD_MS)} < clock_timestamp() returning id`,
          by(of),
        ),
      )
    },

    async takeDue(lane, most) {
      const rows = await sql.query<Row>(
        {
          name: 'attachments-due',
          text: `with due as (
              select project_id, id from chat_attachments where lane = $1 and due_at <= clock_timestamp()
              order by due_at limit $2 for update skip locked),
            taken as (
              update chat_attachments a set looks = least(looks + 1, 20),
                due_at = clock_timestamp() + least(${seconds(LONGEST_PAUSE_MS)}, ${seconds(LOOK_AFTER_MS)} * 2 ^ least(looks, 10))
              from due where a.project_id = due.project_id and a.id = due.id returning a.*)
            select ${COLUMNS}, a.expires_at + ${seconds(LATE_UPLOAD_MS)} < clock_timestamp() as over from taken a ${WITH_MESSAGE}`,
        },
        [lane, most],
      )
      return rows.map(({ over, ...attachment }) => ({ attachment, over }))
    },
  }
}
