import type { ShownFile, ShownMessage } from './faces.ts'

type Kind = ShownMessage['from']['kind']
export type RoomKey = { projectId: string; conversationId: string }

/** What happened in a conversation, as the messenger tells it. */
export type RoomEvent = { sequence: number; at: Date; participantId: string | null } & (
  | {
      kind: 'message'
      message: {
        id: string
        clientId: string
        text: string | null
        attachment: ShownFile | null
        replyTo: string | null
        sender: { id: string; kind: Kind; name: string | null }
        deletedAt: Date | null
      }
    }
  | { kind: 'edited'; messageId: string; text: string | null }
  | { kind: 'deleted'; messageId: string }
  | { kind: 'reacted' | 'membership' | 'status' }
)

export type Conversations = {
  eventsAfter(key: RoomKey, sequence: number, limit: number): Promise<RoomEvent[]>
  members(key: RoomKey): Promise<readonly { id: string; kind: Kind }[]>
  message(
    key: RoomKey,
    messageId: string,
  ): Promise<
    | { clientId: string; text: string | null; sender: { id: string; kind: Kind; name: string | null } }
    | undefined
  >
  /** Whoever it is by now. */
  person(
    projectId: string,
    participantId: string,
  ): Promise<{ customerId: string | null; agentId: string | null } | undefined>
  /** Where something happened of late. */
  recent(
    projectId: string,
    sinceMs: number,
    limit: number,
  ): Promise<{ conversationId: string; sequence: number }[]>
}
