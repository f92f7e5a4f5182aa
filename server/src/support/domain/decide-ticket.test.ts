import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../kernel/clock.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import {
  agentAnswered,
  canGoOn,
  changeTicket,
  customerWrote,
  isOpen,
  mergeTickets,
  openTicket,
  takeTicket,
} from './decide-ticket.ts'
import type { Decision, KeptTicket, Setting } from './kept-ticket.ts'
import { subjectOf } from './subject-of.ts'
import { FIRST_SUPPORT_SETTINGS, readSupportSettings, type SupportSettings } from './support-settings.ts'
import { agendaOf, nextLookOf, tickTicket } from './tick-ticket.ts'
import type { TicketChange, TicketStatus } from './ticket.ts'

type By = Parameters<typeof changeTicket>[2]

const MINUTE = 60_000
const START = Date.parse('2026-03-02T09:00:00Z')
const setting = (now = START, settings: Partial<SupportSettings> = {}): Setting => ({
  settings: { ...FIRST_SUPPORT_SETTINGS, ...settings },
  time: { hours: null, timeZone: 'UTC' },
  now,
})
const BOARD = (id = 'olga') => ({ by: { kind: 'agent' as const, id }, source: 'board' as const })

function opened(more: Partial<Parameters<typeof openTicket>[0]> = {}, by = setting()): KeptTicket {
  return openTicket(
    {
      ...{ id: 'tic_1', projectId: 'p', conversationId: 'c', participantId: 'anna', customerId: null },
      ...{ channel: 'telegram', text: 'Where is it?', topic: null, isVip: false, previousTicketId: null },
      ...more,
    },
    by,
  ).ticket
}
const told = (decision: Decision) => decision.events.map(({ kind }) => kind).join(' ')
const sure = <T extends object>(outcome: T) => {
  if (isRefusal(outcome)) throw new Error(`It was refused: ${outcome.refused}`)
  return outcome as Exclude<T, { refused: string }>
}
const changed = (ticket: KeptTicket, change: TicketChange, at = setting(), by: By = BOARD()) =>
  sure(changeTicket(ticket, change, by, at))

/** A ticket in a status, with an agent or without. */
function standing(status: TicketStatus, assigneeId: string | null = null): KeptTicket {
  const ticket = assigneeId === null ? opened() : sure(takeTicket(opened(), undefined, assigneeId, 'board', setting())).ticket // prettier-ignore
  const owner = { by: { kind: 'owner' as const, id: null }, source: 'api' as const }
  return changed(ticket, { status, assigneeId }, setting(), owner).ticket
}

