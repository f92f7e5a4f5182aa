import pg from 'pg'

const INT8 = 20
pg.types.setTypeParser(INT8, (text) => {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} does not fit a safe integer`)
  return number
})

/** No statement of ours is long; one that is hangs, and must not hold its locks. */
const STATEMENT_TIMEOUT_MS = 30_000

// Plans that were made for an empty table must not outlive it: each statement is planned for its values.
const FRESH_PLANS = 'set plan_cache_mode = force_custom_plan'
// Planning a look-up by its key costs more than the look-up. Whatever the tables held then, its plan goes by an index.
const KEPT_PLANS = 'set plan_cache_mode = force_generic_plan; set enable_seqscan = off'

export type PoolSettings = { url: string; max: number; name: string; onIdleError: (error: Error) => void }

export function createPool(settings: PoolSettings): pg.Pool {
  return open(settings, FRESH_PLANS)
}

/** For named statements that find few rows by an index, and nothing else. */
export function createLookUpPool(settings: PoolSettings): pg.Pool {
  return open(settings, KEPT_PLANS)
}

function open({ url, max, name, onIdleError }: PoolSettings, session: string): pg.Pool {
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
  pool.on('connect', (client) => void client.query(session).catch(onIdleError))
  // The pool listens only while a client is idle: one that broke in a transaction would end the process. Its statements fail anyway.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
