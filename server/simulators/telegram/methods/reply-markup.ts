import { badRequest, isRefused, type Refused } from '../answer.ts'
import { readInlineKeyboard, type InlineKeyboard } from '../inline-keyboard.ts'
import { readReplyKeyboard, type ReplyKeyboard } from '../reply-keyboard.ts'
import { structured } from './method.ts'

export interface ReplyMarkup {
  inline?: InlineKeyboard | undefined
  below?: ReplyKeyboard | 'removed'
}

/** Buttons under a new message, or those that stand below the chat. */
export function readReplyMarkup(parameter: unknown): ReplyMarkup | Refused {
  const markup = readObject(parameter)
  if (isRefused(markup)) return markup
  if ('inline_keyboard' in markup) {
    const inline = readInlineKeyboard(markup.inline_keyboard)
    return isRefused(inline) ? inline : { inline }
  }
  if ('keyboard' in markup) {
    const below = readReplyKeyboard(markup)
    return isRefused(below) ? below : { below }
  }
  return markup.remove_keyboard === true ? { below: 'removed' } : {}
}

/** Buttons under a message that is edited, which can be no others. */
export function readInlineMarkup(parameter: unknown): InlineKeyboard | undefined | Refused {
  const markup = readObject(parameter)
  if (isRefused(markup)) return markup
  if ('inline_keyboard' in markup) return readInlineKeyboard(markup.inline_keyboard)
  return Object.keys(markup).length > 0 ? badRequest('inline keyboard expected') : undefined
}

function readObject(parameter: unknown): Record<string, unknown> | Refused {
  const markup = structured(parameter)
  if ('malformed' in markup) return badRequest("can't parse reply keyboard markup JSON object")
  if (markup.value === undefined || markup.value === null) return {}
  if (typeof markup.value !== 'object' || Array.isArray(markup.value)) {
    return badRequest('object expected as reply markup')
  }
  return markup.value as Record<string, unknown>
}
