import type { Transaction } from '../../kernel/transaction.ts'
import type { About } from './transport.ts'

export type SentMessage = { telegramMessageId: number; isCaption: boolean }
export type NewLink = {
  projectId: string
  chatId: string
  telegramMessageId: number
  about: About | null
  isOurs: boolean
  name: string | null
  isCaption: boolean
}

/** Which message of a conversation a message in a chat is. */
export type MessageLinks = {
  add(links: readonly NewLink[], transaction?: Transaction): Promise<void>
  /** What was said there of this message, by us or by them, the first part first. */
  of(projectId: string, chatId: string, about: About): Promise<(SentMessage & { isOurs: boolean })[]>
  aboutOf(projectId: string, chatId: string, telegramMessageId: number): Promise<About | undefined>
  named(projectId: string, chatId: string, name: string): Promise<number | undefined>
  moveChat(projectId: string, from: string, to: string): Promise<void>
  /** Of a project, or of one chat. */
  clear(transaction: Transaction, projectId: string, chatId?: string): Promise<void>
}
