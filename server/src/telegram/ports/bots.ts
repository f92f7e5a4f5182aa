import type { Transaction } from '../../kernel/transaction.ts'

export type Bot = {
  projectId: string
  botId: string
  username: string | null
  token: string
  problem: string | null
  /** The chat that is told of trouble. */
  ownerChatId: string | null
}

export type Bots = {
  save(transaction: Transaction, bot: Omit<Bot, 'problem' | 'ownerChatId'>): Promise<void>
  remove(transaction: Transaction, projectId: string): Promise<boolean>
  find(projectId: string): Promise<Bot | undefined>
  /** False: there is no bot. */
  setOwner(transaction: Transaction, projectId: string, chatId: string | null): Promise<boolean>
  setProblem(projectId: string, problem: string | null): Promise<void>
}

/** What became of one message. Only `retry` may be tried again. */
export type Sent =
  | { outcome: 'sent' }
  /** Nobody will ever read it there, until the customer comes back. */
  | { outcome: 'unreachable'; why: string }
  | { outcome: 'moved'; address: string }
  | { outcome: 'retry'; afterMs: number | undefined; why: string }
  /** The bot itself may no longer speak. */
  | { outcome: 'refused'; why: string }
  | { outcome: 'bad-text'; why: string }

export type BotApi = {
  whoAmI(token: string): Promise<{ id: string; username: string | null } | 'unknown-token' | 'unavailable'>
  send(token: string, address: string, html: string): Promise<Sent>
}
