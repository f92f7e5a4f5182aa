import { badRequest, type Refused } from '../answer.ts'
import { readInlineKeyboard, type InlineKeyboard } from '../inline-keyboard.ts'
import { structured } from './method.ts'

export function readReplyMarkup(parameter: unknown): InlineKeyboard | undefined | Refused {
  const markup = structured(parameter)
  return 'malformed' in markup
    ? badRequest("can't parse reply keyboard markup JSON object")
    : readInlineKeyboard(markup.value)
}
