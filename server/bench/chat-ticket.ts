import { setTimeout as delay } from 'node:timers/promises'
import type { Seat } from './chat-link.ts'

const ATTEMPTS = 60
const PAUSE_MS = 250

/** A ticket as a shop's backend gets it for its customer; whoever is told to wait waits. */
export async function ticketOf(
  apiPort: number,
  { participantId, conversationId, secretKey }: Seat,
): Promise<string> {
  if (secretKey === null) return `${conversationId}/${participantId}`
  const { ticket } = await askChat<{ ticket: string }>(apiPort, secretKey, 'POST', '/v1/socket-tickets', {
    participantId,
  })
  return ticket
}

export async function askChat<Body>(
  apiPort: number,
  secretKey: string,
  method: string,
  path: string,
  body?: object,
): Promise<Body> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`http://127.0.0.1:${apiPort}${path}`, {
      method,
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as Body
    if ((response.status !== 429 && response.status !== 503) || attempt === ATTEMPTS)
      throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    await delay(Number(response.headers.get('retry-after') ?? 0) * 1_000 || PAUSE_MS)
  }
}
