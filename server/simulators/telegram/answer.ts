export interface Accepted {
  ok: true
  result: unknown
  description?: string
}

export interface Refused {
  ok: false
  error_code: number
  description: string
  parameters?: { retry_after?: number; migrate_to_chat_id?: number }
}

export type Answer = Accepted | Refused

export function accept(result: unknown, description?: string): Accepted {
  return description ? { ok: true, result, description } : { ok: true, result }
}

export function refuse(code: number, description: string, parameters?: Refused['parameters']): Refused {
  return parameters
    ? { ok: false, error_code: code, description, parameters }
    : { ok: false, error_code: code, description }
}

export function badRequest(reason: string): Refused {
  return refuse(400, `Bad Request: ${reason}`)
}

export function forbidden(reason: string): Refused {
  return refuse(403, `Forbidden: ${reason}`)
}

/** Says aloud that the real API has this and the stand-in has not, so that nobody takes silence for success. */
export function notSimulated(what: string): Refused {
  return refuse(501, `Not Implemented: the simulator does not know ${what} yet`)
}

export function isRefused(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false
}
