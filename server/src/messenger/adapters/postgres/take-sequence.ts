import type { Sql } from '../../../postgres/sql.ts'
import type { ConversationKey } from '../../ports/conversation-store.ts'

/** Until the end of the transaction nothing else can happen in the conversation. */
export async function lockConversation(sql: Sql, { projectId, conversationId }: ConversationKey) {
  const [row] = await sql.query<{ status: 'open' | 'closed'; subject: string | null; epoch: number }>(
    {
      name: 'chat-lock',
      text: `select status, subject, epoch from conversations where project_id = $1 and id = $2 for update`,
    },
    [projectId, conversationId],
  )
  return row
}

/** The next sequence of a conversation that is locked, and when that is. */
export async function takeSequence(
  sql: Sql,
  { projectId, conversationId }: ConversationKey,
): Promise<{ sequence: number; at: Date }> {
  const [row] = await sql.query<{ sequence: number; at: Date }>(
    {
      name: 'chat-take-sequence',
      text: `update conversations set last_sequence = last_sequence + 1,
          due_at = coalesce(due_at, clock_timestamp() + interval '2 seconds')
        where project_id = $1 and id = $2 returning last_sequence as sequence, clock_timestamp() as at`,
    },
    [projectId, conversationId],
  )
  return row!
}
