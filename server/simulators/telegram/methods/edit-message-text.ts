import { badRequest, isRefused } from '../answer.ts'
import { readMessageText } from '../message-text.ts'
import { edited, findOwnMessage } from './edited.ts'
import type { Method } from './method.ts'
import { readInlineMarkup } from './reply-markup.ts'

export const editMessageText: Method = (call) => {
  const text = readMessageText(call.parameters.text, call.parameters.parse_mode)
  if (isRefused(text)) return text
  const keyboard = readInlineMarkup(call.parameters.reply_markup)
  if (isRefused(keyboard)) return keyboard
  const found = findOwnMessage(call)
  if (isRefused(found)) return found
  if (found.message.attachment) return badRequest('there is no text in the message to edit')
  return edited(call, found, { ...text, keyboard })
}
