import { ALL_LANES, LANES, laneOf } from '../kernel/lane.ts'
import { pageOf, type Page } from '../kernel/page.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { sqlOf, type Sql } from '../postgres/sql.ts'
import { groupCommit } from './group-commit.ts'
import type { InboxItem, InboxStatus, NewInboxItem, Outcome } from './inbox-item.ts'

export type Appended = { appended: true } | { appended: false; existing: InboxItem }

export type Inbox = ReturnType<typeof postgresInbox>

type OrderKey = { storefront: string; orderId: string }

const MAX_ATTEMPTS = 5
const FIRST_RETRY_SECONDS = 2
const MAX_CLAIM_RACES = 5
const MEGABYTE = 1_048_576
const ROW_BYTES = 1_000

const COLUMNS = `project_id as "projectId", id, status, format, action, storefront, order_id as "orderId", command, contacts,
  parent_id as "parentId", line, repeat_of as "repeatOf", body, remote_address as "remoteAddress", http_status as "httpStatus",
  duration_ms as "durationMs", request_id as "requestId", refusal, result, attempts, next_attempt_at as "nextAttemptAt",
  reason, received_at as "receivedAt", finished_at as "finishedAt"`

// What the engine needs of an item, without the body.
const CLAIMED = `id, command, contacts, attempts, ms(received_at) as "receivedAt"`
export type ClaimedItem = Pick<InboxItem, 'id' | 'command' | 'contacts' | 'attempts'> & {
  receivedAt: number
}

const INSERT = {
  name: 'inbox-insert',
  text: `
    insert into inbox_items (project_id, id, lane, status, format, action, storefront, order_id, claim_key, command, contacts,
      parent_id, line, repeat_of, body, remote_address, http_status, duration_ms, request_id, refusal, received_at, finished_at)
    select "projectId", id, lane, status, format, action, storefront, "orderId", "claimKey", command, coalesce(contacts, '{}'),
      "parentId", line, "repeatOf", body, "remoteAddress", "httpStatus", "durationMs", "requestId", refusal, "receivedAt",
      case when status <> 'accepted' then "receivedAt" end
    from jsonb_to_recordset($1::jsonb) as item("projectId" text, id text, lane smallint, status text, format text, action text,
      storefront text, "orderId" text, "claimKey" text, command jsonb, contacts text[], "parentId" text, line int,
      "repeatOf" text, body text, "remoteAddress" text, "httpStatus" smallint, "durationMs" real, "requestId" text,
      refusal jsonb, "receivedAt" timestamptz)
    order by "projectId", "claimKey", id
    on conflict (project_id, claim_key) where claim_key is not null do nothing
    returning id`,
}

