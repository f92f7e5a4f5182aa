import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from './random.fixture.ts'

export type Asked = {
  method?: string
  path: string
  body?: string
  /** A new attempt is a new timestamp. */
  headers?: () => Record<string, string>
}
export type Text = { status: number; text: string }

const GIVE_UP_MS = 120_000
const ANSWER_MS = 15_000
const MOST_COMPLAINTS = 20

/** Like a good shop it asks again after a broken connection or a 5xx, the same thing at the next server, until it is answered. */
export function patientShop(urls: readonly string[], random: Random) {
  const counts = { requests: 0, broken: 0, faults: 0, repeats: 0, abandoned: 0 }
  const complaints: string[] = []
  let turn = 0

  function complain(complaint: string): void {
    if (complaints.length < MOST_COMPLAINTS) complaints.push(complaint)
  }

  return {
    counts,
    complaints,
    complain,
    /** With `abandonAfterMs` it does not wait longer, and does not ask again after a break. */
    async ask(
      { method = 'POST', path, body, headers = () => ({}) }: Asked,
      abandonAfterMs?: number,
    ): Promise<Text | undefined> {
      for (const giveUpAt = Date.now() + GIVE_UP_MS; Date.now() < giveUpAt;) {
        counts.requests++
        try {
          const response = await fetch(urls[turn++ % urls.length] + path, {
            method,
            headers: headers(),
            body,
            signal: AbortSignal.timeout(abandonAfterMs ?? ANSWER_MS),
          })
          const { status } = response
          const text = await response.text()
          const isRunning = status === 409 && text.includes('"request-in-progress"')
          if (status < 500 && status !== 429 && !isRunning) return { status, text }
          if (!isRunning) counts.faults++
          if (status !== 503 && !isRunning)
            complain(`${status} is no answer to an outage: ${text} to ${method} ${path} ${body}`)
        } catch {
          counts.broken++
          if (abandonAfterMs !== undefined) {
            counts.abandoned++
            return undefined
          }
        }
        counts.repeats++
        await delay(50 + random.below(200))
      }
      complain(`no answer within ${GIVE_UP_MS} ms: ${method} ${path} ${body}`)
      return undefined
    },
  }
}
