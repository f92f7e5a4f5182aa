import type { Locale } from '../../kernel/locale.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { showBonuses } from '../domain/show-amount.ts'
import { writePlain, writeText, type OwnTexts, type TextKey, type Values } from '../domain/texts.ts'
import type { Agents, Chat, Shop, SupportSettings, Ticket, TicketEvent } from '../ports/neighbours.ts'
import type { People } from '../ports/people.ts'
import type { Keyboard, Outgoing, Transport } from '../ports/transport.ts'
import { ratingOf } from './keep-requests.ts'
import { menuOf } from './menu.ts'

type Dependencies = {
  people: Pick<People, 'ofParticipants'>
  chat: Pick<Chat, 'membersOf'>
  agents: Pick<Agents, 'find'>
  transport: Pick<Transport, 'send'>
  settingsOf: (projectId: string) => Promise<SupportSettings>
  shopOf: (projectId: string) => Promise<Shop>
  textsOf: (projectId: string) => Promise<OwnTexts>
  hasBot: (projectId: string) => Promise<boolean>
}

type Told = { key: TextKey; values: Values | ((locale: Locale) => Values); keyboard?: 'menu' | Keyboard }

/** What a customer in Telegram is told of its tickets, whoever does something with them. */
export function tellTickets(dependencies: Dependencies) {
  const { people, chat, agents, transport, settingsOf, shopOf, textsOf, hasBot } = dependencies

  async function toldOf(ticket: Ticket, { kind, details, source }: TicketEvent): Promise<Told | undefined> {
    const { number, channel, projectId } = ticket
    switch (kind) {
      case 'opened':
        return channel === 'telegram'
          ? { key: 'requestReceived', values: { number }, keyboard: 'menu' }
          : undefined
      case 'assigned': {
        // Who takes it with an answer is read in the answer; who has it after others need not be told.
        if (details.from !== null || typeof details.to !== 'string' || source === 'conversation')
          return undefined
        if (!(await settingsOf(projectId)).tellTaken) return undefined
        const agent = await agents.find(projectId, details.to)
        return agent && { key: 'requestTaken', values: { number, agent: agent.name } }
      }
      case 'reminded':
        return details.whom === 'customer' ? { key: 'requestReminder', values: { number } } : undefined
      case 'status':
        return details.to === 'solved' || (details.to === 'closed' && details.from !== 'solved')
          ? { key: 'requestSolved', values: { number }, keyboard: ratingOf(ticket.id) }
          : undefined
      case 'reopened':
        return source === 'telegram' ? undefined : { key: 'requestReopened', values: { number } }
      // Of what is theirs, so also to whoever wants no advertising; given by a program, it is a notice.
      case 'bonus':
        return {
          key: 'bonusGiven',
          values: (locale) => ({
            ...showBonuses(locale, String(details.amount)),
            reason: String(details.text ?? ''),
          }),
        }
      default:
        return undefined
    }
  }

  return async (transaction: Transaction, ticket: Ticket, event: TicketEvent): Promise<void> => {
    const { projectId, id, conversationId, participantId } = ticket
    if (!(await hasBot(projectId))) return
    const told = await toldOf(ticket, event)
    if (told === undefined) return
    const members = await chat.membersOf(projectId, conversationId)
    const readers = await people.ofParticipants(transaction, projectId, [...new Set([participantId, ...members])]) // prettier-ignore
    const reached = readers.filter(({ blocked }) => blocked === null)
    if (reached.length === 0) return
    const [shop, own] = await Promise.all([shopOf(projectId), textsOf(projectId)])
    const calls = reached.map((person): Outgoing => {
      const locale = person.locale ?? shop.locale
      const label = (key: TextKey) => writePlain(own, locale, key)
      const { telegramId: chatId, participantId: speaker } = person
      const keyboard =
        told.keyboard === 'menu'
          ? menuOf({ label, person: { ...person, participantId: speaker! } })
          : told.keyboard
      const text = writeText(
        own,
        locale,
        told.key,
        typeof told.values === 'function' ? told.values(locale) : told.values,
      )
      return {
        projectId,
        chatId,
        key: `t:${id}:${event.sequence}:${chatId}`,
        call: { method: 'sendMessage', text, ...(keyboard === undefined ? {} : { keyboard }) },
      }
    })
    await transport.send(transaction, calls)
  }
}
