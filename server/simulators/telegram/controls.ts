import { botUser, type Bot, type NewBot } from './bots.ts'
import { standingOf, type Chat } from './chats.ts'
import type { Fault, Injection, UpdateFault } from './faults.ts'
import { groupChatOf, type AdministratorRights, type Group, type NewGroup } from './groups.ts'
import { messageView } from './message-view.ts'
import { userOf, type NewPerson, type Person, type PersonChanges } from './people.ts'
import * as acts from './person-acts.ts'
import * as edits from './person-edits.ts'
import * as topics from './person-topics.ts'
import * as sends from './person-sends.ts'
import { write, type Placement, type Scene } from './person-writes.ts'
import type { Telegram } from './telegram.ts'
import type { Settings } from './settings.ts'

interface WithBot {
  botId?: number
}

interface WithPerson extends WithBot {
  personId: number
}

interface InGroup extends WithPerson {
  groupId: number
}

interface InChat extends WithPerson {
  /** A group; left out, it is the person's own chat with the bot. */
  chatId?: number
}

export type Controls = ReturnType<typeof controls>

/** What a test or a human can make happen; `botId` may be left out and is then the first bot. */
export function controls(telegram: Telegram) {
  const bot = ({ botId }: WithBot): Bot => {
    const found = botId === undefined ? telegram.bots.all()[0] : telegram.bots.find(botId)
    return found ?? unknown(`bot ${botId ?? ''}`)
  }
  const person = ({ personId }: { personId: number }): Person => {
    const { everyoneStarted } = telegram.settings
    return (
      telegram.people.find(personId) ??
      (everyoneStarted ? telegram.people.create({ id: personId }) : unknown(`person ${personId}`))
    )
  }
  const group = ({ groupId }: { groupId: number }): Group =>
    telegram.groups.find(groupId) ?? unknown(`group ${groupId}`)
  const chat = (input: InChat): Chat => {
    if (input.chatId === undefined || input.chatId === input.personId) {
      return { id: input.personId, person: person(input) }
    }
    return { id: input.chatId, group: group({ groupId: input.chatId }) }
  }
  const scene = (input: InChat): Scene => ({
    telegram,
    bot: bot(input),
    chat: chat(input),
    person: person(input),
  })
  const forum = (input: InGroup): topics.ForumScene => ({
    telegram,
    bot: bot(input),
    group: group(input),
    person: person(input),
  })
  const groupView = (of: Group) => ({ ...groupChatOf(of), members: [...of.members] })

  return {
    createBot: (input: NewBot) => botUser(telegram.bots.create(input)),
    revokeBot(input: WithBot) {
      bot(input).revoked = true
    },
    createPerson(input: NewPerson) {
      if (input.id !== undefined && telegram.people.find(input.id)) {
        throw new Error(`Person ${input.id} is there already`)
      }
      const created = telegram.people.create(input)
      telegram.feed.changed()
      return userOf(created)
    },
    /** Nobody is told of a new name; it comes with the person's next message. */
    changePerson({ personId, username, ...changes }: { personId: number } & PersonChanges) {
      const changed = person({ personId })
      Object.assign(changed, changes)
      if (username !== undefined) changed.username = username ?? undefined
      telegram.feed.changed()
      return userOf(changed)
    },
    pressStart: (input: WithPerson & { payload?: string }) =>
      acts.pressStart(telegram, bot(input), person(input), input.payload),
    write: (input: InChat & Placement & { text: string }) => write(scene(input), input),
    send: (input: InChat & Placement & sends.SentItem & { mediaGroupId?: string }) =>
      sends.send(scene(input), input),
    sendAlbum: (input: InChat & Placement & { items: sends.SentItem[]; caption?: string }) =>
      sends.sendAlbum(scene(input), input),
    shareContact: ({
      contactOf,
      ...input
    }: InChat & Placement & { contactOf?: number | null; phone?: string }) =>
      sends.shareContact(scene(input), {
        ...input,
        of: contactOf === null ? null : person({ personId: contactOf ?? input.personId }),
      }),
    edit: (input: InChat & { messageId: number; text?: string; caption?: string }) =>
      edits.edit(scene(input), input),
    deleteMessage: (input: InChat & { messageId: number }) => edits.deleteMessage(scene(input), input),
    react: (input: InChat & { messageId: number; emoji: string[] }) => edits.react(scene(input), input),
    pressButton: (input: InChat & { messageId: number; data: string; inaccessible?: boolean }) =>
      acts.pressButton(telegram, bot(input), chat(input), person(input), input),
    answerToPress: ({ callbackQueryId, ...input }: WithBot & { callbackQueryId: string }) =>
      bot(input).callbackQueries.answerTo(callbackQueryId),
    block: (input: WithPerson) => acts.block(telegram, bot(input), person(input)),
    unblock: (input: WithPerson) => acts.unblock(telegram, bot(input), person(input)),
    deactivate: (input: { personId: number }) => acts.deactivate(telegram, person(input)),

    /** The first member founds the group and brings the bot in. */
    createGroup(input: NewGroup & WithBot) {
      const founder = person({ personId: input.members?.[0] ?? unknown('founder: a group needs a member') })
      const created = telegram.groups.create(input)
      acts.addBotToGroup(telegram, bot(input), created, founder)
      return groupView(created)
    },
    addBotToGroup: (input: InGroup) => acts.addBotToGroup(telegram, bot(input), group(input), person(input)),
    promoteBot: ({
      canManageTopics = true,
      canDeleteMessages = true,
      ...input
    }: InGroup & Partial<AdministratorRights>) =>
      acts.promoteBot(telegram, bot(input), group(input), person(input), {
        canManageTopics,
        canDeleteMessages,
      }),
    removeBotFromGroup: (input: InGroup) =>
      acts.removeBotFromGroup(telegram, bot(input), group(input), person(input)),
    joinGroup(input: { groupId: number; personId: number }) {
      group(input).members.add(person(input).id)
      telegram.feed.changed()
    },
    createTopic: (input: InGroup & { name: string }) => topics.createTopic(forum(input), input.name),
    closeTopic: (input: InGroup & { threadId: number }) => topics.closeTopic(forum(input), input.threadId),
    reopenTopic: (input: InGroup & { threadId: number }) => topics.reopenTopic(forum(input), input.threadId),
    deleteTopic: (input: InGroup & { threadId: number }) => topics.deleteTopic(forum(input), input.threadId),
    upgradeGroup: (input: { groupId: number }) => groupView(acts.upgradeGroup(telegram, group(input))),

    failNext: (fault: Fault) => telegram.faults.plan(fault),
    failUpdates: (fault: UpdateFault) => telegram.faults.planForUpdates(fault),
    injectFaults: (injection: Injection) => telegram.faults.inject(injection),
    jumpUpdateIds: ({ to, ...input }: WithBot & { to?: number } = {}) => bot(input).updates.jumpTo(to),
    clearFaults: () => telegram.faults.clear(),
    changeSettings(changes: Partial<Settings>): Settings {
      Object.assign(telegram.settings, changes)
      if (telegram.settings.outage) for (const each of telegram.bots.all()) telegram.polls.end(each, 'outage')
      else telegram.webhooks.resume(telegram.bots.all())
      telegram.feed.changed()
      return { ...telegram.settings }
    },
    advanceClock: ({ milliseconds }: { milliseconds: number }) => telegram.clock.advance(milliseconds),

    calls: (filter: { method?: string; chatId?: number } = {}) => telegram.calls.find(filter),
    clearCalls: () => telegram.calls.clear(),
    messages({ chatId, ...input }: WithBot & { chatId: number }) {
      const of = bot(input)
      const found: Chat | undefined = chatOf(telegram, chatId)
      return found
        ? telegram.messages.ofChat(of.id, chatId).map((message) => messageView(telegram, of, found, message))
        : []
    },
    /** What stands below the chat instead of the phone's keyboard. */
    replyKeyboard: ({ chatId, ...input }: WithBot & { chatId: number }) =>
      bot(input).replyKeyboards.get(chatId),
    reactions({ chatId, messageId, ...input }: WithBot & { chatId: number; messageId: number }) {
      const message = telegram.messages.find(bot(input).id, chatId, messageId)
      return [...(message?.reactions ?? [])].map(([by, emoji]) => ({ by, emoji }))
    },
    isPolled: (input: WithBot = {}) => telegram.polls.isWaiting(bot(input)),
    standing: (input: WithPerson) => standingOf(telegram, bot(input), input.personId),
  }
}

export function chatOf(telegram: Telegram, id: number): Chat | undefined {
  const person = telegram.people.find(id)
  if (person) return { id, person }
  const group = telegram.groups.find(id)
  return group && { id, group }
}

function unknown(what: string): never {
  throw new Error(`The simulator knows no ${what}`)
}
