import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Ticket } from '../../domain/ticket.ts'
import type { TicketOwners } from '../../ports/ticket-owners.ts'
import { FAMILY, rated, TICKET, type TicketRow } from './postgres-tickets.ts'

const OWN = `with recursive own as (
    select id from chat_participants where project_id = $1 and customer_id = $2
    union
    select p.id from chat_participants p join own o on p.project_id = $1 and p.merged_into = o.id
  )`
const THEIRS = `t.project_id = $1 and (t.customer_id = $2 or t.participant_id in (select id from own))`

export function postgresTicketOwners(sql: Sql): TicketOwners {
  return {
    async claim(transaction, projectId, { participantId, customerId }) {
      const rows = await sqlOf(transaction).query<{ id: string }>(
        `${FAMILY}, own as (
           select id from tickets where project_id = $1 and participant_id in (select id from family)
             and customer_id is null and status <> 'closed' order by id for no key update)
         update tickets t set customer_id = $3 from own where t.project_id = $1 and t.id = own.id returning t.id`,
        [projectId, [participantId], customerId],
      )
      return rows.map(({ id }) => id).sort()
    },

    async move(transaction, projectId, from, into) {
      const rows = await sqlOf(transaction).query<{ id: string }>(
        `update tickets set customer_id = $3 where project_id = $1 and customer_id = $2 returning id`,
        [projectId, from, into],
      )
      return rows.map(({ id }) => id).sort()
    },

    async moveBack(transaction, projectId, from, into, ticketIds) {
      await sqlOf(transaction).query(
        `update tickets set customer_id = $2 where project_id = $1 and customer_id = $3 and id = any($4)`,
        [projectId, from, into, ticketIds],
      )
    },

    async idsOf(transaction, projectId, customerId) {
      const rows = await sqlOf(transaction).query<{ id: string }>(
        `${OWN} select t.id from tickets t where ${THEIRS} order by t.id`,
        [projectId, customerId],
      )
      return rows.map(({ id }) => id)
    },

    async forget(transaction, projectId, ticketIds) {
      const within = sqlOf(transaction)
      const named = [projectId, ticketIds]
      await within.query(
        `update tickets set subject = '', rating_comment = null, customer_id = null where project_id = $1 and id = any($2)`,
        named,
      )
      await within.query(
        `update ticket_words set text = '' where project_id = $1 and ticket_id = any($2)`,
        named,
      )
      await within.query(
        `update support_bans set reason = null where project_id = $1 and participant_id in (
           select participant_id from tickets where project_id = $1 and id = any($2))`,
        named,
      )
    },

    async listOf(projectId, customerId, limit) {
      const rows = await sql.query<TicketRow>(
        `${OWN} select ${TICKET} from tickets t where ${THEIRS} order by t.number limit $3`,
        [projectId, customerId, limit],
      )
      return rows.map((row) => rated<Ticket>(row))
    },
  }
}
