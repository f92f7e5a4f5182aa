import type { Refusal } from '../../kernel/refusal.ts'

/** Whoever says something in a conversation. */
export type FileSpeaker = {
  participantId: string
  kind: 'customer' | 'visitor' | 'agent' | 'bot'
  name: string | null
  customerId: string | null
  agentId: string | null
}

/** What attachments ask of the conversations that they belong to. */
export type ConversationOfFiles = {
  /** Whoever of the team announces a file takes part from then on. */
  mayWrite(projectId: string, conversationId: string, speaker: FileSpeaker): Promise<Refusal | undefined>
  mayRead(projectId: string, conversationId: string, speaker: FileSpeaker): Promise<Refusal | undefined>
  /** Takes so many credits, or says no. */
  charge(projectId: string, speaker: FileSpeaker, credits: number): Promise<Refusal | undefined>
  /** Stores the message of a file, once for each client id, and delivers it. It is paid for. */
  say(message: FileMessage): Promise<{ messageId: string; sequence: number } | Refusal>
}

export type FileMessage = {
  projectId: string
  conversationId: string
  senderId: string
  clientId: string
  text: string | null
  attachmentId: string
}
