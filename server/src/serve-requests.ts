import type { Handlers } from './http/handlers.ts'
import { isRefusal, refuse, type Refusal } from './kernel/refusal.ts'
import type { Transaction, UnitOfWork } from './kernel/transaction.ts'
import type { Speaker } from './messenger/domain/item.ts'
import { asksForRating, scoreOf } from './support/domain/rate-ticket.ts'
import type { Ticket } from './support/domain/ticket.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  mayRead: (projectId: string, conversationId: string, speaker: Speaker) => Promise<Refusal | undefined>
  tickets: {
    latestOf: (projectId: string, conversationId: string) => Promise<Ticket | undefined>
    rate: (
      transaction: Transaction,
      projectId: string,
      ticketId: string,
      rating: { score: number; comment?: string | null },
      participantIds: readonly string[],
      source: 'conversation',
    ) => Promise<Ticket | Refusal>
  }
  /** By the project's clock. */
  now: (projectId: string) => Promise<number>
}

/** How what I asked for stands, and how I was helped: in conversations in which I take part, others are not there. */
export function serveRequests({
  unitOfWork,
  mayRead,
  tickets,
  now,
}: Dependencies): Pick<Handlers, 'getMyRequest' | 'rateMyRequest'> {
  async function present(projectId: string, ticket: Ticket | undefined) {
    if (ticket === undefined) return { request: null }
    const { number, status } = ticket
    const asks = asksForRating(ticket, await now(projectId))
    return { request: { number, status, asksForRating: asks, score: scoreOf(ticket) } }
  }

  return {
    getMyRequest: async ({ caller: { projectId, speaker }, path: { conversationId } }) => {
      const stranger = await mayRead(projectId, conversationId, speaker!)
      if (stranger !== undefined) return stranger
      const ticket = await tickets.latestOf(projectId, conversationId)
      return { status: 200, body: await present(projectId, ticket) }
    },

    rateMyRequest: async ({ caller: { projectId, speaker }, path: { conversationId }, body }) => {
      const stranger = await mayRead(projectId, conversationId, speaker!)
      if (stranger !== undefined) return stranger
      const ticket = await tickets.latestOf(projectId, conversationId)
      if (ticket === undefined) return refuse('rating-too-early')
      const rated = await unitOfWork((transaction) =>
        tickets.rate(transaction, projectId, ticket.id, body, [speaker!.participantId], 'conversation'),
      )
      // Somebody else asked for it here.
      if (isRefusal(rated)) return rated.refused === 'ticket-not-found' ? refuse('forbidden') : rated
      return { status: 200, body: await present(projectId, rated) }
    },
  }
}
