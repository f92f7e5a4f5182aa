import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import { refuse, type Refusal } from '../../kernel/refusal.ts'
import { deskOf, isOpen } from './decide-ticket.ts'
import type { Decision, KeptTicket, Setting } from './kept-ticket.ts'
import type { SupportRefusalCode } from './refusal-code.ts'
import type { Rating, Source, Ticket } from './ticket.ts'

const VOTE_MS = DAY_MS
const ASKED_MS = DAY_MS

/** Solved once more, it is judged once more. */
function voteOf({ rating, solvedAt }: Pick<Ticket, 'rating' | 'solvedAt'>): Rating | null {
  return rating !== null && (solvedAt === null || rating.at >= solvedAt) ? rating : null
}

/** Whether whoever was helped is still to be asked how. */
export function asksForRating(ticket: Ticket, now: Instant): boolean {
  const { solvedAt } = ticket
  const isRecent = solvedAt !== null && now < solvedAt.getTime() + ASKED_MS
  return !isOpen(ticket) && isRecent && voteOf(ticket) === null
}

export function scoreOf(ticket: Ticket): number | null {
  return voteOf(ticket)?.score ?? null
}

/** One vote for each time that it was solved, which may be changed for a day; a word alone is none. */
export function rateTicket(
  ticket: KeptTicket,
  { score, comment }: { score?: number; comment?: string | null },
  source: Source,
  setting: Setting,
): Decision | Refusal<SupportRefusalCode> {
  const { id: ticketId, rating, reopens } = ticket
  const vote = voteOf(ticket)
  // Whoever says thanks opens it again, and may still judge it.
  const wasSolved = !isOpen(ticket) || reopens > 0 || rating !== null
  if (!wasSolved) return refuse('rating-too-early', { ticketId })
  if (vote !== null && setting.now >= vote.at.getTime() + VOTE_MS)
    return refuse('rating-too-late', { ticketId })
  const given = score ?? vote?.score
  if (given === undefined) return { ticket, events: [] }
  const desk = deskOf(ticket, setting, { by: { kind: 'customer', id: ticket.participantId }, source })
  desk.set({
    rating: {
      score: given,
      comment: comment === undefined ? (vote?.comment ?? null) : comment,
      at: vote?.at ?? new Date(setting.now),
    },
  })
  desk.tell('rated', { score: given, commented: comment != null })
  return desk.done()
}
