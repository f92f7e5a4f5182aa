import { isRefusal } from '../../kernel/refusal.ts'
import type { TextKey } from '../domain/texts.ts'
import type { Chat, SupportSettings, Ticket, TicketStatus, Tickets } from '../ports/neighbours.ts'
import type { Transport } from '../ports/transport.ts'
import { button, menuOf } from './menu.ts'
import type { Turn } from './open-turn.ts'
import { PENDING_MS } from './write-message.ts'

type Dependencies = {
  tickets: Pick<Tickets, 'find' | 'ofParticipants' | 'change' | 'rate'>
  chat: Pick<Chat, 'membersOf'>
  transport: Pick<Transport, 'sentAs'>
  settingsOf: (projectId: string) => Promise<SupportSettings>
}

const PAGE = 5
const MOST_COUNTED = 100
const OPEN: readonly TicketStatus[] = ['new', 'in-work', 'waiting']
export const STATUS: Readonly<Record<TicketStatus, TextKey>> = {
  new: 'statusNew',
  'in-work': 'statusInWork',
  waiting: 'statusWaiting',
  solved: 'statusSolved',
  closed: 'statusClosed',
}
const SCORES = [1, 2, 3, 4, 5]
const LONGEST_COMMENT = 2_000
const LONGEST_LABEL = 100

const offerOf = (ticketId: string) => `rate:${ticketId}`

export const ratingOf = (ticketId: string) => ({
  inline: [SCORES.map((score) => button(`${score} ⭐`, { kind: 'rate', ticketId, score }))],
})