describe('what happens in each status', () => {
  const customer = (ticket: KeptTicket) => customerWrote(ticket, setting(START + MINUTE))
  const answer = (ticket: KeptTicket) => agentAnswered(ticket, 'timur', setting(START + MINUTE))

  it.each([
    // the customer writes
    [customer, 'new', null, 'new', null, ''],
    [customer, 'in-work', 'olga', 'in-work', 'olga', ''],
    [customer, 'waiting', 'olga', 'in-work', 'olga', 'status'],
    [customer, 'waiting', null, 'new', null, 'status'],
    [customer, 'solved', 'olga', 'in-work', 'olga', 'reopened'],
    [customer, 'solved', null, 'new', null, 'reopened'],
    // an agent answers
    [answer, 'new', null, 'waiting', 'timur', 'assigned status'],
    [answer, 'in-work', 'olga', 'waiting', 'olga', 'status'],
    [answer, 'waiting', 'olga', 'waiting', 'olga', ''],
    [answer, 'solved', 'olga', 'solved', 'olga', ''],
    [answer, 'closed', 'olga', 'closed', 'olga', ''],
  ] as const)('%o: %s of %s becomes %s of %s (%s)', (happens, status, of, to, whose, events) => {
    const decision = happens(standing(status, of))
    expect(decision.ticket).toMatchObject({ status: to, assigneeId: whose })
    expect(told(decision)).toBe(events)
  })

  it.each([
    ['pulled by moving', 'new', null, { status: 'in-work' }, 'in-work', 'olga'],
    ['pulled by assigning', 'new', null, { assigneeId: 'olga' }, 'in-work', 'olga'],
    ['moved back to new', 'in-work', 'olga', { status: 'new' }, 'new', null],
    ['given back', 'in-work', 'olga', { assigneeId: null }, 'new', null],
    ['given to another', 'waiting', 'olga', { assigneeId: 'timur' }, 'waiting', 'timur'],
    ['solved', 'in-work', 'olga', { status: 'solved' }, 'solved', 'olga'],
    ['taken up again', 'solved', 'olga', { status: 'in-work' }, 'in-work', 'olga'],
    ['moved and given at once', 'new', null, { status: 'waiting', assigneeId: 'timur' }, 'waiting', 'timur'],
  ] as const)('%s', (_, status, of, change, to, whose) => {
    const { ticket } = changed(standing(status, of), change)
    expect(ticket).toMatchObject({ status: to, assigneeId: whose })
    expect(ticket.solvedAt === null).toBe(to !== 'solved')
    expect(ticket.reopens).toBe(0)
  })

  it('what is closed changes no more, and is taken by nobody', () => {
    const closed = standing('closed', 'olga')
    expect(changeTicket(closed, { priority: 3 }, BOARD(), setting())).toMatchObject({
      refused: 'ticket-closed',
    })
    expect(takeTicket(closed, undefined, 'olga', 'board', setting())).toMatchObject({
      refused: 'ticket-closed',
    })
    expect(canGoOn(closed, setting())).toBe(false)
  })

  it('another’s is not taken, unless that one has left the team; one’s own is taken again without a word', () => {
    const hers = standing('in-work', 'olga')
    const olga = { id: 'olga', name: 'Olga' }
    expect(takeTicket(hers, olga, 'timur', 'board', setting())).toMatchObject({ refused: 'ticket-taken', details: { agentName: 'Olga' } }) // prettier-ignore
    expect(told(sure(takeTicket(hers, olga, 'olga', 'board', setting())))).toBe('')
    expect(sure(takeTicket(hers, undefined, 'timur', 'board', setting())).ticket.assigneeId).toBe('timur')
  })

  it('goes on for as many days as it may be opened again, and not a moment longer', () => {
    const solved = standing('solved', 'olga')
    expect(canGoOn(solved, setting(START + 7 * DAY_MS - 1))).toBe(true)
    expect(canGoOn(solved, setting(START + 7 * DAY_MS))).toBe(false)
    expect(canGoOn(solved, setting(START, { reopenDays: 0 }))).toBe(false)
  })

  it('is put aside until a moment to come, and woken by whoever writes', () => {
    const until = new Date(START + DAY_MS)
    const { ticket } = changed(standing('in-work', 'olga'), { snoozedUntil: until })
    expect(ticket.snoozedUntil).toEqual(until)
    expect(told(customerWrote(ticket, setting()))).toBe('woken')
    expect(told(agentAnswered(ticket, 'olga', setting()))).toBe('woken status')
    expect(told(changed(ticket, { snoozedUntil: new Date(START - 1) }))).toBe('woken')
    expect(told(changed(ticket, { snoozedUntil: until }))).toBe('')
    expect(changed(ticket, { status: 'solved' }).ticket.snoozedUntil).toBeNull()
  })

  it('becomes part of an open one of the same customer, with its agent and its urgency', () => {
    const [one, other] = [
      changed(standing('in-work', 'olga'), { priority: 3 }).ticket,
      { ...opened(), id: 'tic_2', number: 2 },
    ]
    const [from, into] = sure(mergeTickets(one, other, BOARD(), setting()))
    expect(from.ticket).toMatchObject({ status: 'closed', mergedInto: 'tic_2' })
    expect(into.ticket).toMatchObject({ status: 'in-work', assigneeId: 'olga', priority: 3 })
    expect([told(from), told(into)]).toEqual(['merged', 'absorbed assigned status priority'])
    const stranger = { ...other, participantId: 'boris' }
    for (const [left, right] of [
      [one, one],
      [one, stranger],
      [one, { ...other, status: 'solved' }],
      [standing('closed'), other],
    ] as const)
      // prettier-ignore
      expect(mergeTickets(left, right, BOARD(), setting())).toMatchObject({ refused: 'ticket-merge-refused' })
    const same = { customerId: 'cus' }
    expect(mergeTickets({ ...one, ...same }, { ...stranger, ...same }, BOARD(), setting())).toHaveLength(2)
  })
})

