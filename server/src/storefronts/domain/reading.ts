import type { Refusal } from '../../kernel/refusal.ts'
import type { Command } from './command.ts'

/** What of a project's settings the reading of a request depends on. */
export type ReadingRules = {
  currency: string
  /** ISO 3166-1 alpha-2: the country of phones written without one. */
  defaultCountry: string
  /** Our name → the owner's name of a form field, e.g. `{ phone: 'Телефон' }`; compared without case. */
  fieldMap: Readonly<Record<string, string>>
  /** Bogus contacts, normalised: these identify nobody. */
  blocklist: ReadonlySet<string>
  /** E.164, or undefined when it is no possible number. */
  parsePhone: (raw: string, defaultCountry: string) => string | undefined
}

/** The same as a project keeps it. */
export type ProjectRules = Omit<ReadingRules, 'blocklist' | 'parsePhone'> & { blocklist: readonly string[] }

export function rulesOf(
  { currency, defaultCountry, fieldMap, blocklist }: ProjectRules,
  parsePhone: ReadingRules['parsePhone'],
): ReadingRules {
  return { currency, defaultCountry, fieldMap, blocklist: new Set(blocklist), parsePhone }
}

/** One thing wrong with a request, at a JSON pointer of what was sent. */
export type ReadingError = { pointer: string; code: string; message: string }

export type ReadingRefusalCode =
  'invalid-request' | 'contact-required' | 'contact-blocked' | 'currency-mismatch'

export type ReadingRefusal = Refusal<ReadingRefusalCode> & { errors?: ReadingError[] }

/** Pointers lead from the payload, the customer or the goods that were read. */
export type Reading<C extends Command = Command> = C | ReadingRefusal

/** The refusal of a part, seen from the whole that it stands in. */
export function under<R extends Refusal & { errors?: ReadingError[] }>(pointer: string, refusal: R): R {
  const { errors } = refusal
  if (errors === undefined || pointer === '') return refusal
  return { ...refusal, errors: errors.map((error) => ({ ...error, pointer: pointer + error.pointer })) }
}
