import type { Transaction } from '../../kernel/transaction.ts'
import type { RoomKey } from './conversations.ts'

export type DeskStore = {
  /** How far the desk has read, held until the transaction ends. */
  lock(transaction: Transaction, key: RoomKey): Promise<{ taken: number; failures: number }>
  advance(transaction: Transaction, key: RoomKey, taken: number): Promise<void>
  /** Tried again after a longer and longer while; told to whoever looks. */
  fail(key: RoomKey, why: string): Promise<void>
  failed(limit: number): Promise<RoomKey[]>
  takenOf(projectId: string, conversationIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** From when on this project has a desk: what was said before is nobody's ticket. */
  since(projectId: string): Promise<Date>
  /** The projects that have one. */
  projects(): Promise<string[]>

  keepWords(where: RoomKey & { clientId: string }, markdown: string): Promise<void>
  dropWords(transaction: Transaction, projectId: string, conversationIds: readonly string[]): Promise<void>
  words(key: RoomKey, clientIds: readonly string[]): Promise<ReadonlyMap<string, string>>
}
