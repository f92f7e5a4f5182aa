import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { DAY_MS, type Instant } from '../../../kernel/clock.ts'
import { isRefusal, refuse, type Refusal } from '../../../kernel/refusal.ts'
import { startOfDay } from '../../domain/business-time.ts'
import { csv, type Cell } from '../../domain/csv.ts'
import type { SupportRefusalCode } from '../../domain/refusal-code.ts'
import type { AgentReport, SupportReport } from '../../domain/report.ts'
import type { exportTickets } from '../../export-tickets.ts'
import type { reportSupport } from '../../report-support.ts'

type Dependencies = {
  report: ReturnType<typeof reportSupport>
  exportOf: ReturnType<typeof exportTickets>
  /** Of the project. */
  now: (projectId: string) => Promise<Instant>
  timeZoneOf: (projectId: string) => Promise<string>
}

type Query = { from?: string; to?: string }
type Range = { from: Instant; to: Instant }

const USUAL_DAYS = 30

export function reportHandlers({
  report,
  exportOf,
  now,
  timeZoneOf,
}: Dependencies): Pick<Handlers, 'getSupportReport' | 'exportSupportReport' | 'exportTickets'> {
  async function rangeOf(projectId: string, query: Query): Promise<Range | Refusal<SupportRefusalCode>> {
    const timeZone = await timeZoneOf(projectId)
    const to = query.to === undefined ? await now(projectId) : momentOf(query.to, timeZone, DAY_MS)
    const from = query.from === undefined ? to - USUAL_DAYS * DAY_MS : momentOf(query.from, timeZone, 0)
    return from <= to ? { from, to } : refuse('range-invalid')
  }
  const reportOf = async (projectId: string, query: Query) => {
    const range = await rangeOf(projectId, query)
    return isRefusal(range) ? range : report(projectId, range.from, range.to)
  }

  return {
    getSupportReport: async ({ caller: { projectId }, query }) => {
      const figures = await reportOf(projectId, query)
      return isRefusal(figures) ? figures : { status: 200, body: present(figures) }
    },
    exportSupportReport: async ({ caller: { projectId }, query }) => {
      const figures = await reportOf(projectId, query)
      return isRefusal(figures) ? figures : { status: 200, body: csv(HEAD, figures.agents.map(lineOf)) }
    },
    exportTickets: async ({ caller: { projectId }, query }) => {
      const range = await rangeOf(projectId, query)
      if (isRefusal(range)) return range
      return { status: 200, body: await exportOf(projectId, range.from, range.to, query.messages === true) }
    },
  }
}

/** A day is meant by the shop's calendar: from where it begins, or to where the next one does. */
function momentOf(said: string, timeZone: string, afterMs: number): Instant {
  if (said.length > 'yyyy-mm-dd'.length) return Date.parse(said)
  return startOfDay(timeZone, new Date(Date.parse(said) + afterMs).toISOString().slice(0, 10))
}

function present(report: SupportReport): components['schemas']['SupportReport'] {
  return { ...report, from: new Date(report.from).toISOString(), to: new Date(report.to).toISOString() }
}

const HEAD = [
  ...['agentId', 'name', 'open', 'taken', 'answered', 'solved', 'reopened', 'reopenRate'],
  ...['firstAnswers', 'firstAnswerP50Minutes', 'firstAnswerP90Minutes'],
  ...['resolutions', 'resolutionP50Minutes', 'resolutionP90Minutes', 'promisesKept', 'rating'],
]

function lineOf({ firstAnswer, resolution, ...agent }: AgentReport): Cell[] {
  const { agentId, name, open, taken, answered, solved, reopened, reopenRate, promisesKept, rating } = agent
  return [
    ...[agentId, name, open, taken, answered, solved, reopened, reopenRate],
    ...[firstAnswer.count, firstAnswer.p50Minutes, firstAnswer.p90Minutes],
    ...[resolution.count, resolution.p50Minutes, resolution.p90Minutes, promisesKept, rating],
  ]
}
