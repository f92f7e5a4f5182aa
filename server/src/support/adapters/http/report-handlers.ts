import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { DAY_MS, type Instant } from '../../../kernel/clock.ts'
import { csv, type Cell } from '../../domain/csv.ts'
import type { AgentReport, SupportReport } from '../../domain/report.ts'
import type { exportTickets } from '../../export-tickets.ts'
import type { reportSupport } from '../../report-support.ts'

type Dependencies = {
  report: ReturnType<typeof reportSupport>
  exportOf: ReturnType<typeof exportTickets>
  /** Of the project. */
  now: (projectId: string) => Promise<Instant>
}

const USUAL_DAYS = 30

export function reportHandlers({
  report,
  exportOf,
  now,
}: Dependencies): Pick<Handlers, 'getSupportReport' | 'exportSupportReport' | 'exportTickets'> {
  async function rangeOf(projectId: string, query: { from?: string; to?: string }) {
    const to = query.to === undefined ? await now(projectId) : Date.parse(query.to)
    return { from: query.from === undefined ? to - USUAL_DAYS * DAY_MS : Date.parse(query.from), to }
  }
  const reportOf = async (projectId: string, query: { from?: string; to?: string }) => {
    const { from, to } = await rangeOf(projectId, query)
    return report(projectId, from, to)
  }

  return {
    getSupportReport: async ({ caller: { projectId }, query }) => ({
      status: 200,
      body: present(await reportOf(projectId, query)),
    }),
    exportSupportReport: async ({ caller: { projectId }, query }) => ({
      status: 200,
      body: csv(HEAD, (await reportOf(projectId, query)).agents.map(lineOf)),
    }),
    exportTickets: async ({ caller: { projectId }, query }) => {
      const { from, to } = await rangeOf(projectId, query)
      return { status: 200, body: await exportOf(projectId, from, to, query.messages === true) }
    },
  }
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
