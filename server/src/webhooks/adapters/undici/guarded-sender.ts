import { Agent, buildConnector, errors, Pool, type Dispatcher } from 'undici'
import { isRefusal } from '../../../kernel/refusal.ts'
import { isTrusted, type Allowance } from '../../domain/allowance.ts'
import { checkUrl } from '../../domain/check-url.ts'
import type { Sender, SendOutcome, SendRequest } from '../../ports/sender.ts'
import { codeOf, ConnectFailed } from './connect-failed.ts'
import { GuardedClient, Trace, type Guard } from './guarded-client.ts'
import { keptBody, keptHeaders, retryAfterMs } from './read-answer.ts'
import { resolveBySystem, resolveInDns } from './resolve-name.ts'

type Options = { allow: Allowance } & Partial<Guard> & {
    totalTimeoutMs?: number
    /** Requests beyond them wait, within their own time limit: at least as many as the caller has in flight. */
    connectionsPerOrigin?: number
  }

const CONNECT_TIMEOUT_MS = 5_000
const TOTAL_TIMEOUT_MS = 15_000
/** The status has said all that counts: nobody waits long for the rest. */
const BODY_TIMEOUT_MS = 1_000
const CONNECTIONS_PER_ORIGIN = 64

/** Sends to whatever address a shop names, and reaches nothing but the public internet and what `allow` lists. */
export function guardedSender(options: Options): Sender {
  const { allow, totalTimeoutMs = TOTAL_TIMEOUT_MS, connectionsPerOrigin = CONNECTIONS_PER_ORIGIN } = options
  const guard: Guard = {
    allow,
    resolveName:
      options.resolveName ?? ((name) => (isTrusted(allow, name) ? resolveBySystem : resolveInDns)(name)),
    ca: options.ca,
    connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    dial: options.dial ?? buildConnector,
  }
  const agent = new Agent({
    factory: (origin) =>
      new Pool(new URL(origin), {
        connections: connectionsPerOrigin,
        factory: (url) => new GuardedClient(url, guard),
      }),
  })

  async function send(request: SendRequest): Promise<SendOutcome> {
    const begun = performance.now()
    const durationMs = () => Math.round(performance.now() - begun)
    const checked = checkUrl(request.url, allow)
    if (isRefusal(checked)) return failed('address-refused', null, durationMs())

    const url = new URL(checked.url)
    const limit = timeLimit(totalTimeoutMs)
    let trace = new Trace()
    try {
      const ask = (through: Dispatcher) => {
        trace = new Trace()
        return limit.race(
          through.request({
            origin: url.origin,
            path: url.pathname + url.search,
            method: 'POST',
            headers: { ...request.headers },
            body: request.body,
            opaque: trace,
            signal: limit.signal,
          }),
        )
      }
      const answer = await ask(agent).catch((error: unknown) => {
        if (outcomeOf(error) !== 'connection-lost' || !trace.wasStale()) throw error
        // Not from the pool: its other connections may be as old.
        const fresh = new GuardedClient(url.origin, guard)
        const again = ask(fresh)
        void fresh.close()
        return again
      })
      const status = answer.statusCode
      const taken = status >= 200 && status < 300
      const responseHeaders = keptHeaders(answer.headers)
      const responseBody = await keptBody(answer.body, BODY_TIMEOUT_MS)
      return {
        status,
        error: taken ? null : String(status),
        durationMs: durationMs(),
        address: trace.address,
        responseHeaders,
        responseBody,
        retryAfterMs: taken ? null : retryAfterMs(answer.headers, Date.now()),
      }
    } catch (error) {
      const outcome = limit.signal.aborted ? 'timeout' : outcomeOf(error)
      if (outcome === undefined) throw error
      return failed(outcome, trace.address, durationMs())
    } finally {
      limit.clear()
    }
  }

  return { send, close: () => agent.close() }
}

function failed(error: string, address: string | null, durationMs: number): SendOutcome {
  return {
    status: null,
    error,
    durationMs,
    address,
    responseHeaders: {},
    responseBody: null,
    retryAfterMs: null,
  }
}

/** undefined for a fault of ours. */
function outcomeOf(error: unknown): string | undefined {
  if (error instanceof ConnectFailed) return error.outcome
  const code = codeOf(error)
  if (error instanceof errors.HTTPParserError || MALFORMED.includes(code)) return 'answer-malformed'
  if (code === 'UND_ERR_SOCKET')
    return (error as Error).message.startsWith('bad ') ? 'answer-malformed' : 'connection-lost'
  return LOST.includes(code) ? 'connection-lost' : undefined
}

const MALFORMED = ['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']
const LOST = ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'UND_ERR_INFO', 'UND_ERR_DESTROYED']

/** undici hears a signal only once the request has a connection: until then the race is what ends it. */
function timeLimit(timeoutMs: number) {
  const controller = new AbortController()
  const { signal } = controller
  const timer = setTimeout(() => controller.abort(), timeoutMs)
  const over = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The time was up.')))
  })
  over.catch(() => undefined)
  return {
    signal,
    race: <T>(work: Promise<T>) => {
      work.catch(() => undefined)
      return Promise.race([work, over])
    },
    clear: () => clearTimeout(timer),
  }
}
