import { isRefused } from '../answer.ts'
import { edited, findOwnMessage } from './edited.ts'
import type { Method } from './method.ts'
import { readInlineMarkup } from './reply-markup.ts'

export const editMessageReplyMarkup: Method = (call) => {
  const keyboard = readInlineMarkup(call.parameters.reply_markup)
  if (isRefused(keyboard)) return keyboard
  const found = findOwnMessage(call)
  return isRefused(found) ? found : edited(call, found, { keyboard })
}
