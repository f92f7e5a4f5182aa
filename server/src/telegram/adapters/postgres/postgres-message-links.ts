import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { MessageLinks } from '../../ports/message-links.ts'
import type { About } from '../../ports/transport.ts'

export function postgresMessageLinks(sql: Sql): MessageLinks {
  return {
    async add(links, transaction) {
      const rows = links.map(({ about, ...link }) => ({ ...link, ...about }))
      await (transaction === undefined ? sql : sqlOf(transaction)).query(
        {
          name: 'telegram-link-messages',
          text: `insert into telegram_messages (project_id, chat_id, telegram_message_id, conversation_id, message_id, is_ours, name, is_caption)
            select "projectId", "chatId", "telegramMessageId", "conversationId", "messageId", "isOurs", name, "isCaption"
            from jsonb_to_recordset($1::jsonb) as l("projectId" text, "chatId" text, "telegramMessageId" bigint,
              "conversationId" text, "messageId" text, "isOurs" boolean, name text, "isCaption" boolean)
            on conflict (project_id, chat_id, telegram_message_id) do update set
              conversation_id = excluded.conversation_id, message_id = excluded.message_id`,
        },
        [JSON.stringify(rows)],
      )
    },

    of: (projectId, chatId, { conversationId, messageId }) =>
      sql.query(
        `select telegram_message_id::int8::float8 as "telegramMessageId", is_caption as "isCaption", is_ours as "isOurs" from telegram_messages
         where project_id = $1 and chat_id = $2 and conversation_id = $3 and message_id = $4 order by telegram_message_id`,
        [projectId, chatId, conversationId, messageId],
      ),

    async aboutOf(projectId, chatId, telegramMessageId) {
      const [row] = await sql.query<About>(
        `select conversation_id as "conversationId", message_id as "messageId" from telegram_messages
         where project_id = $1 and chat_id = $2 and telegram_message_id = $3 and conversation_id is not null`,
        [projectId, chatId, telegramMessageId],
      )
      return row
    },

    async named(projectId, chatId, name) {
      const [row] = await sql.query<{ id: number }>(
        `select telegram_message_id::float8 as id from telegram_messages
         where project_id = $1 and chat_id = $2 and name = $3 order by telegram_message_id desc limit 1`,
        [projectId, chatId, name],
      )
      return row?.id
    },

    async moveChat(projectId, from, to) {
      await sql.query(`update telegram_messages set chat_id = $3 where project_id = $1 and chat_id = $2`, [
        projectId,
        from,
        to,
      ])
    },

    async clear(transaction, projectId, chatId) {
      await sqlOf(transaction).query(
        `delete from telegram_messages where project_id = $1 and ($2::text is null or chat_id = $2)`,
        [projectId, chatId ?? null],
      )
    },
  }
}
