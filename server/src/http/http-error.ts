import type { Refusal } from '../kernel/refusal.ts'

/** A refusal of the HTTP layer itself on its way to the one error handler. */
export type HttpError = Error & { status: number; code: string; details?: Refusal['details'] }

export function httpError(status: number, code: string, details?: Refusal['details']): HttpError {
  return Object.assign(new Error(code), { status, code, ...(details === undefined ? {} : { details }) })
}
