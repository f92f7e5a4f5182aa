import type { ProblemCode } from '../http/problem-codes.ts'

/** The business says no: a value, with a code of the contract's problem documents and the figures that belong to it. */
export type Refusal = {
  refused: ProblemCode
  details?: Record<string, unknown>
  errors?: { pointer: string; code: string; message: string }[]
}

export function refuse(refused: ProblemCode, details?: Record<string, unknown>): Refusal {
  return details === undefined ? { refused } : { refused, details }
}

/** Something was wrong with what was sent, and where. */
export function invalid(...errors: NonNullable<Refusal['errors']>): Refusal {
  return { refused: 'invalid-request', errors }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value
}
