import type { Transaction } from '../../kernel/transaction.ts'

export type AgentCommand = {
  projectId: string
  /** The same words have one effect. */
  key: string
  ticketId: string
  agentId: string
  command: string
  bonusMinor: number | null
  /** Of the project's calendar: `2026-03-01`. */
  day: string
}

/** What agents' commands came to. */
export type CommandLog = {
  /** One at a time for each agent, until the transaction ends. */
  turnOf(transaction: Transaction, projectId: string, agentId: string): Promise<void>
  /** `reply` is undefined while a bonus is on its way, and so after a crash. */
  find(
    transaction: Transaction,
    projectId: string,
    key: string,
  ): Promise<{ reply: string | undefined; bonusMinor: number | null } | undefined>
  add(transaction: Transaction, command: AgentCommand, reply: string | undefined): Promise<void>
  /** `given`: a bonus that was refused counts for nothing. False: it was settled before. */
  settle(
    transaction: Transaction,
    projectId: string,
    key: string,
    outcome: { reply: string; given: boolean },
  ): Promise<boolean>
  /** Of an agent's bonuses on that day, given or on their way. */
  givenOn(transaction: Transaction, projectId: string, agentId: string, day: string): Promise<number>
}
