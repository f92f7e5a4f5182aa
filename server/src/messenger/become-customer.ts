import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { Participant } from './domain/conversation.ts'
import type { Memberships, OnMoved } from './ports/memberships.ts'
import type { Participants } from './ports/participants.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  participants: Participants
  memberships: Memberships
  onMoved: OnMoved
  /** What this visitor asked for before is this customer's. Repeated where it broke off. */
  onBecame: (projectId: string, who: { customerId: string; participantId: string }) => Promise<void>
  /** Held until the transaction ends: nobody merges or erases it meanwhile. False when somebody just did. */
  holdCustomer: (transaction: Transaction, projectId: string, customerId: string) => Promise<boolean>
}

type Proven = { customerId: string; name: string | null }

/**
 * The participant of a proven customer; what the visitor before it said is the customer's from then on. Undefined when the
 * customer is nobody any more: who it is has to be asked again.
 */
export function becomeCustomer({
  unitOfWork,
  participants,
  memberships,
  onMoved,
  onBecame,
  holdCustomer,
}: Dependencies) {
  return async (
    projectId: string,
    { customerId, name }: Proven,
    visitorId: string | undefined,
  ): Promise<Participant | undefined> => {
    const done = await unitOfWork(async (transaction) => {
      if (!(await holdCustomer(transaction, projectId, customerId))) return undefined
      const visitor =
        visitorId === undefined
          ? undefined
          : await participants.lockVisitor(transaction, projectId, visitorId)
      if (
        visitor !== undefined &&
        (await participants.lockOfCustomer(transaction, projectId, customerId)) === undefined
      )
        await participants.giveToCustomer(transaction, projectId, visitor, customerId)
      const participant = await participants.ofCustomer(transaction, projectId, { customerId, name })
      const moved =
        visitor === undefined || visitor === participant.id
          ? []
          : await memberships.move(transaction, projectId, visitor, participant.id)
      return { participant, moved }
    })
    if (done !== undefined && done.moved.length > 0)
      onMoved(done.moved.map(({ id }) => ({ projectId, conversationId: id })))
    if (done !== undefined && visitorId !== undefined)
      await onBecame(projectId, { customerId, participantId: done.participant.id })
    return done?.participant
  }
}
