import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Agent } from './domain/agent.ts'
import type { Board } from './domain/board.ts'
import type { AgentStore } from './ports/agent-store.ts'

type Dependencies = {
  agents: Pick<AgentStore, 'byTodoistUser' | 'list'>
  create: (
    projectId: string,
    wanted: Pick<Agent, 'name' | 'todoistUserId' | 'telegramId'>,
  ) => Promise<Agent | Refusal>
  update: (projectId: string, agentId: string, change: { todoistUserId: string }) => Promise<unknown>
}

const MOST_AGENTS = 250

const sameName = (left: string, right: string) =>
  left.trim().toLocaleLowerCase() === right.trim().toLocaleLowerCase()

/** Who is who on a board: agents are known by their Todoist ids, and where nobody has told these, by a name that is nobody else's. */
export function knowAgents({ agents, create, update }: Dependencies) {
  async function match({ projectId, people }: Pick<Board, 'projectId' | 'people'>): Promise<void> {
    const team = (await agents.list(projectId, MOST_AGENTS, undefined)).data.filter(({ active }) => active)
    const taken = new Set(team.flatMap(({ todoistUserId }) => todoistUserId ?? []))
    for (const [uid, { name }] of Object.entries(people)) {
      const [agent, ...others] = team.filter((one) => sameName(one.name, name))
      const namesakes = Object.values(people).filter((one) => sameName(one.name, name))
      if (taken.has(uid) || agent === undefined || others.length > 0 || namesakes.length > 1) continue
      if (agent.todoistUserId === null) await update(projectId, agent.id, { todoistUserId: uid })
    }
  }

  return {
    match,
    /** Whose account it is may answer at once: it holds the keys of the project anyway. */
    async of(board: Board, uid: string): Promise<Agent | undefined> {
      const { projectId, accountId, accountName } = board
      const known = await agents.byTodoistUser(projectId, uid)
      if (known !== undefined || uid !== accountId) return known
      await match({ projectId, people: { [uid]: { name: accountName, email: '' } } })
      const matched = await agents.byTodoistUser(projectId, uid)
      if (matched !== undefined) return matched
      const created = await create(projectId, { name: accountName, todoistUserId: uid, telegramId: null })
      // Somebody who is there, and not active.
      return isRefusal(created) ? undefined : created
    },
  }
}
