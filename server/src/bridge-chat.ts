import type { Refusal } from './kernel/refusal.ts'
import type { Transaction } from './kernel/transaction.ts'

type Key = { projectId: string; conversationId: string }
type Customer = { customerId: string; name: string | null }
type Told = {
  kind: string
  message?: { text: string | null; deletedAt: Date | null; sender: { id: string; name: string | null } }
}

type Dependencies = {
  chat: {
    become: (
      projectId: string,
      customer: Customer,
      visitorId: string | undefined,
    ) => Promise<{ id: string } | undefined>
    participants: {
      newVisitor(projectId: string, name: string | null): Promise<{ id: string }>
      ofCustomer(transaction: Transaction, projectId: string, customer: Customer): Promise<{ id: string }>
      find(projectId: string, participantId: string): Promise<{ name: string | null } | undefined>
      saidBy(
        projectId: string,
        participantId: string,
      ): Promise<{ name: string | null; email: string | null; phone: string | null } | undefined>
      visitor(projectId: string, participantId: string, name: string | null): Promise<object | undefined>
    }
    forget: (transaction: Transaction, projectId: string, participantId: string) => Promise<void>
  }
  messenger: {
    open: (
      projectId: string,
      conversation: { participantIds: readonly string[]; subject?: string | null },
    ) => Promise<{ conversationId: string } | Refusal>
    join: (key: Key, participantId: string) => Promise<Refusal | undefined>
    listOf: (
      projectId: string,
      participantId: string,
      wish: { status?: 'open' | 'closed'; limit: number },
    ) => Promise<{ data: readonly { id: string }[] }>
    membersOf: (key: Key) => Promise<readonly { id: string }[]>
    sequenceOf: (key: Key) => Promise<number>
    eventsAfter: (key: Key, sequence: number, limit: number) => Promise<readonly Told[]>
  }
}

/** Not everything that happens is a word. */
const LOOKED_BACK = 5

/** Who speaks and where, as the bot needs it. */
export function bridgeChat({ chat, messenger }: Dependencies) {
  return {
    newVisitor: chat.participants.newVisitor,
    ofCustomer: chat.participants.ofCustomer,
    become: chat.become,
    saidBy: chat.participants.saidBy,
    forget: chat.forget,
    open: messenger.open,
    join: messenger.join,
    openOf: async (projectId: string, participantId: string, limit: number) =>
      (await messenger.listOf(projectId, participantId, { status: 'open', limit })).data.map(({ id }) => id),
    membersOf: async (projectId: string, conversationId: string) =>
      (await messenger.membersOf({ projectId, conversationId })).map(({ id }) => id),
    nameOf: async (projectId: string, participantId: string) =>
      (await chat.participants.find(projectId, participantId))?.name ?? null,
    async rename(projectId: string, participantId: string, name: string): Promise<void> {
      await chat.participants.visitor(projectId, participantId, name)
    },

    async lastWords(projectId: string, conversationId: string, limit: number) {
      const key = { projectId, conversationId }
      const many = limit * LOOKED_BACK
      const events = await messenger.eventsAfter(
        key,
        Math.max(0, (await messenger.sequenceOf(key)) - many),
        many,
      )
      return events
        .flatMap(({ message }) => (message === undefined || message.deletedAt !== null ? [] : [message]))
        .map(({ sender, text }) => ({ participantId: sender.id, name: sender.name, text }))
        .slice(-limit)
    },
  }
}
