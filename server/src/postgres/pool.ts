import pg from 'pg'

const INT8 = 20
pg.types.setTypeParser(INT8, (text) => {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} does not fit a safe integer`)
  return number
})

/** No statement of ours is long; one that is hangs, and must not hold its locks. */
const STATEMENT_TIMEOUT_MS = 30_000

export type PoolSettings = { url: string; max: number; name: string; onIdleError: (error: Error) => void }

export function createPool({ url, max, name, onIdleError }: PoolSettings): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: `tapline-${name}`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    // Statements of one transaction that do not need each other's answers are sent together.
    pipeline: true,
  })
  pool.on('error', onIdleError)
  // Plans that were made for an empty table must not outlive it; planning ours costs little.
  pool.on(
    'connect',
    (client) => void client.query('set plan_cache_mode = force_custom_plan').catch(onIdleError),
  )
  // The pool listens only while a client is idle: one that broke in a transaction would end the process. Its statements fail anyway.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
