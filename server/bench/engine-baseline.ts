import { createHash } from 'node:crypto'
import pg from 'pg'
import { newId } from '../src/vault/new-id.ts'
import { answerJobs } from './processes.ts'
import { earnedMinor, purchaseOf, type Purchase } from './purchases.ts'

export type EngineBaselineJob =
  | { kind: 'open'; databaseUrl: string; customers: number }
  | { kind: 'run'; from: number; count: number; customers: number }

const CONNECTIONS = 8
const PROJECT = 'prj_baseline'
const LANE = 3
const YEAR_MS = 365 * 86_400_000
const named = (name: string, text: string) => ({ name, text })

// The account comes first: an order's foreign key shares its lock, and two orders of one customer would deadlock.
const LOCK = named('lock', `select sequence, last_hash, balance_minor, total_spent_minor, orders_count from accounts where project_id = $1 and customer_id = $2 for update`) // prettier-ignore
const ORDER = named('order', `insert into orders (project_id, storefront, order_id, id, customer_id, status, facts, currency, earned_minor, terms, counted_minor, counted_at, created_at, paid_at) values ($1, 'api', $2, $3, $4, 'paid', $5, 'RUB', $6, $7, $9, $8, $8, $8)`) // prettier-ignore
const LOT = named('lot', `insert into lots (project_id, id, lane, customer_id, order_ref, reason, amount_minor, remaining_minor, state, activates_at, expires_at, expiry_days, created_at) values ($1, $2, $3, $4, $5, 'purchase', $6, $6, 'active', $7, $8, 365, $7)`) // prettier-ignore
const ENTRY = named('entry', `insert into entries (project_id, customer_id, sequence, id, kind, reason, amount_minor, movements, order_ref, effect, program_version, details, occurred_at, previous_hash, hash) values ($1, $2, $3, $4, 'earn', 'purchase', $5, $6, $7, $8, 1, $9, $10, $11, $12)`) // prettier-ignore
const EVENT = named('event', `insert into outbox_events (project_id, id, lane, type, payload, occurred_at) values ($1, $2, $3, 'bonus.awarded', $4, $5)`) // prettier-ignore
const ACCOUNT = named('account', `update accounts set sequence = $3, last_hash = $4, balance_minor = $5, total_spent_minor = $6, orders_count = $7, first_order_kept_at = coalesce(first_order_kept_at, $8) where project_id = $1 and customer_id = $2`) // prettier-ignore

let clients: pg.Client[] = []

/** What one writes in an afternoon, on tables migrated like ours: a transaction per purchase, eight at a time. */
answerJobs<EngineBaselineJob, number>((job) => (job.kind === 'open' ? open(job) : run(job)))

async function open({
  databaseUrl,
  customers,
}: Extract<EngineBaselineJob, { kind: 'open' }>): Promise<number> {
  clients = Array.from({ length: CONNECTIONS }, () => new pg.Client({ connectionString: databaseUrl }))
  await Promise.all(clients.map((client) => client.connect()))
  const [client] = clients
  await client!.query(`insert into projects (id, lane, name, currency, locale, time_zone, default_country) values ($1, $2, 'Baseline', 'RUB', 'ru', 'Europe/Moscow', 'RU')`, [PROJECT, LANE]) // prettier-ignore
  await client!.query(
    `insert into customers (project_id, id) select $1, 'cus_' || n from generate_series(0, $2::int - 1) n`,
    [PROJECT, customers],
  )
  await client!.query(`insert into accounts (project_id, customer_id, referral_code) select $1, 'cus_' || n, 'R' || n from generate_series(0, $2::int - 1) n`, [PROJECT, customers]) // prettier-ignore
  return customers
}

/** Answers how many seconds it took. */
async function run({ from, count, customers }: Extract<EngineBaselineJob, { kind: 'run' }>): Promise<number> {
  const purchases = Array.from({ length: count }, (_, index) => purchaseOf(from + index, customers))
  let next = 0
  const began = performance.now()
  await Promise.all(
    clients.map(async (client) => {
      while (next < count) await perform(client, purchases[next++]!)
    }),
  )
  return (performance.now() - began) / 1_000
}

type AccountRow = {
  sequence: string
  last_hash: string
  balance_minor: string
  total_spent_minor: string
  orders_count: number
}

async function perform(client: pg.Client, purchase: Purchase): Promise<void> {
  const customerId = `cus_${purchase.customer}`
  const { orderId, amountMinor, lines } = purchase
  const earned = earnedMinor(purchase)
  const [orderRef, lotId, now] = [newId('order'), newId('lot'), new Date()]
  const facts = JSON.stringify({ amountMinor, currency: 'RUB', lines })
  const terms = JSON.stringify({ programVersion: 1, percentBp: 500, tier: null, rounding: 'floor', wholeMinor: 100, referralPercentBp: 0, expiryDays: 365, activationDelayDays: 0 }) // prettier-ignore
  const movements = JSON.stringify([{ lotId, amountMinor: earned }])
  const details = JSON.stringify({
    baseMinor: amountMinor,
    percentBp: 500,
    tier: null,
    rounding: 'floor',
    spentMinor: 0,
  })
  const expiresAt = new Date(now.getTime() + YEAR_MS)

  await client.query('begin')
  const { rows } = await client.query<AccountRow>({ ...LOCK, values: [PROJECT, customerId] })
  const account = rows[0]!
  const sequence = Number(account.sequence) + 1
  const balance = Number(account.balance_minor) + earned
  const hash = createHash('sha256').update(JSON.stringify([PROJECT, customerId, sequence, earned, movements, orderRef, details, account.last_hash])).digest('hex') // prettier-ignore
  const payload = JSON.stringify({ customerId, reason: 'purchase', amountMinor: earned, orderId, storefront: 'api', pending: false, activatesAt: now, expiresAt, availableMinor: balance, currency: 'RUB' }) // prettier-ignore
  await client.query({
    ...ORDER,
    values: [PROJECT, orderId, orderRef, customerId, facts, earned, terms, now, amountMinor],
  })
  await client.query({ ...LOT, values: [PROJECT, lotId, LANE, customerId, orderRef, earned, now, expiresAt] })
  await client.query({ ...ENTRY, values: [PROJECT, customerId, sequence, newId('entry'), earned, movements, orderRef, `purchase:${orderRef}`, details, now, account.last_hash, hash] }) // prettier-ignore
  await client.query({ ...EVENT, values: [PROJECT, newId('event'), LANE, payload, now] })
  await client.query({ ...ACCOUNT, values: [PROJECT, customerId, sequence, hash, balance, Number(account.total_spent_minor) + amountMinor, account.orders_count + 1, now] }) // prettier-ignore
  await client.query('commit')
}
