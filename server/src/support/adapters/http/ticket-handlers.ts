import type { Caller, Handlers } from '../../../http/handlers.ts'
import { isRefusal, refuse, type Refusal } from '../../../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../../../kernel/transaction.ts'
import type { Outcome } from '../../domain/ticket.ts'
import type { FindParticipant } from '../../ports/neighbours.ts'
import type { TicketStore } from '../../ports/ticket-store.ts'
import type { By, Tickets } from '../../ports/tickets.ts'
import { presentTicket, presentTicketEvent } from './present-ticket.ts'

type Operations =
  | 'listTickets'
  | 'getTicket'
  | 'updateTicket'
  | 'takeTicket'
  | 'mergeTicket'
  | 'addTicketNote'
  | 'getTicketHistory'
  | 'banParticipant'
  | 'unbanParticipant'

type Dependencies = {
  unitOfWork: UnitOfWork
  tickets: Tickets
  store: Pick<TicketStore, 'list' | 'history'>
  findParticipant: FindParticipant
}

const PAGE = 50

/** Tickets as the team's own programs see and steer them: agents in their own name, the secret key as the owner. */
export function ticketHandlers({
  unitOfWork,
  tickets,
  store,
  findParticipant,
}: Dependencies): Pick<Handlers, Operations> {
  const done = async (act: (transaction: Transaction) => Promise<Outcome>) => {
    const outcome = await unitOfWork(act)
    return isRefusal(outcome) ? outcome : { status: 200 as const, body: presentTicket(outcome) }
  }

  async function missing(projectId: string, participantId: string): Promise<Refusal | undefined> {
    return (await findParticipant(projectId, participantId)) === undefined
      ? refuse('participant-not-found', { participantId })
      : undefined
  }

  return {
    listTickets: async ({ caller: { projectId }, query: { limit = PAGE, cursor, ...filter } }) => {
      const { data, nextCursor } = await store.list(projectId, filter, limit, cursor)
      return { status: 200, body: { data: data.map(presentTicket), nextCursor } }
    },

    getTicket: async ({ caller: { projectId }, path: { ticketId } }) => {
      const ticket = await tickets.find(projectId, ticketId)
      return ticket === undefined
        ? refuse('ticket-not-found', { ticketId })
        : { status: 200, body: presentTicket(ticket) }
    },

    updateTicket: ({ caller, path, body: { snoozedUntil, ...change } }) =>
      done((transaction) =>
        tickets.change(
          transaction,
          caller.projectId,
          path.ticketId,
          snoozedUntil === undefined
            ? change
            : { ...change, snoozedUntil: snoozedUntil === null ? null : new Date(snoozedUntil) },
          byOf(caller),
        ),
      ),

    takeTicket: ({ caller: { projectId, speaker }, path: { ticketId } }) =>
      done((transaction) => tickets.take(transaction, projectId, ticketId, speaker!.agentId!, 'api')),

    mergeTicket: ({ caller, path, body: { into } }) =>
      done((transaction) => tickets.merge(transaction, caller.projectId, path.ticketId, into, byOf(caller))),

    addTicketNote: async ({ caller, path, body }) => {
      const event = await unitOfWork((transaction) =>
        tickets.note(transaction, caller.projectId, path.ticketId, body.text.trim(), byOf(caller)),
      )
      return isRefusal(event) ? event : { status: 201, body: presentTicketEvent(event) }
    },

    getTicketHistory: async ({ caller: { projectId }, path: { ticketId } }) => {
      if ((await tickets.find(projectId, ticketId)) === undefined)
        return refuse('ticket-not-found', { ticketId })
      const events = await store.history(projectId, ticketId)
      return { status: 200, body: { data: events.map(presentTicketEvent) } }
    },

    banParticipant: async ({ caller, path: { participantId }, body: { reason = null } }) => {
      const { projectId } = caller
      const refusal = await missing(projectId, participantId)
      if (refusal !== undefined) return refusal
      await unitOfWork((transaction) =>
        tickets.ban(transaction, projectId, participantId, reason, byOf(caller)),
      )
      return { status: 204 }
    },

    unbanParticipant: async ({ caller, path: { participantId } }) => {
      const { projectId } = caller
      const refusal = await missing(projectId, participantId)
      if (refusal !== undefined) return refusal
      await unitOfWork((transaction) => tickets.unban(transaction, projectId, participantId, byOf(caller)))
      return { status: 204 }
    },
  }
}

function byOf({ speaker }: Caller): By {
  const agentId = speaker?.agentId ?? null
  return {
    by: agentId === null ? { kind: 'owner', id: null } : { kind: 'agent', id: agentId },
    source: 'api',
  }
}
