import type { Handlers, Speaker } from './http/handlers.ts'
import { isRefusal, refuse, type Refusal } from './kernel/refusal.ts'
import type { Transaction, UnitOfWork } from './kernel/transaction.ts'

type Contact = { email?: string; phone?: string }
type Said = { name?: string | undefined; email?: string | undefined; phone?: string | undefined }

type Dependencies<Rules> = {
  unitOfWork: UnitOfWork
  rulesOf: (projectId: string) => Promise<Rules>
  /** As the door reads those of an order; its errors lead from a body with a `customer`. */
  readContact: (contact: Contact, rules: Rules) => Contact | Refusal
  /** What is said over and over costs as words do. */
  charge: (projectId: string, speaker: Speaker) => Promise<Refusal | undefined>
  /** Undefined: it is a visitor no longer. */
  say: (
    transaction: Transaction,
    projectId: string,
    participantId: string,
    said: Said,
  ) => Promise<{ name: string | null } | undefined>
  /** Where agents look at whoever asks. */
  onSaid: (transaction: Transaction, projectId: string, participantId: string) => Promise<void>
}

/** What a visitor says of itself. It proves nothing: nobody is found by it, and no customer is given anything of it. */
export function updateMe<Rules>(dependencies: Dependencies<Rules>): Pick<Handlers, 'updateMe'> {
  const { unitOfWork, rulesOf, readContact, charge, say, onSaid } = dependencies

  async function read(projectId: string, { email, phone }: Said): Promise<Contact | Refusal> {
    if (email === undefined && phone === undefined) return {}
    const given = { ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) }
    const contact = readContact(given, await rulesOf(projectId))
    return isRefusal(contact) ? fromBody(contact) : contact
  }

  return {
    updateMe: async ({ caller: { projectId, speaker: me }, body }) => {
      const speaker = me!
      // Whom a customer is the shop knows, and Telegram.
      if (speaker.kind !== 'visitor') return refuse('forbidden')
      const contact = await read(projectId, body)
      if (isRefusal(contact)) return contact
      const poor = await charge(projectId, speaker)
      if (poor !== undefined) return poor
      const { participantId } = speaker
      const now = await unitOfWork(async (transaction) => {
        const said = { name: body.name?.trim(), email: contact.email, phone: contact.phone }
        const known = await say(transaction, projectId, participantId, said)
        if (known !== undefined) await onSaid(transaction, projectId, participantId)
        return known
      })
      if (now === undefined) return refuse('unauthorized')
      const participant = {
        id: participantId,
        kind: speaker.kind,
        name: now.name,
        customerId: null,
        agentId: null,
      }
      return { status: 200, body: { participant, customer: null } }
    },
  }
}

function fromBody(refusal: Refusal): Refusal {
  const { errors = [] } = refusal as { errors?: { pointer: string }[] }
  return {
    ...refusal,
    errors: errors.map((error) => ({ ...error, pointer: error.pointer.replace(/^\/customer/, '') })),
  } as Refusal
}
