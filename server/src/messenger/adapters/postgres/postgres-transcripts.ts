import type { Sql } from '../../../postgres/sql.ts'

type Span = { key: string; conversationId: string; from: Date; until: Date | null }
type Said = {
  key: string
  at: Date
  from: string
  name: string | null
  text: string | null
  file: string | null
}

/** What was said in conversations, in the given times, for whoever writes it down elsewhere. */
export function postgresTranscripts(sql: Sql) {
  return (projectId: string, spans: readonly Span[], most: number): Promise<Said[]> =>
    sql.query<Said>(
      `with spans as materialized (
         select key, conversation_id, since, until, ordinality from rows from (jsonb_to_recordset($2::jsonb)
           as (key text, "conversationId" text, "from" timestamptz, until timestamptz))
           with ordinality as s (key, conversation_id, since, until, ordinality)
       )
       select s.key, m.created_at as at, p.kind as "from", p.name, m.text, a.name as file
       from spans s join messages m on m.project_id = $1 and m.conversation_id = s.conversation_id
         and m.created_at >= s.since and (s.until is null or m.created_at < s.until)
       join chat_participants p on p.project_id = $1 and p.id = m.sender_id
       left join chat_attachments a on a.project_id = $1 and a.id = m.attachment_id
       where m.deleted_at is null order by s.ordinality, m.sequence limit $3`,
      [projectId, JSON.stringify(spans), most + 1],
    )
}
