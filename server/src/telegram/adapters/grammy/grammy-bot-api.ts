import { Api, GrammyError, HttpError } from 'grammy'
import { RetryableError } from '../../../kernel/retryable-error.ts'
import { MOST_FILE_BYTES } from '../../domain/read-message.ts'
import { FileNotGiven, type BotApi, type Called, type Sent } from '../../ports/bots.ts'
import { multipart } from './multipart.ts'

const TIMEOUT_SECONDS = 15
/** Less than a line of calls is held for. */
const FILE_TIMEOUT_MS = 45_000
const POLL_GRACE_SECONDS = 15
const MOST_CONNECTIONS = 40
/** All that is read; the others would only cost. */
const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const
const UNREACHABLE =
  /blocked by the user|user is deactivated|can't initiate conversation|chat not found|kicked|not a member/i

/** Telegram through grammY. Answers are values: what to do about each is decided by whoever sends. */
export function grammyBotApi(apiRoot: string): BotApi {
  const api = (token: string, timeoutSeconds = TIMEOUT_SECONDS) => new Api(token, { apiRoot, timeoutSeconds })
  async function attempt(work: () => Promise<unknown>): Promise<Called> {
    try {
      return { outcome: 'done', result: await work() }
    } catch (error) {
      return judge(error)
    }
  }
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

    call: (token, method, payload) =>
      attempt(() =>
        (api(token).raw as unknown as Record<string, (payload: object) => Promise<unknown>>)[method]!(
          payload,
        ),
      ),

    async upload(token, method, payload, file) {
      const { contentType, body } = multipart(payload, file)
      // Not by grammY, which writes file names without quotes: what is in a name would be read as what comes after it.
      const answer = await fetch(`${apiRoot}/bot${token}/${method}`, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: ReadableStream.from(body),
        duplex: 'half',
        signal: AbortSignal.timeout(FILE_TIMEOUT_MS),
      }).then(readAnswer, () => undefined)
      if (answer === undefined) return UNREACHED
      return answer.ok
        ? { outcome: 'done', result: answer.result }
        : judge(new GrammyError('A file was refused', answer, method, {}))
    },

    setWebhook: (token, webhook) =>
      attempt(() =>
        webhook === null
          ? api(token).deleteWebhook()
          : api(token).setWebhook(webhook.url, {
              secret_token: webhook.secret,
              allowed_updates: ALLOWED_UPDATES,
              max_connections: MOST_CONNECTIONS,
            }),
      ),

    updates: (token, offset, timeoutSeconds, signal) =>
      attempt(() =>
        api(token, timeoutSeconds + POLL_GRACE_SECONDS).getUpdates(
          { offset, timeout: timeoutSeconds, limit: 100, allowed_updates: ALLOWED_UPDATES },
          signal as never,
        ),
      ),

    async download(token, fileId) {
      const { file_path: path } = await api(token).getFile(fileId).catch(notGiven)
      if (path === undefined) throw new FileNotGiven('gone')
      // The address holds the token: it must not get into an error.
      const signal = AbortSignal.timeout(FILE_TIMEOUT_MS)
      const response = await fetch(`${apiRoot}/file/bot${token}/${path}`, { signal }).catch(() => undefined)
      if (response === undefined || response.status >= 500 || response.status === 429)
        throw new RetryableError('Telegram could not be reached for a file')
      if (!response.ok) throw new FileNotGiven('gone')
      return readFile(response)
    },
  }
}

const UNREACHED = { outcome: 'retry', afterMs: undefined, why: 'Telegram could not be reached' } as const

function judge(error: unknown): Exclude<Sent, { outcome: 'sent' }> {
  if (error instanceof GrammyError) {
    const { error_code: code, description, parameters } = error
    if (code === 429)
      return { outcome: 'retry', afterMs: (parameters.retry_after ?? 1) * 1_000, why: description }
    if (parameters.migrate_to_chat_id !== undefined)
      return { outcome: 'moved', address: String(parameters.migrate_to_chat_id) }
    if (code === 401 || code === 404) return { outcome: 'refused', why: description }
    if (UNREACHABLE.test(description)) return { outcome: 'unreachable', why: description }
    if (code === 403) return { outcome: 'unreachable', why: description }
    if (code === 400 || code === 413) return { outcome: 'bad-text', why: description }
    return { outcome: 'retry', afterMs: undefined, why: `${code} ${description}` }
  }
  // grammY's own text of a network error may carry the address, and with it the token.
  if (error instanceof HttpError) return UNREACHED
  throw error
}

type Answer = { ok: true; result: unknown } | ConstructorParameters<typeof GrammyError>[1]

/** Undefined of what is no answer of the Bot API: something stands between, or it broke off. */
async function readAnswer(response: Response): Promise<Answer | undefined> {
  const answer = (await response.json().catch(() => undefined)) as Answer | undefined
  return typeof answer?.ok === 'boolean' ? answer : undefined
}

function notGiven(error: unknown): never {
  const judged = judge(error)
  if (judged.outcome === 'bad-text')
    throw new FileNotGiven(/too big/i.test(judged.why) ? 'too-large' : 'gone')
  const retryAfterMs = judged.outcome === 'retry' ? judged.afterMs : undefined
  throw new RetryableError(
    `Telegram gives no file now: ${judged.outcome}`,
    retryAfterMs === undefined ? {} : { retryAfterMs },
  )
}

async function readFile(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += piece.length
      if (size > MOST_FILE_BYTES) throw new FileNotGiven('too-large')
      pieces.push(piece)
    }
  } catch (error) {
    if (error instanceof FileNotGiven) throw error
    throw new RetryableError('Telegram broke off while it gave a file')
  }
  return Buffer.concat(pieces)
}
