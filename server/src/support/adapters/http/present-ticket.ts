import type { components } from '@tapline/openapi'
import type { Ticket, TicketEvent } from '../../domain/ticket.ts'

type Schemas = components['schemas']

export function presentTicket({ projectId: _, ...ticket }: Ticket): Schemas['Ticket'] {
  const { rating } = ticket
  return {
    ...ticket,
    openedAt: ticket.openedAt.toISOString(),
    firstAnswerAt: timeOrNull(ticket.firstAnswerAt),
    firstAnswerDueAt: timeOrNull(ticket.firstAnswerDueAt),
    resolutionDueAt: timeOrNull(ticket.resolutionDueAt),
    solvedAt: timeOrNull(ticket.solvedAt),
    closedAt: timeOrNull(ticket.closedAt),
    snoozedUntil: timeOrNull(ticket.snoozedUntil),
    rating: rating === null ? null : { ...rating, at: rating.at.toISOString() },
  }
}

export function presentTicketEvent({ at, details, ...event }: TicketEvent): Schemas['TicketEvent'] {
  // The contract says only that it is an object.
  return { ...event, details: details as Record<string, never>, at: at.toISOString() }
}

function timeOrNull(time: Date | null): string | null {
  return time === null ? null : time.toISOString()
}
