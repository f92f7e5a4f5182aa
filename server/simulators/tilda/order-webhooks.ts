import { bounded } from '../bounded.ts'
import type { Clock } from './clock.ts'
import type { Order } from './order.ts'
import type { WebhookSettings } from './site.ts'
import { wireOf, type Wire } from './wire-forms.ts'

export interface WebhookAttempt extends Wire {
  orderId: string | null
  attempt: number
  at: number
  /** Undefined when there was no answer within five seconds. */
  status: number | undefined
  answer: string
}

const ATTEMPTS = 3
const RETRY_AFTER_MS = 60_000
const ANSWER_WITHIN_MS = 5_000
const MOST_RECORDS = 2000

export type OrderWebhooks = ReturnType<typeof orderWebhooks>

/** Each order goes once; without an answer of 2xx within five seconds two times more, a minute apart. */
export function orderWebhooks(clock: Clock) {
  const records = bounded<WebhookAttempt>(MOST_RECORDS)
  const underway = new Set<Promise<unknown>>()
  const leaving = new AbortController()

  const attempt = async (wire: Wire, orderId: string | null, number: number): Promise<WebhookAttempt> => {
    const answer = await post(wire, leaving.signal)
    const record = { ...wire, orderId, attempt: number, at: clock.now(), ...answer }
    records.push(record)
    return record
  }

  const send = (wire: Wire, orderId: string, number: number) => {
    const work = attempt(wire, orderId, number)
      .then(({ status }) => {
        const done = status !== undefined && status >= 200 && status < 300
        if (done || number >= ATTEMPTS || leaving.signal.aborted) return
        clock.at(clock.now() + RETRY_AFTER_MS, () => send(wire, orderId, number + 1))
      })
      .finally(() => underway.delete(work))
    underway.add(work)
  }

  return {
    send: (order: Order, settings: WebhookSettings) => send(wireOf(order, settings), order.id, 1),
    /** What Tilda sends when the address is connected: the answer decides whether it is accepted. */
    probe: ({ url, key }: WebhookSettings) => {
      const body = new URLSearchParams({
        test: 'test',
        ...(key?.place === 'body' && { [key.name]: key.value }),
      })
      const headers = {
        'Content-Type': 'application/x-www-form-urlencoded',
        ...(key?.place === 'header' && { [key.name]: key.value }),
      }
      return attempt({ url, headers, body: body.toString() }, null, 1)
    },
    settled: () => Promise.allSettled(underway),
    all: () => records.all(),
    stop: () => leaving.abort(),
  }
}

async function post(
  { url, headers, body }: Wire,
  signal: AbortSignal,
): Promise<{ status: number | undefined; answer: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'User-Agent': 'Tilda Publishing', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    })
    return { status: response.status, answer: (await response.text()).slice(0, 500) }
  } catch {
    return { status: undefined, answer: '' }
  }
}
