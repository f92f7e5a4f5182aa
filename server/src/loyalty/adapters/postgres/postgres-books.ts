import type { Transaction } from '../../../kernel/transaction.ts'
import { sqlOf } from '../../../postgres/sql.ts'
import type { LinkedEntry } from '../../domain/check-book.ts'
import type { BookAtRest, Books, Place } from '../../ports/books.ts'

// As floats: a number that does not fit must be found wrong, not stop the reader. What is right is exact in them.
const ENTRY = `e.id, e.customer_id as "customerId", e.kind, e.reason, e.amount_minor::float8 as "amountMinor", e.movements,
  e.debt_minor::float8 as "debtMinor",
  e.order_ref as "orderRef", e.effect, e.program_version as "programVersion", e.details,
  round(extract(epoch from e.occurred_at) * 1000)::float8 as "occurredAt", e.sequence::float8 as sequence,
  e.previous_hash as "previousHash", e.hash, e.sequence::text as place`

type BookRow = {
  customerId: string
  sequence: number | null
  hash: string
  balanceMinor: number
  debtMinor: number
  headSequence: number | null
  headHash: string
}

/** The books for the auditor, in id order along their primary keys. */
export const postgresBooks: Books = {
  standStill: (transaction) =>
    sqlOf(transaction)
      .query('set transaction isolation level repeatable read')
      .then(() => undefined),

  page: (transaction, projectId, { after, beforeNumber, limit }) =>
    readBooks(transaction, 'customer_id > $2', [projectId, after, limit, beforeNumber]),

  async one(transaction, projectId, customerId) {
    const everything = Number.MAX_SAFE_INTEGER
    const [book] = await readBooks(transaction, 'customer_id = $2', [projectId, customerId, 1, everything])
    return book
  },

  async openLots(transaction, projectId, customerIds) {
    const rows = await sqlOf(transaction).query<{ customerId: string; id: string; remainingMinor: number }>(
      `select customer_id as "customerId", id, remaining_minor::float8 as "remainingMinor" from lots
       where project_id = $1 and customer_id = any($2) and remaining_minor > 0`,
      [projectId, customerIds],
    )
    const lots = new Map<string, { id: string; remainingMinor: number }[]>()
    for (const { customerId, ...lot } of rows) {
      const known = lots.get(customerId)
      if (known === undefined) lots.set(customerId, [lot])
      else known.push(lot)
    }
    return lots
  },

  async entries(transaction, projectId, { after, upTo, limit }) {
    const rows = await sqlOf(transaction).query<LinkedEntry & { place: string }>(
      {
        name: 'books-entries',
        text: `select ${ENTRY} from entries e
          where e.project_id = $1 and (e.customer_id, e.sequence) > ($2, $3::bigint) and ($4::text is null or e.customer_id <= $4)
          order by e.customer_id, e.sequence limit $5`,
      },
      [projectId, after.customerId, after.sequence, upTo ?? null, limit],
    )
    return rows.map(({ place, ...entry }) => {
      const at: Place = { customerId: entry.customerId, sequence: place }
      return { ...entry, place: at }
    })
  },

  async count(transaction, projectId) {
    const [row] = await sqlOf(transaction).query<{ count: number }>(
      'select count(*) from accounts where project_id = $1',
      [projectId],
    )
    return row!.count
  },

  async addHeads(transaction, projectId, number, heads) {
    // What somebody wrote in its place stays, and is found by the next run: it is not what was signed.
    await sqlOf(transaction).query(
      `insert into book_heads (project_id, customer_id, number, sequence, hash)
       select $1, customer_id, $2, sequence, hash from unnest($3::text[], $4::bigint[], $5::text[]) as h(customer_id, sequence, hash)
       on conflict do nothing`,
      [
        projectId,
        number,
        heads.map(({ customerId }) => customerId),
        heads.map(({ sequence }) => sequence),
        heads.map(({ hash }) => hash),
      ],
    )
  },
}

async function readBooks(
  transaction: Transaction,
  which: string,
  values: [projectId: string, customerId: string, limit: number, beforeNumber: number],
): Promise<BookAtRest[]> {
  const rows = await sqlOf(transaction).query<BookRow>(
    `select coalesce(a.customer_id, h.customer_id) as "customerId", a.sequence::float8 as sequence, a.last_hash as hash,
       a.balance_minor::float8 as "balanceMinor", a.debt_minor::float8 as "debtMinor", h.sequence::float8 as "headSequence", h.hash as "headHash"
     from (select * from accounts where project_id = $1 and ${which} order by customer_id limit $3) as a
     full join (select distinct on (customer_id) * from book_heads where project_id = $1 and ${which} and number < $4
       order by customer_id, number desc limit $3) as h on h.customer_id = a.customer_id
     order by 1 limit $3`,
    values,
  )
  return rows.map(({ customerId, sequence, hash, balanceMinor, debtMinor, headSequence, headHash }) => ({
    customerId,
    account: sequence === null ? undefined : { sequence, hash, balanceMinor, debtMinor },
    head: headSequence === null ? undefined : { sequence: headSequence, hash: headHash },
  }))
}
