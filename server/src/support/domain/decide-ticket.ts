import { refuse, type Refusal } from '../../kernel/refusal.ts'
import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import { addBusinessMinutes, businessMinutesBetween } from './business-time.ts'
import type { Decision, KeptTicket, NewTicketEvent, Setting } from './kept-ticket.ts'
import type { SupportRefusalCode } from './refusal-code.ts'
import { subjectOf } from './subject-of.ts'
import type { Actor, Channel, Source, Ticket, TicketChange, TicketStatus } from './ticket.ts'

type By = { by: Actor; source: Source }
type Decided = Decision | Refusal<SupportRefusalCode>

const VIP_PRIORITY = 3
const CUSTOMER: By = { by: { kind: 'customer', id: null }, source: 'conversation' }

/** The board's sections: whoever is in one of these is somebody's work. */
export const OPEN_STATUSES: readonly TicketStatus[] = ['new', 'in-work', 'waiting']
export const isOpen = ({ status }: Pick<Ticket, 'status'>) => OPEN_STATUSES.includes(status)

/** Whether what the customer writes belongs to it still. */
export function canGoOn(ticket: Ticket, { settings, now }: Setting): boolean {
  if (isOpen(ticket)) return true
  return ticket.status === 'solved' && now < ticket.solvedAt!.getTime() + settings.reopenDays * DAY_MS
}

export function openTicket(
  first: {
    id: string
    projectId: string
    conversationId: string
    participantId: string
    customerId: string | null
    channel: Channel
    text: string
    topic: string | null
    isVip: boolean
    previousTicketId: string | null
  },
  setting: Setting,
): Decision {
  const { settings, now } = setting
  const topic = settings.topics.find(({ key }) => key === first.topic)
  const priority = Math.max(topic?.priority ?? 1, first.isVip ? VIP_PRIORITY : 1)
  const { text, isVip: _, topic: __, ...facts } = first
  const ticket: KeptTicket = {
    ...facts,
    number: 0,
    status: 'new',
    topic: topic?.key ?? null,
    subject: subjectOf(text),
    priority,
    assigneeId: topic?.assigneeId ?? null,
    openedAt: new Date(now),
    firstAnswerAt: null,
    firstAnswerDueAt: promised(setting, now, settings.firstAnswerMinutes),
    resolutionDueAt: promised(setting, now, settings.resolutionMinutes),
    solvedAt: null,
    closedAt: null,
    snoozedUntil: null,
    mergedInto: null,
    reopens: 0,
    rating: null,
    firstAnswerBy: null,
    waitedMinutes: 0,
    marks: topic?.assigneeId ? {} : { unclaimedSince: now },
    eventCount: 0,
  }
  const { topic: key, assigneeId, channel, previousTicketId } = ticket
  return {
    ticket,
    events: [
      {
        kind: 'opened',
        by: { kind: 'customer', id: first.participantId },
        source: 'conversation',
        details: { channel, topic: key, priority, assigneeId, previousTicketId },
      },
    ],
  }
}

/**
 * new, in-work   stays
 * waiting        in-work, or new when nobody has it
 * solved         opened again, with a promise of its own
 * snoozed        awake, whatever its status
 */
export function customerWrote(ticket: KeptTicket, setting: Setting): Decision {
  const by: By = { ...CUSTOMER, by: { kind: 'customer', id: ticket.participantId } }
  const desk = deskOf(ticket, setting, by)
  const back = ticket.assigneeId === null ? 'new' : 'in-work'
  if (ticket.snoozedUntil !== null) desk.wake()
  if (ticket.status === 'waiting') desk.move(back)
  if (ticket.status === 'solved') desk.reopen(back)
  return desk.done()
}

/** Whoever answers has it, if nobody had; then it is the customer's turn. What is over stays over: somebody only adds a word. */
export function agentAnswered(ticket: KeptTicket, agentId: string, setting: Setting): Decision {
  const desk = deskOf(ticket, setting, { by: { kind: 'agent', id: agentId }, source: 'conversation' })
  if (ticket.firstAnswerAt === null && ticket.status !== 'closed')
    desk.set({ firstAnswerAt: new Date(setting.now), firstAnswerBy: agentId })
  if (!isOpen(ticket)) return desk.done()
  if (ticket.assigneeId === null) desk.assign(agentId)
  if (ticket.snoozedUntil !== null) desk.wake()
  if (ticket.status !== 'waiting') desk.move('waiting')
  // Each answer gives the customer all of the time again.
  else desk.mark({ waitingSince: setting.now, customerRemindedAt: undefined })
  return desk.done()
}

