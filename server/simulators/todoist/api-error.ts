export interface ErrorBody {
  error: string
  error_code: number
  error_extra: Record<string, unknown>
  error_tag: string
  http_code: number
}

let events = 0

/** What Todoist says instead of doing it: the answer of a call, or the status of one command. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly tag: string,
    readonly code: number,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message)
  }

  body(): ErrorBody {
    return {
      error: this.message,
      error_code: this.code,
      error_extra: { event_id: (events++).toString(16).padStart(32, '0'), ...this.extra },
      error_tag: this.tag,
      http_code: this.status,
    }
  }
}

export const unauthorized = () => new ApiError(401, 'UNAUTHORIZED', 477, 'Unauthorized')
export const forbidden = (why = 'Forbidden') => new ApiError(403, 'FORBIDDEN', 32, why)
export const notFound = (what: string) => new ApiError(404, 'NOT_FOUND', 478, `${what} not found`)
export const gone = () => new ApiError(410, 'V1_ONLY', 410, 'This API is gone; use /api/v1')
export const missing = (argument: string) =>
  new ApiError(400, 'ARGUMENT_MISSING', 19, `Required argument is missing`, { argument })
export const invalid = (argument: string, why = 'Invalid argument value') =>
  new ApiError(400, 'INVALID_ARGUMENT_VALUE', 20, why, { argument })
export const limitReached = (what: string, limit: number) =>
  new ApiError(403, 'MAX_LIMIT_REACHED', 49, `Maximum number of ${what} per project limit reached`, {
    limit,
  })
export const tooManyRequests = (seconds: number) =>
  new ApiError(429, 'TOO_MANY_REQUESTS', 35, `Too many requests. Limits reached. Try again later`, {
    retry_after: seconds,
  })
