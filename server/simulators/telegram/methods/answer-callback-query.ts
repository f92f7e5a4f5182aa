import { accept, badRequest } from '../answer.ts'
import { isTrue, type Method } from './method.ts'

const LONGEST_TEXT = 200

export const answerCallbackQuery: Method = ({ telegram, bot, parameters }) => {
  const text = parameters.text === undefined ? undefined : String(parameters.text)
  if (text && text.length > LONGEST_TEXT) return badRequest('MESSAGE_TOO_LONG')
  const url = parameters.url === undefined ? undefined : String(parameters.url)
  if (url && !opensTheBot(url, bot.username)) return badRequest('URL_INVALID')
  const answer = {
    text,
    showAlert: isTrue(parameters.show_alert),
    url,
  }
  if (!bot.callbackQueries.answer(String(parameters.callback_query_id ?? ''), answer)) {
    return badRequest('query is too old and response timeout expired or query ID is invalid')
  }
  telegram.feed.changed()
  return accept(true)
}

// A press may open the bot itself with a start parameter, on Telegram's t.me or on the simulator's, and nothing else.
function opensTheBot(address: string, username: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  const isOpener = url.hostname === 't.me' || url.protocol === 'http:'
  return isOpener && url.pathname === `/${username}` && url.searchParams.has('start')
}
