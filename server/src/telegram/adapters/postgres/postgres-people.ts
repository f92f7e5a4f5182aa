import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Transaction } from '../../../kernel/transaction.ts'
import type { People, Person } from '../../ports/people.ts'

const COLUMNS = `project_id as "projectId", telegram_id as "telegramId", participant_id as "participantId", customer_id as "customerId",
  linked_by as "linkedBy", locale, name, username, blocked, blocked_at as "blockedAt", marketing, conversation_id as "conversationId",
  known_as as "knownAs", pending,
  last_update_id::float8 as "lastUpdateId"`

const CHANGEABLE = {
  participantId: 'participant_id',
  locale: 'locale',
  name: 'name',
  username: 'username',
  blocked: 'blocked',
  marketing: 'marketing',
  conversationId: 'conversation_id',
  knownAs: 'known_as',
  pending: 'pending',
  lastUpdateId: 'last_update_id',
} as const

const UNLINKED = `customer_id = null, linked_by = null, linked_at = null, participant_id = null,
  conversation_id = null, known_as = '{}', pending = null`

export function postgresPeople({ sql, lookUps }: { sql: Sql; lookUps: Sql }): People {
  const within = (transaction: Transaction | undefined) =>
    transaction === undefined ? sql : sqlOf(transaction)

  async function unlinkCustomer(
    transaction: Transaction,
    projectId: string,
    customerId: string,
    but: string,
  ) {
    const [row] = await sqlOf(transaction).query<{ telegramId: string }>(
      `update telegram_people set ${UNLINKED} where project_id = $1 and customer_id = $2 and telegram_id <> $3
       returning telegram_id as "telegramId"`,
      [projectId, customerId, but],
    )
    return row?.telegramId
  }

  return {
    async find(projectId, telegramId) {
      const [row] = await lookUps.query<Person>(
        {
          name: 'telegram-person',
          text: `select ${COLUMNS} from telegram_people where project_id = $1 and telegram_id = $2`,
        },
        [projectId, telegramId],
      )
      return row
    },

    async add({ projectId, telegramId, participantId, locale, name, username }) {
      await sql.query(
        `insert into telegram_people (project_id, telegram_id, participant_id, locale, name, username)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        [projectId, telegramId, participantId, locale, name, username],
      )
    },

    async change(transaction, projectId, telegramId, change) {
      const entries = Object.entries(change) as [keyof typeof CHANGEABLE, unknown][]
      if (entries.length === 0) return
      const sets = entries.map(([key], index) => `${CHANGEABLE[key]} = $${index + 3}`)
      if ('blocked' in change)
        sets.push(`blocked_at = ${change.blocked === null ? 'null' : 'coalesce(blocked_at, now())'}`)
      const values = entries.map(([key, value]) =>
        key === 'pending' && value !== null ? JSON.stringify(value) : value,
      )
      await sqlOf(transaction).query(
        `update telegram_people set ${sets.join(', ')} where project_id = $1 and telegram_id = $2`,
        [projectId, telegramId, ...values],
      )
    },

    async link(transaction, projectId, telegramId, { customerId, participantId, by }) {
      const before = await unlinkCustomer(transaction, projectId, customerId, telegramId)
      await sqlOf(transaction).query(
        `update telegram_people set
           conversation_id = case when customer_id is null or customer_id = $3 then conversation_id end,
           linked_at = case when customer_id is not distinct from $3 then linked_at else now() end,
           customer_id = $3, participant_id = $4, linked_by = $5, pending = null
         where project_id = $1 and telegram_id = $2`,
        [projectId, telegramId, customerId, participantId, by],
      )
      return before
    },

    async unlink(transaction, projectId, telegramId) {
      await sqlOf(transaction).query(
        `update telegram_people set ${UNLINKED} where project_id = $1 and telegram_id = $2`,
        [projectId, telegramId],
      )
    },

    async remove(transaction, projectId, telegramId) {
      await sqlOf(transaction).query(
        `delete from telegram_people where project_id = $1 and telegram_id = $2`,
        [projectId, telegramId],
      )
    },

    async ofCustomer(transaction, projectId, customerId) {
      const [row] = await within(transaction).query<Person>(
        `select ${COLUMNS} from telegram_people where project_id = $1 and customer_id = $2`,
        [projectId, customerId],
      )
      return row
    },

    ofParticipants: (transaction, projectId, participantIds) =>
      sqlOf(transaction).query<Person>(
        {
          name: 'telegram-people-of',
          text: `select ${COLUMNS} from telegram_people where project_id = $1 and participant_id = any($2) order by telegram_id`,
        },
        [projectId, participantIds],
      ),

    async localeOf(projectId, participantId) {
      const [row] = await lookUps.query<Pick<Person, 'locale'>>(
        {
          name: 'telegram-locale-of',
          text: `select locale from telegram_people where project_id = $1 and participant_id = $2 order by telegram_id limit 1`,
        },
        [projectId, participantId],
      )
      return row?.locale ?? null
    },

    async mayAdvertise(transaction, projectId, { customerId, telegramId }) {
      const rows = await sqlOf(transaction).query(
        `select 1 from telegram_people where project_id = $1 and not marketing and (customer_id = $2 or telegram_id = $3) limit 1`,
        [projectId, customerId, telegramId],
      )
      return rows.length === 0
    },

    async merge(transaction, projectId, from, into) {
      const query = sqlOf(transaction)
      const rows = await query.query<{ telegramId: string; customerId: string }>(
        `select telegram_id as "telegramId", customer_id as "customerId" from telegram_people
         where project_id = $1 and customer_id = any($2) order by customer_id for update`,
        [projectId, [from, into]],
      )
      const source = rows.find(({ customerId }) => customerId === from)?.telegramId
      if (source === undefined) return {}
      if (rows.length === 2) {
        await query.query(
          `update telegram_people set ${UNLINKED} where project_id = $1 and telegram_id = $2`,
          [projectId, source],
        )
        return { unlinked: source }
      }
      await query.query(
        `update telegram_people set customer_id = $3 where project_id = $1 and telegram_id = $2`,
        [projectId, source, into],
      )
      return { moved: source }
    },

    async undoMerge(transaction, projectId, from, { moved, unlinked }) {
      // Only where nobody has done anything about it since.
      await sqlOf(transaction).query(
        `update telegram_people p set customer_id = $2, linked_by = coalesce(linked_by, 'link'), linked_at = coalesce(linked_at, now()),
           participant_id = null, conversation_id = null, pending = null
         where project_id = $1 and telegram_id = $3 and (customer_id is not null) = $4
           and not exists (select from telegram_people o where o.project_id = $1 and o.customer_id = $2)`,
        [projectId, from, moved ?? unlinked ?? null, moved !== undefined],
      )
    },

    async setTopic(transaction, projectId, conversationId, topic) {
      if (topic === null) return
      await sqlOf(transaction).query(
        `insert into telegram_topics (project_id, conversation_id, topic) values ($1, $2, $3) on conflict do nothing`,
        [projectId, conversationId, topic],
      )
    },

    async topicOf(projectId, conversationId) {
      const [row] = await lookUps.query<{ topic: string }>(
        `select topic from telegram_topics where project_id = $1 and conversation_id = $2`,
        [projectId, conversationId],
      )
      return row?.topic ?? null
    },
  }
}
