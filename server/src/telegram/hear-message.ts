import { escapeMarkdown } from '../kernel/markdown.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { readMessage, type RawMessage, type ReadMessage } from './domain/read-message.ts'
import { FileNotGiven } from './ports/bots.ts'

type Where = { projectId: string; conversationId: string; participantId: string }
type Said = { messageId: string; sequence: number }

type Dependencies = {
  rooms: {
    say(
      where: Where,
      said: { clientId: string; markdown: string; replyTo?: string | null },
    ): Promise<Said | Refusal>
    sayFile(
      where: Where,
      file: {
        clientId: string
        name: string
        type: string | null
        size: number
        markdown: string | null
        bytes: () => Promise<Uint8Array>
      },
    ): Promise<Said | Refusal>
  }
  download: (projectId: string, fileId: string) => Promise<Uint8Array>
}

export type Heard = {
  /** What it became; undefined where nothing of it could be said. */
  said: Said | undefined
  /** What its sender has to be told: a kind that is not brought over, or a file that is too large or gone. */
  note: Exclude<ReadMessage['note'], 'service'> | 'gone'
  /** Why it was not taken, or its file was not. */
  refusal: Refusal | undefined
}

/**
 * Brings what somebody sent in Telegram into a conversation, once for each client id. Of a file that cannot be brought its name is
 * said with its words, so that whoever answers knows that there was one. Undefined: nobody said anything.
 */
export function hearMessage({ rooms, download }: Dependencies) {
  return async (
    where: Where,
    { clientId, message, replyTo }: { clientId: string; message: RawMessage; replyTo: string | null },
  ): Promise<Heard | undefined> => {
    const { markdown, file, note } = readMessage(message)
    if (note === 'service') return undefined
    if (file === undefined) return words(markdown, note, undefined)
    const { fileId, name, size, type } = file
    const unsaid = `📎 ${escapeMarkdown(name)}`
    const instead = markdown === null ? unsaid : `${unsaid}\n${markdown}`
    try {
      const bytes = () => download(where.projectId, fileId)
      const outcome = await rooms.sayFile(where, { clientId, name, type, size: size ?? 0, markdown, bytes })
      if (!isRefusal(outcome)) return { said: outcome, note: undefined, refusal: undefined }
      return FILES_OWN.has(outcome.refused)
        ? await words(instead, undefined, outcome)
        : { said: undefined, note: undefined, refusal: outcome }
    } catch (error) {
      if (error instanceof FileNotGiven) return words(instead, error.why, undefined)
      throw error
    }

    async function words(
      text: string | null,
      told: Heard['note'],
      refusal: Refusal | undefined,
    ): Promise<Heard> {
      if (text === null) return { said: undefined, note: told, refusal }
      const outcome = await rooms.say(where, { clientId, markdown: text, replyTo })
      return isRefusal(outcome)
        ? { said: undefined, note: told, refusal: outcome }
        : { said: outcome, note: told, refusal }
    }
  }
}

/** What is held against the file, and not against whoever sends it. */
const FILES_OWN: ReadonlySet<string> = new Set(['attachment-too-large', 'attachment-refused'])