/** The transactional inbox: what is in it as accepted is never lost and has at most one holder of each claim. */
export function postgresInbox(sql: Sql) {
  const commit = groupCommit<NewInboxItem, Appended>({
    write,
    maxRowsPerFlush: 512,
    maxFlushes: 2,
    weigh,
    capacity: 64 * MEGABYTE,
  })
  const log = groupCommit<NewInboxItem, void>({
    write: writeLog,
    maxRowsPerFlush: 512,
    maxFlushes: 1,
    weigh,
    capacity: 16 * MEGABYTE,
  })

  async function write(items: NewInboxItem[]): Promise<Appended[]> {
    const inserted = new Set(await insert(items))
    const refused = items.filter(({ id }) => !inserted.has(id))
    const holders = new Map<string, InboxItem>()
    // Between a conflict and the look at its holder the claim may be given back: then it is ours to take.
    for (let races = 0; refused.length > 0 && races < MAX_CLAIM_RACES; races++) {
      for (const holder of await claimHolders(refused))
        holders.set(`${holder.projectId}/${holder.claimKey}`, holder)
      const freed = refused.filter(
        ({ id, projectId, claimKey }) => !inserted.has(id) && !holders.has(`${projectId}/${claimKey}`),
      )
      if (freed.length === 0) break
      for (const id of await insert(freed)) inserted.add(id)
    }
    return items.map(({ id, projectId, claimKey }) => {
      if (inserted.has(id)) return { appended: true }
      const existing = holders.get(`${projectId}/${claimKey}`)
      if (existing === undefined) throw new Error(`The claim of ${id} changed hands ${MAX_CLAIM_RACES} times`)
      return { appended: false, existing }
    })
  }

  async function insert(items: NewInboxItem[]): Promise<string[]> {
    const rows = await sql.query<{ id: string }>(INSERT, [asRecordset(items)])
    return rows.map(({ id }) => id)
  }

  function claimHolders(items: NewInboxItem[]) {
    return sql.query<InboxItem & { claimKey: string }>(
      `select ${COLUMNS}, claim_key as "claimKey" from inbox_items
       where (project_id, claim_key) in (select * from unnest($1::text[], $2::text[])) and claim_key is not null`,
      [items.map(({ projectId }) => projectId), items.map(({ claimKey }) => claimKey)],
    )
  }

  async function writeLog(items: NewInboxItem[]): Promise<void[]> {
    await insert(items)
    return items.map(() => undefined)
  }

  return {
    /** Durable when it resolves. All items of one call are written together. */
    append: (items: NewInboxItem[]) => commit.append(items),

    /** For the log only: what was turned away or had come before. Dropped when too much of it waits. */
    record: (item: NewInboxItem): Promise<boolean> => log.append([item]).then(() => true, () => false), // prettier-ignore

    depth: () => ({ accepting: commit.depth(), logging: log.depth() }),

    /** What waits of a project and since when, and what was given up. */
    async figures(projectId: string): Promise<{ waiting: number; dead: number; oldestMs: number }> {
      const [row] = await sql.query<{ waiting: number; dead: number; oldestMs: number }>(
        `select count(*) filter (where status = 'accepted')::int as waiting, count(*) filter (where status = 'dead')::int as dead,
           coalesce(extract(epoch from clock_timestamp() - min(received_at) filter (where status = 'accepted')) * 1000, 0)::float8 as "oldestMs"
         from inbox_items where project_id = $1 and status in ('accepted', 'dead')`,
        [projectId],
      )
      return row!
    },

    /**
     * The next due items of a project, oldest first. Held until the transaction ends; those that others hold are passed over,
     * and so is what names nobody while an earlier item of its order waits, which may be about to say whose it is.
     */
    claimSlice: (transaction: Transaction, projectId: string, limit: number) =>
      sqlOf(transaction).query<ClaimedItem>(
        {
          name: 'inbox-claim-slice',
          text: `select ${CLAIMED} from inbox_items i
            where project_id = $1 and status = 'accepted' and next_attempt_at <= clock_timestamp() and command is not null
              and (contacts <> '{}' or not exists (select from inbox_items o where o.project_id = $1 and o.order_id = i.order_id
                and o.storefront = i.storefront and o.status = 'accepted' and o.contacts <> '{}' and o.id < i.id))
            order by id limit $2 for update skip locked`,
        },
        [projectId, limit],
      ),

    /** These items, as far as they still wait; waits for whoever holds them. */
    claimItems: (transaction: Transaction, projectId: string, ids: string[]) =>
      sqlOf(transaction).query<ClaimedItem>(
        {
          name: 'inbox-claim-items',
          text: `select ${CLAIMED} from inbox_items
            where project_id = $1 and id = any($2) and status = 'accepted' and command is not null order by id for update`,
        },
        [projectId, ids],
      ),

    /** Whom earlier items of these orders name. */
    async contactsOfOrders(projectId: string, orders: OrderKey[], beforeId: string): Promise<string[]> {
      if (orders.length === 0) return []
      const rows = await sql.query<{ contact: string }>(
        `select distinct unnest(contacts) as contact from inbox_items
         where project_id = $1 and (order_id, storefront) in (select * from unnest($2::text[], $3::text[]))
           and status in ('accepted', 'processed') and id < $4`,
        [projectId, ...columnsOf(orders), beforeId],
      )
      return rows.map(({ contact }) => contact)
    },

    /** What waits from before an item of the same people and orders; also what names nobody, of an order of theirs. */
    earlierOf: async (
      projectId: string,
      { contacts, orders }: { contacts: string[]; orders: OrderKey[] },
      beforeId: string,
      limit: number,
    ): Promise<string[]> => {
      const rows = await sql.query<{ id: string }>(
        `select id from inbox_items i where project_id = $1 and status = 'accepted' and id < $2
           and next_attempt_at <= clock_timestamp() and command is not null and (contacts && $3::text[]
             or (order_id, storefront) in (select * from unnest($5::text[], $6::text[]))
             or contacts = '{}' and exists (select from inbox_items o where o.project_id = $1 and o.order_id = i.order_id
               and o.storefront = i.storefront and o.id < i.id and o.contacts && $3::text[]
               and o.status in ('accepted', 'processed')))
         order by id limit $4`,
        [projectId, beforeId, contacts, limit, ...columnsOf(orders)],
      )
      return rows.map(({ id }) => id)
    },

    /** A slice of one project is worked on by one worker at a time, so that its items keep their order. */
    async tryOwnProject(transaction: Transaction, projectId: string): Promise<boolean> {
      const [row] = await sqlOf(transaction).query<{ owned: boolean }>(
        { name: 'inbox-own', text: `select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as owned` },
        [projectId],
      )
      return row!.owned
    },

    settle: (transaction: Transaction, projectId: string, outcomes: Outcome[]) =>
      sqlOf(transaction).query(
        {
          name: 'inbox-settle',
          text: `update inbox_items i
            set status = case when o.refusal is null then 'processed' else 'refused' end, result = o.result, refusal = o.refusal,
              claim_key = case when o.refusal is null then i.claim_key end, finished_at = clock_timestamp(), reason = null
            from jsonb_to_recordset($2::jsonb) as o(id text, result jsonb, refusal jsonb)
            where i.project_id = $1 and i.id = any($3) and i.id = o.id`,
        },
        [projectId, JSON.stringify(outcomes), outcomes.map(({ id }) => id)],
      ),

    /** A fault: tried again after 2, 4, 8, 16 s with jitter, then dead with its reason. */
    async fail(transaction: Transaction, projectId: string, id: string, reason: string) {
      const [row] = await sqlOf(transaction).query<{
        dead: boolean
        action: string | null
        orderId: string | null
        storefront: string | null
      }>(
        `update inbox_items set attempts = attempts + 1, reason = $3,
           status = case when attempts + 1 >= $4 then 'dead' else status end,
           finished_at = case when attempts + 1 >= $4 then clock_timestamp() end,
           next_attempt_at = clock_timestamp() + make_interval(secs => $5 * power(2, attempts) * (0.75 + random() * 0.5))
         where project_id = $1 and id = $2 and status = 'accepted'
         returning status = 'dead' as dead, action, order_id as "orderId", storefront`,
        [projectId, id, reason.slice(0, 2_000), MAX_ATTEMPTS, FIRST_RETRY_SECONDS],
      )
      return row?.dead === true ? row : undefined
    },

    /** Dead or refused items go back to wait, with all their attempts before them; blotted ones have nobody to be processed for. */
    async replay(projectId: string, id: string): Promise<InboxItem | undefined> {
      const [row] = await sql.query<InboxItem>(
        `update inbox_items set status = 'accepted', attempts = 0, next_attempt_at = clock_timestamp(), refusal = null,
           finished_at = null where project_id = $1 and id = $2 and status in ('dead', 'refused') and command is not null
           and contacts <> '{}'
         returning ${COLUMNS}`,
        [projectId, id],
      )
      return row
    },

    async find(projectId: string, id: string): Promise<InboxItem | undefined> {
      const [row] = await sql.query<InboxItem>(
        `select ${COLUMNS} from inbox_items where project_id = $1 and id = $2`,
        [projectId, id],
      )
      return row
    },

    findAll: (projectId: string, ids: string[]) =>
      sql.query<InboxItem>(`select ${COLUMNS} from inbox_items where project_id = $1 and id = any($2)`, [
        projectId,
        ids,
      ]),

    linesOf: (projectId: string, parentId: string) =>
      sql.query<InboxItem>(
        `select ${COLUMNS} from inbox_items where project_id = $1 and parent_id = $2 order by line`,
        [projectId, parentId],
      ),

    async list(
      projectId: string,
      filter: { status?: InboxStatus | undefined; orderId?: string | undefined },
      limit: number,
      cursor: string | undefined,
    ): Promise<Page<InboxItem>> {
      const rows = await sql.query<InboxItem>(
        `select ${COLUMNS} from inbox_items where project_id = $1 and ($2::text is null or status = $2)
           and ($3::text is null or order_id = $3) and ($4::text is null or id < $4) order by id desc limit $5`,
        [projectId, filter.status ?? null, filter.orderId ?? null, cursor ?? null, limit + 1],
      )
      return pageOf(rows, limit, ({ id }) => id)
    },

    /** Projects that have due work, by skipping from project to project along the index: the backlog itself is not read. */
    async projectsWithWork(olderThanMs: number): Promise<string[]> {
      const rows = await sql.query<{ projectId: string }>(
        `with recursive lanes as (select generate_series(0, $2::int - 1)::smallint as lane),
         hops as (
           select lane, (select min(project_id) from inbox_items i where i.lane = lanes.lane and status = 'accepted') as project_id
           from lanes
           union all
           select lane, (select min(project_id) from inbox_items i
             where i.lane = hops.lane and status = 'accepted' and i.project_id > hops.project_id)
           from hops where project_id is not null
         )
         select project_id as "projectId" from hops where project_id is not null and exists (
           select from inbox_items i where i.lane = hops.lane and i.project_id = hops.project_id and status = 'accepted'
             and next_attempt_at <= clock_timestamp() - make_interval(secs => $1 / 1000.0))`,
        [olderThanMs, LANES],
      )
      return rows.map(({ projectId }) => projectId)
    },

    /** Bodies leave after their time; what is unfinished or dead keeps its own. */
    async forgetBodies(days: number): Promise<number> {
      const rows = await sql.query(
        `update inbox_items set body = null where (project_id, id) in (
           select project_id, id from inbox_items where lane = any($2) and body is not null
             and status not in ('accepted', 'dead') and received_at < now() - make_interval(days => $1) limit 5000)
         returning 1`,
        [days, ALL_LANES],
      )
      return rows.length
    },
  }
}

function columnsOf(orders: OrderKey[]): [string[], string[]] {
  return [orders.map(({ orderId }) => orderId), orders.map(({ storefront }) => storefront)]
}

function weigh({ body = '' }: NewInboxItem): number {
  return ROW_BYTES + 2 * body.length
}

function asRecordset(items: NewInboxItem[]): string {
  return JSON.stringify(items.map((item) => ({ ...item, lane: laneOf(item.projectId) })))
}