export function changeTicket(ticket: KeptTicket, change: TicketChange, by: By, setting: Setting): Decided {
  if (ticket.status === 'closed') return refuse('ticket-closed', { ticketId: ticket.id })
  const topic = setting.settings.topics.find(({ key }) => key === change.topic)
  if (change.topic != null && topic === undefined) return refuse('topic-unknown', { topic: change.topic })
  const desk = deskOf(ticket, setting, by)
  if (change.topic !== undefined && change.topic !== ticket.topic) {
    desk.setTopic(change.topic)
    if (topic?.assigneeId != null && ticket.assigneeId === null && change.assigneeId === undefined)
      desk.assign(topic.assigneeId)
    if (topic !== undefined && topic.priority > desk.ticket().priority && change.priority === undefined)
      desk.rank(topic.priority)
  }
  if (change.priority !== undefined) desk.rank(change.priority)
  const { status, assigneeId } = change
  if (assigneeId !== undefined) desk.assign(assigneeId)
  if (status !== undefined) {
    // Pulled by moving: whoever moves it has it.
    if (
      status === 'in-work' &&
      desk.ticket().assigneeId === null &&
      by.by.kind === 'agent' &&
      assigneeId === undefined
    )
      desk.assign(by.by.id)
    if (status === 'new') desk.assign(null)
    desk.move(status)
  } else if (assigneeId !== undefined) {
    if (assigneeId === null && desk.ticket().status === 'in-work') desk.move('new')
    if (assigneeId !== null && desk.ticket().status === 'new') desk.move('in-work')
  }
  if (change.snoozedUntil !== undefined) desk.snooze(change.snoozedUntil)
  return desk.done()
}

/** Another one's is not taken, whatever its status; `holder` is undefined when nobody of the team has it. */
export function takeTicket(
  ticket: KeptTicket,
  holder: { id: string; name: string } | undefined,
  agentId: string,
  source: Source,
  setting: Setting,
): Decided {
  if (ticket.status === 'closed') return refuse('ticket-closed', { ticketId: ticket.id })
  if (holder !== undefined && holder.id !== agentId)
    return refuse('ticket-taken', { ticketId: ticket.id, agentName: holder.name })
  const desk = deskOf(ticket, setting, { by: { kind: 'agent', id: agentId }, source })
  desk.assign(agentId)
  if (ticket.snoozedUntil !== null) desk.wake()
  if (ticket.status === 'new') desk.move('in-work')
  return desk.done()
}

/** Both of one customer and not over; the other one has the more urgent priority of both. */
export function mergeTickets(
  ticket: KeptTicket,
  into: KeptTicket,
  by: By,
  setting: Setting,
): [Decision, Decision] | Refusal<SupportRefusalCode> {
  const sameCustomer =
    ticket.participantId === into.participantId ||
    (ticket.customerId !== null && ticket.customerId === into.customerId)
  if (ticket.id === into.id || !sameCustomer || !isOpen(ticket) || !isOpen(into))
    return refuse('ticket-merge-refused', { ticketId: ticket.id })
  const from = deskOf(ticket, setting, by)
  from.set({ mergedInto: into.id, status: 'closed', closedAt: new Date(setting.now), snoozedUntil: null })
  from.mark({ waitingSince: undefined, unclaimedSince: undefined })
  from.tell('merged', { into: into.id, number: into.number, from: ticket.status, to: 'closed' })
  const target = deskOf(into, setting, by)
  target.tell('absorbed', { ticketId: ticket.id, number: ticket.number })
  if (into.assigneeId === null && ticket.assigneeId !== null) {
    target.assign(ticket.assigneeId)
    if (into.status === 'new') target.move('in-work')
  }
  if (ticket.priority > into.priority) target.rank(ticket.priority)
  return [from.done(), target.done()]
}

