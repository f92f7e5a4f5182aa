import { ConcurrentChange, RetryableError } from '../kernel/retryable-error.ts'

const DEADLOCK = '40P01'
const SERIALIZATION = '40001'
// Shut down, starting, full disk or memory, too many connections, read-only, and what the network says.
const UNREACHABLE = new Set([
  ...['57P01', '57P02', '57P03', '53100', '53200', '53300', '25006', '58030'],
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ],
])

export function isTransient(error: unknown): boolean {
  return error instanceof ConcurrentChange || [DEADLOCK, SERIALIZATION].includes(codeOf(error))
}

export class DatabaseAway extends RetryableError {}

/** The database itself is away: no fault of the work, so it must cost no attempt. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true
  if (!(error instanceof Error)) return false
  return (
    UNREACHABLE.has(codeOf(error)) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable/.test(error.message)
  )
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What callers above may ask whether trying again can help. */
export function named(error: unknown): unknown {
  if (error instanceof DatabaseAway || !isUnreachable(error)) return error
  return new DatabaseAway('The database does not answer', { cause: error, retryAfterMs: 1_000 })
}
