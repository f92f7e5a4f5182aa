import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOfPool, type Sql } from '../src/postgres/sql.ts'
import { createDatabase } from './tapline.fixture.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
let sql: Sql
let close: () => Promise<void>

beforeAll(async () => {
  database = await createDatabase()
  const pool = createPool({ url: database.url, max: 1, name: 'tests', onIdleError: () => undefined })
  sql = sqlOfPool(pool)
  close = () => pool.end()
})
afterAll(async () => {
  await close()
  await database.drop()
})

it('a moment crosses the border in milliseconds and back, unchanged', async () => {
  const rows = await sql.query<{ n: number; back: number }>(
    `select n::bigint, ms(at(n::bigint)) as back from generate_series(-2000000000000, 4200000000000, 987654321) as n`,
  )
  expect(rows.length).toBeGreaterThan(6_000)
  expect(rows.filter(({ n, back }) => n !== back)).toEqual([])
})

it('is inlined, not called for each row', async () => {
  const plan = await sql.query(`explain (verbose) select ms(created_at), at(remaining_minor) from lots`)
  expect(JSON.stringify(plan)).not.toMatch(/\b(ms|at)\(/)
})
