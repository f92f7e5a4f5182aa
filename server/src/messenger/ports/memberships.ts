import type { Transaction } from '../../kernel/transaction.ts'
import type { ConversationKey } from './conversation-store.ts'

/** Where `from` was alone everything up to a sequence was its own; where both were, its own is listed. */
export type MovedConversation = {
  id: string
  upTo: number
  shared?: {
    received: number
    read: number
    joinedAt: string
    leftAt: string | null
    messages: number[]
    files: string[]
    deeds: number[]
    mentions: number[]
  }
  /** Where `from` had reacted; `both`: and `into` with the same. */
  reactions: { sequence: number; emoji: string; both: boolean }[]
}

/** Two participants turn out to be one person. */
export type Memberships = {
  /**
   * All that `from` takes part in and said is with `into` afterwards, and it is known as merged into it. Whatever clients
   * remember of these conversations is void.
   */
  move(transaction: Transaction, projectId: string, from: string, into: string): Promise<MovedConversation[]>
  /** What moved and is still there goes back; what came since stays. */
  moveBack(
    transaction: Transaction,
    projectId: string,
    from: string,
    into: string,
    moved: readonly MovedConversation[],
  ): Promise<void>
}

export type OnMoved = (keys: readonly ConversationKey[]) => void
