import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Prompt, Prompts } from '../../ports/prompts.ts'

const COLUMNS = `project_id as "projectId", hold_id as "holdId", telegram_id as "telegramId", customer_id as "customerId",
  order_id as "orderId", amount, state`

/** What was confirmed may still be let go, or run out. */
const BEFORE: { readonly [state: string]: readonly string[] } = {
  released: ['asked', 'confirmed'],
  expired: ['asked', 'confirmed'],
}

export function postgresPrompts(sql: Sql): Prompts {
  return {
    async add(transaction, { projectId, holdId, telegramId, customerId, orderId, amount }) {
      const rows = await sqlOf(transaction).query(
        `insert into telegram_prompts as p (project_id, hold_id, telegram_id, customer_id, order_id, amount)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (project_id, hold_id) do update set telegram_id = excluded.telegram_id
           where p.telegram_id <> excluded.telegram_id and p.state = 'asked'
         returning 1`,
        [projectId, holdId, telegramId, customerId, orderId, amount],
      )
      return rows.length > 0
    },

    async find(projectId, holdId) {
      const [row] = await sql.query<Prompt>(
        `select ${COLUMNS} from telegram_prompts where project_id = $1 and hold_id = $2`,
        [projectId, holdId],
      )
      return row
    },

    async settle(transaction, projectId, holdId, state) {
      const [row] = await sqlOf(transaction).query<Prompt>(
        `update telegram_prompts set state = $3 where project_id = $1 and hold_id = $2 and state = any($4) returning ${COLUMNS}`,
        [projectId, holdId, state, BEFORE[state] ?? ['asked']],
      )
      return row
    },

    async removeOf(transaction, projectId, customerId) {
      await sqlOf(transaction).query(
        `delete from telegram_prompts where project_id = $1 and customer_id = $2`,
        [projectId, customerId],
      )
    },
  }
}
