import type { Transaction } from '../../../kernel/transaction.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Said } from '../../ports/participants.ts'
import type { PersonalData } from '../../ports/personal-data.ts'

/** Whoever the customer was: with the visitors before it, and the participants of customers that it became one with. */
const FAMILY = `with recursive family as (
    select id from chat_participants where project_id = $1 and customer_id = $2
    union
    select p.id from chat_participants p join family f on p.project_id = $1 and p.merged_into = f.id
  )`

type Dependencies = {
  sql: Sql
  /** Also of files that were announced and never said. */
  dropFiles: (transaction: Transaction, projectId: string, attachmentIds: string[]) => Promise<void>
}

export function postgresPersonalData({ sql, dropFiles }: Dependencies): PersonalData {
  async function eraseAll(transaction: Transaction, projectId: string, ids: readonly string[]) {
    const within = sqlOf(transaction)
    if (ids.length === 0) return []
    const conversations = await within.query<{ id: string }>(
      `select id from conversations where project_id = $1 and id in (
         select conversation_id from conversation_participants where project_id = $1 and participant_id = any($2))
       order by id for update`,
      [projectId, ids],
    )
    const conversationIds = conversations.map(({ id }) => id)
    const files = await within.query<{ id: string }>(
      `select id from chat_attachments where project_id = $1 and conversation_id = any($2) and sender_id = any($3)`,
      [projectId, conversationIds, ids],
    )
    if (files.length > 0) await dropFiles(transaction, projectId, files.map(({ id }) => id)) // prettier-ignore
    await within.query(
      `update messages set text = null, attachment_id = null, deleted_at = coalesce(deleted_at, now())
       where project_id = $1 and conversation_id = any($2) and sender_id = any($3)`,
      [projectId, conversationIds, ids],
    )
    // A subject says what somebody wanted; who has seen it forgets it with the epoch.
    await within.query(
      `update conversations set subject = null, epoch = epoch + 1 where project_id = $1 and id = any($2)`,
      [projectId, conversationIds],
    )
    await within.query(
      `update conversation_changes set details = details - 'subject'
       where project_id = $1 and conversation_id = any($2) and details ? 'subject'`,
      [projectId, conversationIds],
    )
    await within.query(
      `update chat_participants set name = null, said_email = null, said_phone = null, customer_id = null, kind = 'customer'
       where project_id = $1 and id = any($2)`,
      [projectId, ids],
    )
    return conversationIds
  }

  return {
    async erase(transaction, projectId, customerId) {
      const family = await sqlOf(transaction).query<{ id: string }>(
        `${FAMILY} select id from family order by id`,
        [projectId, customerId],
      )
      return eraseAll(transaction, projectId, family.map(({ id }) => id)) // prettier-ignore
    },

    async eraseVisitor(transaction, projectId, participantId) {
      const [visitor] = await sqlOf(transaction).query<{ id: string }>(
        `select id from chat_participants where project_id = $1 and id = $2 and kind = 'visitor' and customer_id is null
           and merged_into is null for update`,
        [projectId, participantId],
      )
      return eraseAll(transaction, projectId, visitor === undefined ? [] : [visitor.id])
    },

    async ofCustomer(projectId, customerId, most) {
      const conversations = await sql.query<
        Awaited<ReturnType<PersonalData['ofCustomer']>>['conversations'][number]
      >(
        `${FAMILY} select id, subject, status, created_at as "createdAt" from conversations c where project_id = $1
           and exists (select from conversation_participants m join family f on f.id = m.participant_id
             where m.project_id = $1 and m.conversation_id = c.id)
         order by id limit $3`,
        [projectId, customerId, most],
      )
      const messages = await sql.query<Awaited<ReturnType<PersonalData['ofCustomer']>>['messages'][number]>(
        `${FAMILY} select m.conversation_id as "conversationId", m.id, m.sequence, p.kind as "from",
           m.sender_id in (select id from family) as own, m.text, m.attachment_id as "attachmentId",
           m.created_at as "createdAt", m.edited_at as "editedAt", m.deleted_at as "deletedAt"
         from messages m join chat_participants p on p.project_id = m.project_id and p.id = m.sender_id
         where m.project_id = $1 and m.conversation_id = any($3) order by m.conversation_id, m.sequence limit $4`,
        [projectId, customerId, conversations.map(({ id }) => id), most],
      )
      const said = await sql.query<Said>(
        `${FAMILY} select p.name, p.said_email as email, p.said_phone as phone from chat_participants p join family f on f.id = p.id
         where p.project_id = $1 and coalesce(p.said_email, p.said_phone) is not null order by p.id`,
        [projectId, customerId],
      )
      return { conversations, messages, said }
    },
  }
}
