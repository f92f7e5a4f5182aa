import type { Item, LineKey, NewItem } from '../kernel/line.ts'
import type { Transaction } from '../kernel/transaction.ts'

export type Held = LineKey & { version: string; holder: string }

export type Figures = { waiting: number; held: number; dead: number; oldestMs: number }

export type LineStore<Body> = {
  /** Repeats are ignored. Answers how many were new. */
  add(transaction: Transaction, items: readonly NewItem<Body>[]): Promise<number>
  /** The line, held for a while; undefined when it is empty, must wait, or somebody else holds it. */
  hold(key: LineKey, holdMs: number): Promise<Held | undefined>
  /** False when the hold was lost to somebody else. */
  holdOn(held: Held, holdMs: number): Promise<boolean>
  items(key: LineKey, limit: number): Promise<Item<Body>[]>
  finish(item: Item<Body>, state: 'done' | 'dead' | 'held', problem: string | null): Promise<void>
  postpone(item: Item<Body>, outcome: { why: string; counts: boolean }): Promise<void>
  /** What came since the hold keeps it waiting; true when something did. */
  release(held: Held, rest: 'empty' | 'more' | { afterMs: number }): Promise<boolean>
  /** What was held waits again, in its old place. Answers how many. */
  unhold(transaction: Transaction, key: LineKey): Promise<number>
  /** Those of these lines where something waits or is being worked on. */
  busy(transaction: Transaction, projectId: string, lines: readonly string[]): Promise<Set<string>>
  due(limit: number): Promise<LineKey[]>
  figures(projectId?: string): Promise<Figures>
  /** Of a project that has no use for the queue any more, or of one line of it. */
  clear(transaction: Transaction, projectId: string, line?: string): Promise<void>
  /** What was done long ago, and its key with it. */
  forget(olderThanMs: number, limit: number): Promise<number>
}
