import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Item, Outcome } from '../src/kernel/line.ts'
import { postgresLines } from '../src/lines/postgres-lines.ts'
import { runLines } from '../src/lines/run-lines.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOfPool, unitOfWork as unitOfWorkOn } from '../src/postgres/sql.ts'
import { createDatabase, eventually } from './tapline.fixture.ts'

type Body = { number: number }
let database: Awaited<ReturnType<typeof createDatabase>>
let pool: ReturnType<typeof createPool>
const projectId = 'prj_lines'
const done: Promise<void>[] = []

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool({ url: database.url, max: 12, name: 'tests', onIdleError: () => undefined })
  await pool.query(
    `insert into projects (id, lane, name, currency, time_zone, default_country, locale) values ($1, 0, 'Lines', 'RUB', 'UTC', 'RU', 'ru')`,
    [projectId],
  )
})
afterAll(async () => {
  await Promise.all(done)
  await pool.end()
  await database.drop()
})

/** As a process of its own would open it. */
function open(queue: string, work: (item: Item<Body>) => Promise<Outcome>, more: object = {}) {
  const store = postgresLines<Body>({ sql: sqlOfPool(pool), queue })
  const lines = runLines<Body>({ store, work, atOnce: 8, works: true, onFault: () => undefined, ...more })
  return { ...lines, store }
}
const unitOfWork = () => unitOfWorkOn(pool)
const itemsOf = (line: string, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const number = from + index
    return { projectId, line, key: `${line}:${number}`, body: { number } }
  })

it('keeps the order within a line, runs lines side by side, and takes a repeat once, with two processes at work', async () => {
  const worked = new Map<string, number[]>()
  let together = 0
  let most = 0
  const work = async ({ line, body }: Item<Body>): Promise<Outcome> => {
    most = Math.max(most, ++together)
    await new Promise((resolve) => setTimeout(resolve, 2))
    worked.set(line, [...(worked.get(line) ?? []), body.number])
    together--
    return { outcome: 'done' }
  }
  const [one, two] = [open('order', work), open('order', work)]
  await Promise.all(
    [0, 1, 2, 3, 4].flatMap((line) =>
      [one, two].map((lines) =>
        unitOfWork()((transaction) => lines.add(transaction, itemsOf(`l${line}`, 0, 30))),
      ),
    ),
  )
  await Promise.all(
    [one, two].map((lines) => unitOfWork()((transaction) => lines.add(transaction, itemsOf('l0', 30, 5)))),
  )
  await eventually(
    async () => (await Promise.all([one.sweep(), two.sweep()]), [...worked.values()].flat().length),
    (count) => count === 155,
  )
  for (const [line, numbers] of worked)
    expect(numbers, line).toEqual(Array.from({ length: numbers.length }, (_, index) => index))
  expect(most).toBeGreaterThan(1)
  expect(await one.figures(projectId)).toMatchObject({ waiting: 0, dead: 0 })
  done.push(one.stop(), two.stop())
})

it('waits with what failed, sets it aside at last, and goes on with the line', async () => {
  const worked: number[] = []
  const lines = open(
    'failing',
    ({ body, attempts }) => {
      if (body.number === 0) return Promise.reject(new Error('always'))
      if (body.number === 1 && attempts === 0)
        return Promise.resolve({ outcome: 'later', afterMs: 1, why: 'not yet', counts: true })
      worked.push(body.number)
      return Promise.resolve({ outcome: 'done' })
    },
    { mostAttempts: 2 },
  )
  await unitOfWork()((transaction) => lines.add(transaction, itemsOf('f', 0, 3)))
  await eventually(
    async () => (await lines.sweep(), worked.join()),
    (seen) => seen === '1,2',
  )
  expect(await eventually(() => lines.figures(projectId), ({ waiting }) => waiting === 0)).toMatchObject({ dead: 1 }) // prettier-ignore
  done.push(lines.stop())
})

it('gives a line of whoever died to the next, from where it was', async () => {
  const silent = open('held', () => new Promise(() => undefined), { works: false })
  await unitOfWork()((transaction) => silent.add(transaction, itemsOf('h', 0, 2)))
  const held = await silent.store.hold({ projectId, line: 'h' }, 300)
  expect(held).toBeDefined()
  expect(await silent.store.hold({ projectId, line: 'h' }, 300)).toBeUndefined()
  const worked: number[] = []
  const next = open('held', ({ body }) => {
    worked.push(body.number)
    return Promise.resolve({ outcome: 'done' })
  })
  await eventually(
    async () => (await next.sweep(), worked.join()),
    (seen) => seen === '0,1',
  )
  // Late, and too late: nothing of it is touched.
  expect(await silent.store.holdOn(held!, 300)).toBe(false)
  done.push(next.stop())
})

it('does not lose what comes between the last look and the release', async () => {
  const worked: number[] = []
  const lines = open('late', async ({ body }) => {
    if (body.number === 0)
      await unitOfWork()((transaction) => lines.store.add(transaction, itemsOf('late', 1, 1)))
    worked.push(body.number)
    return { outcome: 'done' }
  })
  await unitOfWork()((transaction) => lines.add(transaction, itemsOf('late', 0, 1)))
  await eventually(
    () => Promise.resolve(worked.join()),
    (seen) => seen === '0,1',
  )
  done.push(lines.stop())
})

it('keeps what holds letters that Postgres refuses, without them', async () => {
  const said: string[] = []
  const lines = runLines<{ text: string }>({
    store: postgresLines({ sql: sqlOfPool(pool), queue: 'letters' }),
    work: ({ body }) => {
      said.push(body.text)
      return Promise.resolve({ outcome: 'done' })
    },
    atOnce: 1,
    works: true,
    onFault: () => undefined,
  })
  const items = ['a\0b', 'c\ud83dd', '😀'].map((text, key) => ({
    projectId,
    line: 'x',
    key: String(key),
    body: { text },
  }))
  await unitOfWork()((transaction) => lines.add(transaction, items))
  await eventually(
    () => Promise.resolve(said.join()),
    (seen) => seen === 'ab,cd,😀',
  )
  done.push(lines.stop())
})

it('clears a line while something is being added to it', async () => {
  const { store } = open('clear', async () => ({ outcome: 'done' }))
  const add = (from: number, then: () => Promise<void> = async () => {}) =>
    unitOfWork()(async (transaction) => {
      await store.add(transaction, itemsOf('busy', from, 1))
      await then()
    })
  await add(0)
  let clearing: Promise<void> | undefined
  await add(1, async () => {
    clearing = unitOfWork()((transaction) => store.clear(transaction, projectId))
    clearing.catch(() => undefined)
    await eventually(
      () =>
        pool.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        ),
      ({ rowCount }) => rowCount === 1,
    )
  })
  await clearing
  expect(await store.figures(projectId)).toMatchObject({ waiting: 0 })
})
