import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { BookProblem, Head } from '../domain/check-book.ts'
import type { Checkpoint, Statement } from '../domain/checkpoint.ts'
import type { Tree } from '../domain/merkle-tree.ts'

/** A run as it stands between two pages: all that another process needs to go on with it. */
export type Run = {
  /** Of the checkpoint that it will end with. */
  number: number
  /** The last customer that was looked at. */
  cursor: string
  accountsTotal: number
  entries: number
  tree: Tree
  /** The heads of the checkpoint before, added up again. */
  previousTree: Tree
  /** Customers of the page at the cursor that looked wrong once. */
  doubtful: string[]
  problems: BookProblem[]
  problemsCount: number
  brokenBooks: number
}

export type Proofs = {
  enrol(transaction: Transaction, projectId: string): Promise<void>
  /** Projects with a run to do, or without a night yet. */
  due(limit: number): Promise<{ projectId: string; scheduled: boolean }[]>
  schedule(projectId: string, timeZone: string): Promise<void>
  postpone(projectId: string): Promise<void>
  /** For this transaction only, and only when it is due and nobody else has it: its run, if one was begun. */
  claim(
    transaction: Transaction,
    projectId: string,
  ): Promise<{ run: Run | undefined; lastNumber: number } | undefined>
  save(transaction: Transaction, projectId: string, run: Run): Promise<void>
  /** Due at once. Answers when it is; a run that stands there goes on. */
  hurry(transaction: Transaction, projectId: string): Promise<{ run: Run | undefined; lastNumber: number }>
  run(projectId: string): Promise<Run | undefined>

  now(transaction: Transaction): Promise<number>
  newest(transaction: Transaction | undefined, projectId: string): Promise<Checkpoint | undefined>
  find(
    transaction: Transaction | undefined,
    projectId: string,
    which: { number: number } | { id: string },
  ): Promise<Checkpoint | undefined>
  list(projectId: string, limit: number, beforeNumber: number | undefined): Promise<Page<Checkpoint>>
  heads(
    projectId: string,
    number: number,
    limit: number,
    after: string,
  ): Promise<Page<Head & { customerId: string }>>
  /** The run is over: its checkpoint stands, the next night is set. */
  complete(
    transaction: Transaction,
    checkpoint: Checkpoint,
    next: { brokenBooks: number; timeZone: string },
  ): Promise<void>
  /** Over all projects, as their last runs found them. */
  brokenBooks(): Promise<number>
}

export type PublicKey = { keyId: string; publicKey: string }

/** The installation's signature. Its private half is made at the first use and stays sealed. */
export type Signer = {
  sign(transaction: Transaction, text: string): Promise<{ keyId: string; signature: string }>
  verify(transaction: Transaction, text: string, by: { keyId: string; signature: string }): Promise<boolean>
  /** Newest first; those that were replaced stay, for what they signed. */
  publicKeys(): Promise<PublicKey[]>
  replaceKey(): Promise<PublicKey>
}

export type BrokenBooks = Pick<Statement, 'problemsCount'> & {
  checkpointId: string
  customerIds: string[]
}

/** Who has to know of broken books. */
export type Alarm = {
  /** In the transaction that found them. */
  raise(transaction: Transaction, projectId: string, broken: BrokenBooks): Promise<void>
  /** After it. */
  tell(projectId: string, broken: BrokenBooks): void
}
