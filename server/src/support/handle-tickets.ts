import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { Transaction } from '../kernel/transaction.ts'
import {
  agentAnswered,
  canGoOn,
  changeTicket,
  customerWrote,
  deskOf,
  isOpen,
  mergeTickets,
  openTicket,
  takeTicket,
} from './domain/decide-ticket.ts'
import type { Decision, KeptTicket, Setting } from './domain/kept-ticket.ts'
import { rateTicket } from './domain/rate-ticket.ts'
import type { Outcome, Ticket } from './domain/ticket.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { Audit } from './ports/neighbours.ts'
import type { TicketStore } from './ports/ticket-store.ts'
import type { By, Tickets } from './ports/tickets.ts'
import type { recordTicket } from './record-ticket.ts'
import type { SettingOf } from './setting-of.ts'

type Dependencies = {
  store: TicketStore
  agents: Pick<AgentStore, 'find'>
  settingOf: SettingOf
  write: ReturnType<typeof recordTicket>
  /** Whether this customer is to be served first. */
  isVip: (projectId: string, customerId: string) => Promise<boolean>
  record: Audit
  newId: () => string
}

/** Tickets, whoever does something with them: decided by pure rules under the lock of the ticket's row, recorded, and shown. */
export function handleTickets({
  store,
  agents,
  settingOf,
  write,
  isVip,
  record,
  newId,
}: Dependencies): Tickets {
  async function holderOf(projectId: string, { assigneeId }: Ticket) {
    const agent = assigneeId === null ? undefined : await agents.find(projectId, assigneeId)
    return agent?.active === true ? agent : undefined
  }

  /** Of the transaction's moment, by the project's clock. */
  const settingNow = async (transaction: Transaction, projectId: string): Promise<Setting> =>
    settingOf(projectId, await store.now(transaction))

  async function decided(
    transaction: Transaction,
    projectId: string,
    ticketId: string,
    decide: (ticket: KeptTicket, setting: Setting) => Decision | Refusal | Promise<Decision | Refusal>,
  ): Promise<Outcome> {
    const ticket = await store.lock(transaction, projectId, ticketId)
    if (ticket === undefined) return refuse('ticket-not-found', { ticketId })
    const setting = await settingNow(transaction, projectId)
    const decision = await decide(ticket, setting)
    return isRefusal(decision) ? decision : (await write(transaction, ticket, decision, setting)).ticket
  }

  /** The one that goes on in this conversation, locked. */
  async function ongoing(
    transaction: Transaction,
    projectId: string,
    conversationId: string,
  ): Promise<KeptTicket | undefined> {
    await store.lockConversation(transaction, projectId, conversationId)
    let newest = await store.newestOf(transaction, projectId, conversationId)
    // What it was merged into may have an open one beside it by now.
    if (newest !== undefined && newest.conversationId !== conversationId && !isOpen(newest))
      newest = await store.newestOf(transaction, projectId, newest.conversationId)
    return newest && store.lock(transaction, projectId, newest.id)
  }

  /** A visitor who turned out to be a customer is that customer from then on. */
  async function knownBy(
    transaction: Transaction,
    ticket: KeptTicket,
    { participantId, customerId }: { participantId: string; customerId: string | null },
  ): Promise<KeptTicket> {
    const isOther =
      ticket.participantId !== participantId &&
      (await store.isOf(transaction, ticket.projectId, ticket.id, [participantId]))
    const isUnknown = ticket.customerId === null && customerId !== null
    return isOther || isUnknown
      ? {
          ...ticket,
          participantId: isOther ? participantId : ticket.participantId,
          customerId: ticket.customerId ?? customerId,
        }
      : ticket
  }

  async function tellOfBan(
    transaction: Transaction,
    projectId: string,
    participantId: string,
    kind: 'banned' | 'unbanned',
    { by, reason }: { by: By; reason?: string | null },
  ): Promise<void> {
    await record(transaction, projectId, `participant.${kind}`, {
      participantId,
      by: by.by.kind,
      byId: by.by.id,
    })
    for (const ticketId of await store.openOf(transaction, projectId, participantId))
      await decided(transaction, projectId, ticketId, (ticket, setting) => {
        const desk = deskOf(ticket, setting, by)
        desk.tell(kind, { participantId }, reason ?? undefined)
        return desk.done()
      })
  }

  return {
    find: store.find,
    byNumber: store.byNumber,
    loads: store.loads,
    latestOf: store.latestOf,
    isBanned: store.isBanned,
    ofParticipants: (projectId, participantIds, limit, cursor) =>
      store.list(projectId, { participantIds }, limit, cursor),

    async ofConversation(transaction, projectId, conversationId) {
      const newest = await store.newestOf(transaction, projectId, conversationId)
      if (newest === undefined) return undefined
      return canGoOn(newest, await settingNow(transaction, projectId)) ? newest : undefined
    },

    async onCustomerMessage(transaction, message) {
      const { projectId, conversationId, participantId, customerId, at } = message
      const setting = await settingOf(projectId, at.getTime())
      if (!setting.settings.enabled || (await store.isBanned(projectId, participantId))) return undefined
      const found = await ongoing(transaction, projectId, conversationId)
      if (found !== undefined && canGoOn(found, setting)) {
        const known = await knownBy(transaction, found, message)
        const { ticket } = await write(transaction, found, customerWrote(known, setting), setting)
        return { ticket, isNew: false }
      }
      const decision = openTicket(
        {
          id: newId(),
          ...{ projectId, conversationId, participantId, customerId },
          ...{ channel: message.channel, text: message.text, topic: message.topic },
          isVip: customerId !== null && (await isVip(projectId, customerId)),
          previousTicketId: found?.id ?? null,
        },
        setting,
      )
      const { assigneeId } = decision.ticket
      // Whom a topic names may have left since.
      const holder = await holderOf(projectId, decision.ticket)
      const orphan = assigneeId !== null && holder === undefined
      return { ticket: (await write(transaction, undefined, orphan ? unassigned(decision, setting) : decision, setting)).ticket, isNew: true } // prettier-ignore
    },

    async onAgentMessage(transaction, { projectId, conversationId, agentId, at }) {
      const found = await ongoing(transaction, projectId, conversationId)
      const setting = await settingOf(projectId, at.getTime())
      if (found === undefined || !canGoOn(found, setting)) return undefined
      await store.countAnswer(transaction, projectId, found.id, agentId)
      return (await write(transaction, found, agentAnswered(found, agentId, setting), setting)).ticket
    },

    async hold(transaction, projectId, ticketId) {
      const ticket = await store.find(projectId, ticketId)
      if (ticket === undefined) return undefined
      await store.lockConversation(transaction, projectId, ticket.conversationId)
      return store.lock(transaction, projectId, ticketId)
    },

    async change(transaction, projectId, ticketId, change, by) {
      const { assigneeId, status } = change
      if (assigneeId != null && (await agents.find(projectId, assigneeId))?.active !== true)
        return refuse('agent-not-found', { agentId: assigneeId })
      const ticket = await store.find(projectId, ticketId)
      if (ticket === undefined) return refuse('ticket-not-found', { ticketId })
      // Before the ticket's row, as everybody who opens one.
      if (status !== undefined) await store.lockConversation(transaction, projectId, ticket.conversationId)
      return decided(transaction, projectId, ticketId, async (kept, setting) => {
        if (status !== undefined && isOpen({ status }) && !isOpen(kept)) {
          const other = await store.newestOf(transaction, projectId, kept.conversationId)
          // The customer asked for something else meanwhile, and a conversation is about one thing at a time.
          if (other !== undefined && other.id !== kept.id && isOpen(other))
            return refuse('ticket-closed', { ticketId })
        }
        return changeTicket(kept, change, by, setting)
      })
    },

    async take(transaction, projectId, ticketId, agentId, source) {
      if ((await agents.find(projectId, agentId))?.active !== true)
        return refuse('agent-not-found', { agentId })
      return decided(transaction, projectId, ticketId, async (ticket, setting) =>
        takeTicket(ticket, await holderOf(projectId, ticket), agentId, source, setting),
      )
    },

    async merge(transaction, projectId, ticketId, into, by) {
      const locked = new Map<string, KeptTicket | undefined>()
      // In the order of the ids, as everybody who locks both.
      for (const id of [ticketId, into].sort())
        if (!locked.has(id)) locked.set(id, await store.lock(transaction, projectId, id))
      const [source, target] = [locked.get(ticketId), locked.get(into)]
      if (source === undefined) return refuse('ticket-not-found', { ticketId })
      if (target === undefined) return refuse('ticket-not-found', { ticketId: into })
      const setting = await settingNow(transaction, projectId)
      const decisions = mergeTickets(source, target, by, setting)
      if (isRefusal(decisions)) return decisions
      await write(transaction, source, decisions[0], setting)
      return (await write(transaction, target, decisions[1], setting)).ticket
    },

    async note(transaction, projectId, ticketId, text, by) {
      const ticket = await store.lock(transaction, projectId, ticketId)
      if (ticket === undefined) return refuse('ticket-not-found', { ticketId })
      const setting = await settingNow(transaction, projectId)
      const desk = deskOf(ticket, setting, by)
      desk.tell('note', {}, text)
      const { events } = await write(transaction, ticket, desk.done(), setting)
      return events[0]!
    },

    async rate(transaction, projectId, ticketId, rating, participantIds, source) {
      if (!(await store.isOf(transaction, projectId, ticketId, participantIds)))
        return refuse('ticket-not-found', { ticketId })
      return decided(transaction, projectId, ticketId, (ticket, setting) =>
        rateTicket(ticket, rating, source, setting),
      )
    },

    async ban(transaction, projectId, participantId, reason, by) {
      if (await store.ban(transaction, projectId, participantId, { reason, by: by.by }))
        await tellOfBan(transaction, projectId, participantId, 'banned', { by, reason })
    },

    async unban(transaction, projectId, participantId, by) {
      if (await store.unban(transaction, projectId, participantId))
        await tellOfBan(transaction, projectId, participantId, 'unbanned', { by })
    },
  }
}

function unassigned({ ticket, events }: Decision, { now }: Setting): Decision {
  return {
    ticket: { ...ticket, assigneeId: null, marks: { unclaimedSince: now } },
    events: events.map((event) => ({ ...event, details: { ...event.details, assigneeId: null } })),
  }
}
