import { accept, refuse, type Answer } from './answer.ts'
import { botProfile, type Bot } from './bots.ts'
import { answerCallbackQuery } from './methods/answer-callback-query.ts'
import { deleteMessage } from './methods/delete-message.ts'
import { editMessageCaption } from './methods/edit-message-caption.ts'
import { editMessageReplyMarkup } from './methods/edit-message-reply-markup.ts'
import { editMessageText } from './methods/edit-message-text.ts'
import * as forumTopics from './methods/forum-topics.ts'
import { getChatMember } from './methods/get-chat-member.ts'
import { getChat } from './methods/get-chat.ts'
import { getFile } from './methods/get-file.ts'
import { getUpdates } from './methods/get-updates.ts'
import type { Method, MethodCall } from './methods/method.ts'
import { sendChatAction } from './methods/send-chat-action.ts'
import * as sendFile from './methods/send-file.ts'
import { sendContact, sendLocation } from './methods/send-location-or-contact.ts'
import { sendMediaGroup } from './methods/send-media-group.ts'
import { sendMessage } from './methods/send-message.ts'
import { setMessageReaction } from './methods/set-message-reaction.ts'
import { setMyCommands } from './methods/set-my-commands.ts'
import { deleteWebhook, getWebhookInfo, setWebhook } from './methods/webhook-methods.ts'
import type { Telegram } from './telegram.ts'

const METHODS: Record<string, Method> = {
  getMe: ({ bot }) => accept(botProfile(bot)),
  sendMessage,
  ...sendFile,
  sendMediaGroup,
  sendLocation,
  sendContact,
  sendChatAction,
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  deleteMessage,
  setMessageReaction,
  getFile,
  getChat,
  getChatMember,
  ...forumTopics,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  answerCallbackQuery,
  setMyCommands,
}

const byLowerCaseName = new Map(Object.entries(METHODS).map(([name, method]) => [name.toLowerCase(), method]))

/** Answers one call of the Bot API; names are case-insensitive, an unknown one is 404. */
export async function answerCall(method: string, call: MethodCall): Promise<Answer> {
  const run = byLowerCaseName.get(method.toLowerCase())
  return run ? run(call) : refuse(404, 'Not Found')
}

/** Runs the method a webhook asked for in its response; like the real one, it tells nobody the result. */
export function runWebhookReply(
  telegram: Telegram,
  bot: Bot,
  method: string,
  parameters: Record<string, unknown>,
): void {
  const { signal } = new AbortController()
  const call = { telegram, bot, parameters, uploads: new Map(), gone: signal, loseAnswer: () => undefined }
  void answerCall(method, call).then((answer) => {
    telegram.calls.record({
      at: telegram.clock.now(),
      botId: bot.id,
      method,
      parameters,
      outcome: 'answered',
      status: undefined,
      answer,
    })
  })
}
