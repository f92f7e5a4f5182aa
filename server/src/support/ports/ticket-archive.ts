import type { ReportedTicket } from '../domain/report.ts'
import type { Ticket } from '../domain/ticket.ts'

/** Tickets by when they were opened, for those who read many. The oldest first; `after` is the last one that was read. */
export type TicketArchive = {
  reported(
    projectId: string,
    range: Range,
    limit: number,
    after: After | undefined,
  ): Promise<(ReportedTicket & After)[]>
  opened(projectId: string, range: Range, limit: number, after: After | undefined): Promise<ArchivedTicket[]>
}

export type Range = { from: Date; to: Date }
export type After = { id: string; openedAt: Date }
/** `until`: when the next one of its conversation was opened. */
export type ArchivedTicket = Ticket & { until: Date | null }