/** Steps of a decision: each changes the ticket and says so, and a step that changes nothing says nothing. */
export function deskOf(before: KeptTicket, setting: Setting, { by, source }: By) {
  const { now, settings } = setting
  let ticket = before
  const events: NewTicketEvent[] = []
  const tell = (kind: NewTicketEvent['kind'], details: NewTicketEvent['details'] = {}, text?: string) =>
    void events.push({ kind, by, source, details, ...(text === undefined ? {} : { text }) })
  const set = (change: Partial<KeptTicket>) => void (ticket = { ...ticket, ...change })
  const mark = (change: KeptTicket['marks']) => set({ marks: { ...ticket.marks, ...change } })

  /** What the customer took is not counted against us. */
  function endWaiting(): void {
    const since = ticket.marks.waitingSince
    if (since === undefined) return
    const waited = businessMinutesBetween(setting.time, since, now)
    const due = ticket.resolutionDueAt
    set({
      waitedMinutes: ticket.waitedMinutes + waited,
      // A promise that was broken before stays broken.
      resolutionDueAt:
        due === null || due.getTime() < since
          ? due
          : dateOf(addBusinessMinutes(setting.time, due.getTime(), waited)),
    })
    mark({ waitingSince: undefined, customerRemindedAt: undefined })
  }

  function enter(status: TicketStatus): void {
    if (ticket.status === 'waiting') endWaiting()
    set({ status })
    if (status === 'waiting') mark({ waitingSince: now, customerRemindedAt: undefined })
    if (status === 'solved') set({ solvedAt: new Date(now), snoozedUntil: null })
    else if (status !== 'closed') set({ solvedAt: null })
    if (status === 'closed')
      set({ closedAt: new Date(now), solvedAt: ticket.solvedAt ?? new Date(now), snoozedUntil: null })
  }

  const desk = {
    ticket: () => ticket,
    tell,
    set,
    mark,
    move(status: TicketStatus): void {
      if (status === ticket.status) return
      const from = ticket.status
      enter(status)
      tell('status', { from, to: status })
    },
    reopen(status: TicketStatus): void {
      const from = ticket.status
      enter(status)
      set({
        reopens: ticket.reopens + 1,
        resolutionDueAt: promised(setting, now, settings.resolutionMinutes),
      })
      mark({ resolutionReminded: undefined, resolutionBreached: undefined })
      if (ticket.assigneeId === null)
        mark({ unclaimedSince: now, announced: undefined, unclaimedEscalated: undefined })
      tell('reopened', { from, to: status })
    },
    assign(to: string | null): void {
      if (to === ticket.assigneeId) return
      const from = ticket.assigneeId
      set({ assigneeId: to })
      mark(
        to === null
          ? { unclaimedSince: now, announced: undefined, unclaimedEscalated: undefined }
          : { unclaimedSince: undefined },
      )
      tell('assigned', { from, to })
    },
    rank(priority: number): void {
      if (priority === ticket.priority) return
      const from = ticket.priority
      set({ priority })
      tell('priority', { from, to: priority })
    },
    setTopic(topic: string | null): void {
      const from = ticket.topic
      set({ topic })
      tell('topic', { from, to: topic })
    },
    /** Until a moment that is still to come; anything else wakes it. */
    snooze(until: Date | null): void {
      if (until === null || until.getTime() <= now || !isOpen(ticket)) return desk.wake()
      if (ticket.snoozedUntil?.getTime() === until.getTime()) return
      set({ snoozedUntil: until })
      tell('snoozed', { until: until.toISOString() })
    },
    wake(): void {
      if (ticket.snoozedUntil === null) return
      set({ snoozedUntil: null })
      tell('woken')
    },
    done: (): Decision => ({ ticket, events }),
  }
  return desk
}

function promised({ time }: Setting, from: Instant, minutes: number | null): Date | null {
  return minutes === null ? null : dateOf(addBusinessMinutes(time, from, minutes))
}

function dateOf(at: Instant | undefined): Date | null {
  return at === undefined ? null : new Date(at)
}
