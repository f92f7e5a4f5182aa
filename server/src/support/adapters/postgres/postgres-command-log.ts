import { sqlOf } from '../../../postgres/sql.ts'
import type { CommandLog } from '../../ports/command-log.ts'

export const postgresCommandLog: CommandLog = {
  async turnOf(transaction, projectId, agentId) {
    await sqlOf(transaction).query(
      `select pg_advisory_xact_lock(hashtextextended('agent ' || $1 || ' ' || $2, 0))`,
      [projectId, agentId],
    )
  },

  async find(transaction, projectId, key) {
    const [row] = await sqlOf(transaction).query<{
      outcome: { reply: string } | null
      bonusMinor: string | null
    }>(`select outcome, bonus_minor as "bonusMinor" from agent_commands where project_id = $1 and key = $2`, [
      projectId,
      key,
    ])
    return (
      row && {
        reply: row.outcome?.reply,
        bonusMinor: row.bonusMinor === null ? null : Number(row.bonusMinor),
      }
    )
  },

  async add(transaction, { projectId, key, ticketId, agentId, command, bonusMinor, day }, reply) {
    await sqlOf(transaction).query(
      `insert into agent_commands (project_id, key, ticket_id, agent_id, command, bonus_minor, day, outcome)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[projectId, key, ticketId, agentId, command, bonusMinor, day],
        reply === undefined ? null : JSON.stringify({ reply }),
      ],
    )
  },

  async settle(transaction, projectId, key, { reply, given }) {
    const rows = await sqlOf(transaction).query(
      `update agent_commands set outcome = $3, bonus_minor = case when $4 then bonus_minor end
       where project_id = $1 and key = $2 and outcome is null returning 1`,
      [projectId, key, JSON.stringify({ reply }), given],
    )
    return rows.length > 0
  },

  async givenOn(transaction, projectId, agentId, day) {
    const [row] = await sqlOf(transaction).query<{ sum: string }>(
      `select coalesce(sum(bonus_minor), 0) as sum from agent_commands
       where project_id = $1 and agent_id = $2 and day = $3 and bonus_minor is not null`,
      [projectId, agentId, day],
    )
    return Number(row!.sum)
  },
}
