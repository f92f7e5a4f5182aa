import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../../../kernel/transaction.ts'
import type { Ledger } from '../../ports/ledger.ts'
import type { Projects } from '../../ports/neighbours.ts'
import type { Programs } from '../../ports/programs.ts'
import type { Engine } from '../../run-engine.ts'
import { presentEntry, presentOrder, presentProgram } from './present.ts'
import { readProgram } from './read-program.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  ledger: Ledger
  programs: Programs
  projects: Projects
  engine: Engine
  record: (
    transaction: Transaction,
    projectId: string,
    action: string,
    details: Record<string, unknown>,
  ) => Promise<void>
}

type Operations = 'getProgram' | 'putProgram' | 'getOrder' | 'putOrder' | 'listEntries'

const PAGE = 50

export function loyaltyHandlers({
  unitOfWork,
  ledger,
  programs,
  projects,
  engine,
  record,
}: Dependencies): Pick<Handlers, Operations> {
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

    getOrder: async ({ caller: { projectId }, path, query }) => {
      const key = { storefront: query.storefront ?? 'api', orderId: path.orderId }
      const order = await ledger.order(projectId, key)
      return order === undefined ? refuse('order-not-found', key) : { status: 200, body: presentOrder(order) }
    },

    putOrder: async ({ caller: { projectId }, path, query }) => {
      const key = { storefront: query.storefront ?? 'api', orderId: path.orderId }
      const order = await ledger.order(projectId, key)
      if (order === undefined) return refuse('order-not-found', key)
      const outcome = (await engine.runCommand(projectId, {
        customerId: order.customerId,
        command: { kind: 'pay', ...key },
      })) as object
      if (isRefusal(outcome)) return outcome
      return { status: 200, body: presentOrder((await ledger.order(projectId, key))!) }
    },

    listEntries: async ({ caller: { projectId }, path, query }) => {
      const { currency } = await projects.facts(projectId)
      if ((await ledger.account(projectId, path.customerId)) === undefined)
        return refuse('customer-not-found')
      const before = query.cursor === undefined ? undefined : Number(query.cursor)
      if (before !== undefined && !Number.isSafeInteger(before)) return refuse('invalid-request')
      const { data, nextCursor } = await ledger.entries(
        projectId,
        path.customerId,
        query.limit ?? PAGE,
        before,
      )
      return { status: 200, body: { data: data.map((entry) => presentEntry(entry, currency)), nextCursor } }
    },
  }
}
