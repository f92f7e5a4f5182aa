import type { Transaction } from '../kernel/transaction.ts'
import { deskOf } from './domain/decide-ticket.ts'
import type { TicketOwners } from './ports/ticket-owners.ts'
import type { TicketStore } from './ports/ticket-store.ts'
import type { recordTicket } from './record-ticket.ts'
import type { SettingOf } from './setting-of.ts'

type Dependencies = {
  store: Pick<TicketStore, 'lock' | 'now'>
  owners: TicketOwners
  write: ReturnType<typeof recordTicket>
  settingOf: SettingOf
  /** Where else their words stand. */
  wipe: (transaction: Transaction, projectId: string, ticketIds: readonly string[]) => Promise<void>
  /** Where it is shown whose they are. */
  redraw: (transaction: Transaction, projectId: string, ticketIds: readonly string[]) => Promise<void>
}

type OfTwo = { mergeId: string; from: string; into: string }

const MOST = 10_000

/** What becomes of a customer's tickets when the customer is merged, parted again, erased or exported. */
export function takePart({ store, owners, write, settingOf, wipe, redraw }: Dependencies) {
  return {
    name: 'support',

    async merge(transaction: Transaction, projectId: string, { from, into }: OfTwo): Promise<object> {
      const tickets = await owners.move(transaction, projectId, from, into)
      await redraw(transaction, projectId, tickets)
      return { tickets }
    },

    async undoMerge(
      transaction: Transaction,
      projectId: string,
      { from, into, record }: OfTwo & { record: object },
    ): Promise<void> {
      const { tickets = [] } = record as { tickets?: readonly string[] }
      await owners.moveBack(transaction, projectId, from, into, tickets)
      await redraw(transaction, projectId, tickets)
    },

    /** Nobody waits for an answer any more, and whoever shows such a ticket shows it without its words. */
    async erase(
      transaction: Transaction,
      projectId: string,
      { customerId }: { customerId: string; contacts: string[] },
    ): Promise<void> {
      const ids = await owners.idsOf(transaction, projectId, customerId)
      if (ids.length === 0) return
      await owners.forget(transaction, projectId, ids)
      const setting = await settingOf(projectId, await store.now(transaction))
      for (const id of ids) {
        const ticket = (await store.lock(transaction, projectId, id))!
        const by = { by: { kind: 'customer', id: ticket.participantId }, source: 'api' } as const
        const desk = deskOf(ticket, setting, by)
        desk.move('closed')
        await write(transaction, ticket, desk.done(), setting)
      }
      await wipe(transaction, projectId, ids)
    },

    async exportOf(projectId: string, customerId: string): Promise<object> {
      const tickets = await owners.listOf(projectId, customerId, MOST + 1)
      return {
        tickets: tickets
          .slice(0, MOST)
          .map(({ number, subject, status, topic, channel, conversationId, ...ticket }) => ({
            ...{ number, subject, status, topic, channel, conversationId },
            openedAt: ticket.openedAt.toISOString(),
            solvedAt: ticket.solvedAt?.toISOString() ?? null,
            rating: ticket.rating === null ? null : { ...ticket.rating, at: ticket.rating.at.toISOString() },
          })),
        truncated: tickets.length > MOST,
      }
    },
  }
}