describe('how a ticket begins', () => {
  const topics = sure(readSupportSettings({ topics: [{ key: 'returns', title: { en: 'Returns' }, priority: 2, assigneeId: 'olga' }] })).topics // prettier-ignore

  it('has the agent and the priority of its topic, the higher one of somebody important', () => {
    expect(opened({ topic: 'returns' }, setting(START, { topics }))).toMatchObject({ topic: 'returns', assigneeId: 'olga', priority: 2, status: 'new', marks: {} }) // prettier-ignore
    expect(opened({ topic: 'returns', isVip: true }, setting(START, { topics }))).toMatchObject({
      priority: 3,
    })
    expect(opened({ topic: 'unheard-of' })).toMatchObject({ topic: null, assigneeId: null, priority: 1 })
  })

  it('promises an answer and a solution', () => {
    expect(opened()).toMatchObject({ firstAnswerDueAt: new Date(START + 60 * MINUTE), resolutionDueAt: new Date(START + 1_440 * MINUTE) }) // prettier-ignore
    expect(opened({}, setting(START, { firstAnswerMinutes: null, resolutionMinutes: null }))).toMatchObject({ firstAnswerDueAt: null, resolutionDueAt: null }) // prettier-ignore
  })

  it('a topic that is set later brings its agent and its urgency too, unless somebody has it', () => {
    const at = setting(START, { topics })
    expect(changed(opened(), { topic: 'returns' }, at).ticket).toMatchObject({ topic: 'returns', assigneeId: 'olga', priority: 2 }) // prettier-ignore
    expect(changed(standing('in-work', 'timur'), { topic: 'returns' }, at).ticket.assigneeId).toBe('timur')
    expect(changeTicket(opened(), { topic: 'x' }, BOARD(), at)).toMatchObject({ refused: 'topic-unknown' })
  })

  it.each([
    ['  two\n\nlines \t', 'two lines'],
    ['* a task', 'a task'],
    ['# * title', 'title'],
    ['a\u202egnp.exe\u0000b\u200b', 'a gnp.exe b'],
    ['', ''],
    ['#5 is broken', '#5 is broken'],
    [`${'слово '.repeat(40)}`, `${'слово '.repeat(16).trim()}…`],
    ['ж'.repeat(200), `${'ж'.repeat(99)}…`],
    ['👩‍🚀'.repeat(80), expect.stringMatching(/…$/)],
  ])('%j is called %j', (text, subject) => {
    expect(subjectOf(text)).toEqual(subject)
    expect([...subjectOf(text)].length).toBeLessThanOrEqual(100)
  })
})

