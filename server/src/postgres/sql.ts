import type pg from 'pg'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { isTransient, named } from './transient.ts'

/** A named statement is prepared once per connection. Without a name it is parsed each time. */
export type Statement = { name?: string; text: string }

export type Sql = {
  query: <Row>(statement: Statement | string, values?: unknown[]) => Promise<Row[]>
}

const MAX_TRIES = 6

export function sqlOfPool(pool: pg.Pool): Sql {
  return { query: (statement, values) => run(pool, statement, values) }
}

/** Statements that are asked for at the same moment share a connection, and go to it together. */
export function sqlTogether(pool: pg.Pool): Sql {
  let forming: { client: Promise<pg.PoolClient>; users: number } | undefined

  function join() {
    if (forming === undefined) {
      const group = { client: pool.connect(), users: 0 }
      const close = () => { if (forming === group) forming = undefined } // prettier-ignore
      group.client.then(close, close)
      forming = group
    }
    forming.users++
    return forming
  }

  return {
    query: async (statement, values) => {
      const group = join()
      const client = await group.client.catch((error: unknown) => Promise.reject(named(error) as Error))
      try {
        return await run(client, statement, values)
      } finally {
        if (--group.users === 0) client.release()
      }
    },
  }
}

export function sqlOf(transaction: Transaction): Sql {
  return transaction as unknown as Sql
}

const followUps = new WeakMap<Transaction, (() => void)[]>()

/** Once what the transaction did can be seen by others; not at all when it is rolled back. */
export function afterCommit(transaction: Transaction, act: () => void): void {
  const waiting = followUps.get(transaction)
  if (waiting === undefined) followUps.set(transaction, [act])
  else waiting.push(act)
}

export function unitOfWork(pool: pg.Pool): UnitOfWork {
  return async (work) => {
    for (let tries = 1; ; tries++) {
      const client = await pool.connect().catch((error: unknown) => Promise.reject(named(error) as Error))
      let broken: Error | undefined
      try {
        await client.query('begin')
        const sql: Sql = { query: (statement, values) => run(client, statement, values) }
        const transaction = sql as unknown as Transaction
        const result = await work(transaction)
        await client.query('commit')
        for (const act of followUps.get(transaction) ?? []) act()
        return result
      } catch (error) {
        await client.query('rollback').catch((failed: Error) => (broken = failed))
        if (broken !== undefined || tries >= MAX_TRIES || !isTransient(error)) throw named(error)
      } finally {
        client.release(broken)
      }
      await new Promise((resolve) => setTimeout(resolve, 5 * 2 ** tries * (0.5 + Math.random())))
    }
  }
}

async function run<Row>(
  on: pg.Pool | pg.ClientBase,
  statement: Statement | string,
  values: unknown[] = [],
): Promise<Row[]> {
  const query = typeof statement === 'string' ? { text: statement } : statement
  try {
    const result = await on.query({ ...query, values })
    return result.rows as Row[]
  } catch (error) {
    throw named(error)
  }
}
