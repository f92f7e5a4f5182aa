import type { Transaction } from '../../kernel/transaction.ts'
import type { Participant } from '../domain/conversation.ts'

export type Said = { name: string | null; email: string | null; phone: string | null }

export type Participants = {
  /** Whoever it is by now, after merges. Nobody when it was erased. */
  find(projectId: string, participantId: string): Promise<Participant | undefined>
  /** As it was made, while it is still nobody but a visitor; `name` is what it wants to be called from now on. */
  visitor(projectId: string, participantId: string, name: string | null): Promise<Participant | undefined>
  /** What a visitor says of itself; what it leaves out stays. Undefined: it is a visitor no longer. */
  say(
    transaction: Transaction,
    projectId: string,
    participantId: string,
    said: { name?: string | undefined; email?: string | undefined; phone?: string | undefined },
  ): Promise<Participant | undefined>
  /** Its contacts as it has said them, if any, with its name: proven by nothing. */
  saidBy(projectId: string, participantId: string): Promise<Said | undefined>
  newVisitor(projectId: string, name: string | null): Promise<Participant>
  /** The same name is the same bot. */
  ofBot(projectId: string, name: string): Promise<Participant>
  /** Those of these are made at most once, whoever asks at the same time. A name that is given is the new one. */
  ofCustomer(
    transaction: Transaction,
    projectId: string,
    customer: { customerId: string; name: string | null },
  ): Promise<Participant>
  ofAgent(
    transaction: Transaction,
    projectId: string,
    agent: { agentId: string; name: string },
  ): Promise<Participant>

  /** Held until the transaction ends; undefined when it is a visitor no longer. */
  lockVisitor(transaction: Transaction, projectId: string, participantId: string): Promise<string | undefined>
  /** The one that a customer speaks as, held until the transaction ends. */
  lockOfCustomer(transaction: Transaction, projectId: string, customerId: string): Promise<string | undefined>
  /** Throws a concurrent change when the customer was given another one meanwhile. */
  giveToCustomer(
    transaction: Transaction,
    projectId: string,
    participantId: string,
    customerId: string,
  ): Promise<void>
}
