import { ALL_LANES, laneOf } from '../../../kernel/lane.ts'
import { pageOf } from '../../../kernel/page.ts'
import type { Transaction } from '../../../kernel/transaction.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Checkpoint } from '../../domain/checkpoint.ts'
import type { Proofs, Run } from '../../ports/proofs.ts'

const CHECKPOINT = `c.id, c.project_id as "projectId", c.number, ms(c.taken_at) as "takenAt", c.accounts, c.entries, c.root,
  c.previous_root as "previousRoot", c.problems_count as "problemsCount", c.problems, c.key_id as "keyId", c.signature`

// At three in the morning, a minute later from lane to lane. A zone that only Node knows has the night of Greenwich.
const NIGHT = `(
    select (date_trunc('day', local) + interval '3 hours' + interval '1 minute' * book_proofs.lane
      + case when local::time >= '03:00' then interval '1 day' else interval '0' end) at time zone zone
    from (select zone, clock_timestamp() at time zone zone as local
      from (select coalesce((select name from pg_timezone_names where name = $2), 'UTC') as zone) as zoned) as here)`

/** Runs and checkpoints in Postgres. A run is claimed by the lock on its project's row, which a killed process gives back. */
export function postgresProofs(sql: Sql): Proofs {
  const on = (transaction: Transaction | undefined) => (transaction === undefined ? sql : sqlOf(transaction))
  const enrol = (transaction: Transaction, projectId: string) =>
    sqlOf(transaction).query(
      'insert into book_proofs (project_id, lane) values ($1, $2) on conflict do nothing',
      [projectId, laneOf(projectId)],
    )
  const claim = async (transaction: Transaction, projectId: string, how: string) => {
    const [row] = await sqlOf(transaction).query<{ run: Run | null; lastNumber: number }>(
      `select run, last_number as "lastNumber" from book_proofs where project_id = $1 ${how}`,
      [projectId],
    )
    return row && { run: row.run ?? undefined, lastNumber: row.lastNumber }
  }

  return {
    enrol: async (transaction, projectId) => {
      await enrol(transaction, projectId)
    },

    due: (limit) =>
      sql.query(
        `select project_id as "projectId", due_at is not null as scheduled from book_proofs
         where lane = any($1) and (due_at is null or due_at <= clock_timestamp()) order by due_at limit $2`,
        [ALL_LANES, limit],
      ),

    async schedule(projectId, timeZone) {
      await sql.query(`update book_proofs set due_at = ${NIGHT} where project_id = $1 and due_at is null`, [
        projectId,
        timeZone,
      ])
    },

    async postpone(projectId) {
      await sql.query(
        `update book_proofs set due_at = clock_timestamp() + interval '1 minute' where project_id = $1 and due_at <= clock_timestamp()`,
        [projectId],
      )
    },

    claim: (transaction, projectId) =>
      claim(transaction, projectId, 'and due_at <= clock_timestamp() for update skip locked'),

    async hurry(transaction, projectId) {
      await enrol(transaction, projectId)
      // A run that goes on holds its row page by page: no need to wait for it.
      const running = await claim(
        transaction,
        projectId,
        'and run is not null and due_at <= clock_timestamp()',
      )
      if (running !== undefined) return running
      await sqlOf(transaction).query(
        `update book_proofs set due_at = clock_timestamp() where project_id = $1 and (due_at is null or due_at > clock_timestamp())`,
        [projectId],
      )
      return (await claim(transaction, projectId, 'for update'))!
    },

    async save(transaction, projectId, run) {
      await sqlOf(transaction).query('update book_proofs set run = $2 where project_id = $1', [
        projectId,
        JSON.stringify(run),
      ])
    },

    async run(projectId) {
      const [row] = await sql.query<{ run: Run | null }>(
        'select run from book_proofs where project_id = $1',
        [projectId],
      )
      return row?.run ?? undefined
    },

    async now(transaction) {
      const [row] = await sqlOf(transaction).query<{ now: number }>('select ms(clock_timestamp()) as now')
      return row!.now
    },

    async newest(transaction, projectId) {
      const [row] = await on(transaction).query<Checkpoint>(
        `select ${CHECKPOINT} from book_checkpoints c where c.project_id = $1 order by c.number desc limit 1`,
        [projectId],
      )
      return row
    },

    async find(transaction, projectId, which) {
      const [column, value] =
        'id' in which ? (['id', which.id] as const) : (['number', which.number] as const)
      const [row] = await on(transaction).query<Checkpoint>(
        `select ${CHECKPOINT} from book_checkpoints c where c.project_id = $1 and c.${column} = $2`,
        [projectId, value],
      )
      return row
    },

    async list(projectId, limit, beforeNumber) {
      const rows = await sql.query<Checkpoint>(
        `select ${CHECKPOINT} from book_checkpoints c where c.project_id = $1 and ($3::bigint is null or c.number < $3)
         order by c.number desc limit $2`,
        [projectId, limit + 1, beforeNumber ?? null],
      )
      return pageOf(rows, limit, ({ number }) => String(number))
    },

    async heads(projectId, number, limit, after) {
      const rows = await sql.query<{ customerId: string; sequence: number; hash: string }>(
        `select distinct on (customer_id) customer_id as "customerId", sequence, hash from book_heads
         where project_id = $1 and customer_id > $3 and number <= $4 order by customer_id, number desc limit $2`,
        [projectId, limit + 1, after, number],
      )
      return pageOf(rows, limit, ({ customerId }) => customerId)
    },

    async complete(transaction, checkpoint, { brokenBooks, timeZone }) {
      const { projectId, number, id, root, previousRoot, takenAt, accounts, entries } = checkpoint
      const { problemsCount, problems, keyId, signature } = checkpoint
      await sqlOf(transaction).query(
        `insert into book_checkpoints (project_id, number, id, root, previous_root, taken_at, accounts, entries, problems_count, problems,
           key_id, signature)
         values ($1, $2, $3, $4, $5, at($6), $7, $8, $9, $10, $11, $12)`,
        [projectId, number, id, root, previousRoot, takenAt, accounts, entries, problemsCount, JSON.stringify(problems), keyId, signature],
      ) // prettier-ignore
      await sqlOf(transaction).query(
        `update book_proofs set run = null, last_number = $3, broken_books = $4, due_at = ${NIGHT} where project_id = $1`,
        [projectId, timeZone, number, brokenBooks],
      )
    },

    async brokenBooks() {
      const [row] = await sql.query<{ broken: number }>(
        'select coalesce(sum(broken_books), 0)::bigint as broken from book_proofs',
      )
      return row!.broken
    },
  }
}
