import type { components } from '@tapline/client'
import type { Refusal } from '../shop/refusal.ts'
import { PROBLEMS } from './problem-codes.ts'

type Problem = components['schemas']['Problem']

/** The problem document of a refusal, as the server writes it for `Accept-Language: en`. */
export function problemOf(refusal: Refusal, requestId: string, inboxItemId?: string): Problem {
  const { refused: code, details, errors = [] } = refusal
  return {
    type: `/docs/problems#${code}`,
    title: code.replaceAll('-', ' '),
    status: PROBLEMS[code][0],
    detail: tell(refusal),
    code,
    requestId,
    ...(details && { details }),
    ...(errors.length > 0 && { errors }),
    ...(inboxItemId !== undefined && { inboxItemId }),
  }
}

export function tell({ refused, details = {} }: Refusal): string {
  return PROBLEMS[refused][1].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name]
    return Array.isArray(value) ? value.join(', ') : String(value ?? '—')
  })
}
