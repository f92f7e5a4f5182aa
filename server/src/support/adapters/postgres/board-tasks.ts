import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Task } from '../../domain/board.ts'
import type { BoardStore } from '../../ports/board-store.ts'

const TASK = `ticket_id as "ticketId", task_id as "taskId", temp_id as "tempId", board_id as "boardId", section,
  assignee_uid as "assigneeUid", assigned_at as "assignedAt", priority, labels, checked, due, recurring_on as "recurringOn",
  moved_by as "movedBy", written::float8 as written`

type Kept =
  'lockTask' | 'lockTasks' | 'taskById' | 'tasks' | 'tasksById' | 'openTasks' | 'countOpen' | 'putTask'

/** Tasks as they are known and wanted. */
export function boardTasks(sql: Sql): Pick<BoardStore, Kept> {
  return {
    async lockTask(transaction, projectId, ticketId) {
      const [row] = await sqlOf(transaction).query<Task>(
        {
          name: 'board-lock-task',
          text: `select ${TASK} from board_tasks where project_id = $1 and ticket_id = $2 for update`,
        },
        [projectId, ticketId],
      )
      return row
    },

    lockTasks: (transaction, projectId, ticketIds) =>
      sqlOf(transaction).query<Task>(
        {
          name: 'board-lock-tasks',
          text: `select ${TASK} from board_tasks where project_id = $1 and ticket_id = any($2::text[]) order by ticket_id for update`,
        },
        [projectId, ticketIds],
      ),

    async taskById(projectId, taskId) {
      const [row] = await sql.query<Task>(
        {
          name: 'board-task-by-id',
          text: `select ${TASK} from board_tasks where project_id = $1 and task_id = $2`,
        },
        [projectId, taskId],
      )
      return row
    },

    tasks: async (projectId, ticketIds) =>
      ticketIds.length === 0
        ? []
        : sql.query<Task>(
            {
              name: 'board-tasks',
              text: `select ${TASK} from board_tasks where project_id = $1 and ticket_id = any($2::text[])`,
            },
            [projectId, ticketIds],
          ),

    tasksById: async (transaction, projectId, taskIds) =>
      taskIds.length === 0
        ? []
        : sqlOf(transaction).query<Task>(
            {
              name: 'board-tasks-by-id',
              text: `select ${TASK} from board_tasks where project_id = $1 and task_id = any($2::text[])`,
            },
            [projectId, taskIds],
          ),

    openTasks: (transaction, projectId, boardIds) =>
      sqlOf(transaction).query<Task>(
        `select ${TASK} from board_tasks where project_id = $1 and board_id = any($2::text[]) and not checked and task_id is not null`,
        [projectId, boardIds],
      ),

    async countOpen(projectId, boardId) {
      const [row] = await sql.query<{ count: number }>(
        {
          name: 'board-count-open',
          text: `select count(*)::int as count from board_tasks where project_id = $1 and board_id = $2 and not checked`,
        },
        [projectId, boardId],
      )
      return row!.count
    },

    async putTask(transaction, projectId, task) {
      await sqlOf(transaction).query(
        {
          name: 'board-put-task',
          text: `insert into board_tasks (project_id, ticket_id, task_id, temp_id, board_id, section, assignee_uid, assigned_at,
              priority, labels, checked, due, recurring_on, moved_by, written)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            on conflict (project_id, ticket_id) do update set task_id = excluded.task_id, temp_id = excluded.temp_id,
              board_id = excluded.board_id, section = excluded.section, assignee_uid = excluded.assignee_uid,
              assigned_at = excluded.assigned_at, priority = excluded.priority, labels = excluded.labels,
              checked = excluded.checked, due = excluded.due, recurring_on = excluded.recurring_on,
              moved_by = excluded.moved_by`,
        },
        [
          ...[projectId, task.ticketId, task.taskId, task.tempId, task.boardId, task.section],
          ...[task.assigneeUid, task.assignedAt, task.priority, task.labels, task.checked, task.due],
          ...[task.recurringOn, task.movedBy, task.written],
        ],
      )
    },
  }
}
