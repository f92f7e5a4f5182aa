import { backoff } from '../kernel/backoff.ts'
import type { Item, Outcome } from '../kernel/line.ts'
import { splitHtml } from './domain/split-html.ts'
import { withoutTags } from './domain/without-tags.ts'
import type { Pace } from './pace-chats.ts'
import type { Bot, BotApi, Bots, Called } from './ports/bots.ts'
import type { MessageLinks } from './ports/message-links.ts'
import type { Keyboard, Outgoing, Sent } from './ports/transport.ts'

export type SendFile = (
  bot: Bot,
  chatId: string,
  call: Extract<Outgoing['call'], { method: 'sendFile' | 'sendPhoto' }> & { replyToId: number | undefined },
) => Promise<Called>

type Dependencies = {
  botOf: (projectId: string) => Promise<Bot | undefined>
  bots: Pick<Bots, 'setProblem' | 'moveChat'>
  api: Pick<BotApi, 'call'>
  sendFile: SendFile
  links: MessageLinks
  pace: Pace
  /** The address is nobody's any more, or blocked us. */
  onUnreachable: (projectId: string, chatId: string, why: string) => Promise<void>
  /** Since when somebody is away who had blocked us; undefined of whoever is there. */
  awaySince: (projectId: string, chatId: string) => Promise<Date | undefined>
  /** Something of a conversation waits for somebody to come back. */
  onHeld: (where: { projectId: string; conversationId: string }, since: Date) => Promise<void>
  onMoved: (projectId: string, from: string, to: string) => Promise<void>
}

const GONE =
  /message to (edit|delete|be replied|react) not found|message can't be (edited|deleted)|MESSAGE_ID_INVALID/i
const SAME = /message is not modified/i
const REFUSED_WAIT_MS = 60_000
const MOST_CAPTION = 1_024
const UNCERTAIN = 'uncertain: it may have been sent before the connection broke'

