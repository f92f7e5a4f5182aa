import { botUser, type Bot, type NewBot } from './bots.ts'
import { standingOf, type Chat } from './chats.ts'
import type { Fault } from './faults.ts'
import { groupChatOf, type Group, type NewGroup } from './groups.ts'
import { messageView } from './message-view.ts'
import { userOf, type NewPerson, type Person } from './people.ts'
import * as acts from './person-acts.ts'
import type { Telegram } from './telegram.ts'
import type { Settings } from './settings.ts'

interface WithBot {
  botId?: number
}

interface WithPerson extends WithBot {
  personId: number
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
  const chat = (input: WithPerson & { chatId?: number }): Chat => {
    if (input.chatId === undefined || input.chatId === input.personId) {
      return { id: input.personId, person: person(input) }
    }
    return { id: input.chatId, group: group({ groupId: input.chatId }) }
  }
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
    pressStart: (input: WithPerson & { payload?: string }) =>
      acts.pressStart(telegram, bot(input), person(input), input.payload),
    write: (input: WithPerson & { text: string; chatId?: number }) =>
      acts.write(telegram, bot(input), chat(input), person(input), input.text),
    pressButton: (input: WithPerson & { messageId: number; data: string; chatId?: number }) =>
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
    addBotToGroup: (input: WithPerson & { groupId: number }) =>
      acts.addBotToGroup(telegram, bot(input), group(input), person(input)),
    removeBotFromGroup: (input: WithPerson & { groupId: number }) =>
      acts.removeBotFromGroup(telegram, bot(input), group(input), person(input)),
    upgradeGroup: (input: { groupId: number }) => groupView(acts.upgradeGroup(telegram, group(input))),

    failNext: (fault: Fault) => telegram.faults.plan(fault),
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
        ? telegram.messages
            .ofChat(of.id, chatId)
            .map((message) => messageView(telegram.people, of, found, message))
        : []
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
