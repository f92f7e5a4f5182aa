import type { NewId } from '../../../kernel/ids.ts'
import { ConcurrentChange } from '../../../kernel/retryable-error.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Participant } from '../../domain/conversation.ts'
import type { Participants, Said } from '../../ports/participants.ts'

const COLUMNS = `id, kind, name, customer_id as "customerId", agent_id as "agentId"`
const UNIQUE_VIOLATION = '23505'

type Dependencies = { sql: Sql; lookUps: Sql; newId: NewId }

export function postgresParticipants({ sql, lookUps, newId }: Dependencies): Participants {
  return {
    async find(projectId, participantId) {
      const [row] = await lookUps.query<Participant>(
        {
          name: 'chat-participant',
          text: `with recursive chain as (
              select *, 1 as step from chat_participants where project_id = $1 and id = $2
              union all
              select p.*, c.step + 1 from chain c join chat_participants p
                on p.project_id = $1 and p.id = c.merged_into where c.step < 100
            )
            select ${COLUMNS} from chain where merged_into is null and (kind <> 'customer' or customer_id is not null)`,
        },
        [projectId, participantId],
      )
      return row
    },

    async visitor(projectId, participantId, name) {
      const [row] = await sql.query<Participant>(
        {
          name: 'chat-visitor-again',
          text: `update chat_participants set name = coalesce($3, name)
            where project_id = $1 and id = $2 and kind = 'visitor' and merged_into is null returning ${COLUMNS}`,
        },
        [projectId, participantId, name],
      )
      return row
    },

    async say(transaction, projectId, participantId, { name, email, phone }) {
      const [row] = await sqlOf(transaction).query<Participant>(
        `update chat_participants set name = coalesce($3, name), said_email = coalesce($4, said_email),
           said_phone = coalesce($5, said_phone)
         where project_id = $1 and id = $2 and kind = 'visitor' and merged_into is null returning ${COLUMNS}`,
        [projectId, participantId, name ?? null, email ?? null, phone ?? null],
      )
      return row
    },

    async saidBy(projectId, participantId) {
      const [row] = await lookUps.query<Said>(
        {
          name: 'chat-said',
          text: `select name, said_email as email, said_phone as phone from chat_participants
            where project_id = $1 and id = $2 and kind = 'visitor' and coalesce(said_email, said_phone) is not null`,
        },
        [projectId, participantId],
      )
      return row
    },

    async newVisitor(projectId, name) {
      const [row] = await sql.query<Participant>(
        {
          name: 'chat-new-visitor',
          text: `insert into chat_participants (project_id, id, kind, name) values ($1, $2, 'visitor', $3) returning ${COLUMNS}`,
        },
        [projectId, newId('participant'), name],
      )
      return row!
    },

    async ofBot(projectId, name) {
      const find = async () => {
        const [row] = await lookUps.query<Participant>(
          {
            name: 'chat-bot',
            text: `select ${COLUMNS} from chat_participants where project_id = $1 and name = $2 and kind = 'bot'`,
          },
          [projectId, name],
        )
        return row
      }
      const known = await find()
      if (known !== undefined) return known
      await sql.query(
        `insert into chat_participants (project_id, id, kind, name) values ($1, $2, 'bot', $3) on conflict do nothing`,
        [projectId, newId('participant'), name],
      )
      return (await find())!
    },

    async ofCustomer(transaction, projectId, { customerId, name }) {
      // The update of nothing new is there for its lock, and so that somebody else's row is answered too.
      const [row] = await sqlOf(transaction).query<Participant>(
        {
          name: 'chat-of-customer',
          text: `insert into chat_participants as p (project_id, id, kind, customer_id, name) values ($1, $2, 'customer', $3, $4)
            on conflict (project_id, customer_id) where customer_id is not null and merged_into is null
            do update set name = coalesce(excluded.name, p.name) returning ${COLUMNS}`,
        },
        [projectId, newId('participant'), customerId, name],
      )
      return row!
    },

    async ofAgent(transaction, projectId, { agentId, name }) {
      const [row] = await sqlOf(transaction).query<Participant>(
        {
          name: 'chat-of-agent',
          text: `insert into chat_participants (project_id, id, kind, agent_id, name) values ($1, $2, 'agent', $3, $4)
            on conflict (project_id, agent_id) where agent_id is not null do update set name = excluded.name returning ${COLUMNS}`,
        },
        [projectId, newId('participant'), agentId, name],
      )
      return row!
    },

    async lockVisitor(transaction, projectId, participantId) {
      const [row] = await sqlOf(transaction).query<{ id: string }>(
        {
          name: 'chat-lock-visitor',
          text: `select id from chat_participants
            where project_id = $1 and id = $2 and kind = 'visitor' and merged_into is null for update`,
        },
        [projectId, participantId],
      )
      return row?.id
    },

    async lockOfCustomer(transaction, projectId, customerId) {
      const [row] = await sqlOf(transaction).query<{ id: string }>(
        {
          name: 'chat-lock-of-customer',
          text: `select id from chat_participants where project_id = $1 and customer_id = $2 and merged_into is null for update`,
        },
        [projectId, customerId],
      )
      return row?.id
    },

    async giveToCustomer(transaction, projectId, participantId, customerId) {
      await sqlOf(transaction)
        .query(
          {
            name: 'chat-give-to-customer',
            text: `update chat_participants set kind = 'customer', customer_id = $3 where project_id = $1 and id = $2`,
          },
          [projectId, participantId, customerId],
        )
        .catch((error: unknown) => {
          if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
          throw new ConcurrentChange(`${customerId} was given a participant just now`, { cause: error })
        })
    },
  }
}
