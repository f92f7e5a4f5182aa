import { badRequest, isRefused } from '../answer.ts'
import { readCaption } from '../message-text.ts'
import { edited, findOwnMessage } from './edited.ts'
import type { Method } from './method.ts'
import { readInlineMarkup } from './reply-markup.ts'

export const editMessageCaption: Method = (call) => {
  const caption = readCaption(call.parameters.caption, call.parameters.parse_mode)
  if (isRefused(caption)) return caption
  const keyboard = readInlineMarkup(call.parameters.reply_markup)
  if (isRefused(keyboard)) return keyboard
  const found = findOwnMessage(call)
  if (isRefused(found)) return found
  if (!found.message.attachment?.takesCaption) return badRequest('there is no caption in the message to edit')
  return edited(call, found, { ...caption, keyboard })
}
