import type { Locale } from '../../kernel/locale.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { reasonIn, type RefusedWhy } from './attachment.ts'

/** Why a file was refused, in the language of whoever sent it. */
export function tellWhy(refusal: Refusal, locale: Locale): Refusal {
  const reason = refusal.details?.reason
  return refusal.refused === 'attachment-refused' && typeof reason === 'string'
    ? { ...refusal, details: { ...refusal.details, why: reasonIn(locale, reason as RefusedWhy) } }
    : refusal
}
