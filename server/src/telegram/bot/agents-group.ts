import { isRefusal } from '../../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../../kernel/transaction.ts'
import { showAmount, showDay } from '../domain/show-amount.ts'
import { writePlain, writeText, type OwnTexts, type TextKey, type Values } from '../domain/texts.ts'
import type { Update } from '../domain/update.ts'
import type { Agents, Chat, Pocket, Shop, SupportSettings, Ticket, TicketEvent, Tickets } from '../ports/neighbours.ts' // prettier-ignore
import type { Keyboard, Outgoing, Transport } from '../ports/transport.ts'
import { STATUS } from './keep-requests.ts'
import { button } from './menu.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  tickets: Pick<Tickets, 'find' | 'take' | 'loads'>
  agents: Agents
  chat: Pick<Chat, 'nameOf' | 'saidBy'>
  pocket: Pick<Pocket, 'card'>
  transport: Pick<Transport, 'send' | 'answerPress'>
  settingsOf: (projectId: string) => Promise<SupportSettings>
  shopOf: (projectId: string) => Promise<Shop>
  textsOf: (projectId: string) => Promise<OwnTexts>
  groupOf: (projectId: string) => Promise<string | null>
}

type Press = Extract<Update, { kind: 'press' }>
const MOST_LOADS = 20

