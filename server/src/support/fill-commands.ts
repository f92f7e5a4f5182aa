import type { Locale } from '../kernel/locale.ts'
import { trimMarkdown } from '../kernel/cut-markdown.ts'
import { escapeMarkdown } from '../kernel/markdown.ts'
import { cardIn, type Card, type Said } from './domain/board-card.ts'
import type { Command } from './domain/board-command.ts'
import { markerOf, MOST_DESCRIPTION, rulesIn, titleOf } from './domain/board.ts'
import type { Ticket } from './domain/ticket.ts'

type Dependencies = {
  findTicket: (projectId: string, ticketId: string) => Promise<Ticket | undefined>
  /** Undefined of a visitor. */
  cardOf: (projectId: string, ticket: Ticket) => Promise<Card | undefined>
  /** What a visitor says of itself. */
  saidOf: (projectId: string, ticket: Ticket) => Promise<Said | undefined>
  notePrefixesOf: (projectId: string) => Promise<readonly string[]>
  localeOf: (projectId: string) => Promise<Locale>
  /** The plain words of a message. */
  wordsOf: (
    key: { projectId: string; conversationId: string },
    messageId: string,
  ) => Promise<string | undefined>
}

const MOST_QUOTED = 120

export type FillCommand = (projectId: string, command: Command) => Promise<Command>

/** What is looked up when it is sent, and not when it was wanted: nobody waits for it then. */
export function fillCommands(dependencies: Dependencies): FillCommand {
  const { findTicket, cardOf, saidOf, notePrefixesOf, localeOf, wordsOf } = dependencies

  async function described(projectId: string, command: Command): Promise<Command> {
    const ticket = await findTicket(projectId, command.ticketId)
    if (ticket === undefined) return command
    const [locale, prefixes, card, said] = await Promise.all([
      localeOf(projectId),
      notePrefixesOf(projectId),
      cardOf(projectId, ticket),
      saidOf(projectId, ticket),
    ])
    const tail = `${rulesIn(locale, prefixes)}\n\n${markerOf(ticket.id)}`
    const head = trimMarkdown(cardIn(locale, card, said), MOST_DESCRIPTION - tail.length - 2)
    // A title that agents have changed stays as it is.
    const title = command.type === 'item_add' ? { content: titleOf(ticket) } : {}
    const facts = { ...title, description: `${head}\n\n${tail}` }
    const { isDescribed: _, ...args } = command.args
    return { ...command, args: { ...args, ...facts } }
  }

  async function quoting(projectId: string, command: Command): Promise<Command> {
    const { conversationId, args } = command
    if (conversationId === null || args.quotes === undefined) return command
    const words = await wordsOf({ projectId, conversationId }, args.quotes)
    if (words === undefined) return command
    const line = words.replace(/\s+/g, ' ').trim()
    const short = line.length > MOST_QUOTED ? `${[...line].slice(0, MOST_QUOTED).join('')}…` : line
    const { quotes: _, ...rest } = args
    return { ...command, args: { ...rest, content: `> ${escapeMarkdown(short)}\n\n${args.content ?? ''}` } }
  }

  return async (projectId, command) =>
    command.args.isDescribed === true ? described(projectId, command) : quoting(projectId, command)
}
