import type { Instant } from '../../kernel/clock.ts'
import { businessMinutesBetween, type BusinessTime } from './business-time.ts'
import type { TicketStatus } from './ticket.ts'

/** What a report needs to know of a ticket. */
export type ReportedTicket = {
  status: TicketStatus
  topic: string | null
  assigneeId: string | null
  merged: boolean
  openedAt: Date
  firstAnswerAt: Date | null
  firstAnswerBy: string | null
  firstAnswerDueAt: Date | null
  resolutionDueAt: Date | null
  solvedAt: Date | null
  waitedMinutes: number
  reopens: number
  score: number | null
  firstBreached: boolean
  resolutionBreached: boolean
  takenBy: readonly string[]
  /** Agent → messages. */
  answers: Readonly<Record<string, number>>
}

export type Spread = { count: number; p50Minutes: number | null; p90Minutes: number | null }

export type AgentReport = {
  agentId: string
  name: string
  open: number
  taken: number
  answered: number
  solved: number
  reopened: number
  reopenRate: number | null
  firstAnswer: Spread
  resolution: Spread
  promisesKept: number | null
  rating: number | null
}

export type SupportReport = {
  from: Instant
  to: Instant
  opened: number
  solved: number
  reopened: number
  reopenRate: number | null
  firstAnswer: Spread
  resolution: Spread
  promises: { firstAnswerKept: number | null; resolutionKept: number | null }
  rating: { count: number; average: number | null }
  byStatus: Record<string, number>
  byTopic: Record<string, number>
  agents: AgentReport[]
}

/** A sum of what happened; of the tickets themselves only minutes are kept. */
function tally() {
  const first: number[] = []
  const resolution: number[] = []
  const kept = { first: 0, firstOf: 0, resolution: 0, resolutionOf: 0 }
  return {
    first,
    resolution,
    kept,
    taken: 0,
    answered: 0,
    solved: 0,
    reopened: 0,
    cameBack: 0,
    score: 0,
    votes: 0,
  }
}
type Tally = ReturnType<typeof tally>

/** Takes tickets one by one, and says what they come to. */
export function supportReport(time: BusinessTime, from: Instant, to: Instant) {
  const all = tally()
  const agents = new Map<string, Tally>()
  const byStatus: Record<string, number> = {}
  const byTopic: Record<string, number> = {}
  let opened = 0
  const of = (agentId: string): Tally => {
    const known = agents.get(agentId) ?? tally()
    agents.set(agentId, known)
    return known
  }

  function add(ticket: ReportedTicket): void {
    opened++
    byStatus[ticket.status] = (byStatus[ticket.status] ?? 0) + 1
    const topic = ticket.topic ?? 'none'
    byTopic[topic] = (byTopic[topic] ?? 0) + 1
    for (const agentId of ticket.takenBy) of(agentId).taken++
    for (const [agentId, messages] of Object.entries(ticket.answers)) of(agentId).answered += messages
    const owner = ticket.assigneeId === null ? [all] : [all, of(ticket.assigneeId)]
    const answerer = ticket.firstAnswerBy === null ? [all] : [all, of(ticket.firstAnswerBy)]
    const { openedAt, firstAnswerAt, firstAnswerDueAt, solvedAt, resolutionDueAt } = ticket
    if (firstAnswerAt !== null) {
      const minutes = businessMinutesBetween(time, openedAt.getTime(), firstAnswerAt.getTime())
      for (const one of answerer) one.first.push(minutes)
    }
    if (firstAnswerDueAt !== null && (firstAnswerAt !== null || ticket.firstBreached)) {
      const isKept = firstAnswerAt !== null && firstAnswerAt <= firstAnswerDueAt
      for (const one of firstAnswerAt === null ? owner : answerer) {
        one.kept.firstOf++
        if (isKept) one.kept.first++
      }
    }
    // Its other half is counted where it went on.
    if (ticket.merged) return
    for (const one of owner) {
      if (ticket.reopens > 0) one.reopened++
      if (solvedAt !== null && ticket.reopens > 0) one.cameBack++
      if (ticket.score !== null) {
        one.votes++
        one.score += ticket.score
      }
      if (solvedAt !== null) {
        one.solved++
        const minutes = businessMinutesBetween(time, openedAt.getTime(), solvedAt.getTime())
        one.resolution.push(Math.max(0, minutes - ticket.waitedMinutes))
      }
      if (resolutionDueAt !== null && (solvedAt !== null || ticket.resolutionBreached)) {
        one.kept.resolutionOf++
        if (!ticket.resolutionBreached && solvedAt !== null && solvedAt <= resolutionDueAt)
          one.kept.resolution++
      }
    }
  }

  function done(
    team: readonly { id: string; name: string }[],
    loads: ReadonlyMap<string, number>,
  ): SupportReport {
    const { kept } = all
    return {
      ...{ from, to, opened, solved: all.solved, reopened: all.reopened },
      reopenRate: share(all.cameBack, all.solved),
      firstAnswer: spread(all.first),
      resolution: spread(all.resolution),
      promises: {
        firstAnswerKept: share(kept.first, kept.firstOf),
        resolutionKept: share(kept.resolution, kept.resolutionOf),
      },
      rating: { count: all.votes, average: share(all.score, all.votes) },
      byStatus,
      byTopic,
      agents: team.map(({ id, name }) => ofAgent(id, name, loads.get(id) ?? 0, agents.get(id) ?? tally())),
    }
  }

  return { add, done, hasWorked: (agentId: string) => agents.has(agentId) }
}

function ofAgent(agentId: string, name: string, open: number, sum: Tally): AgentReport {
  const { taken, answered, solved, reopened, kept } = sum
  return {
    ...{ agentId, name, open, taken, answered, solved, reopened },
    reopenRate: share(sum.cameBack, solved),
    firstAnswer: spread(sum.first),
    resolution: spread(sum.resolution),
    promisesKept: share(kept.first + kept.resolution, kept.firstOf + kept.resolutionOf),
    rating: share(sum.score, sum.votes),
  }
}

function spread(minutes: number[]): Spread {
  const sorted = [...minutes].sort((left, right) => left - right)
  return { count: sorted.length, p50Minutes: percentile(sorted, 0.5), p90Minutes: percentile(sorted, 0.9) }
}

/** The nearest one that so many are not above. */
function percentile(sorted: readonly number[], part: number): number | null {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)]
  return value === undefined ? null : round(value)
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : round(part / whole)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
