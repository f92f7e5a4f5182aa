import { randomBytes, randomInt } from 'node:crypto'
import type { NewId } from '../kernel/ids.ts'
import { formatMoney } from '../kernel/money.ts'
import { remember } from '../kernel/remember.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import { botHandlers } from './adapters/http/bot-handlers.ts'
import { postgresLinks } from './adapters/postgres/postgres-links.ts'
import { postgresOwnTexts } from './adapters/postgres/postgres-own-texts.ts'
import { postgresPeople } from './adapters/postgres/postgres-people.ts'
import { postgresPrompts } from './adapters/postgres/postgres-prompts.ts'
import { drawQr } from './adapters/qrcode/draw-qr.ts'
import { agentsGroup } from './bot/agents-group.ts'
import { askHolds } from './bot/ask-holds.ts'
import { changeSettings } from './bot/change-settings.ts'
import { faceUpdate } from './bot/face-update.ts'
import { keepRequests } from './bot/keep-requests.ts'
import { keepTexts } from './bot/keep-texts.ts'
import { knowPerson } from './bot/know-person.ts'
import { linkAccount } from './bot/link-account.ts'
import { makeLinks } from './bot/make-link.ts'
import { openTurn } from './bot/open-turn.ts'
import { showBonuses } from './bot/show-bonuses.ts'
import { takePart } from './bot/take-part.ts'
import { tellStatus } from './bot/tell-status.ts'
import { tellTickets } from './bot/tell-tickets.ts'
import { writeMessage } from './bot/write-message.ts'
import { hearMessage } from './hear-message.ts'
import type { Bot } from './ports/bots.ts'
import type { Chats } from './ports/chats.ts'
import type { Agents, Chat, Pocket, Rooms, Shop, StatusPart, SupportSettings, Ticket, TicketEvent, Tickets } from './ports/neighbours.ts' // prettier-ignore
import type { Transport } from './ports/transport.ts'

type Dependencies = {
  sql: Sql
  /** Asked from inside transactions too. */
  lookUps: Sql
  unitOfWork: UnitOfWork
  newId: NewId
  transport: Transport
  botOf: (projectId: string) => Promise<Bot | undefined>
  shopOf: (projectId: string) => Promise<Shop>
  chat: Chat
  rooms: Rooms
  tickets: Tickets
  agents: Agents
  settingsOf: (projectId: string) => Promise<SupportSettings>
  pocket: Pocket
  codeOfHold: (holdId: string) => string
  statusOf: (projectId: string) => Promise<readonly StatusPart[]>
  findCustomer: Parameters<typeof botHandlers>[0]['findCustomer']
  markUnreachable: (projectId: string, customerId: string, why: string) => Promise<void>
  /** Whoever has this id in Telegram, also by the shop's word alone. */
  markReachable: (projectId: string, telegramId: string) => Promise<void>
  onMoved: (projectId: string, from: string, to: string) => Promise<void>
  /** What stands before the name of a bot in its address. */
  linkRoot: string
  record: Parameters<typeof keepTexts>[0]['record']
}

const TEXTS_FRESH_MS = 5_000
const SECRET_BYTES = 24
const LINKS_KEPT_MS = 86_400_000
const FORGOTTEN_AT_ONCE = 1_000

export type TelegramBot = ReturnType<typeof composeBot>

