import type { Admission } from '../http/admission.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Locale } from '../kernel/locale.ts'
import { remember } from '../kernel/remember.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import { agentGuard } from './adapters/http/agent-guard.ts'
import { agentHandlers } from './adapters/http/agent-handlers.ts'
import { newAgentToken } from './adapters/new-agent-token.ts'
import { postgresAgents } from './adapters/postgres/postgres-agents.ts'
import { manageAgents } from './manage-agents.ts'
import type { Audit, Participants } from './ports/neighbours.ts'

type Dependencies = {
  sql: Sql
  lookUps: Sql
  unitOfWork: UnitOfWork
  newId: NewId
  participants: Participants
  record: Audit
  shopOf: (projectId: string) => Promise<{ status: 'active' | 'paused'; locale: Locale }>
  admission: Admission
}

const FRESH_MS = 1_000

export type Support = ReturnType<typeof composeSupport>

export function composeSupport({
  sql,
  lookUps,
  unitOfWork,
  newId,
  participants,
  record,
  shopOf,
  admission,
}: Dependencies) {
  const agents = postgresAgents({ sql, lookUps })
  const agentOf = remember(agents.findByToken, { forMs: FRESH_MS })
  const isActive = remember(
    async (key) => {
      const [projectId, agentId] = key.split(' ')
      return (await agents.find(projectId!, agentId!))?.active === true
    },
    { forMs: FRESH_MS },
  )
  const manage = manageAgents({
    unitOfWork,
    agents,
    participants,
    record,
    newId: () => newId('agent'),
    newToken: newAgentToken,
    forget: () => {
      agentOf.forget()
      isActive.forget()
    },
  })
  return {
    handlers: agentHandlers({ agents, manage }),
    guards: { agentToken: agentGuard({ agentOf, shopOf, admission }) },
    isActiveAgent: (projectId: string, agentId: string) => isActive(`${projectId} ${agentId}`),
  }
}
