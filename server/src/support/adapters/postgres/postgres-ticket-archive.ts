import type { Sql } from '../../../postgres/sql.ts'
import type { ReportedTicket } from '../../domain/report.ts'
import type { Ticket } from '../../domain/ticket.ts'
import type { After, TicketArchive } from '../../ports/ticket-archive.ts'
import { rated, TICKET, type TicketRow } from './postgres-tickets.ts'

const IN_RANGE = `t.project_id = $1 and t.opened_at >= $2 and t.opened_at < $3
  and ($5::timestamptz is null or (t.opened_at, t.id) > ($5, $6::text)) order by t.opened_at, t.id limit $4`

export function postgresTicketArchive(sql: Sql): TicketArchive {
  return {
    reported: (projectId, { from, to }, limit, after) =>
      sql.query<ReportedTicket & After>(
        `select t.id, t.status, t.topic, t.assignee_id as "assigneeId", t.merged_into is not null as merged,
           t.opened_at as "openedAt", t.first_answer_at as "firstAnswerAt", t.first_answer_by as "firstAnswerBy",
           t.first_answer_due_at as "firstAnswerDueAt", t.resolution_due_at as "resolutionDueAt", t.solved_at as "solvedAt",
           t.waited_minutes as "waitedMinutes", t.reopens, t.rating_score as score,
           coalesce((t.marks->>'firstBreached')::boolean, false) as "firstBreached",
           coalesce((t.marks->>'resolutionBreached')::boolean, false) as "resolutionBreached",
           array(select distinct e.details->>'to' from ticket_events e where e.project_id = t.project_id and e.ticket_id = t.id
             and e.kind = 'assigned' and e.details->>'to' is not null) as "takenBy",
           coalesce((select jsonb_object_agg(a.agent_id, a.answers) from ticket_answers a
             where a.project_id = t.project_id and a.ticket_id = t.id), '{}') as answers
         from tickets t where ${IN_RANGE}`,
        [projectId, from, to, limit, after?.openedAt ?? null, after?.id ?? null],
      ),

    async opened(projectId, { from, to }, limit, after) {
      const rows = await sql.query<TicketRow & { until: Date | null }>(
        `select ${TICKET}, (select min(n.opened_at) from tickets n where n.project_id = t.project_id
           and n.conversation_id = t.conversation_id and n.number > t.number) as until from tickets t where ${IN_RANGE}`,
        [projectId, from, to, limit, after?.openedAt ?? null, after?.id ?? null],
      )
      return rows.map(({ until, ...row }) => ({ ...rated<Ticket>(row), until }))
    },
  }
}
