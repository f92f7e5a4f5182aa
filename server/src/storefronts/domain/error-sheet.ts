import { refuse } from '../../kernel/refusal.ts'
import type { ReadingError, ReadingRefusal, ReadingRules } from './reading.ts'
import { printable } from './text.ts'

/** Everything that is wrong with what is being read. */
export type ErrorSheet = {
  errors: ReadingError[]
  add: (pointer: string, code: string, message: string) => void
}

export function errorSheet(): ErrorSheet {
  const errors: ReadingError[] = []
  return { errors, add: (pointer, code, message) => void errors.push({ pointer, code, message }) }
}

/** All errors at once, with `more` that is no error while it stands alone; only what is without any is asked for its currency. */
export function refusalOf(
  { errors }: ErrorSheet,
  currency: string | null | undefined,
  rules: Pick<ReadingRules, 'currency'>,
  more: readonly ReadingError[] = [],
): ReadingRefusal | undefined {
  if (errors.length > 0) return { ...refuse('invalid-request'), errors: [...errors, ...more] }
  const named = printable(currency)?.toUpperCase() ?? rules.currency
  if (named === rules.currency) return undefined
  return refuse('currency-mismatch', { currency: named.slice(0, 20), expected: rules.currency })
}
