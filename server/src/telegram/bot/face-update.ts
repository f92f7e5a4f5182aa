import type { UnitOfWork } from '../../kernel/transaction.ts'
import { readPress } from '../domain/press.ts'
import { keyOfLabel, writePlain, writeText, type OwnTexts } from '../domain/texts.ts'
import { readUpdate, type Update } from '../domain/update.ts'
import type { Shop } from '../ports/neighbours.ts'
import type { People } from '../ports/people.ts'
import type { Transport } from '../ports/transport.ts'
import type { AgentsGroup } from './agents-group.ts'
import type { AskHolds } from './ask-holds.ts'
import type { ChangeSettings } from './change-settings.ts'
import type { KeepRequests } from './keep-requests.ts'
import type { knowPerson } from './know-person.ts'
import type { LinkAccount } from './link-account.ts'
import { MENU, menuOf } from './menu.ts'
import type { OpenTurn, Turn } from './open-turn.ts'
import type { ShowBonuses } from './show-bonuses.ts'
import type { tellStatus } from './tell-status.ts'
import type { WriteMessage } from './write-message.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  know: ReturnType<typeof knowPerson>
  turnOf: OpenTurn
  messages: WriteMessage
  bonuses: ShowBonuses
  holds: AskHolds
  account: LinkAccount
  requests: KeepRequests
  settings: ChangeSettings
  group: AgentsGroup
  statusText: ReturnType<typeof tellStatus>
  people: Pick<People, 'find' | 'change'>
  transport: Pick<Transport, 'send' | 'answerPress' | 'release'>
  shopOf: (projectId: string) => Promise<Shop>
  textsOf: (projectId: string) => Promise<OwnTexts>
  ownerOf: (projectId: string) => Promise<string | null>
  /** A group has another id from now on. */
  onMoved: (projectId: string, from: string, to: string) => Promise<void>
  onBlocked: (projectId: string, telegramId: string, why: string) => Promise<void>
  /** It can be written to again. */
  onReachable: (projectId: string, telegramId: string) => Promise<void>
}

type Of<Kind extends Update['kind']> = Extract<Update, { kind: Kind }>
type Message = Of<'message' | 'edited'>

const COMMAND = /^\/([a-z_]{1,32})(?:@\w+)?(?:\s+(\S[\s\S]*))?$/i
const TOKEN = /^l_([\w-]{20,60})$/

