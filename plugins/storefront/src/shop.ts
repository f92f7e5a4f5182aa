import type { Cart } from './cart.ts'
import type * as payParts from './pay-parts.ts'
import type { Customer, ShopPage } from './contract.ts'
import type { Bonuses } from './create-bonuses.ts'
import type { TelegramBot, TelegramProof } from './proofs.ts'
import type { Answer } from './problem.ts'
import { localeOf, wordsOf, type Note, type Words } from './words.ts'
import { paint, wear } from './view.ts'

type PayParts = typeof payParts

export type Shop = ReturnType<typeof openShop>

/** What all views of a page show, and what can be done in them. */
export function openShop(bonuses: Bonuses, locale: string | undefined, render: () => void) {
  let loading: Promise<void> | undefined
  let prover: HTMLElement | undefined
  let parts: Promise<unknown> | undefined
  let known: PayParts | undefined
  const shop = {
    bonuses,
    /** Undefined until it is known; null when it cannot be, and nothing is shown. */
    page: undefined as ShopPage | null | undefined,
    words: undefined as Words | undefined,
    customer: null as Customer | null,
    proof: bonuses.proof,
    bot: undefined as TelegramBot | undefined,
    note: undefined as Note | undefined,
    busy: false,
    /** Of the shop's own code; outweighs the attributes. */
    cart: undefined as Cart | undefined,
    load: () => (loading ??= load()),
    /** One thing at a time; what fails says so. */
    async act(what: () => Promise<Answer<unknown>>): Promise<void> {
      if (shop.busy) return
      shop.busy = true
      shop.note = undefined
      render()
      const { problem } = await what()
      shop.busy = false
      if (problem) shop.note = 'failed'
      render()
    },
    /** Where it was asked for, alone; after a reload in the first place there is. */
    provesIn(place: HTMLElement): boolean {
      if (!prover?.isConnected) prover = place
      return shop.proof !== undefined && prover === place
    },
    prove: (place: HTMLElement) => {
      prover = place
      return shop.act(async () => {
        const answer = await bonuses.proveByTelegram()
        if (answer.data) follow(answer.data)
        return answer
      })
    },
    /** In the page at once, whatever the network does. */
    letGo(note?: Note): void {
      void bonuses.cancel()
      shop.note = note
      render()
    },
    /** Undefined until they are there; then everything is rendered again. */
    payParts(): PayParts | undefined {
      parts ??= import('./pay-parts.ts').then(
        (loaded) => {
          wear(loaded.PAY_STYLE)
          known = loaded
          render()
        },
        // The next one who needs them asks again.
        () => (parts = undefined),
      )
      return known
    },
    render,
  }

  /** After what is asked already, which may have been asked too early. */
  function anew(): void {
    loading = loading?.then(load)
  }

  async function load(): Promise<void> {
    // Beside each other where the language is known.
    const early = localeOf(locale)
    const speak = (currency: string, language = early ?? 'ru') =>
      wordsOf(language, currency).catch(() => undefined)
    const known = early && speak('RUB')
    const [{ data: page }, me] = await Promise.all([bonuses.page(), bonuses.me()])
    await known
    shop.customer = me.data ?? null
    if (page) {
      shop.words = await speak(page.currency, early ?? page.locale)
      paint(page.widget?.colour ?? '#1f6feb')
    }
    shop.page = page ?? shop.page ?? null
    render()
  }
  function follow(proof: TelegramProof): void {
    shop.proof = proof
    void proof.proven.then(({ problem }) => {
      shop.proof = undefined
      if (problem && problem.code !== 'cancelled')
        shop.note = problem.code === 'proof-expired' ? 'expired' : 'failed'
      render()
    })
  }
  async function meetBot(): Promise<void> {
    shop.bot = (await bonuses.bot()).data
    render()
  }

  if (shop.proof) follow(shop.proof)
  bonuses.on('session', anew)
  bonuses.on('spending', (spending) => {
    const state = spending?.state
    if (state === 'awaiting-confirmation') void meetBot()
    else {
      shop.bot = undefined
      anew()
    }
    if (state === 'voided' || state === 'expired') shop.note ??= state
    render()
  })
  if (bonuses.spending?.state === 'awaiting-confirmation') void meetBot()
  return shop
}
