import { say } from './door.ts'
import { median, type Row } from './report.ts'
import { createShop, type Database, type Role, type Shop, type Surroundings } from './surroundings.ts'

const MANY = 10_000
const FEW = 10
const SPENDS = 20
const WARM_UP = 5

/** A spend by somebody who has bought ten thousand times and never spent, beside one by somebody who has bought ten times. */
export async function manyLots(surroundings: Surroundings): Promise<Row> {
  const database = await surroundings.createDatabase('many_lots')
  const server = await surroundings.startRole('api,worker', database)
  try {
    const shop = await createShop(server)
    const [many, few] = [await fill(database, server, shop, MANY), await fill(database, server, shop, FEW)]
    await database.sql.query('vacuum analyze lots')
    const times = { many: [] as number[], few: [] as number[] }
    for (let spend = -WARM_UP; spend < SPENDS; spend++) {
      const [ofMany, ofFew] = [await pay(server, shop, many, spend), await pay(server, shop, few, spend)]
      if (spend < 0) continue
      times.many.push(ofMany)
      times.few.push(ofFew)
    }
    say(
      `many-lots: ${MANY} lots ${median(times.many).toFixed(1)} ms, ${FEW} lots ${median(times.few).toFixed(1)} ms`,
    )
    return {
      row: 'many-lots',
      ours: median(times.many),
      baseline: median(times.few),
      unit: 'ms a spend',
      must: { oursAtMost: 250 },
      aim: { oursAtMost: 50 },
      measuredBaseline: undefined,
      note: `${MANY} open lots beside ${FEW}, medians of ${SPENDS}; slowest ${Math.max(...times.many).toFixed(0)} and ${Math.max(...times.few).toFixed(0)} ms`,
    }
  } finally {
    await server.stop()
    await database.close()
  }
}

/** One real purchase, and copies of its lot: the ledger's entries are not needed to spend. */
async function fill({ sql }: Database, role: Role, shop: Shop, lots: number): Promise<string> {
  const email = `lots-${lots}@example.com`
  await ask(role, shop, 'PUT', `/v1/orders/lots-${lots}`, {
    status: 'paid',
    customer: { email },
    amount: '100000',
  })
  await sql.query(
    `with one as (
       select l.* from lots l join orders o on o.project_id = l.project_id and o.id = l.order_ref where o.order_id = $1
     ), made as (
       insert into lots (project_id, id, lane, customer_id, order_ref, reason, amount_minor, remaining_minor, state,
         activates_at, expires_at, expiry_days, created_at)
       select project_id, id || '-' || n, lane, customer_id, order_ref, reason, 100, 100, state, activates_at,
         expires_at + n * interval '1 minute', expiry_days, created_at + n * interval '1 ms'
       from one, generate_series(1, $2::int) as n returning project_id, customer_id, remaining_minor
     ) update accounts a set balance_minor = balance_minor + made.sum
       from (select project_id, customer_id, sum(remaining_minor) as sum from made group by 1, 2) as made
       where a.project_id = made.project_id and a.customer_id = made.customer_id`,
    [`lots-${lots}`, lots - 1],
  )
  return email
}

async function pay(role: Role, shop: Shop, email: string, spend: number): Promise<number> {
  const began = performance.now()
  await ask(role, shop, 'PUT', `/v1/orders/spend-${email}-${spend}`, {
    status: 'paid',
    customer: { email },
    amount: '10',
    spend: '1',
  })
  return performance.now() - began
}

async function ask(
  { port }: Role,
  { secretKey }: Shop,
  method: string,
  path: string,
  body: object,
): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
}
