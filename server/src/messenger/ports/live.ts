import type { ConversationEvent, ParticipantKind } from '../domain/conversation.ts'

/** What is worth something now or never: it is not stored. */
export type LiveFrame = { projectId: string } & (
  | { kind: 'typing'; conversationId: string; participantId: string }
  | {
      kind: 'signal'
      conversationId: string
      participantId: string
      sessionId: string | null
      clientId: string
      to: string | null
      data: Record<string, unknown>
    }
  | { kind: 'receipt'; conversationId: string; participantId: string; received: number; read: number }
  | { kind: 'presence'; participantId: string; present: boolean; conversationIds: readonly string[] }
)

export type Audience = readonly { id: string; kind: ParticipantKind }[]

/** Those who are connected to this process. */
export type Live = {
  /** Somebody of the audience, or somebody who follows the whole project, is here. */
  hasAny(projectId: string, audience: Audience): boolean
  push(event: ConversationEvent, audience: Audience): void
  handOn(frame: LiveFrame, audience: Audience): void
}

/** Between processes. It may lose everything: it wakes, and brings what needs no guarantee. */
export type FanOut = {
  wake(events: readonly Pick<ConversationEvent, 'projectId' | 'conversationId' | 'sequence' | 'kind'>[]): void
  handOn(frames: readonly LiveFrame[]): void
}