/** The bot as customers and agents meet it. */
export function composeBot(dependencies: Dependencies) {
  const { sql, lookUps, unitOfWork, newId, transport, botOf, shopOf, chat, rooms, tickets, agents } =
    dependencies
  const { settingsOf, pocket, codeOfHold, statusOf, findCustomer } = dependencies
  const { markUnreachable, markReachable, onMoved, linkRoot, record } = dependencies

  const people = postgresPeople({ sql, lookUps })
  const links = postgresLinks(sql)
  const prompts = postgresPrompts(sql)
  const store = postgresOwnTexts({ lookUps })
  const textsOf = remember(store.find, { forMs: TEXTS_FRESH_MS })
  const ownerOf = async (projectId: string) => (await botOf(projectId))?.ownerChatId ?? null
  const groupOf = async (projectId: string) => (await botOf(projectId))?.agentsGroupId ?? null
  const holds = askHolds({
    people,
    prompts,
    pocket,
    transport,
    shopOf,
    textsOf,
    codeOf: codeOfHold,
    money: formatMoney,
  })
  const group = agentsGroup({ unitOfWork, tickets, agents, chat, pocket, transport, settingsOf, shopOf, textsOf, groupOf }) // prettier-ignore
  const tellCustomers = tellTickets({
    people,
    chat,
    agents,
    transport,
    settingsOf,
    shopOf,
    textsOf,
    hasBot: async (projectId) => (await botOf(projectId)) !== undefined,
  })
  const onBlocked = async (projectId: string, telegramId: string, why: string): Promise<void> => {
    const person = await people.find(projectId, telegramId)
    if (person === undefined) return
    await unitOfWork((transaction) => people.change(transaction, projectId, telegramId, { blocked: why }))
    if (person.customerId !== null) await markUnreachable(projectId, person.customerId, why)
  }
  const linkMaker = makeLinks({
    links,
    holds: pocket.holds,
    offsetOf: async (projectId) => (await shopOf(projectId)).clockOffsetMs,
    newId: () => newId('link'),
    newSecret: () => randomBytes(SECRET_BYTES).toString('base64url'),
    newCode: () => String(randomInt(10_000)).padStart(4, '0'),
    addressOf: async (projectId, payload) => {
      const username = (await botOf(projectId))?.username
      return username == null ? undefined : `${linkRoot}/${username}?start=${payload}`
    },
  })
  const texts = keepTexts({ unitOfWork, store, record, forget: textsOf.forget })
  const chats: Chats = {
    async ofParticipants(transaction, projectId, participantIds) {
      const found = await people.ofParticipants(transaction, projectId, participantIds)
      if (found.length === 0) return []
      const { locale } = await shopOf(projectId)
      return found.map((person) => ({
        chatId: person.telegramId,
        participantId: person.participantId!,
        knownAs: person.knownAs,
        locale: person.locale ?? locale,
        conversationId: person.conversationId,
      }))
    },
  }

  return {
    face: faceUpdate({
      unitOfWork,
      know: knowPerson({ unitOfWork, people, chat }),
      turnOf: openTurn({ unitOfWork, people, transport, shopOf, textsOf }),
      messages: writeMessage({
        unitOfWork,
        people,
        chat,
        hear: hearMessage({ rooms, download: transport.download }),
        rooms,
        transport,
      }),
      bonuses: showBonuses({ pocket, drawQr, askHolds: holds.ask }),
      holds,
      account: linkAccount({ people, tickets, links, chat, pocket, holds }),
      requests: keepRequests({ tickets, chat, transport, settingsOf }),
      settings: changeSettings({ people, links, chat, pocket, transport }),
      group,
      statusText: tellStatus({ statusOf, shopOf, textsOf }),
      people,
      transport,
      shopOf,
      textsOf,
      ownerOf,
      onMoved,
      onBlocked,
      onReachable: markReachable,
    }),
    /** Of the tickets; what is said in conversations is shown elsewhere. */
    async onTicket(transaction: Transaction, ticket: Ticket, event: TicketEvent): Promise<void> {
      await tellCustomers(transaction, ticket, event)
      await group.onTicket(transaction, ticket, event)
    },
    /** A sink of the outbox. */
    plan: holds.plan,
    handlers: botHandlers({ texts, links: linkMaker, findCustomer }),
    chats,
    onUnreachable: onBlocked,
    awaySince: async (projectId: string, telegramId: string) =>
      (await people.find(projectId, telegramId))?.blockedAt ?? undefined,
    topicOf: people.topicOf,
    localeOf: people.localeOf,
    mayAdvertise: people.mayAdvertise,
    redeem: linkMaker.redeem,
    participant: takePart({ people, links, prompts, chat, transport }),
    forgetLinks: async (): Promise<boolean> =>
      (await links.forgetOld(LINKS_KEPT_MS, FORGOTTEN_AT_ONCE)) === FORGOTTEN_AT_ONCE,
  }
}
