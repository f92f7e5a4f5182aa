/** A member of the support team. */
export type Agent = {
  id: string
  /** Whom it speaks as in the chat. */
  participantId: string
  name: string
  todoistUserId: string | null
  telegramId: string | null
  active: boolean
  createdAt: Date
}

export type AgentChange = {
  name?: string | undefined
  todoistUserId?: string | null | undefined
  telegramId?: string | null | undefined
  active?: boolean | undefined
}

export type AgentRefusalCode = 'agent-not-found' | 'agent-id-taken'
