import type { Transaction } from '../../kernel/transaction.ts'

export type NewNotice = {
  projectId: string
  eventId: string
  /** Null: the project's owner is told. */
  customerId: string | null
  channel: string
  address: string
  text: string
}
export type Notice = NewNotice & { id: string; attempts: number }

export type SentNotice = Pick<Notice, 'id' | 'eventId' | 'channel' | 'address' | 'text'> & {
  status: 'waiting' | 'sent' | 'failed' | 'unreachable'
  createdAt: Date
  finishedAt: Date | null
}

/** A notice that waits no longer, because it was sent or its customer was erased, is never changed by who held it. */
export type NoticeStore = {
  add(transaction: Transaction, notices: NewNotice[]): Promise<void>
  /** Due notices, held for a while by whoever claimed them. */
  claim(limit: number, holdMs: number): Promise<Notice[]>
  finish(notice: Notice, status: 'sent' | 'failed' | 'unreachable', problem: string | null): Promise<void>
  /** Without counting an attempt: it was not its fault. */
  postpone(notice: Notice, afterMs: number): Promise<void>
  retry(notice: Notice, afterMs: number, problem: string): Promise<void>
  readdress(notice: Notice, address: string): Promise<void>
  waiting(projectId: string, channel: string): Promise<number>
  /** What waits is due now: what it waited for may be there. */
  hurry(projectId: string, channel: string): Promise<void>
  /** What it said and to where; what still waits is not sent. */
  eraseOf(transaction: Transaction, projectId: string, customerId: string): Promise<void>
  listOf(projectId: string, customerId: string, limit: number): Promise<SentNotice[]>
}