/** Makes the calls of a chat's line, each until Telegram has answered it. What the answer means is decided here. */
export function sendCalls(dependencies: Dependencies) {
  const { botOf, bots, api, sendFile, links, pace, onUnreachable, awaySince, onHeld, onMoved } = dependencies

  /** What is said in a conversation is not lost on whoever blocks the bot for a while. */
  async function heldFor(projectId: string, chatId: string, body: Outgoing): Promise<Outcome | undefined> {
    const conversationId = conversationOf(body)
    const since = conversationId === undefined ? undefined : await awaySince(projectId, chatId)
    if (conversationId === undefined || since === undefined) return undefined
    await onHeld({ projectId, conversationId }, since)
    return { outcome: 'held', why: 'nobody is there' }
  }

  return async ({ projectId, line: chatId, body, attempts }: Item<Outgoing>): Promise<Outcome> => {
    const bot = await botOf(projectId)
    if (bot === undefined) return { outcome: 'dead', why: 'the project has no bot any more' }
    const held = await heldFor(projectId, chatId, body)
    if (held !== undefined) return held
    const waitMs = pace.turn(bot.botId, chatId)
    if (waitMs > 0) return { outcome: 'later', afterMs: waitMs, why: 'paced', counts: false }
    const called = await make(bot, chatId, body)
    switch (called.outcome) {
      case 'done':
        if (bot.problem !== null) await bots.setProblem(projectId, null)
        return { outcome: 'done' }
      case 'unreachable':
        await onUnreachable(projectId, chatId, called.why)
        return (await heldFor(projectId, chatId, body)) ?? { outcome: 'dead', why: called.why }
      case 'moved':
        await onMoved(projectId, chatId, called.address)
        await bots.moveChat(projectId, chatId, called.address)
        await links.moveChat(projectId, chatId, called.address)
        return judgeMoved(await make(bot, called.address, body))
      case 'refused':
        await bots.setProblem(projectId, called.why)
        return { outcome: 'later', afterMs: REFUSED_WAIT_MS, why: called.why, counts: false }
      case 'bad-text':
        return { outcome: 'dead', why: called.why }
      case 'retry':
        if (called.afterMs !== undefined) {
          pace.silence(bot.botId, chatId, called.afterMs)
          return { outcome: 'later', afterMs: called.afterMs, why: called.why, counts: false }
        }
        return {
          outcome: 'later',
          afterMs: backoff(attempts, Math.random()),
          why: `${UNCERTAIN} (${called.why})`,
          counts: true,
        }
    }
  }

  async function make(
    bot: Bot,
    chatId: string,
    { projectId, call, about, remember }: Outgoing,
  ): Promise<Called> {
    const chat = { chat_id: chatId }
    switch (call.method) {
      case 'sendMessage': {
        const payload = {
          ...chat,
          text: call.text,
          parse_mode: 'HTML',
          link_preview_options: { is_disabled: true },
          ...(call.keyboard === undefined ? {} : { reply_markup: markupOf(call.keyboard) }),
          ...(await replyOf(call.replyTo)),
        }
        let called = await api.call(bot.token, 'sendMessage', payload)
        // What Telegram cannot read as HTML is said without formatting rather than not at all.
        if (called.outcome === 'bad-text' && /parse entities/i.test(called.why)) {
          const { parse_mode: _, ...plain } = payload
          called = await api.call(bot.token, 'sendMessage', { ...plain, text: withoutTags(call.text) })
        }
        return remembered(called)
      }
      case 'sendFile':
      case 'sendPhoto': {
        const replyToId =
          'replyTo' in call && call.replyTo !== undefined ? await idOf(call.replyTo) : undefined
        return remembered(await sendFile(bot, chatId, { ...call, replyToId }))
      }
      case 'editText': {
        const [first] = await messagesOf(call.of)
        if (first === undefined) return late(call.tooLate)
        const text = first.isCaption
          ? { caption: splitHtml(call.text, MOST_CAPTION)[0] }
          : { text: call.text }
        const called = await api.call(bot.token, first.isCaption ? 'editMessageCaption' : 'editMessageText', {
          ...chat,
          message_id: first.telegramMessageId,
          ...text,
          parse_mode: 'HTML',
          ...(first.isCaption ? {} : { link_preview_options: { is_disabled: true } }),
          ...(call.keyboard === undefined ? {} : { reply_markup: markupOf(call.keyboard) }),
        })
        if (called.outcome !== 'bad-text') return called
        if (SAME.test(called.why)) return NOTHING
        return GONE.test(called.why) ? late(call.tooLate) : called
      }
      case 'delete': {
        for (const { telegramMessageId } of await messagesOf(call.of)) {
          const called = await api.call(bot.token, 'deleteMessage', {
            ...chat,
            message_id: telegramMessageId,
          })
          if (called.outcome !== 'done' && !(called.outcome === 'bad-text' && GONE.test(called.why)))
            return called
        }
        return NOTHING
      }
      case 'react': {
        const [first] = await messagesOf(call.of)
        if (first === undefined) return NOTHING
        const reaction = call.emoji === null ? [] : [{ type: 'emoji', emoji: call.emoji }]
        const payload = { ...chat, message_id: first.telegramMessageId, reaction }
        const called = await api.call(bot.token, 'setMessageReaction', payload)
        // A nicety: whatever Telegram has against it, the line goes on.
        return called.outcome === 'bad-text' ? NOTHING : called
      }
    }

    async function messagesOf(of: Sent) {
      if (typeof of === 'number') return [{ telegramMessageId: of, isCaption: false }]
      if ('remembered' in of) {
        const named = await links.named(projectId, chatId, of.remembered)
        return named === undefined ? [] : [{ telegramMessageId: named, isCaption: false }]
      }
      return links.of(projectId, chatId, of)
    }
    async function idOf(of: { conversationId: string; messageId: string }) {
      return (await links.of(projectId, chatId, of))[0]?.telegramMessageId
    }
    async function replyOf(of: { conversationId: string; messageId: string } | undefined) {
      const id = of === undefined ? undefined : await idOf(of)
      return id === undefined
        ? {}
        : { reply_parameters: { message_id: id, allow_sending_without_reply: true } }
    }
    function late(text: string | undefined): Called | Promise<Called> {
      return text === undefined
        ? NOTHING
        : api.call(bot.token, 'sendMessage', { ...chat, text, parse_mode: 'HTML' }).then(remembered)
    }
    async function remembered(called: Called): Promise<Called> {
      if (called.outcome !== 'done' || (about === undefined && remember === undefined)) return called
      const results = Array.isArray(called.result) ? called.result : [called.result]
      await links.add(
        results.flatMap((result) => {
          const {
            message_id: id,
            caption,
            text,
          } = result as { message_id?: number; caption?: string; text?: string }
          if (id === undefined) return []
          const isCaption = text === undefined || caption !== undefined
          const name = remember ?? null
          return [
            { projectId, chatId, telegramMessageId: id, about: about ?? null, isOurs: true, name, isCaption },
          ]
        }),
      )
      return called
    }
  }
}

function conversationOf({ about, call }: Outgoing): string | undefined {
  if (about !== undefined) return about.conversationId
  const isChange = call.method === 'editText' || call.method === 'delete'
  return isChange && typeof call.of === 'object' && 'conversationId' in call.of
    ? call.of.conversationId
    : undefined
}

const NOTHING: Called = { outcome: 'done', result: true }

function judgeMoved(called: Called): Outcome {
  return called.outcome === 'done'
    ? { outcome: 'done' }
    : { outcome: 'later', afterMs: 1_000, why: `moved, then ${called.outcome}`, counts: true }
}

export function markupOf(keyboard: Keyboard): object {
  if ('inline' in keyboard)
    return {
      inline_keyboard: keyboard.inline.map((row) =>
        row.map(({ text, data, url }) => (url === undefined ? { text, callback_data: data } : { text, url })),
      ),
    }
  if ('remove' in keyboard) return { remove_keyboard: true }
  return {
    keyboard: keyboard.reply.map((row) =>
      row.map(({ text, contact }) => (contact === true ? { text, request_contact: true } : { text })),
    ),
    resize_keyboard: true,
    ...(keyboard.once === true ? { one_time_keyboard: true } : {}),
  }
}