/** What an update means, once: whatever it brings is written down together with its number. Throws when it is to be tried again. */
export function faceUpdate(dependencies: Dependencies) {
  const { unitOfWork, know, turnOf, messages, bonuses, holds, account, requests, settings } = dependencies
  const { group, statusText, people, transport, shopOf, textsOf, ownerOf, onMoved, onBlocked, onReachable } =
    dependencies

  const actions: Record<(typeof MENU)[number], (turn: Turn) => Promise<void> | void> = {
    buttonBalance: bonuses.balance,
    buttonHistory: (turn) => bonuses.history(turn),
    buttonInvite: bonuses.invite,
    buttonRequests: (turn) => requests.list(turn),
    buttonWrite: (turn) => requests.begin(turn, null),
    buttonSettings: settings.show,
  }
  const commands: Readonly<Record<string, (turn: Turn, rest: string) => Promise<void> | void>> = {
    start: (turn, rest) => {
      const [, token] = TOKEN.exec(rest) ?? []
      if (token !== undefined) return account.byToken(turn, token)
      if (rest !== '') turn.say('linkUnusable')
      greet(turn)
    },
    help: (turn) => turn.say('help', { shop: turn.shop.name }, { keyboard: menuOf(turn) }),
    menu: (turn) => turn.say('menu', {}, { keyboard: menuOf(turn) }),
    balance: actions.buttonBalance,
    history: actions.buttonHistory,
    invite: actions.buttonInvite,
    tickets: actions.buttonRequests,
    requests: actions.buttonRequests,
    new: actions.buttonWrite,
    settings: settings.show,
    language: settings.askLanguage,
    stop: (turn) => settings.setMarketing(turn, false),
    id: (turn) => turn.say('idIs', { id: turn.chatId }),
    status: async (turn) => {
      if ((await ownerOf(turn.projectId)) !== turn.chatId) return turn.say('commandUnknown')
      turn.sayLines([await statusText(turn.projectId)])
    },
  }

  function greet(turn: Turn): void {
    const { person, shop, text } = turn
    const lines = [
      text('welcome', { name: person.name, shop: shop.name }),
      ...(person.customerId === null ? [text('welcomeUnlinked')] : []),
    ]
    turn.sayLines(lines, { keyboard: menuOf(turn) })
  }

  async function onMessage(turn: Turn, message: Message): Promise<void> {
    const { contact, text, from } = message
    const isOwn = contact?.userId === from.id
    // Somebody known may well tell us of somebody else.
    if (contact !== null && (isOwn || turn.person.customerId === null)) return account.byContact(turn, contact) // prettier-ignore
    const [, name, rest] = COMMAND.exec(text ?? '') ?? []
    if (name !== undefined) {
      const command = name.toLowerCase()
      if (!Object.hasOwn(commands, command)) return turn.say('commandUnknown')
      return commands[command]!(turn, rest?.trim() ?? '')
    }
    const key = text === null ? undefined : keyOfLabel(turn.own, MENU, text.trim())
    if (key !== undefined) return actions[key](turn)
    if (text !== null && (await requests.comment(turn, text, message.replyToId))) return
    return messages.write(turn, message)
  }

  async function onPress(turn: Turn, { data, messageId }: Of<'press'>): Promise<void> {
    const press = readPress(data)
    switch (press?.kind) {
      case 'confirm':
      case 'decline':
        return holds.answer(turn, press, messageId)
      case 'link':
      case 'site':
        return account.answerLink(turn, press, messageId)
      case 'relink':
        return account.answerRelink(turn, press.yes, messageId)
      case 'requests':
        return requests.list(turn, { before: press.before, messageId })
      case 'new':
        return requests.begin(turn, press.topic)
      case 'switch':
        return requests.goTo(turn, press.ticketId)
      case 'close':
        return requests.close(turn, press.ticketId, messageId)
      case 'rate':
        return requests.rate(turn, press.ticketId, press.score, messageId)
      case 'comment':
        return requests.askComment(turn, press.ticketId)
      case 'skip':
        return requests.skip(turn, messageId)
      case 'history': {
        const at = Number(press.before)
        return Number.isSafeInteger(at) ? bonuses.history(turn, { at, messageId }) : turn.alert('alertPressOld') // prettier-ignore
      }
      case 'language':
        return settings.setLanguage(turn, press.locale)
      case 'ask-language':
        return settings.askLanguage(turn)
      case 'marketing':
        return settings.setMarketing(turn, press.wanted)
      case 'settings':
        return settings.show(turn)
      case 'unlink':
        return settings.askUnlink(turn, messageId)
      case 'unlink-sure':
        return account.unlink(turn, messageId)
      case 'delete':
        return settings.askDelete(turn, messageId)
      case 'delete-sure':
        return settings.askDeleteAgain(turn, messageId)
      case 'delete-certain':
        return settings.erase(turn)
      case 'keep':
        return settings.keep(turn, messageId)
      default:
        turn.alert('alertPressOld')
    }
  }

  async function inPrivate(projectId: string, update: Update): Promise<void> {
    const { updateId, from, place } = update
    if (update.kind === 'standing') {
      if (update.isGone) return onBlocked(projectId, place.id, 'blocked by the user')
      if ((await people.find(projectId, place.id)) === undefined) return onReachable(projectId, place.id)
    }
    const person = await know(projectId, from)
    // Done before, by somebody who died right after it.
    if (person.lastUpdateId === updateId) return
    await turnOf(
      { projectId, updateId, person },
      async (turn) => {
        if (person.blocked !== null) turn.change({ blocked: null })
        turn.within((transaction) => transport.release(transaction, projectId, person.telegramId))
        // Notices may have given it up without anybody here knowing.
        await onReachable(projectId, person.telegramId)
        if (update.kind === 'message') await onMessage(turn, update)
        else if (update.kind === 'edited') await messages.edit(turn, update)
        else if (update.kind === 'press') await onPress(turn, update)
      },
      update.kind === 'press' ? update.pressId : undefined,
    )
  }

  async function inGroup(projectId: string, update: Update): Promise<void> {
    const { place, updateId } = update
    if (update.kind === 'press') {
      const press = readPress(update.data)
      if (press?.kind === 'take' || press?.kind === 'card')
        return group.press(projectId, update, { kind: press.kind, ticketId: press.ticketId })
      const [{ locale }, own] = await Promise.all([shopOf(projectId), textsOf(projectId)])
      return transport.answerPress(projectId, update.pressId, {
        text: writePlain(own, locale, 'alertPressOld'),
        alert: true,
      })
    }
    if (update.kind !== 'message') return
    const [, command] = COMMAND.exec(update.text ?? '') ?? []
    const text = await answerOf(projectId, place.id, command?.toLowerCase())
    if (text === undefined) return
    const call = { method: 'sendMessage', text } as const
    await unitOfWork((transaction) =>
      transport.send(transaction, [{ projectId, chatId: place.id, key: `u:${place.id}:${updateId}`, call }]),
    )
  }

  async function answerOf(projectId: string, chatId: string, command: string | undefined) {
    if (command === 'status' && (await ownerOf(projectId)) === chatId) return statusText(projectId)
    if (command !== 'id') return undefined
    const [{ locale }, own] = await Promise.all([shopOf(projectId), textsOf(projectId)])
    return writeText(own, locale, 'idIs', { id: chatId })
  }

  return async (projectId: string, raw: Readonly<Record<string, unknown>>): Promise<void> => {
    const update = readUpdate(raw)
    if (update === undefined) return
    if (update.kind === 'moved') return onMoved(projectId, update.from, update.to)
    return update.place.isPrivate ? inPrivate(projectId, update) : inGroup(projectId, update)
  }
}