/** Where agents are told of tickets and take them by a button: the first has it, the others are told who. */
export function agentsGroup(dependencies: Dependencies) {
  const { unitOfWork, tickets, agents, chat, pocket, transport, settingsOf, shopOf, textsOf, groupOf } =
    dependencies
  const nameOf = (ticketId: string) => `ticket:${ticketId}`

  async function wordsOf(projectId: string) {
    const [shop, own] = await Promise.all([shopOf(projectId), textsOf(projectId)])
    return {
      shop,
      text: (key: TextKey, values?: Values) => writeText(own, shop.locale, key, values),
      label: (key: TextKey, values?: Values) => writePlain(own, shop.locale, key, values),
    }
  }
  type Words = Awaited<ReturnType<typeof wordsOf>>

  async function describe(ticket: Ticket, { text, label, shop }: Words): Promise<string[]> {
    const { projectId, number, subject, topic, participantId } = ticket
    const customer = (await chat.nameOf(projectId, participantId)) ?? label('groupSomebody')
    const title =
      topic === null
        ? undefined
        : (await settingsOf(projectId)).topics.find(({ key }) => key === topic)?.title
    const about = title?.[shop.locale] ?? Object.values(title ?? {})[0] ?? topic
    return [
      text('groupOpened', { number, customer, subject }),
      ...(about === null ? [] : [text('groupTopic', { topic: about })]),
    ]
  }

  async function loads(projectId: string, { text }: Words): Promise<string[]> {
    const [team, open] = await Promise.all([agents.all(projectId), tickets.loads(projectId)])
    if (team.length === 0) return []
    const figures = team
      .map(({ id, name }) => ({ name, count: open.get(id) ?? 0 }))
      .sort((left, right) => left.count - right.count || left.name.localeCompare(right.name))
      .slice(0, MOST_LOADS)
    return [text('groupLoads', { loads: figures.map(({ name, count }) => `${name} ${count}`).join(', ') })]
  }

  const buttonsOf = ({ label }: Words, ticketId: string, isFree: boolean): Keyboard => ({
    inline: [
      [
        ...(isFree ? [button(label('buttonTake'), { kind: 'take', ticketId })] : []),
        button(label('buttonCard'), { kind: 'card', ticketId }),
      ],
    ],
  })

  async function announcement(ticket: Ticket, event: TicketEvent): Promise<Outgoing['call'] | undefined> {
    const { projectId, id, assigneeId } = ticket
    const { kind, details } = event
    if (kind === 'assigned' && typeof details.to === 'string') {
      const [words, agent] = await Promise.all([wordsOf(projectId), agents.find(projectId, details.to)])
      const lines = await describe(ticket, words)
      return {
        method: 'editText',
        of: { remembered: nameOf(id) },
        text: [...lines, words.text('groupTaken', { agent: agent?.name ?? details.to })].join('\n'),
        keyboard: buttonsOf(words, id, false),
      }
    }
    if (kind !== 'opened' && kind !== 'announced' && kind !== 'escalated') return undefined
    const words = await wordsOf(projectId)
    const why = words.label(details.why === 'unclaimed' ? 'groupUnclaimed' : 'groupPromise')
    const head =
      kind === 'opened'
        ? []
        : [kind === 'announced' ? words.text('groupAnnounced') : words.text('groupEscalated', { why })]
    const lines = [...head, ...(await describe(ticket, words)), ...(await loads(projectId, words))]
    return { method: 'sendMessage', text: lines.join('\n'), keyboard: buttonsOf(words, id, assigneeId === null) } // prettier-ignore
  }

  async function card(ticket: Ticket, words: Words): Promise<string> {
    const { projectId, number, status, subject, customerId, participantId } = ticket
    const { text, label, shop } = words
    const known = customerId === null ? undefined : await pocket.card(projectId, customerId)
    const head = text('card', { number, status: label(STATUS[status]), subject })
    if (known === undefined) {
      const said = await chat.saidBy(projectId, participantId)
      const told = [said?.name, said?.phone, said?.email].filter(Boolean).join(', ')
      return [head, text('cardUnknown'), ...(told === '' ? [] : [text('cardSaid', { said: told })])].join(
        '\n',
      )
    }
    const { name, phones, emails, tier, balance, orders } = known
    const amount = (decimal: string) => showAmount(shop.locale, decimal)
    return [
      head,
      text('cardCustomer', {
        customer: name ?? label('groupSomebody'),
        contacts: [...phones, ...emails].join(', '),
      }),
      text('cardBalance', { balance: amount(balance), tier: tier ?? label('cardNoTier') }),
      ...orders.map(({ orderId: order, amount: sum, at }) =>
        text('cardOrder', {
          order,
          amount: sum === null ? '—' : amount(sum),
          day: showDay(shop.locale, shop.timeZone, at),
        }),
      ),
    ].join('\n')
  }

  return {
    async onTicket(transaction: Transaction, ticket: Ticket, event: TicketEvent): Promise<void> {
      const { projectId, id } = ticket
      const group = await groupOf(projectId)
      const call = group === null ? undefined : await announcement(ticket, event)
      if (group === null || call === undefined) return
      const remember = call.method === 'sendMessage' ? { remember: nameOf(id) } : {}
      await transport.send(transaction, [
        { projectId, chatId: group, key: `g:${id}:${event.sequence}`, call, ...remember },
      ])
    },

    /** Of whoever is no agent, or in another group, nothing is done. */
    async press(
      projectId: string,
      press: Press,
      { kind, ticketId }: { kind: 'take' | 'card'; ticketId: string },
    ): Promise<void> {
      const { pressId, place, from, updateId } = press
      const words = await wordsOf(projectId)
      const alert = (key: TextKey, values?: Values) =>
        transport.answerPress(projectId, pressId, { text: words.label(key, values), alert: true })
      if (place.id !== (await groupOf(projectId))) return alert('alertOtherGroup')
      const [agent, ticket] = await Promise.all([
        agents.byTelegram(projectId, from.id),
        tickets.find(projectId, ticketId),
      ])
      if (agent === undefined) return alert('alertStranger', { id: from.id })
      if (ticket === undefined) return alert('alertRequestForeign')
      if (kind === 'card') {
        const call = { method: 'sendMessage', text: await card(ticket, words) } as const
        await unitOfWork((transaction) =>
          transport.send(transaction, [
            { projectId, chatId: place.id, key: `u:${place.id}:${updateId}`, call },
          ]),
        )
        return transport.answerPress(projectId, pressId)
      }
      const outcome = await unitOfWork((transaction) =>
        tickets.take(transaction, projectId, ticketId, agent.id, 'telegram'),
      )
      if (!isRefusal(outcome)) return alert('alertYours', { number: outcome.number })
      const holder = outcome.details?.agentName
      if (outcome.refused === 'ticket-taken' && typeof holder === 'string')
        return alert('alertTakenBy', { agent: holder })
      alert('alertRequestClosed', { number: ticket.number })
    },
  }
}

export type AgentsGroup = ReturnType<typeof agentsGroup>
