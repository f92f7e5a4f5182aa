import type { Transaction } from '../../kernel/transaction.ts'

/** Agents speak in the chat like everybody else. */
export type Participants = {
  /** The same one for the same agent, by its newest name. */
  ofAgent(
    transaction: Transaction,
    projectId: string,
    agent: { agentId: string; name: string },
  ): Promise<{ id: string }>
}

/** The project's audit log: ids only. */
export type Audit = (
  transaction: Transaction,
  projectId: string,
  action: string,
  details: Record<string, unknown>,
) => Promise<void>
