import { tidy, type Cart } from './cart.ts'
import type { Customer, Entry, Quote, ShopPage } from './contract.ts'
import { createEmitter, type On } from './emitter.ts'
import { own } from './json.ts'
import { onReturn } from './on-return.ts'
import { done, problem, type Answer, type Problem } from './problem.ts'
import { BOT, createProofs, type TelegramBot, type TelegramProof } from './proofs.ts'
import { createRequest, type Fetch } from './request.ts'
import { createSessions, type Identity } from './sessions.ts'
import { createShelf, type BonusesStorage } from './shelf.ts'
import { createSpendings, type SpendInput, type Spending } from './spendings.ts'

/** What {@link createBonuses} needs. */
export interface BonusesOptions {
  /** Address of the API, such as `https://bonus.example.com`. */
  url: string
  /** The project's `pk_…`; the page's origin has to be among `allowedOrigins` of the chat settings. */
  publishableKey: string
  /** Name under which this shop's orders come to the API; `api` when absent. */
  storefront?: string
  /** Language of what the server says; the project's when absent. */
  locale?: 'ru' | 'en' | 'kk'
  /**
   * Says who is signed in to the shop: a token of `signIdentity` of `@tapline/signing`, made by the shop's server. Asked
   * when there is a need, and again when the session of an hour has ended. Without it shoppers prove it in Telegram.
   */
  identity?: Identity
  /** `fetch` of the page when absent. */
  fetch?: Fetch
  /** Where a session and a spending outlive a reload; `sessionStorage` when absent. Null: nowhere. */
  storage?: BonusesStorage | null
  /** Of the customer who brought this shopper, from the address of the page; see {@link Bonuses.referral}. */
  referral?: string | undefined
  /** Milliseconds since 1970; the clock of the machine when absent. */
  now?: () => number
}

/** What is told by {@link Bonuses.on}. */
export interface BonusesEvents {
  /** Who it is, or what the shopper has, has changed. */
  session: { proven: boolean }
  /** A spending began or changed its state; null never comes twice. */
  spending: Spending | null
  /** Something could not be done. It is told for diagnosis; whoever asked has its own answer. */
  problem: Problem
}

/** Bonuses in a page of the shop. Nothing of it throws or rejects, and every answer comes within seconds. */
export interface Bonuses {
  /** What the page may know of the shop. Kept for a minute. */
  page(): Promise<Answer<ShopPage>>
  /** The proven customer with its bonuses; null of anybody else, for whom nothing is asked. */
  me(): Promise<Answer<Customer | null>>
  /** What was earned and spent, the latest 100 movements, those of what is put aside included; nothing of anybody who is not proven. */
  entries(): Promise<Answer<Entry[]>>
  /** What a cart would earn and how much of it bonuses may pay; of somebody new unless it is proven who it is. */
  quote(cart: Cart): Promise<Answer<Quote>>
  /** A link into Telegram by which the shopper proves who it is. Again while one waits: the same. */
  proveByTelegram(): Promise<Answer<TelegramProof>>
  /** Of a proven customer: where a spending is confirmed. */
  bot(): Promise<Answer<TelegramBot>>
  /** The proof that waits, also after a reload. */
  readonly proof: TelegramProof | undefined
  /** Takes an identity token that the shop's server has signed. */
  signIn(identityToken: string): Promise<Answer<true>>
  /** Forgets who it is, and frees what waits for a confirmation. */
  signOut(): void
  /** Whether it is known who the shopper is. */
  readonly proven: boolean
  /**
   * Puts bonuses aside for a cart, by a reservation or, where the shop has imported them, a promo code (then `amount` is
   * one of the page's `nominals`). Refused with `proof-required` before a proof, with `spending-exists` while one lives.
   */
  spend(input: SpendInput): Promise<Answer<Spending>>
  /** The spending that lives, or the last one that ended in this page. */
  readonly spending: Spending | null
  /**
   * Lets the spending go, at once in this page. The bonuses are free again when it was not confirmed yet or has a
   * `reservation`, else at `expiresAt`: the shop may have lowered a price for them. A problem says that the server did
   * not hear of it; then what the shopper has is asked anew (`session` is told).
   */
  cancel(): Promise<Answer<null>>
  /**
   * The code to send as `referralCode` of the order or the registration. It lives as long as the page, and outlives it
   * once something may be stored: after a proof, a sign-in, a spending or {@link Bonuses.remember}; until `ordered`.
   */
  readonly referral: string | undefined
  /** Says that the shopper has agreed to storage: what is known here outlives the page from then on. */
  remember(): void
  /**
   * Says that an order was made: what was spent for it is the order's from then on, another spending may begin, the
   * referral code is handed over, and what the shopper has is asked anew (`session` is told).
   */
  ordered(): void
  on: On<BonusesEvents>
}

