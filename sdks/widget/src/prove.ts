import { ChatError, type ChatSession, type Participant } from '@tapline/chat'

export type ProvenSession = ChatSession & { participant: Participant }

const ASK_MS = 2_000

interface Needs {
  url: string
  key: string
  claim: string
  /** Of the visitor who speaks here: what was said belongs to the customer from then on. */
  renewal: string | undefined
  until: number
  isOver: () => boolean
}

/** Asks until somebody has said in Telegram that it is them, or the time for it is over. */
export async function proveByTelegram({
  url,
  key,
  claim,
  renewal,
  until,
  isOver,
}: Needs): Promise<ProvenSession> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ASK_MS))
    if (isOver() || Date.now() > until) throw new ChatError('proof-pending', 'Nobody has said so.')
    const answer = await fetch(`${url}/v1/visitor-sessions`, {
      method: 'POST',
      credentials: 'omit',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ telegramProof: claim, renewal }),
    }).catch(() => undefined)
    if (!answer) continue
    const said = ((await answer.json().catch(() => null)) ?? {}) as ProvenSession & { code?: string }
    if (answer.ok && said.token && said.participant) return said
    if (answer.ok) continue
    if (said.code !== 'proof-pending' && answer.status < 500 && answer.status !== 429)
      throw new ChatError(said.code ?? 'proof-refused', 'It was refused.')
  }
}