describe('the clock', () => {
  const passes = (ticket: KeptTicket, minutes: number, settings: Partial<SupportSettings> = {}) =>
    tickTicket(ticket, setting(START + minutes * MINUTE, settings))

  it('reminds, escalates once, and forgets what it was too late for', () => {
    const taken = standing('in-work', 'olga')
    expect(told(passes(taken, 49))).toBe('')
    const reminded = passes(taken, 50)
    expect(reminded.events).toMatchObject([{ kind: 'reminded', details: { whom: 'agent', agentId: 'olga', promise: 'first-answer' } }]) // prettier-ignore
    expect(told(passes(reminded.ticket, 59))).toBe('')
    const breached = passes(reminded.ticket, 60)
    expect(told(breached)).toBe('breached escalated')
    expect(breached.ticket.priority).toBe(4)
    expect(told(passes(breached.ticket, 61))).toBe('')
    // It was away meanwhile.
    expect(told(passes(taken, 100))).toBe('breached escalated')
    expect(told(passes(taken, 5_000))).toBe('breached escalated breached escalated')
  })

  it('announces what nobody takes again, then escalates it', () => {
    expect(told(passes(opened(), 14))).toBe('')
    const announced = passes(opened(), 15)
    expect(told(announced)).toBe('announced')
    expect(told(passes(announced.ticket, 29))).toBe('')
    const escalated = passes(announced.ticket, 30, { leadAgentId: 'boss' })
    expect(escalated.events).toMatchObject([
      { kind: 'escalated', details: { why: 'unclaimed', leadAgentId: 'boss' } },
    ])
    expect(told(passes(opened(), 31))).toBe('escalated')
    expect(told(passes(opened(), 31, { unclaimedMinutes: null }))).toBe('')
    expect(told(passes(standing('in-work', 'olga'), 31))).toBe('')
  })

  it('leaves what waits for the customer to its own pace, however late it comes', () => {
    const waiting = agentAnswered(opened(), 'olga', setting()).ticket
    const days = 1_440
    expect(told(passes(waiting, 3 * days - 1))).toBe('')
    const reminded = passes(waiting, 20 * days)
    expect(reminded.events).toMatchObject([{ kind: 'reminded', details: { whom: 'customer' } }])
    expect(told(passes(reminded.ticket, 24 * days - 1))).toBe('')
    const solved = passes(reminded.ticket, 24 * days)
    expect(solved.events).toMatchObject([
      { kind: 'status', details: { to: 'solved' }, by: { kind: 'clock' } },
    ])
    expect(told(passes(solved.ticket, 31 * days))).toBe('status')
    expect(passes(solved.ticket, 31 * days).ticket.status).toBe('closed')
    expect(told(passes(waiting, 4 * days, { reminderDays: null }))).toBe('status')
    expect(told(passes(waiting, 99 * days, { reminderDays: null, autoCloseDays: null }))).toBe('')
  })

  it('does not count what the customer took', () => {
    const waiting = agentAnswered(opened(), 'olga', setting(START + 10 * MINUTE)).ticket
    const back = customerWrote(waiting, setting(START + 2_010 * MINUTE)).ticket
    expect(back.resolutionDueAt).toEqual(new Date(START + 3_440 * MINUTE))
    expect(back.waitedMinutes).toBe(2_000)
    expect(told(passes(back, 3_439))).toBe('reminded')
    expect(told(passes(back, 3_440))).toBe('breached escalated')
  })

  it('wakes what was put aside, and only then looks at its promises', () => {
    const aside = changed(standing('in-work', 'olga'), { snoozedUntil: new Date(START + 2 * DAY_MS) }).ticket
    expect(told(passes(aside, 2_000))).toBe('')
    expect(told(passes(aside, 2_880))).toBe('woken breached escalated breached escalated')
  })

  it('never leaves anything undone, and does nothing twice', () => {
    let seed = 11
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const agents = ['olga', 'timur', null] as const
    const statuses = ['new', 'in-work', 'waiting', 'solved', 'closed'] as const
    for (let history = 0; history < 400; history++) {
      let now = START
      let ticket = opened()
      for (let step = 0; step < 25; step++) {
        now += random(3) * random(3_000) * MINUTE
        const at = setting(now)
        const before = ticket
        const agent = agents[random(2)] ?? 'olga'
        const outcomes: (() => object)[] = [
          () => (canGoOn(ticket, at) ? customerWrote(ticket, at) : { ticket, events: [] }),
          () => agentAnswered(ticket, agent, at),
          () => takeTicket(ticket, ticket.assigneeId === null ? undefined : { id: ticket.assigneeId, name: '' }, agent, 'api', at), // prettier-ignore
          () => changeTicket(ticket, { status: statuses[random(4 + random(2))]! }, BOARD(agent), at),
          () => changeTicket(ticket, { assigneeId: agents[random(3)]! }, BOARD(agent), at),
          () =>
            changeTicket(ticket, { snoozedUntil: new Date(now + (random(5) - 1) * 9_999_999) }, BOARD(), at),
          () => tickTicket(ticket, at),
        ]
        const outcome = outcomes[random(outcomes.length)]!() as Decision
        if (isRefusal(outcome)) continue
        ticket = outcome.ticket
        // Whatever changed was said, and what is over stays over.
        if (before.status !== ticket.status) expect(outcome.events.length).toBeGreaterThan(0)
        if (before.status === 'closed') expect(ticket.status).toBe('closed')
        expect(ticket.status === 'in-work' && ticket.assigneeId === null && before.assigneeId !== null).toBe(
          false,
        )
        expect(ticket.marks.waitingSince !== undefined).toBe(ticket.status === 'waiting')
        expect(ticket.solvedAt !== null).toBe(!isOpen(ticket))
        expect(ticket.marks.unclaimedSince === undefined || ticket.assigneeId === null).toBe(true)
        const ticked = tickTicket(ticket, at).ticket
        expect(agendaOf(ticked, at).filter(({ at: due }) => due <= now)).toEqual([])
        expect(tickTicket(ticked, at).events).toEqual([])
        expect(nextLookOf(ticked, at)?.getTime() ?? Infinity).toBeGreaterThan(now)
      }
    }
  })
})
