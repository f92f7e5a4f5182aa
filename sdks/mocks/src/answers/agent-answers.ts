import type { Answer } from '../http/request.ts'
import { pageOf } from '../http/page-of.ts'
import type { Agent } from '../shop/chat/chat-state.ts'
import { newToken } from '../shop/chat/open-session.ts'
import { add } from '../shop/chat/participants.ts'
import { presentAgent } from '../shop/chat/present-chat.ts'
import { isRefusal, refuse, type Refusal } from '../shop/refusal.ts'
import type { Shop } from '../shop/state.ts'

export const listAgents: Answer<'listAgents'> = ({ state }, { query }) => {
  const { data, nextCursor } = pageOf([...state.chat.agents.values()], query, ({ id }) => id)
  return { status: 200, body: { data: data.map(presentAgent), nextCursor } }
}

export const createAgent: Answer<'createAgent'> = (shop, { body }) => {
  const { todoistUserId = null, telegramId = null } = body
  const name = body.name.trim()
  const id = shop.newId('agent')
  const { id: participantId } = add(shop, { kind: 'agent', name, agentId: id })
  const agent = { id, participantId, name, todoistUserId, telegramId, active: true, createdAt: shop.now() }
  shop.state.chat.agents.set(id, agent)
  return { status: 201, body: { ...presentAgent(agent), token: giveToken(shop, id) } }
}

export const getAgent: Answer<'getAgent'> = (shop, { path: { agentId } }) => {
  const agent = find(shop, agentId)
  return isRefusal(agent) ? agent : { status: 200, body: presentAgent(agent) }
}

export const updateAgent: Answer<'updateAgent'> = (shop, { path: { agentId }, body }) => {
  const agent = find(shop, agentId)
  if (isRefusal(agent)) return agent
  const name = body.name?.trim() ?? agent.name
  Object.assign(agent, body, { name })
  shop.state.chat.participants.get(agent.participantId)!.name = name
  return { status: 200, body: presentAgent(agent) }
}

/** What it said stays, under its name. */
export const deleteAgent: Answer<'deleteAgent'> = (shop, { path: { agentId } }) => {
  const agent = find(shop, agentId)
  if (isRefusal(agent)) return agent
  shop.state.chat.agents.delete(agentId)
  return { status: 204 }
}

export const rotateAgentToken: Answer<'rotateAgentToken'> = (shop, { path: { agentId } }) => {
  const agent = find(shop, agentId)
  if (isRefusal(agent)) return agent
  return { status: 201, body: { ...presentAgent(agent), token: giveToken(shop, agentId) } }
}

/** Its only one from now on. */
function giveToken(shop: Shop, agentId: string): string {
  const { agentTokens } = shop.state.chat
  for (const [token, of] of agentTokens) if (of === agentId) agentTokens.delete(token)
  const token = newToken(shop, 'at_')
  agentTokens.set(token, agentId)
  return token
}

function find({ state }: Shop, agentId: string): Agent | Refusal {
  return state.chat.agents.get(agentId) ?? refuse('agent-not-found', { agentId })
}