const REFERRAL = 'referral'
const MINUTE_MS = 60_000
const AFTER_FAULT_MS = 5_000

/**
 * Bonuses of one shop in one page, without any assumption about its markup.
 *
 * ```ts
 * const bonuses = createBonuses({ url: 'https://bonus.example.com', publishableKey: 'pk_…' })
 * const { data: quote } = await bonuses.quote({ amount: '1990.00' })
 * if (quote) show(`+${quote.earned}`)
 * ```
 */
export function createBonuses(settings: BonusesOptions): Bonuses {
  const options = own(settings)
  const { publishableKey, now = Date.now } = options
  const { on, emit } = createEmitter<BonusesEvents>()
  const shelf = createShelf(
    options.storage === null ? undefined : (options.storage ?? ownStorage()),
    `tapline:${publishableKey}:`,
  )
  if (options.referral) shelf.set(REFERRAL, options.referral)
  const request = createRequest({
    url: options.url.replace(/\/+$/, ''),
    locale: () => options.locale,
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    noticed: (seen) => emit('problem', seen),
  })
  const told = () => emit('session', { proven: sessions.isProven() })
  const sessions = createSessions({
    ...{ request, shelf, publishableKey, now },
    identity: options.identity,
    changed() {
      // It knew whoever it was before.
      shelf.set(BOT, undefined)
      told()
    },
  })
  const proofs = createProofs({ request, sessions, shelf, now })

  let page: Promise<Answer<ShopPage>> | undefined
  let pageEndsAt = 0
  async function askPage(): Promise<Answer<ShopPage>> {
    const answer = await request<ShopPage>('GET', '/v1/page', { token: publishableKey, has: 'bonuses' })
    pageEndsAt = now() + (answer.data ? MINUTE_MS : AFTER_FAULT_MS)
    return answer
  }
  function getPage(): Promise<Answer<ShopPage>> {
    if (!page || now() > pageEndsAt) {
      pageEndsAt = Infinity
      page = askPage()
    }
    return page
  }

  const spendings = createSpendings({
    ...{ request, sessions, shelf, now },
    storefront: options.storefront,
    page: getPage,
    changed: (spending) => emit('spending', spending),
  })
  spendings.resume()
  onReturn(() => {
    proofs.look()
    spendings.look()
  })

  /** Asks as the customer; whose session the server does not take is nobody from then on. */
  async function asMe<Body>(
    ask: (token: string) => Promise<Answer<Body>>,
  ): Promise<Answer<Body> | undefined> {
    const token = await sessions.proven()
    if (!token) return undefined
    const answer = await ask(token)
    if (answer.problem?.code !== 'unauthorized') return answer
    sessions.end()
    return undefined
  }

  async function mine<Part>(path: string, has: string, none: Part): Promise<Answer<Part>> {
    const answer = await asMe((token) => request<Record<string, Part>>('GET', path, { token, has }))
    return answer?.problem ? answer : done(answer?.data[has] ?? none)
  }

  return {
    on,
    page: getPage,
    me: () => mine<Customer | null>('/v1/me', 'customer', null),
    entries: () => mine<Entry[]>('/v1/me/entries?limit=100', 'data', []),
    async quote(cart) {
      const body = tidy(cart)
      if (!body) return problem('amount-invalid')
      const ask = (token: string) => request<Quote>('POST', '/v1/me/quotes', { token, body, has: 'spend' })
      return (await asMe(ask)) ?? ask(publishableKey)
    },
    proveByTelegram() {
      shelf.allow()
      return proofs.start()
    },
    bot: proofs.bot,
    get proof() {
      return proofs.current()
    },
    async signIn(identity) {
      const answer = await sessions.open({ identity })
      if (answer.problem) return answer
      shelf.allow()
      return done(true as const)
    },
    signOut() {
      void spendings.cancel().then(sessions.end)
    },
    get proven() {
      return sessions.isProven()
    },
    spend: async (input) => {
      const cart = tidy(input.cart)
      return cart ? spendings.spend(own({ ...input, cart })) : problem('amount-invalid')
    },
    get spending() {
      return spendings.current()
    },
    async cancel() {
      const answer = await spendings.cancel()
      // Only now are they in the balance again.
      told()
      return answer
    },
    get referral() {
      return shelf.read<string>(REFERRAL)
    },
    remember: shelf.allow,
    ordered() {
      shelf.set(REFERRAL, undefined)
      spendings.ordered()
      told()
    },
  }
}

function ownStorage(): BonusesStorage | undefined {
  try {
    return globalThis.sessionStorage
  } catch {
    // The page may not: it is sandboxed, or storage is switched off.
    return undefined
  }
}
