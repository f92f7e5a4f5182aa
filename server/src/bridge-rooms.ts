import { splitMarkdown } from './kernel/cut-markdown.ts'
import { plainOf } from './kernel/markdown.ts'
import { isRefusal, refuse, type Refusal } from './kernel/refusal.ts'
import { RetryableError } from './kernel/retryable-error.ts'
import type { Speaker } from './http/handlers.ts'

type Where = { projectId: string; conversationId: string; participantId: string }
type Said = { messageId: string; sequence: number }
type File = {
  clientId: string
  name: string
  type: string | null
  size: number
  markdown: string | null
  bytes: () => Promise<Uint8Array>
}

type From = { projectId: string; conversationId: string; speaker: Speaker; isFree: boolean; waits: boolean }

type Dependencies = {
  speakerOf: (projectId: string, participantId: string) => Promise<Speaker | undefined>
  say: (
    from: From & { said: { clientId: string; text: string; replyTo: string | null; attachment: null } },
  ) => Promise<{ message: { id: string; sequence: number } } | Refusal>
  change: (
    from: From & {
      change: { kind: 'edit'; messageId: string; text: string } | { kind: 'delete'; messageId: string }
    },
  ) => Promise<object | Refusal>
  put: (file: {
    projectId: string
    conversationId: string
    speaker: Speaker
    clientId: string
    name: string
    declaredType: string | null
    size: number
    text: string | null
    bytes: () => Promise<Uint8Array>
  }) => Promise<Said | Refusal>
  find: (where: Where, clientId: string) => Promise<{ id: string } | undefined>
  keepWords: (
    where: { projectId: string; conversationId: string; clientId: string },
    markdown: string,
  ) => Promise<void>
  clientIdOf: (where: Where, messageId: string) => Promise<string | undefined>
}

const MOST_TEXT = 4_000
const MOST_SPLIT = 3_800

/** What may pass in a moment: whoever speaks here speaks from a queue, and can wait. */
const PASSING: ReadonlySet<string> = new Set([
  'credits-spent',
  'overloaded',
  'unavailable',
  'request-in-progress',
])

/** Conversations as the bridges speak in them: once for each client id, with the formatting kept beside. */
export function bridgeRooms({ speakerOf, say, change, put, find, keepWords, clientIdOf }: Dependencies) {
  async function fromOf({ projectId, conversationId, participantId }: Where): Promise<From | undefined> {
    const speaker = await speakerOf(projectId, participantId)
    const isFree = speaker?.kind === 'agent' || speaker?.kind === 'bot'
    return speaker && { projectId, conversationId, speaker, isFree, waits: true }
  }

  async function sayOne(from: From, clientId: string, markdown: string, replyTo: string | null) {
    await keepWords({ ...from, clientId }, markdown)
    const outcome = await say({
      ...from,
      said: { clientId, text: plainOf(markdown), replyTo, attachment: null },
    })
    // What it answered was deleted, or is of another conversation: said all the same.
    if (isRefusal(outcome) && outcome.refused === 'message-not-found' && replyTo !== null)
      return patient(
        await say({ ...from, said: { clientId, text: plainOf(markdown), replyTo: null, attachment: null } }),
      )
    return patient(outcome)
  }

  return {
    async say(
      where: Where,
      { clientId, markdown, replyTo = null }: { clientId: string; markdown: string; replyTo?: string | null },
    ): Promise<Said | Refusal> {
      const from = await fromOf(where)
      if (from === undefined) return refuse('conversation-not-found')
      const parts = plainOf(markdown).length <= MOST_TEXT ? [markdown] : splitMarkdown(markdown, MOST_SPLIT)
      let last: Said | Refusal = refuse('message-not-found')
      for (const [index, part] of parts.entries()) {
        if (plainOf(part).trim() === '') continue
        const outcome = await sayOne(
          from,
          index === 0 ? clientId : `${clientId}:${index}`,
          part,
          index === 0 ? replyTo : null,
        )
        if (isRefusal(outcome)) return outcome
        last = { messageId: outcome.message.id, sequence: outcome.message.sequence }
      }
      return last
    },

    async sayFile(where: Where, { markdown, type, ...file }: File): Promise<Said | Refusal> {
      const from = await fromOf(where)
      if (from === undefined) return refuse('conversation-not-found')
      const text = markdown === null ? null : plainOf(markdown).slice(0, MOST_TEXT)
      if (markdown !== null) await keepWords({ ...where, clientId: file.clientId }, markdown)
      return patient(await put({ ...from, ...file, declaredType: type, text }))
    },

    async edit(where: Where, messageId: string, markdown: string): Promise<Refusal | undefined> {
      const [from, clientId] = await Promise.all([fromOf(where), clientIdOf(where, messageId)])
      if (from === undefined || clientId === undefined) return refuse('message-not-found')
      await keepWords({ ...where, clientId }, markdown)
      const text = plainOf(markdown).slice(0, MOST_TEXT)
      const outcome = patient(await change({ ...from, change: { kind: 'edit', messageId, text } }))
      return isRefusal(outcome) ? outcome : undefined
    },

    async remove(where: Where, messageId: string): Promise<Refusal | undefined> {
      const from = await fromOf(where)
      if (from === undefined) return refuse('message-not-found')
      const outcome = patient(await change({ ...from, change: { kind: 'delete', messageId } }))
      return isRefusal(outcome) ? outcome : undefined
    },

    find: async (where: Where, clientId: string) => (await find(where, clientId))?.id,
  }
}

/** Thrown, so that whoever works on a queue tries it again in time; what stays refused is an answer. */
function patient<T extends object>(outcome: T | Refusal): T | Refusal {
  if (!isRefusal(outcome) || !PASSING.has(outcome.refused)) return outcome
  const retryAfterMs = Number(outcome.details?.retryAfterMs ?? 1_000)
  throw new RetryableError(`Refused for now: ${outcome.refused}`, { retryAfterMs })
}
