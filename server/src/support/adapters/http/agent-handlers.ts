import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import type { Agent } from '../../domain/agent.ts'
import type { manageAgents } from '../../manage-agents.ts'
import type { AgentStore } from '../../ports/agent-store.ts'

type Operations =
  'listAgents' | 'createAgent' | 'getAgent' | 'updateAgent' | 'deleteAgent' | 'rotateAgentToken'

type Dependencies = { agents: AgentStore; manage: ReturnType<typeof manageAgents> }

const PAGE = 50

export function agentHandlers({ agents, manage }: Dependencies): Pick<Handlers, Operations> {
  return {
    listAgents: async ({ caller: { projectId }, query: { limit = PAGE, cursor } }) => {
      const { data, nextCursor } = await agents.list(projectId, limit, cursor)
      return { status: 200, body: { data: data.map(present), nextCursor } }
    },

    createAgent: async ({ caller: { projectId }, body }) => {
      const { name, todoistUserId = null, telegramId = null } = body
      const created = await manage.create(projectId, { name: name.trim(), todoistUserId, telegramId })
      if (isRefusal(created)) return created
      const { token, ...agent } = created
      return { status: 201, body: { ...present(agent), token } }
    },

    getAgent: async ({ caller: { projectId }, path: { agentId } }) => {
      const agent = await agents.find(projectId, agentId)
      return agent === undefined
        ? refuse('agent-not-found', { agentId })
        : { status: 200, body: present(agent) }
    },

    updateAgent: async ({ caller: { projectId }, path: { agentId }, body }) => {
      const change = body.name === undefined ? body : { ...body, name: body.name.trim() }
      const agent = await manage.update(projectId, agentId, change)
      return isRefusal(agent) ? agent : { status: 200, body: present(agent) }
    },

    deleteAgent: async ({ caller: { projectId }, path: { agentId } }) =>
      (await manage.remove(projectId, agentId)) ?? { status: 204 },

    rotateAgentToken: async ({ caller: { projectId }, path: { agentId } }) => {
      const rotated = await manage.rotateToken(projectId, agentId)
      if (isRefusal(rotated)) return rotated
      const { token, ...agent } = rotated
      return { status: 201, body: { ...present(agent), token } }
    },
  }
}

function present({ createdAt, ...agent }: Agent): components['schemas']['Agent'] {
  return { ...agent, createdAt: createdAt.toISOString() }
}
