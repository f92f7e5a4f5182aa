import type { Handlers } from '../../../http/handlers.ts'
import { formatMoney } from '../../../kernel/money.ts'
import { isRefusal } from '../../../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../../../kernel/transaction.ts'
import type { Ledger } from '../../ports/ledger.ts'
import type { Projects } from '../../ports/neighbours.ts'
import type { Programs } from '../../ports/programs.ts'
import { presentProgram } from './present-program.ts'
import { readProgram } from './read-program.ts'

/** What the audit log is told. */
export type Audit = (
  transaction: Transaction,
  projectId: string,
  action: string,
  details: Record<string, unknown>,
) => Promise<void>

type Dependencies = {
  unitOfWork: UnitOfWork
  ledger: Ledger
  programs: Programs
  projects: Projects
  record: Audit
}

const PAGE = 50

export function programHandlers({
  unitOfWork,
  ledger,
  programs,
  projects,
  record,
}: Dependencies): Pick<Handlers, 'getProgram' | 'putProgram' | 'listAlerts'> {
  return {
    getProgram: async ({ caller: { projectId } }) => {
      const [program, { currency }] = await Promise.all([
        programs.current(projectId),
        projects.facts(projectId),
      ])
      return { status: 200, body: presentProgram(program, currency) }
    },

    putProgram: async ({ caller: { projectId }, body }) => {
      const { currency } = await projects.facts(projectId)
      const rules = readProgram(body, currency)
      if (isRefusal(rules)) return rules
      const program = await unitOfWork(async (transaction) => {
        const { program: published, changed } = await programs.publish(transaction, projectId, rules)
        if (changed) await record(transaction, projectId, 'program.published', { version: published.version })
        return published
      })
      return { status: 200, body: presentProgram(program, currency) }
    },

    listAlerts: async ({ caller: { projectId }, query }) => {
      const { currency } = await projects.facts(projectId)
      const { data, nextCursor } = await ledger.alerts(projectId, query.limit ?? PAGE, query.cursor)
      const alerts = data.map(({ at, details, ...alert }) => ({
        ...alert,
        details: inMoney(details, currency),
        at: at.toISOString(),
      }))
      return { status: 200, body: { data: alerts, nextCursor } }
    },
  }
}

function inMoney(details: Record<string, unknown>, currency: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) =>
      name.endsWith('Minor') && typeof value === 'number'
        ? [name.slice(0, -'Minor'.length), formatMoney(value, currency)]
        : [name, value],
    ),
  )
}
