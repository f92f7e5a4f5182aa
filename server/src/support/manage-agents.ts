import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { Agent, AgentChange, AgentRefusalCode } from './domain/agent.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { Audit, Participants } from './ports/neighbours.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  agents: AgentStore
  participants: Participants
  record: Audit
  newId: () => string
  newToken: () => string
  /** After a change in this process: what a token opened a moment ago it must not open now, and others have to look anew. */
  onChanged: (projectId: string) => void
}

type Wanted = Pick<Agent, 'name' | 'todoistUserId' | 'telegramId'>
type WithToken = Agent & { token: string }
type Refused = Refusal<AgentRefusalCode>

/** The support team. An agent and the participant that it speaks as come and change together. */
export function manageAgents({
  unitOfWork,
  agents,
  participants,
  record,
  newId,
  newToken,
  onChanged,
}: Dependencies) {
  async function done<T>(projectId: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const outcome = await unitOfWork(work)
    onChanged(projectId)
    return outcome
  }
  const missing = (agentId: string): Refused => refuse('agent-not-found', { agentId })

  /** Whoever writes on the board, or presses in Telegram, must be one of them and no other. */
  async function takenBy(
    transaction: Transaction,
    projectId: string,
    change: AgentChange,
    agentId: string,
  ): Promise<Refused | undefined> {
    const holder = await agents.holderOf(transaction, projectId, change, agentId)
    if (holder === undefined) return undefined
    const isTodoist = change.todoistUserId != null && holder.todoistUserId === change.todoistUserId
    const field = isTodoist ? 'todoistUserId' : 'telegramId'
    return refuse('agent-id-taken', { field, agentName: holder.name, agentId: holder.id })
  }

  return {
    create: (projectId: string, wanted: Wanted): Promise<WithToken | Refused> =>
      done(projectId, async (transaction) => {
        const [agentId, token] = [newId(), newToken()]
        const taken = await takenBy(transaction, projectId, wanted, agentId)
        if (taken !== undefined) return taken
        const { id: participantId } = await participants.ofAgent(transaction, projectId, {
          agentId,
          name: wanted.name,
        })
        const agent = await agents.insert(transaction, projectId, { ...wanted, id: agentId, participantId })
        await agents.setToken(transaction, projectId, agentId, token)
        await record(transaction, projectId, 'agent.created', { agentId })
        return { ...agent, token }
      }),

    update: (projectId: string, agentId: string, change: AgentChange): Promise<Agent | Refused> =>
      done(projectId, async (transaction) => {
        const taken = await takenBy(transaction, projectId, change, agentId)
        if (taken !== undefined) return taken
        const agent = await agents.update(transaction, projectId, agentId, change)
        if (agent === undefined) return missing(agentId)
        const { name } = agent
        if (change.name !== undefined) await participants.ofAgent(transaction, projectId, { agentId, name })
        await record(transaction, projectId, 'agent.updated', { agentId, changed: Object.keys(change) })
        return agent
      }),

    remove: (projectId: string, agentId: string): Promise<Refused | undefined> =>
      done(projectId, async (transaction) => {
        if (!(await agents.remove(transaction, projectId, agentId))) return missing(agentId)
        await record(transaction, projectId, 'agent.removed', { agentId })
        return undefined
      }),

    /** The older one ends at once. */
    rotateToken: (projectId: string, agentId: string): Promise<WithToken | Refused> =>
      done(projectId, async (transaction) => {
        // Changing nothing holds the row, so that it is not removed meanwhile.
        const agent = await agents.update(transaction, projectId, agentId, {})
        if (agent === undefined) return missing(agentId)
        const token = newToken()
        await agents.setToken(transaction, projectId, agentId, token)
        await record(transaction, projectId, 'agent.token-rotated', { agentId })
        return { ...agent, token }
      }),
  }
}
