import type { Locale, Texts } from '../kernel/locale.ts'
import type { Refusal } from '../kernel/refusal.ts'

/** How a refusal is told: its status, and a sentence in each language with {placeholders} for its details. */
export type Telling = { status: number; detail: Texts }
export type Tellings = Readonly<Record<string, Telling>>

export type ProblemExtras = {
  requestId: string
  errors?: readonly { pointer: string; code: string; message: string }[] | undefined
  inboxItemId?: string | undefined
  /** Only for statuses that are not in the table, such as 404 of an unknown path. */
  status?: number | undefined
}

export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  code: string
  requestId: string
  details?: Refusal['details']
  errors?: ProblemExtras['errors']
  inboxItemId?: string
}

export type ProblemWriter = (refusal: Refusal, locale: Locale, extras: ProblemExtras) => Problem

/** RFC 9457 documents out of refusals. The only place that knows statuses is the table it is given. */
export function problemWriter(tellings: Tellings): ProblemWriter {
  return (refusal, locale, { requestId, errors, inboxItemId, status }) => {
    const telling = tellings[refusal.refused] ?? tellings['internal-error']!
    return {
      type: `/docs/problems#${refusal.refused}`,
      title: refusal.refused.replaceAll('-', ' '),
      status: status ?? telling.status,
      detail: tell(telling.detail[locale], refusal.details ?? {}),
      code: refusal.refused,
      requestId,
      ...(refusal.details === undefined ? {} : { details: refusal.details }),
      ...(errors === undefined || errors.length === 0 ? {} : { errors }),
      ...(inboxItemId === undefined ? {} : { inboxItemId }),
    }
  }
}

export function tell(sentence: string, details: NonNullable<Refusal['details']>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name]
    return Array.isArray(value) ? value.join(', ') : String(value ?? '—')
  })
}
