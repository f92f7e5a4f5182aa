import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal, refuse, type Refusal } from '../../../kernel/refusal.ts'
import { TEXTS, type OwnTexts } from '../../domain/texts.ts'
import type { keepTexts } from '../../bot/keep-texts.ts'
import type { MakeLinks } from '../../bot/make-link.ts'

type CustomerRef = { id?: string; email?: string; phone?: string; externalId?: string | number }
type Dependencies = {
  texts: ReturnType<typeof keepTexts>
  links: Pick<MakeLinks, 'make'>
  findCustomer: (projectId: string, ref: CustomerRef) => Promise<{ customerId: string } | Refusal>
}

export function botHandlers({
  texts,
  links,
  findCustomer,
}: Dependencies): Pick<Handlers, 'getTelegramTexts' | 'putTelegramTexts' | 'createTelegramLink'> {
  const present = async (projectId: string) => ({
    status: 200 as const,
    body: { standard: structuredClone(TEXTS), own: ownOf(await texts.of(projectId)) },
  })

  return {
    getTelegramTexts: ({ caller: { projectId } }) => present(projectId),
    putTelegramTexts: async ({ caller: { projectId }, body: { own } }) =>
      (await texts.put(projectId, own)) ?? present(projectId),

    /** Of a session: its own visitor, or its customer. With the secret key: whom the shop names. */
    createTelegramLink: async ({ caller: { projectId, speaker }, body }) => {
      const whose = await whoseOf()
      if (isRefusal(whose)) return whose
      const made = await links.make(projectId, whose)
      if (isRefusal(made)) return made
      return { status: 201, body: { ...made, expiresAt: made.expiresAt.toISOString() } }

      async function whoseOf() {
        if (speaker !== undefined) {
          const { participantId, customerId, kind } = speaker
          if (body?.customer !== undefined || (kind !== 'visitor' && kind !== 'customer'))
            return refuse('forbidden')
          return { participantId, customerId }
        }
        if (body?.customer === undefined) return refuse('contact-required')
        const found = await findCustomer(projectId, body.customer)
        return isRefusal(found) ? found : { participantId: null, customerId: found.customerId }
      }
    },
  }
}

function ownOf(own: OwnTexts) {
  return own as Record<string, { ru?: string; en?: string; kk?: string }>
}
