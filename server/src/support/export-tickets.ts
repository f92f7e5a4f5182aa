import type { Instant } from '../kernel/clock.ts'
import { csv, type Cell } from './domain/csv.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { Transcripts } from './ports/neighbours.ts'
import type { After, ArchivedTicket, TicketArchive } from './ports/ticket-archive.ts'

type Dependencies = {
  archive: TicketArchive
  agents: Pick<AgentStore, 'names'>
  transcripts: Transcripts
  clockOffsetOf: (projectId: string) => Promise<number>
}

const PAGE = 500
const MOST_LINES = 50_000
const TICKET_HEAD = [
  ...[
    'number',
    'id',
    'status',
    'topic',
    'subject',
    'priority',
    'assignee',
    'channel',
    'customerId',
    'openedAt',
  ],
  ...[
    'firstAnswerAt',
    'firstAnswerDueAt',
    'solvedAt',
    'resolutionDueAt',
    'closedAt',
    'reopens',
    'rating',
    'comment',
  ],
]
const MESSAGE_HEAD = ['number', 'ticketId', 'at', 'from', 'name', 'text', 'file']

/** Tickets that were opened in a time as a table, or what was said in them; cut after so many lines, and then it says so. */
export function exportTickets({ archive, agents, transcripts, clockOffsetOf }: Dependencies) {
  async function* pages(projectId: string, from: Instant, to: Instant): AsyncGenerator<ArchivedTicket[]> {
    const range = { from: new Date(from), to: new Date(to) }
    for (let after: After | undefined; ;) {
      const page = await archive.opened(projectId, range, PAGE, after)
      yield page
      if (page.length < PAGE) return
      after = page.at(-1)
    }
  }

  async function messagesOf(
    projectId: string,
    tickets: readonly ArchivedTicket[],
    clockOffsetMs: number,
  ): Promise<Cell[][]> {
    // Messages keep the database's time, also in a sandbox.
    const real = (moment: Date) => new Date(moment.getTime() - clockOffsetMs)
    const spans = tickets.map(({ id, conversationId, openedAt, until }) => ({
      key: id,
      conversationId,
      from: real(openedAt),
      until: until === null ? null : real(until),
    }))
    const said = await transcripts(projectId, spans, MOST_LINES)
    const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]))
    return said.map(({ key, at, from, name, text, file }) => [
      ...[byId.get(key)!.number, key, at.toISOString(), from, name, text, file],
    ])
  }

  return async (projectId: string, from: Instant, to: Instant, withMessages: boolean): Promise<string> => {
    const lines: Cell[][] = []
    const names = new Map((await agents.names(projectId)).map(({ id, name }) => [id, name]))
    const clockOffsetMs = await clockOffsetOf(projectId)
    for await (const page of pages(projectId, from, to)) {
      lines.push(
        ...(withMessages
          ? await messagesOf(projectId, page, clockOffsetMs)
          : page.map((ticket) => lineOf(ticket, names))),
      )
      if (lines.length > MOST_LINES) break
    }
    if (lines.length > MOST_LINES)
      lines.splice(MOST_LINES, Infinity, [`Cut after ${MOST_LINES} lines: ask for a shorter time`])
    return csv(withMessages ? MESSAGE_HEAD : TICKET_HEAD, lines)
  }
}

function lineOf(ticket: ArchivedTicket, names: ReadonlyMap<string, string>): Cell[] {
  const { assigneeId, rating } = ticket
  return [
    ...[ticket.number, ticket.id, ticket.status, ticket.topic, ticket.subject, ticket.priority],
    assigneeId === null ? null : (names.get(assigneeId) ?? assigneeId),
    ...[ticket.channel, ticket.customerId, time(ticket.openedAt), time(ticket.firstAnswerAt)],
    ...[
      time(ticket.firstAnswerDueAt),
      time(ticket.solvedAt),
      time(ticket.resolutionDueAt),
      time(ticket.closedAt),
    ],
    ...[ticket.reopens, rating?.score ?? null, rating?.comment ?? null],
  ]
}

function time(moment: Date | null): string | null {
  return moment === null ? null : moment.toISOString()
}
