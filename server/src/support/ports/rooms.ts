import type { Refusal } from '../../kernel/refusal.ts'

export type InRoom = { projectId: string; conversationId: string; participantId: string }

/**
 * The conversations, as a bridge speaks in them. `clientId` makes a repeat harmless: `tg:<chat>:<message>` for what was written in
 * Telegram, `td:<comment>` for what was written on the board. Formatting is kept beside the plain text of the message.
 */
export type Rooms = {
  say(
    where: InRoom,
    said: { clientId: string; markdown: string; replyTo?: string | null },
  ): Promise<{ messageId: string; sequence: number } | Refusal>
  /** A file with its words; `bytes` are asked for once, when they are needed. */
  sayFile(
    where: InRoom,
    file: {
      clientId: string
      name: string
      type: string | null
      size: number
      markdown: string | null
      bytes: () => Promise<Uint8Array>
    },
  ): Promise<{ messageId: string; sequence: number } | Refusal>
  edit(where: InRoom, messageId: string, markdown: string): Promise<Refusal | undefined>
  remove(where: InRoom, messageId: string): Promise<Refusal | undefined>
  /** The message that was said under this client id, if it was. */
  find(where: InRoom, clientId: string): Promise<string | undefined>
}
