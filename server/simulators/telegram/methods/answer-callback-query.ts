import { accept, badRequest } from '../answer.ts'
import { isTrue, type Method } from './method.ts'

const LONGEST_TEXT = 200

export const answerCallbackQuery: Method = ({ telegram, bot, parameters }) => {
  const text = parameters.text === undefined ? undefined : String(parameters.text)
  if (text && text.length > LONGEST_TEXT) return badRequest('MESSAGE_TOO_LONG')
  const answer = {
    text,
    showAlert: isTrue(parameters.show_alert),
    url: parameters.url === undefined ? undefined : String(parameters.url),
  }
  if (!bot.callbackQueries.answer(String(parameters.callback_query_id ?? ''), answer)) {
    return badRequest('query is too old and response timeout expired or query ID is invalid')
  }
  telegram.feed.changed()
  return accept(true)
}
