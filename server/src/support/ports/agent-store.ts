import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Agent, AgentChange } from '../domain/agent.ts'

/** Agents that were removed are in none of these but `names`. */
export type AgentStore = {
  insert(
    transaction: Transaction,
    projectId: string,
    agent: Omit<Agent, 'active' | 'createdAt'>,
  ): Promise<Agent>
  find(projectId: string, agentId: string): Promise<Agent | undefined>
  /** The active one with this id at Todoist, or in Telegram; the one who was added first, when several say so. */
  byTodoistUser(projectId: string, todoistUserId: string): Promise<Agent | undefined>
  byTelegram(projectId: string, telegramId: string): Promise<Agent | undefined>
  list(projectId: string, limit: number, cursor: string | undefined): Promise<Page<Agent>>
  /** Of all there ever were, by their ids. */
  names(projectId: string): Promise<{ id: string; name: string; removed: boolean }[]>
  /** Who of the team has one of these ids; nobody else of it gets one until the transaction ends. */
  holderOf(
    transaction: Transaction,
    projectId: string,
    ids: Pick<AgentChange, 'todoistUserId' | 'telegramId'>,
    but: string,
  ): Promise<Agent | undefined>
  update(
    transaction: Transaction,
    projectId: string,
    agentId: string,
    change: AgentChange,
  ): Promise<Agent | undefined>
  /** What it said and did stays under its id. */
  remove(transaction: Transaction, projectId: string, agentId: string): Promise<boolean>
  /** Its only one from now on. */
  setToken(transaction: Transaction, projectId: string, agentId: string, token: string): Promise<void>
  /** The active agent whose token it is. */
  findByToken(token: string): Promise<(Agent & { projectId: string }) | undefined>
}
