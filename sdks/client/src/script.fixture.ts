import type { Fetch } from './send.ts'

/** What a scripted server was sent, one line per attempt. */
export type Sent = { url: string; method: string; headers: Headers; body: string | undefined; at: number }
type Step = Response | Error | ((sent: Sent, init: RequestInit) => Response | Promise<Response>)

/** A `fetch` that answers as told, step by step, the last step for ever, and remembers what it was sent. */
export function script(...steps: Step[]): { fetch: Fetch; sent: Sent[] } {
  const sent: Sent[] = []
  const fetch: Fetch = async (url, init) => {
    const { method = 'GET', body } = init
    const text = body instanceof ArrayBuffer ? new TextDecoder().decode(body) : (body as string | null)
    const one = {
      url,
      method,
      headers: new Headers(init.headers),
      body: text ?? undefined,
      at: performance.now(),
    }
    const step = steps[Math.min(sent.length, steps.length - 1)]!
    sent.push(one)
    if (step instanceof Error) throw step
    return typeof step === 'function' ? step(one, init) : step.clone()
  }
  return { fetch, sent }
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

export const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  json(
    {
      type: `/docs/problems#${code}`,
      title: code,
      status,
      detail: `It is ${code}.`,
      code,
      requestId: 'req_1',
    },
    status,
    { 'content-type': 'application/problem+json', ...headers },
  )

export const KEYS = { secretKey: 'sk_of_the_tests', baseUrl: 'https://tapline.test' } as const