/** What somebody has asked for: seen, chosen, closed and judged by whoever it is of, and nobody else. */
export function keepRequests({ tickets, chat, transport, settingsOf }: Dependencies) {
  const participantsOf = ({ person }: Turn) => [person.participantId, ...person.knownAs]

  async function isThere({ projectId, person }: Turn, { conversationId }: Ticket): Promise<boolean> {
    return (await chat.membersOf(projectId, conversationId)).includes(person.participantId)
  }

  /** Ids behind buttons can be made up. */
  async function ownOf(turn: Turn, ticketId: string): Promise<Ticket | undefined> {
    const ticket = await tickets.find(turn.projectId, ticketId)
    return ticket !== undefined && (await isThere(turn, ticket)) ? ticket : undefined
  }

  function lineOf(turn: Turn, { number, status, subject, conversationId }: Ticket): string {
    const line = turn.text('requestLine', { number, status: turn.label(STATUS[status]), subject })
    return conversationId === turn.person.conversationId && status !== 'closed'
      ? `${line} ${turn.text('requestHere')}`
      : line
  }

  function buttonsOf({ label }: Turn, { id: ticketId, number, status }: Ticket) {
    if (status === 'closed') return []
    const write = button(label('buttonWriteIn', { number }), { kind: 'switch', ticketId })
    const close = button(label('buttonClose', { number }), { kind: 'close', ticketId })
    return [OPEN.includes(status) ? [write, close] : [write]]
  }

  /** `from`: the message with the button that was pressed for it. */
  async function list(
    turn: Turn,
    from?: { before: string | null; messageId: number | null },
    head: TextKey = 'requestsHead',
    values: Readonly<Record<string, number>> = {},
    /** As it is about to be. */
    changed?: Ticket,
  ): Promise<void> {
    const { projectId, person } = turn
    const page = await tickets.ofParticipants(projectId, participantsOf(turn), PAGE, from?.before ?? undefined) // prettier-ignore
    const shown: Ticket[] = []
    for (const ticket of page.data)
      if (!person.knownAs.includes(ticket.participantId) || (await isThere(turn, ticket)))
        shown.push(ticket.id === changed?.id ? changed : ticket)
    const lines = [turn.text(head, values), ...(shown.length === 0 ? [turn.text('requestsNone')] : shown.map((ticket) => lineOf(turn, ticket)))] // prettier-ignore
    const rows = [
      ...shown.flatMap((ticket) => buttonsOf(turn, ticket)),
      ...(page.nextCursor === null ? [] : [[button(turn.label('buttonEarlier'), { kind: 'requests', before: page.nextCursor })]]), // prettier-ignore
      [button(turn.label('buttonNewRequest'), { kind: 'new', topic: null })],
    ]
    if (from === undefined) turn.sayLines(lines, { keyboard: { inline: rows } })
    else turn.replace(from.messageId, lines.join('\n'), { inline: rows })
  }

  return {
    list,

    /** First what it is about, where there is a choice. */
    async begin(turn: Turn, topic: string | null): Promise<void> {
      const { projectId, locale, shop } = turn
      const [{ topics, mostOpenTickets }, mine] = await Promise.all([
        settingsOf(projectId),
        tickets.ofParticipants(projectId, participantsOf(turn), MOST_COUNTED, undefined),
      ])
      const open = mine.data.filter(({ status }) => OPEN.includes(status)).length
      if (open >= mostOpenTickets) return list(turn, undefined, 'newTooMany', { count: open })
      if (topic === null && topics.length > 0) {
        const choices = topics.map(({ key, title }) => {
          const said = title[locale] ?? title[shop.locale] ?? Object.values(title)[0] ?? key
          return [button(said.slice(0, LONGEST_LABEL), { kind: 'new', topic: key })]
        })
        return turn.say('newTopic', {}, { keyboard: { inline: choices } })
      }
      if (topic !== null && !topics.some(({ key }) => key === topic)) return turn.alert('alertPressOld')
      turn.change({ pending: { kind: 'request', topic, at: Date.now() } })
      turn.say('newText', {}, { keyboard: menuOf(turn) })
    },

    async goTo(turn: Turn, ticketId: string): Promise<void> {
      const ticket = await ownOf(turn, ticketId)
      if (ticket === undefined) return turn.alert('alertRequestForeign')
      const { number, conversationId, status } = ticket
      if (status === 'closed') return turn.alert('alertRequestClosed', { number })
      turn.change({ conversationId, pending: null })
      turn.say('requestCurrent', { number })
    },

    async close(turn: Turn, ticketId: string, messageId: number | null): Promise<void> {
      const ticket = await ownOf(turn, ticketId)
      if (ticket === undefined) return turn.alert('alertRequestForeign')
      const { number, participantId: id } = ticket
      if (!OPEN.includes(ticket.status)) return turn.alert('alertRequestClosed', { number })
      const by = { by: { kind: 'customer', id }, source: 'telegram' } as const
      turn.within(async (transaction) => {
        const outcome = await tickets.change(transaction, turn.projectId, ticketId, { status: 'solved' }, by)
        if (isRefusal(outcome)) turn.alert('alertRequestClosed', { number })
      })
      if (messageId !== null)
        await list(turn, { before: null, messageId }, 'requestsHead', {}, { ...ticket, status: 'solved' })
    },

    async rate(turn: Turn, ticketId: string, score: number, messageId: number | null): Promise<void> {
      const ticket = await ownOf(turn, ticketId)
      if (ticket === undefined) return turn.alert('alertRequestForeign')
      const { number, participantId, rating } = ticket
      turn.within(async (transaction) => {
        const outcome = await tickets.rate(transaction, turn.projectId, ticketId, { score }, [participantId], 'telegram') // prettier-ignore
        if (isRefusal(outcome) || outcome.rating?.score !== score) return turn.alert('alertRateLate')
        turn.replace(messageId, turn.text('rated', { number, score }), ratingOf(ticketId))
        if (rating !== null) return
        turn.change({ pending: { kind: 'comment', ticketId, isAsked: false, at: Date.now() } })
        const comment = button(turn.label('buttonComment'), { kind: 'comment', ticketId })
        turn.say('rateComment', {}, { keyboard: { inline: [[comment]] }, remember: offerOf(ticketId) })
      })
    },

    async askComment(turn: Turn, ticketId: string): Promise<void> {
      const ticket = await ownOf(turn, ticketId)
      if (ticket === undefined) return turn.alert('alertRequestForeign')
      if (ticket.rating === null) return turn.alert('alertRateLate')
      turn.change({ pending: { kind: 'comment', ticketId, isAsked: true, at: Date.now() } })
      const skip = button(turn.label('buttonSkip'), { kind: 'skip', ticketId })
      turn.say('rateWrite', {}, { keyboard: { inline: [[skip]] } })
    },

    /** Whether these words were waited for: asked for by a button, or a reply to the offer. Anything else is for the team. */
    async comment(turn: Turn, text: string, replyToId: number | null): Promise<boolean> {
      const { projectId, chatId, person } = turn
      const { pending } = person
      if (pending?.kind !== 'comment') return false
      const offered = replyToId === null ? undefined : await transport.sentAs(projectId, chatId, offerOf(pending.ticketId)) // prettier-ignore
      const isWaitedFor =
        replyToId === null ? pending.isAsked && Date.now() - pending.at < PENDING_MS : offered === replyToId
      if (!isWaitedFor) return false
      turn.change({ pending: null })
      const ticket = await ownOf(turn, pending.ticketId)
      if (ticket === undefined) return false
      turn.within(async (transaction) => {
        const comment = text.slice(0, LONGEST_COMMENT)
        await tickets.rate(transaction, turn.projectId, ticket.id, { comment }, [ticket.participantId], 'telegram') // prettier-ignore
        turn.say('rateCommented')
      })
      return true
    },

    skip(turn: Turn, messageId: number | null): void {
      if (turn.person.pending?.kind === 'comment') turn.change({ pending: null })
      turn.replace(messageId, turn.text('rateSkipped'), { inline: [] })
    },
  }
}

export type KeepRequests = ReturnType<typeof keepRequests>
