import { escapeMarkdown } from '../../kernel/markdown.ts'
import type { BoardTexts } from './board-texts.ts'
import type { Ticket, TicketEvent } from './ticket.ts'

type Told = {
  whom: 'team' | 'assignee' | 'lead' | 'nobody'
  say: (
    text: BoardTexts,
    facts: {
      ticket: Ticket
      named: (agentId: unknown) => string
      /** Everybody with the number of open tickets. */
      team: string
    },
  ) => string
}

/** What a comment says of what was done with a ticket, and to whom. Undefined: the task shows it, or nobody has to know. */
export function describeEvent(
  { kind, details, by, source }: TicketEvent,
  /** Whoever did it did it on the board, where everybody sees it. */
  { isVisible }: { isVisible: boolean },
): Told | undefined {
  const number = Number(details.number)
  const written = typeof details.text === 'string' ? escapeMarkdown(details.text) : ''
  switch (kind) {
    case 'opened':
      return { whom: 'team', say: (text, { ticket, team }) => `${text.opened(ticket)}${loads(team)}` }
    case 'announced':
      return { whom: 'team', say: (text, { team }) => `${text.unclaimed}${loads(team)}` }
    case 'escalated':
      return { whom: 'lead', say: ({ escalated }) => escalated }
    case 'breached':
      return { whom: 'assignee', say: (text) => text.breached(promised(text, details.promise)) }
    case 'reminded':
      return details.whom === 'customer'
        ? { whom: 'nobody', say: ({ customerReminded }) => customerReminded }
        : { whom: 'assignee', say: (text) => text.reminded(promised(text, details.promise)) }
    case 'assigned':
      return details.to === null || isVisible
        ? undefined
        : { whom: 'assignee', say: (text, { named }) => text.assigned(escapeMarkdown(named(details.to))) }
    case 'status':
      return by.kind === 'clock' && details.to === 'solved'
        ? { whom: 'nobody', say: ({ solvedAlone }) => solvedAlone }
        : undefined
    case 'reopened':
      return { whom: 'assignee', say: ({ reopened }) => reopened }
    case 'rated':
      return { whom: 'assignee', say: (text, { ticket }) => text.rated(ticket.rating) }
    case 'merged':
      return { whom: 'nobody', say: (text) => text.merged(number) }
    case 'absorbed':
      return { whom: 'assignee', say: (text) => text.absorbed(number) }
    case 'woken':
      return { whom: 'assignee', say: ({ woken }) => woken }
    case 'note':
      return source === 'board'
        ? undefined
        : { whom: 'nobody', say: (_, { named }) => `🔒 **${escapeMarkdown(named(by.id))}**: ${written}` }
    case 'bonus':
      return source === 'board'
        ? undefined
        : { whom: 'nobody', say: () => `🎁 +${String(details.amount)} ${written}`.trim() }
    case 'banned':
    case 'unbanned':
      return source === 'board'
        ? undefined
        : { whom: 'nobody', say: (text) => `${text[kind]} ${written}`.trim() }
    default:
      return undefined
  }
}

const loads = (team: string) => (team === '' ? '' : `\n${team}`)

function promised(text: BoardTexts, promise: unknown): string {
  return promise === 'resolution' ? text.resolution : text.firstAnswer
}
