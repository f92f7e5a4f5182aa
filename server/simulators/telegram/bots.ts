import { callbackQueries, type CallbackQueries } from './callback-queries.ts'
import type { MovableClock } from './clock.ts'
import { forgetOldest } from '../bounded.ts'
import type { Faults } from './faults.ts'
import type { ReplyKeyboard } from './reply-keyboard.ts'
import { updateQueue, type UpdateQueue } from './updates.ts'

export type Standing = 'stranger' | 'started' | 'blocked'

export interface Bot {
  id: number
  token: string
  username: string
  firstName: string
  readsAllGroupMessages: boolean
  revoked: boolean
  standings: Map<number, Standing>
  commands: Map<string, unknown>
  replyKeyboards: Map<number, ReplyKeyboard>
  updates: UpdateQueue
  callbackQueries: CallbackQueries
  nextMessageId: number
}

export interface NewBot {
  token: string
  username?: string
  firstName?: string
  readsAllGroupMessages?: boolean
}

const MOST_BOTS = 200
const MOST_STANDINGS = 20_000
const TOKEN = /^([1-9]\d{0,15}):[A-Za-z0-9_-]{1,64}$/

export type Bots = ReturnType<typeof bots>

export function bots(clock: MovableClock, faults: Faults) {
  const byToken = new Map<string, Bot>()

  return {
    findByToken: (token: string) => byToken.get(token),
    find: (id: number) => [...byToken.values()].find((bot) => bot.id === id),
    all: () => [...byToken.values()],
    create({ token, username, firstName, readsAllGroupMessages }: NewBot): Bot {
      const id = TOKEN.exec(token)?.[1]
      if (!id) throw new Error('A bot token looks like 123456:AbC-dEf; this one does not')
      const known = byToken.get(token)
      if (known) return known
      if (byToken.size >= MOST_BOTS) throw new Error(`The simulator holds ${MOST_BOTS} bots at most`)
      const bot: Bot = {
        id: Number(id),
        token,
        username: username ?? `shop_${id}_bot`,
        firstName: firstName ?? 'Shop bot',
        readsAllGroupMessages: readsAllGroupMessages ?? false,
        revoked: false,
        standings: new Map(),
        commands: new Map(),
        replyKeyboards: new Map(),
        updates: updateQueue(clock, faults),
        callbackQueries: callbackQueries(clock),
        nextMessageId: 1,
      }
      byToken.set(token, bot)
      return bot
    },
  }
}

export function isWellFormedToken(token: string): boolean {
  return TOKEN.test(token)
}

export function setStanding(bot: Bot, personId: number, standing: Standing): void {
  bot.standings.set(personId, standing)
  forgetOldest(bot.standings, MOST_STANDINGS)
}

export function showReplyKeyboard(bot: Bot, chatId: number, keyboard: ReplyKeyboard | 'removed'): void {
  bot.replyKeyboards.delete(chatId)
  if (keyboard !== 'removed') bot.replyKeyboards.set(chatId, keyboard)
  forgetOldest(bot.replyKeyboards, MOST_STANDINGS)
}

export function botUser(bot: Bot) {
  return { id: bot.id, is_bot: true, first_name: bot.firstName, username: bot.username }
}

export function botProfile(bot: Bot) {
  return {
    ...botUser(bot),
    can_join_groups: true,
    can_read_all_group_messages: bot.readsAllGroupMessages,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
  }
}
