import {
  createBonuses,
  minorOf,
  type Bonuses,
  type Customer,
  type Quote,
  type ShopPage,
  type Spending,
} from '@tapline/storefront'
import { bring, goodsMinor, orderOf, putBack, takeOff, typeCode } from './cart.ts'
import { drawBox, keyOf, minor, type BoxState } from './cart-box.ts'
import { drawCards } from './cards.ts'
import type { Finding } from './diagnose.ts'
import { paint, place } from './element.ts'
import { textsOf, type Lang, type Texts } from './texts.ts'
import { tilda, type TildaCart } from './tilda-page.ts'

/** What {@link startTilda} needs. */
export interface TildaOptions {
  /** Address of the API, such as `https://bonus.example.com`. */
  url: string
  /** The project's `pk_…`; the site's origin has to be allowed. */
  publishableKey: string
  /** Language of what shoppers read; that of the page, and else of the project, when absent. */
  lang?: string
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
const PROMO_ANSWER_MS = 10_000

/**
 * Shows bonuses in this Tilda page and lets shoppers spend them in its cart, now and whenever a cart comes. Whatever
 * fails of it, nothing is thrown and the page is as it was without.
 */
export function startTilda({ url, publishableKey, lang: wish }: TildaOptions): TildaBonuses {
  const storage = ownStorage()
  const boxes = new WeakMap<Element, ReturnType<typeof place>>()
  let bonuses = open()
  let shop: ShopPage | undefined
  let me: Customer | null = null
  let quote: Quote | undefined
  let quotedFor = ''
  let meFor = ''
  let note = ''
  let isBusy = false
  let isSubmitting = false
  let isCancelled = false
  /** The code of an order that was sent: it is in no cart any more. */
  let orderedCode = ''
  let typedAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let lang: Lang = 'ru'
  let texts: Texts | undefined

  function open(): Bonuses {
    const opened = createBonuses({
      ...{ url, publishableKey, storefront: 'tilda', storage },
      ...(isLang(pageLang()) && { locale: pageLang() as Lang }),
    })
    opened.on('session', soon)
    opened.on('spending', (spending) => {
      if (spending?.state === 'voided' || spending?.state === 'expired')
        note = isCancelled ? note : (texts?.say('ended') ?? '')
      typedAt = 0
      isCancelled = false
      reconcile()
      soon()
    })
    return opened
  }

  function pageLang(): string {
    return (wish ?? document.documentElement.lang).slice(0, 2).toLowerCase()
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void look()
    }, SETTLE_MS)
  }

  /** Asks for what is not known of this cart, and draws. */
  async function look(): Promise<void> {
    const answer = await bonuses.page()
    if (answer.data && !texts) {
      const named = pageLang()
      lang = isLang(named) ? named : answer.data.locale
      texts = await textsOf(lang, answer.data.currency)
      paint(answer.data.widget.colour)
    }
    shop = answer.data ?? shop
    if (!shop || !texts) return
    await askMe()
    drawCards(me?.tier.earnPercent ?? shop.bonuses.percent, texts)
    if (document.querySelector(ACCOUNT)) await drawAccount(shop, texts)
    reconcile()
    await askQuote()
    draw()
  }

  async function askMe(): Promise<void> {
    const state = `${bonuses.proven} ${bonuses.spending?.state}`
    if (state === meFor) return
    meFor = state
    me = (await bonuses.me()).data ?? null
  }

  async function drawAccount({ telegram }: ShopPage, texts: Texts): Promise<void> {
    try {
      const { drawAccount } = await import('./account.ts')
      await drawAccount(document.querySelectorAll(ACCOUNT), { bonuses, me, telegram, texts, lang, acts })
    } catch {
      // The rest of the page goes on without it.
    }
  }

  async function askQuote(): Promise<void> {
    const { tcart } = tilda
    if (!tcart || goodsMinor(tcart) === 0) return
    const cart = orderOf(tcart, isOurs(tcart))
    const key = JSON.stringify([cart, meFor, bonuses.spending?.id])
    if (key === quotedFor) return
    quotedFor = key
    const { data } = await bonuses.quote(cart)
    // The cart has changed meanwhile, and is asked for again.
    if (key !== quotedFor) return
    quote = data
    reconcile()
  }

  function draw(): void {
    const { tcart: cart } = tilda
    if (!cart || !shop || !texts) return
    const isForeignPromo = cart.promocode !== undefined && !isOurs(cart)
    const state: BoxState = { bonuses, shop, cart, quote, texts, note, busy: isBusy, isForeignPromo }
    for (const form of document.querySelectorAll('.t706 form')) {
      let box = boxes.get(form)
      if (!box?.host.isConnected) {
        boxes.set(form, (box = place('cart')))
        const before = form.querySelector('.t-input-group_pc, .t706__cartwin-totalamount-wrap')
        if (before) before.before(box.host)
        else form.prepend(box.host)
      }
      box.draw(goodsMinor(cart) > 0 ? drawBox(state, acts) : [], keyOf(state))
    }
  }

  const isOurs = ({ promocode }: TildaCart): boolean =>
    promocode !== undefined &&
    [bonuses.spending?.reservation, orderedCode].some((code) => !!code && same(code, promocode.promocode))

  /** Makes the cart say what was put aside, no more and no less. */
  function reconcile(): void {
    const { tcart } = tilda
    if (!tcart || isSubmitting) return
    const { spending } = bonuses
    const code = tcart.promocode?.promocode
    if (spending?.state !== 'active' || !spending.reservation) {
      bring(undefined)
      if (code && isOurs(tcart)) putBack()
      return
    }
    // Empty it is also between an order and its confirmation: what was put aside for that must stay.
    if (goodsMinor(tcart) === 0) return
    const amount = minor(spending.amount)
    const most = mostOf(tcart)
    if (code && !isOurs(tcart)) return giveUp(texts?.say('promo'))
    if (most !== undefined && amount > most) return giveUp(texts?.say('changed', texts.bonuses(most)))
    if (!code) apply(spending, amount)
    if (!tcart.promocode) return
    if (Math.round(Number(tcart.prodamount_discountsum) * 100) !== amount) return giveUp(texts?.say('failed'))
    bring(spending.reservation)
  }

  function apply({ reservation }: Spending, amount: number): void {
    if (!shop) return
    if (shop.bonuses.spending !== 'promo-codes') return takeOff(reservation!, amount / 100)
    if (typedAt === 0) {
      typedAt = Date.now()
      typeCode(reservation!)
      setTimeout(soon, PROMO_ANSWER_MS + 1)
    } else if (Date.now() - typedAt > PROMO_ANSWER_MS) giveUp(texts?.say('failed'))
  }

  /** The most that may be taken off this cart, as far as it is known here. */
  function mostOf(tcart: TildaCart): number | undefined {
    if (!shop) return undefined
    const gross = minorOf(orderOf(tcart, true).amount) ?? 0
    const share = Math.floor((gross * shop.bonuses.maxSpendPercent) / 100 + 1e-6)
    // What is held already is not in the balance: such a limit is none of this cart.
    const { most, limitedBy } = quote?.spend ?? {}
    const isOfCart = most !== undefined && limitedBy !== 'balance' && limitedBy !== 'day-limit'
    return Math.min(goodsMinor(tcart), share, isOfCart ? minor(most) : Infinity)
  }

  function giveUp(words = ''): void {
    note = words
    isCancelled = true
    if (tilda.tcart && isOurs(tilda.tcart)) putBack()
    void bonuses.cancel()
  }

  const acts = {
    prove: () =>
      void busy(async () => {
        const { data, problem } = await bonuses.proveByTelegram()
        if (problem) return problem
        void data.proven.then(soon)
        return undefined
      }),
    stopProof() {
      bonuses.proof?.cancel()
      soon()
    },
    spend: (amount: number) =>
      void busy(async () => {
        const cart = orderOf(tilda.tcart!, false)
        return (await bonuses.spend({ cart, amount: (amount / 100).toFixed(2) })).problem
      }),
    undo: () => giveUp(),
    dropPromo() {
      putBack()
      soon()
    },
  }

  async function busy(act: () => Promise<{ detail: string } | undefined>): Promise<void> {
    isBusy = true
    note = ''
    draw()
    const problem = await act()
    isBusy = false
    // What the server says is a sentence; a code of the page's own is not.
    if (problem) note = / /.test(problem.detail) ? problem.detail : (texts?.say('failed') ?? '')
    soon()
  }

  const ofCart = (listener: () => void) => (event: Event) => {
    if ((event.target as Element | null)?.closest?.('.t706')) listener()
  }
  const hear = (name: string, listener: () => void) =>
    document.addEventListener(name, ofCart(listener), { capture: true })
  hear('submit', reconcile)
  hear('tildaform:beforesend', () => (isSubmitting = true))
  hear('tildaform:aftererror', () => {
    isSubmitting = false
    if (bonuses.spending?.state === 'active') note = texts?.say('failed') ?? ''
    soon()
  })
  hear('tildaform:aftersuccess', () => {
    isSubmitting = false
    const { spending } = bonuses
    if (spending?.state === 'active') {
      orderedCode = spending.reservation ?? ''
      bonuses.ordered()
    }
    soon()
  })
  window.addEventListener('storage', ({ key }) => {
    const idle = !bonuses.proof && (!bonuses.spending || bonuses.spending.state !== 'active')
    if (!key?.startsWith('tapline:') || !idle || isBusy) return
    bonuses = open()
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
      const found = await diagnose(bonuses, url)
      console.table(found)
      return found
    },
  }
}

const isLang = (name: string): name is Lang => name === 'ru' || name === 'en' || name === 'kk'

const same = (a: string, b: string) => a.toUpperCase() === b.toUpperCase()

/** As the cart's: all tabs have one. */
function ownStorage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}
