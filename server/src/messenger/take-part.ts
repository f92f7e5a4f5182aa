import type { Transaction } from '../kernel/transaction.ts'
import type { Memberships, MovedConversation, OnMoved } from './ports/memberships.ts'
import type { Participants } from './ports/participants.ts'
import type { PersonalData } from './ports/personal-data.ts'

type Dependencies = {
  participants: Participants
  memberships: Memberships
  personal: PersonalData
  onMoved: OnMoved
  /** What others keep beside the texts of these conversations. */
  dropWords: (transaction: Transaction, projectId: string, conversationIds: string[]) => Promise<void>
}

type OfTwo = { mergeId: string; from: string; into: string }
/** `given`: the participant of `from` became the only one of `into`; `joined`: two participants became one. */
type Recorded =
  | Record<string, never>
  | { given: string }
  | { joined: { from: string; into: string; conversations: MovedConversation[] } }

const MOST = 10_000

/** What becomes of a customer's conversations when the customer is merged, parted again, erased or exported. */
export function takePart({ participants, memberships, personal, onMoved, dropWords }: Dependencies) {
  /** Before the commit, so it may come too early for whoever asks at once; what is remembered is old after a second anyway. */
  const tell = (projectId: string, conversations: readonly { id: string }[]) => {
    if (conversations.length > 0) onMoved(conversations.map(({ id }) => ({ projectId, conversationId: id })))
  }

  return {
    name: 'chat',

    async merge(transaction: Transaction, projectId: string, { from, into }: OfTwo): Promise<Recorded> {
      // In the order of the customers, as everybody who locks both.
      const locked = new Map<string, string | undefined>()
      for (const customerId of [from, into].sort())
        locked.set(customerId, await participants.lockOfCustomer(transaction, projectId, customerId))
      const [source, target] = [locked.get(from), locked.get(into)]
      if (source === undefined) return {}
      if (target === undefined) {
        await participants.giveToCustomer(transaction, projectId, source, into)
        return { given: source }
      }
      const conversations = await memberships.move(transaction, projectId, source, target)
      tell(projectId, conversations)
      return { joined: { from: source, into: target, conversations } }
    },

    async undoMerge(
      transaction: Transaction,
      projectId: string,
      { from, record }: OfTwo & { record: object },
    ): Promise<void> {
      const recorded = record as Recorded
      if ('given' in recorded && recorded.given !== undefined) {
        await participants.giveToCustomer(transaction, projectId, recorded.given, from)
      } else if ('joined' in recorded && recorded.joined !== undefined) {
        const { joined } = recorded
        await memberships.moveBack(transaction, projectId, joined.from, joined.into, joined.conversations)
        tell(projectId, joined.conversations)
      }
    },

    async erase(
      transaction: Transaction,
      projectId: string,
      { customerId }: { customerId: string; contacts: string[] },
    ): Promise<void> {
      const conversationIds = await personal.erase(transaction, projectId, customerId)
      await dropWords(transaction, projectId, conversationIds)
      tell(projectId, conversationIds.map((id) => ({ id }))) // prettier-ignore
    },

    /** What somebody who is no customer has said, and its name. */
    async forget(transaction: Transaction, projectId: string, participantId: string): Promise<void> {
      const conversationIds = await personal.eraseVisitor(transaction, projectId, participantId)
      await dropWords(transaction, projectId, conversationIds)
      tell(projectId, conversationIds.map((id) => ({ id }))) // prettier-ignore
    },

    async exportOf(projectId: string, customerId: string): Promise<object> {
      const { conversations, messages, said } = await personal.ofCustomer(projectId, customerId, MOST + 1)
      const kept = messages.slice(0, MOST)
      return {
        conversations: conversations.slice(0, MOST).map(({ createdAt, ...conversation }) => ({
          ...conversation,
          createdAt: createdAt.toISOString(),
          messages: kept
            .filter(({ conversationId }) => conversationId === conversation.id)
            .map(({ conversationId: _, createdAt: spoken, editedAt, deletedAt, ...message }) => ({
              ...message,
              createdAt: spoken.toISOString(),
              editedAt: editedAt?.toISOString() ?? null,
              deletedAt: deletedAt?.toISOString() ?? null,
            })),
        })),
        ...(said.length === 0 ? {} : { said }),
        truncated: messages.length > MOST || conversations.length > MOST,
      }
    },
  }
}
