import { invalid, refuse, type Refusal } from '../refusal.ts'
import { printable } from './text.ts'

/** Everything that is wrong with what is being read. */
export type ErrorSheet = { pointer: string; code: string; message: string }[]

/** Only what is without errors is asked for its currency. */
export function refusalOf(sheet: ErrorSheet, currency: unknown, expected: string): Refusal | undefined {
  if (sheet.length > 0) return invalid(...sheet)
  const named = printable(currency)?.toUpperCase() ?? expected
  return named === expected
    ? undefined
    : refuse('currency-mismatch', { currency: named.slice(0, 20), expected })
}

/** The same errors, seen from the whole that this is a part of. */
export function under<T>(pointer: string, reading: T | Refusal): T | Refusal {
  const { errors } = reading as Refusal
  if (errors === undefined) return reading
  return {
    ...(reading as Refusal),
    errors: errors.map((one) => ({ ...one, pointer: pointer + one.pointer })),
  }
}
