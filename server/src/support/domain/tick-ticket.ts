import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import { addBusinessMinutes } from './business-time.ts'
import { deskOf, isOpen } from './decide-ticket.ts'
import { CLOCK, type Decision, type KeptTicket, type Setting } from './kept-ticket.ts'

type Act =
  | 'wake'
  | 'breach-first'
  | 'breach-resolution'
  | 'escalate-unclaimed'
  | 'remind-first'
  | 'remind-resolution'
  | 'announce'
  | 'remind-customer'
  | 'solve'
  | 'close'

type Due = { at: Instant; act: Act }

const MINUTE_MS = 60_000
const URGENT = 4
// Each act ends itself, so a ticket has fewer of them at once than there are.
const MOST_ACTS = 12

/** What the clock still has to do with a ticket, unless something else happens before. */
export function agendaOf(ticket: KeptTicket, { settings, time }: Setting): Due[] {
  const { status, marks, snoozedUntil } = ticket
  const agenda: Due[] = []
  const plan = (at: Instant | undefined, act: Act, isDone: boolean | undefined = false) => {
    if (!isDone && at !== undefined) agenda.push({ at, act })
  }
  if (status === 'solved') plan(ticket.solvedAt!.getTime() + settings.reopenDays * DAY_MS, 'close')
  if (!isOpen(ticket)) return agenda
  // Somebody said that nothing is to be done until then.
  if (snoozedUntil !== null) return [{ at: snoozedUntil.getTime(), act: 'wake' }]
  const beforeMs = settings.remindBeforeMinutes * MINUTE_MS
  const first = ticket.firstAnswerAt === null ? ticket.firstAnswerDueAt?.getTime() : undefined
  plan(first, 'breach-first', marks.firstBreached)
  if (first !== undefined && beforeMs > 0 && !marks.firstBreached)
    plan(first - beforeMs, 'remind-first', marks.firstReminded)
  if (status === 'waiting') {
    const since = marks.waitingSince!
    const { reminderDays, autoCloseDays } = settings
    const reminded = reminderDays === null ? since : marks.customerRemindedAt
    if (reminderDays !== null) plan(since + reminderDays * DAY_MS, 'remind-customer', reminded !== undefined)
    if (autoCloseDays !== null && reminded !== undefined) plan(reminded + autoCloseDays * DAY_MS, 'solve')
    return agenda
  }
  const resolution = ticket.resolutionDueAt?.getTime()
  plan(resolution, 'breach-resolution', marks.resolutionBreached)
  if (resolution !== undefined && beforeMs > 0 && !marks.resolutionBreached)
    plan(resolution - beforeMs, 'remind-resolution', marks.resolutionReminded)
  const { unclaimedSince } = marks
  if (unclaimedSince !== undefined && settings.unclaimedMinutes !== null && !marks.unclaimedEscalated) {
    const after = (times: number) =>
      addBusinessMinutes(time, unclaimedSince, settings.unclaimedMinutes! * times)
    plan(after(2), 'escalate-unclaimed')
    plan(after(1), 'announce', marks.announced)
  }
  return agenda
}

/** When to look at it again. */
export function nextLookOf(ticket: KeptTicket, setting: Setting): Date | null {
  const moments = agendaOf(ticket, setting).map(({ at }) => at)
  return moments.length === 0 ? null : new Date(Math.min(...moments))
}

/**
 * Does everything that is due, each thing once, however late it comes: what a later thing has overtaken is left out, so that
 * nobody is reminded of a promise that is broken already.
 */
export function tickTicket(before: KeptTicket, setting: Setting): Decision {
  const { now, settings } = setting
  const desk = deskOf(before, setting, CLOCK)
  const escalate = (why: string) => {
    const { priority: from } = desk.ticket()
    desk.set({ priority: Math.max(from, URGENT) })
    desk.tell('escalated', { why, leadAgentId: settings.leadAgentId, from, to: URGENT })
  }
  const breach = (promise: 'first-answer' | 'resolution', dueAt: Date) => {
    desk.tell('breached', { promise, dueAt: dueAt.toISOString() })
    escalate(promise)
  }
  const remind = (promise: 'first-answer' | 'resolution', dueAt: Date) =>
    desk.tell('reminded', {
      whom: 'agent',
      agentId: desk.ticket().assigneeId,
      promise,
      dueAt: dueAt.toISOString(),
    })
  const acts: Record<Act, () => void> = {
    wake: desk.wake,
    'breach-first': () => {
      desk.mark({ firstBreached: true, firstReminded: true })
      breach('first-answer', desk.ticket().firstAnswerDueAt!)
    },
    'breach-resolution': () => {
      desk.mark({ resolutionBreached: true, resolutionReminded: true })
      breach('resolution', desk.ticket().resolutionDueAt!)
    },
    'escalate-unclaimed': () => {
      desk.mark({ unclaimedEscalated: true, announced: true })
      escalate('unclaimed')
    },
    'remind-first': () => {
      desk.mark({ firstReminded: true })
      remind('first-answer', desk.ticket().firstAnswerDueAt!)
    },
    'remind-resolution': () => {
      desk.mark({ resolutionReminded: true })
      remind('resolution', desk.ticket().resolutionDueAt!)
    },
    announce: () => {
      desk.mark({ announced: true })
      desk.tell('announced', { times: 2 })
    },
    'remind-customer': () => {
      desk.mark({ customerRemindedAt: now })
      desk.tell('reminded', { whom: 'customer' })
    },
    solve: () => desk.move('solved'),
    close: () => desk.move('closed'),
  }
  for (let done = 0; done < MOST_ACTS; done++) {
    // The acts of the agenda stand in the order of their weight: a breach before its reminder.
    const next = agendaOf(desk.ticket(), setting).find(({ at }) => at <= now)
    if (next === undefined) break
    acts[next.act]()
  }
  return desk.done()
}
