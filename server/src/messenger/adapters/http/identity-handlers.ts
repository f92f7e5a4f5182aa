import type { components } from '@tapline/openapi'
import type { Caller, Handlers } from '../../../http/handlers.ts'
import { isRefusal, refuse, type Refusal } from '../../../kernel/refusal.ts'
import type { UnitOfWork } from '../../../kernel/transaction.ts'
import type { Speaker } from '../../domain/item.ts'
import type { ChatSettings, GivenChatSettings } from '../../domain/chat-settings.ts'
import type { KeptSettings } from '../../keep-settings.ts'
import type { openSession } from '../../open-session.ts'
import type { Participants } from '../../ports/participants.ts'
import type { SocketTickets } from '../../socket-tickets.ts'
import { participant } from './present-conversation.ts'

type Shown = components['schemas']['ChatSettings']
type CustomerRef = { id?: string; email?: string; phone?: string; externalId?: string | number }

type Dependencies = {
  open: ReturnType<typeof openSession>
  tickets: SocketTickets
  speakerOf: (caller: Caller, senderId?: string) => Promise<Speaker | Refusal>
  settings: KeptSettings<GivenChatSettings, ChatSettings>
  participants: Participants
  unitOfWork: UnitOfWork
  /** A customer that is known already. */
  findCustomer: (
    projectId: string,
    said: CustomerRef,
  ) => Promise<{ customerId: string; name: string | null } | Refusal>
  publicUrl: () => string
}

type Operations =
  'createVisitorSession' | 'createSocketTicket' | 'createParticipant' | 'getChatSettings' | 'putChatSettings'

export function identityHandlers(dependencies: Dependencies): Pick<Handlers, Operations> {
  const { open, tickets, speakerOf, settings, participants, unitOfWork, findCustomer, publicUrl } =
    dependencies

  return {
    createVisitorSession: async ({ caller: { projectId }, body }) => {
      const opened = await open(projectId, body)
      if (isRefusal(opened)) return opened
      const { token, expiresAt, renewal } = opened
      return {
        status: 201,
        body: {
          token,
          expiresAt: new Date(expiresAt).toISOString(),
          renewal,
          participant: participant(opened.participant, false),
        },
      }
    },

    createSocketTicket: async ({ caller, locale, body }) => {
      const speaker = await speakerOf(caller, body?.participantId)
      if (isRefusal(speaker)) return speaker
      const { ticket, expiresAt } = tickets.issue(speaker, caller.projectId, locale)
      return {
        status: 201,
        body: {
          ticket,
          url: `${publicUrl().replace(/^http/, 'ws')}/v1/socket`,
          expiresAt: new Date(expiresAt).toISOString(),
        },
      }
    },

    createParticipant: async ({ caller: { projectId }, body }) => {
      if ('bot' in body && body.bot !== undefined) {
        const bot = await participants.ofBot(projectId, body.bot.name.trim())
        return { status: 200, body: participant(bot, true) }
      }
      if (body.customer === undefined) return refuse('invalid-request')
      const customer = await findCustomer(projectId, body.customer)
      if (isRefusal(customer)) return customer
      const found = await unitOfWork((transaction) =>
        participants.ofCustomer(transaction, projectId, customer),
      )
      return { status: 200, body: participant(found, true) }
    },

    getChatSettings: async ({ caller: { projectId } }) => ({
      status: 200,
      body: (await settings.of(projectId)) as Shown,
    }),

    putChatSettings: async ({ caller: { projectId }, body }) => {
      const put = await settings.put(projectId, body)
      return isRefusal(put) ? put : { status: 200, body: put as Shown }
    },
  }
}
