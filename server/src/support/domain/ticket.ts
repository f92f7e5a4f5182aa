import type { Refusal } from '../../kernel/refusal.ts'

/** `waiting`: for the customer. A `solved` ticket becomes `closed` by itself. */
export type TicketStatus = 'new' | 'in-work' | 'waiting' | 'solved' | 'closed'
export type Channel = 'telegram' | 'widget' | 'api'
export type Rating = { score: number; comment: string | null; at: Date }

export type Ticket = {
  projectId: string
  id: string
  /** What people say: counts from 1 within the project. */
  number: number
  conversationId: string
  /** Of whoever asks. */
  participantId: string
  customerId: string | null
  channel: Channel
  status: TicketStatus
  topic: string | null
  subject: string
  /** 1 to 4; 4 is urgent. */
  priority: number
  assigneeId: string | null
  openedAt: Date
  firstAnswerAt: Date | null
  firstAnswerDueAt: Date | null
  resolutionDueAt: Date | null
  solvedAt: Date | null
  closedAt: Date | null
  snoozedUntil: Date | null
  mergedInto: string | null
  previousTicketId: string | null
  reopens: number
  rating: Rating | null
}

export type Actor = { kind: 'agent' | 'customer' | 'clock' | 'owner'; id: string | null }
/** Where a change came from: it is not sent back there. */
export type Source = 'board' | 'telegram' | 'conversation' | 'api' | 'clock'

export type TicketEventKind =
  | 'opened'
  | 'status'
  | 'assigned'
  | 'priority'
  | 'topic'
  | 'snoozed'
  | 'woken'
  | 'merged'
  | 'absorbed'
  | 'note'
  | 'rated'
  | 'reminded'
  | 'announced'
  | 'escalated'
  | 'breached'
  | 'bonus'
  | 'banned'
  | 'unbanned'
  | 'reopened'

/** One thing that was done with a ticket: appended, never changed. */
export type TicketEvent = {
  sequence: number
  kind: TicketEventKind
  by: Actor
  source: Source
  /** Ids and figures, and the text of a note. `from` and `to` of whatever changed. */
  details: Readonly<Record<string, unknown>>
  at: Date
}

export type TicketChange = {
  status?: TicketStatus | undefined
  priority?: number | undefined
  topic?: string | null | undefined
  assigneeId?: string | null | undefined
  snoozedUntil?: Date | null | undefined
}

export type Outcome = Ticket | Refusal
