import type { Problem } from './contract.ts'
import type { Result } from './method.ts'
import { attemptsOf } from './send.ts'
import { TaplineError } from './tapline-error.ts'

/** What a method gives back, out of an answer and its body: what JSON says, or the text where it is none. */
export function answer<Data>(
  response: Response,
  body: unknown,
  idempotencyKey: string | undefined,
): Result<Data> {
  if (response.ok && (response.status === 204 || isObject(body))) return { data: body as Data, response }
  const problem = !response.ok && isProblem(body) ? body : unexpected(response, body)
  return {
    error: new TaplineError(problem, { idempotencyKey, attempts: attemptsOf.get(response) ?? 1 }),
    response,
  }
}

/** JSON's value, the text itself where it is no JSON, undefined where there is none. */
export function readBody(text: string | undefined): unknown {
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    return text
  }
}

function isObject(body: unknown): body is object {
  return typeof body === 'object' && body !== null
}

function isProblem(body: unknown): body is Problem {
  return isObject(body) && 'code' in body && 'detail' in body
}

// What such a body says is not told: a proxy's page may repeat the address, which may be a secret.
function unexpected({ status, type, headers }: Response, body: unknown) {
  const what =
    type === 'opaqueredirect' || (status >= 300 && status < 400)
      ? 'is a redirect, which is not followed'
      : `is not of Tapline: ${body ? headers.get('content-type') : 'it is empty'}`
  return {
    type: 'about:blank',
    title: 'unexpected answer',
    status,
    code: 'unexpected-answer',
    detail: `The answer of status ${status} ${what}. Check the address, and any proxy before it.`,
    requestId: headers.get('x-request-id') ?? undefined,
  }
}
