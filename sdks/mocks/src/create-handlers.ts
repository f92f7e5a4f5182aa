import type { components } from '@tapline/client'
import type { HttpHandler } from 'msw'
import { serveContract } from './http/serve.ts'
import { serveDoor } from './http/serve-door.ts'
import { serveFiles } from './http/serve-files.ts'
import { openShop, type MockCustomer, type MockShop } from './mock-shop.ts'

/** What {@link createHandlers} needs and may be told. */
export interface CreateHandlersOptions {
  /**
   * Where your code looks for Tapline, such as `https://tapline.example`. Absolute: in Node, MSW does not match relative
   * addresses. A slash at the end is dropped.
   */
  baseUrl: string
  /**
   * The loyalty rules to begin with, as in `PUT /v1/program`. 5 % and 365 days when absent, which is what a new project has.
   * Rules that the small shop does not model throw; see the README for which those are.
   */
  program?: components['schemas']['ProgramInput']
  /** Who is known from the start, and with how many bonuses. Nobody when absent. */
  customers?: readonly MockCustomer[]
  /** What time it is; the real time when absent. Give a fixed one where a test looks at times. */
  clock?: () => Date
  /** Makes ids, codes and secrets other ones; the same seed gives the same, request by request. 1 when absent. */
  seed?: number
  /** ISO 4217; RUB when absent. */
  currency?: string
  /** IANA; reminders come in the morning of it. Europe/Moscow when absent. */
  timeZone?: string
  /** The key that `/v1` takes, others are 401. `sk_mocks` when absent. */
  secretKey?: string
  /** The key with which pages open sessions of the chat. `pk_mocks` when absent. */
  publishableKey?: string
  /** The last part of the door's address. `mocks` when absent. */
  webhookSecret?: string
  /** What signatures at the door are checked with: `whsec_…`. Made from the seed when absent; `shop.signingSecret` has it. */
  signingSecret?: string
  /** Orders at the door need a signature; one that is sent is always checked. False when absent. */
  requireSignature?: boolean
}

/** Handlers for MSW, and the shop behind them. */
export interface Mocks {
  /** For `setupServer(...handlers)` in Node or `setupWorker(...handlers)` in a browser. */
  handlers: HttpHandler[]
  /** To look at and to steer what the handlers answer from. */
  shop: MockShop
}

/**
 * A small shop behind the addresses of Tapline's API. It keeps its state: what you earn can be spent, what is held is gone
 * until it is voided, the same order again is a repeat. Each call makes a shop of its own.
 *
 * It answers every operation of the contract. What the shop does not model is answered with an example that fits the
 * contract; the README lists both.
 *
 * Nothing is started here, and nothing is sent: events appear in `shop.events`, in `GET /v1/events` and in the feed.
 *
 * @throws TypeError when `baseUrl` is not absolute, a customer has no contact or no possible amount, or the program is none
 * that the shop can model.
 *
 * @example
 * const { handlers, shop } = createHandlers({ baseUrl: 'https://tapline.example' })
 * const server = setupServer(...handlers)
 */
export function createHandlers(options: CreateHandlersOptions): Mocks {
  if (!URL.canParse(options.baseUrl))
    throw new TypeError(
      `baseUrl is ${options.baseUrl}: give an absolute one, such as https://tapline.example`,
    )
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const { shop, inner } = openShop({ ...options, baseUrl })
  const { secretKey, publishableKey, webhookSecret, signingSecret } = shop
  const { requireSignature = false } = options
  const door = serveDoor({ shop: inner, baseUrl, webhookSecret, signingSecret, requireSignature })
  const contract = serveContract({ shop: inner, baseUrl, secretKey, publishableKey, signingSecret })
  return { handlers: [...door, ...serveFiles({ shop: inner, baseUrl }), ...contract], shop }
}
