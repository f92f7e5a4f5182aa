import type { Transaction } from '../kernel/transaction.ts'
import type { Decision, KeptTicket, Setting } from './domain/kept-ticket.ts'
import { nextLookOf } from './domain/tick-ticket.ts'
import type { Ticket, TicketEvent } from './domain/ticket.ts'
import type { Face } from './ports/faces.ts'
import type { TicketStore } from './ports/ticket-store.ts'

/** Writes a decision down: the ticket, when the clock is to look at it, what was done, and what each face shows of it. */
export function recordTicket({
  store,
  faces,
}: {
  store: Pick<TicketStore, 'insert' | 'save' | 'append'>
  faces: () => readonly Face[]
}) {
  return async (
    transaction: Transaction,
    /** As it was locked; undefined for a new one. */
    before: KeptTicket | undefined,
    decision: Decision,
    setting: Setting,
  ): Promise<{ ticket: Ticket; events: TicketEvent[] }> => {
    const lookAt = nextLookOf(decision.ticket, setting)
    let kept = decision.ticket
    if (before === undefined) kept = await store.insert(transaction, kept, lookAt)
    else if (kept !== before) await store.save(transaction, kept, lookAt)
    const events = await store.append(transaction, kept, decision.events, new Date(setting.now))
    const ticket = shown(kept)
    for (const event of events) for (const face of faces()) await face.onTicket(transaction, ticket, event)
    return { ticket, events }
  }
}

/** Without what is ours alone. */
function shown({
  firstAnswerBy: _,
  waitedMinutes: __,
  marks: ___,
  eventCount: ____,
  ...ticket
}: KeptTicket): Ticket {
  return ticket
}
