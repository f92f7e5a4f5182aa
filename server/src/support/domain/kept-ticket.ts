import type { Instant } from '../../kernel/clock.ts'
import type { BusinessTime } from './business-time.ts'
import type { SupportSettings } from './support-settings.ts'
import type { Actor, Source, Ticket, TicketEventKind } from './ticket.ts'

/** What the clock has done with a ticket already, so that it does it once. */
export type Marks = {
  /** Since when it has waited for the customer. */
  waitingSince?: Instant | undefined
  /** Since when nobody has it; business minutes count from here. */
  unclaimedSince?: Instant | undefined
  announced?: boolean | undefined
  unclaimedEscalated?: boolean | undefined
  firstReminded?: boolean | undefined
  firstBreached?: boolean | undefined
  resolutionReminded?: boolean | undefined
  resolutionBreached?: boolean | undefined
  customerRemindedAt?: Instant | undefined
}

/** A ticket with what is ours alone. */
export type KeptTicket = Ticket & {
  firstAnswerBy: string | null
  /** Business minutes in which it was the customer's turn: no promise counts them. */
  waitedMinutes: number
  marks: Marks
  eventCount: number
}

export type NewTicketEvent = {
  kind: TicketEventKind
  by: Actor
  source: Source
  details: Readonly<Record<string, unknown>>
  /** Stands beside the event, so that it can be taken back. */
  text?: string
}

export type Decision = { ticket: KeptTicket; events: readonly NewTicketEvent[] }

/** The rules and the moment, by the project's clock. */
export type Setting = { settings: SupportSettings; time: BusinessTime; now: Instant }

export const CLOCK: { by: Actor; source: Source } = { by: { kind: 'clock', id: null }, source: 'clock' }
