import { createBonuses, referralOf, type Bonuses, type Customer, type Finding } from '@tapline/storefront'
import { drawCards } from './cards.ts'
import type { CartSide } from './cart-side.ts'
import { paint, place } from './place.ts'
import { tilda } from './tilda-page.ts'
import type { TildaShop } from './tilda-shop.ts'
import { isLocale, textsOf } from './words.ts'

/** What {@link startTilda} needs. */
export interface TildaOptions {
  /** Address of the API, such as `https://bonus.example.com`. */
  url: string
  /** The project's `pk_…`; the site's origin has to be allowed. */
  publishableKey: string
  /** Language of what shoppers read, `ru`, `en` or `kk`; that of the page, and else of the project, when absent. */
  locale?: string
}

/** Bonuses in a Tilda site. */
export interface TildaBonuses {
  /** Looks at all that has to be right, and prints it in the console. */
  diagnose(): Promise<Finding[]>
}

/** Where the merchant wants balance and history. */
const ACCOUNT = '[data-tapline=account]'
const SETTLE_MS = 120
const LATE_CART_MS = 60_000

/**
 * Shows bonuses in this Tilda page and lets shoppers spend them in its cart, now and whenever a cart comes. Whatever
 * fails of it, nothing is thrown and the page is as it was without.
 */
export function startTilda({ url, publishableKey, locale: wish }: TildaOptions): TildaBonuses {
  const named = (wish ?? document.documentElement.lang).slice(0, 2).toLowerCase()
  let bonuses = open()
  let shop: TildaShop | undefined
  let side: CartSide | undefined
  let me: Customer | null = null
  let meFor = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function open(): Bonuses {
    const opened = createBonuses({
      ...{ url, publishableKey, storefront: 'tilda', storage: ownStorage() },
      ...(isLocale(named) && { locale: named }),
      referral: referralOf(location.search),
    })
    opened.on('session', soon)
    opened.on('spending', (spending) => {
      side?.ended(spending?.state)
      soon()
    })
    return opened
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      // What could not be loaded is looked for again with the next change of the page.
      look().catch((fault: unknown) => console.debug('Tapline:', fault))
    }, SETTLE_MS)
  }

  async function look(): Promise<void> {
    const chat = document.querySelector('tapline-chat')
    if (chat) void import('./keep-clear.ts').then(({ keepClear }) => keepClear(chat), () => undefined) // prettier-ignore
    const { data: page } = await bonuses.page()
    if (page && !shop) {
      const locale = isLocale(named) ? named : page.locale
      const texts = await textsOf(locale, page.currency)
      paint(page.widget.colour)
      shop ??= { bonuses: () => bonuses, page, texts, locale, place, soon }
    }
    if (!shop) return
    if (page) shop.page = page
    await askMe()
    drawCards(me?.tier.earnPercent ?? shop.page.bonuses.percent, shop.texts)
    const account = document.querySelectorAll(ACCOUNT)
    if (account.length > 0) await (await import('./account.ts')).drawAccount(account, shop, me)
    if (!side && tilda.tcart?.products.length) {
      const { openCartSide } = await import('./cart-side.ts')
      side ??= openCartSide(shop)
    }
    await side?.look()
  }

  async function askMe(): Promise<void> {
    const state = `${bonuses.proven} ${bonuses.spending?.state}`
    if (state === meFor) return
    meFor = state
    me = (await bonuses.me()).data ?? null
  }

  window.addEventListener('storage', ({ key }) => {
    const { proof, spending } = bonuses
    // Another tab knows more, unless this one is in the middle of something.
    if (!key?.startsWith('tapline:') || proof || spending || side?.isBusy()) return
    bonuses = open()
    meFor = ''
    soon()
  })
  document.addEventListener('membersLogout', () => bonuses.signOut())
  // Tilda tells nobody of a changed cart, but it draws it.
  new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true })
  const began = Date.now()
  const waiting = setInterval(() => {
    if (tilda.tcart || Date.now() - began > LATE_CART_MS) clearInterval(waiting)
    if (tilda.tcart) soon()
  }, 250)
  soon()

  return {
    async diagnose() {
      const { diagnose } = await import('./diagnose.ts')
      return diagnose(bonuses, { url, key: publishableKey, locale: named })
    },
  }
}

/** As the cart's: all tabs have one. */
function ownStorage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}
