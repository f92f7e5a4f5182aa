import { Api, GrammyError, HttpError } from 'grammy'
import type { BotApi, Sent } from '../../ports/bots.ts'

const TIMEOUT_SECONDS = 15
const UNREACHABLE =
  /blocked by the user|user is deactivated|can't initiate conversation|chat not found|kicked|not a member/i

/** Telegram through grammY. Answers are values: what to do about each is decided by whoever sends. */
export function grammyBotApi(apiRoot: string): BotApi {
  const api = (token: string) => new Api(token, { apiRoot, timeoutSeconds: TIMEOUT_SECONDS })
  return {
    async whoAmI(token) {
      try {
        const me = await api(token).getMe()
        return { id: String(me.id), username: me.username ?? null }
      } catch (error) {
        return error instanceof GrammyError && [401, 404].includes(error.error_code)
          ? 'unknown-token'
          : 'unavailable'
      }
    },

    async send(token, address, html) {
      try {
        await api(token).sendMessage(address, html, {
          parse_mode: 'HTML',
          link_preview_options: { is_disabled: true },
        })
        return { outcome: 'sent' }
      } catch (error) {
        return judge(error)
      }
    },
  }
}

function judge(error: unknown): Sent {
  if (error instanceof GrammyError) {
    const { error_code: code, description, parameters } = error
    if (code === 429)
      return { outcome: 'retry', afterMs: (parameters.retry_after ?? 1) * 1_000, why: description }
    if (parameters.migrate_to_chat_id !== undefined)
      return { outcome: 'moved', address: String(parameters.migrate_to_chat_id) }
    if (code === 401 || code === 404) return { outcome: 'refused', why: description }
    if (UNREACHABLE.test(description)) return { outcome: 'unreachable', why: description }
    if (code === 403) return { outcome: 'unreachable', why: description }
    if (code === 400) return { outcome: 'bad-text', why: description }
    return { outcome: 'retry', afterMs: undefined, why: `${code} ${description}` }
  }
  // grammY's own text of a network error may carry the address, and with it the token.
  if (error instanceof HttpError)
    return { outcome: 'retry', afterMs: undefined, why: 'Telegram could not be reached' }
  throw error
}
