import type { Transaction } from './transaction.ts'

/** What must be done in order: one after the other within a line, lines side by side. */
export type NewItem<Body> = {
  projectId: string
  line: string
  /** The same key is the same item. */
  key: string
  body: Body
}
export type Item<Body> = NewItem<Body> & { id: string; attempts: number; createdAt: Date }
export type LineKey = { projectId: string; line: string }

/** What became of an item. Whatever waits makes the rest of its line wait. */
export type Outcome =
  | { outcome: 'done' }
  /** `counts`: it was its own fault; after too many it is set aside as dead. */
  | { outcome: 'later'; afterMs: number; why: string; counts: boolean }
  | { outcome: 'dead'; why: string }
  /** Nobody is there to take it: it keeps its place, out of the way of the others, until it is released. */
  | { outcome: 'held'; why: string }

/** Worked on after the commit. Answers how many were new. */
export type AddToLine<Body> = (transaction: Transaction, items: readonly NewItem<Body>[]) => Promise<number>
