import { minorOf, type Quote, type Spending } from '@tapline/storefront'
import { bring, goodsMinor, isRefused, orderOf, putBack, takeOff, typeCode } from './cart.ts'
import { drawBox, keyOf, minor, type BoxState } from './cart-box.ts'
import type { TildaShop } from './tilda-shop.ts'
import { tilda, type TildaCart } from './tilda-page.ts'

export type CartSide = ReturnType<typeof openCartSide>

const RESERVATION = 'tapline_reservation'
const PROMO_ANSWER_MS = 10_000
/** What it said of a code before is gone by then. */
const REFUSED_MS = 1_500

/** Bonuses in the carts of the page: what an order earns, and the discount for what was put aside. */
export function openCartSide(shop: TildaShop) {
  const { texts, place, soon } = shop
  const boxes = new WeakMap<Element, ReturnType<typeof place>>()
  let quote: Quote | undefined
  let quotedFor = ''
  let note = ''
  let isBusy = false
  /** Until the server has heard of it, what was let go is not in the balance again. */
  let isFreeing = false
  let isSubmitting = false
  let isCancelled = false
  /** The code of an order that was sent: it is in no cart any more. */
  let orderedCode = ''
  let typedAt = 0
  const wish: BoxState['wish'] = {}
  let remembered: string | undefined

  async function askQuote(): Promise<void> {
    const bonuses = shop.bonuses()
    const { tcart } = tilda
    if (!tcart || isFreeing || goodsMinor(tcart) === 0) return
    const cart = orderOf(tcart, isOurs(tcart))
    const key = JSON.stringify([cart, bonuses.proven, bonuses.spending?.id, bonuses.spending?.state])
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
    if (!cart) return
    const isForeignPromo = cart.promocode !== undefined && !isOurs(cart)
    const state: BoxState = {
      ...{ bonuses: shop.bonuses(), shop: shop.page, cart, quote, texts, note, isForeignPromo, wish },
      busy: isBusy || isFreeing,
    }
    for (const form of document.querySelectorAll('.t706 form')) {
      let box = boxes.get(form)
      if (!box?.host.isConnected) {
        boxes.set(form, (box = place('cart')))
        const before = form.querySelector('.t-input-group_pc, .t706__cartwin-totalamount-wrap')
        if (before) before.before(box.host)
        else form.prepend(box.host)
      }
      if (goodsMinor(cart) > 0) box.draw(keyOf(state), () => drawBox(state, acts))
      else box.draw('', () => [])
    }
  }

  const isOurs = ({ promocode }: TildaCart): boolean =>
    promocode !== undefined &&
    [shop.bonuses().spending?.reservation, orderedCode].some(
      (code) => code?.toUpperCase() === promocode.promocode.toUpperCase(),
    )

  /** Makes the cart say what was put aside, no more and no less. */
  function reconcile(): void {
    const { tcart } = tilda
    if (!tcart || isSubmitting) return
    const { spending } = shop.bonuses()
    if (spending?.state !== 'active' || !spending.reservation) {
      bring(RESERVATION, undefined)
      if (tcart.promocode && isOurs(tcart)) putBack()
      return
    }
    // Empty it is also between an order and its confirmation: what was put aside for that must stay.
    if (goodsMinor(tcart) === 0) return
    const amount = minor(spending.amount)
    const most = mostOf(tcart)
    if (tcart.promocode && !isOurs(tcart)) return giveUp(texts.say('promo'))
    if (amount > most) return giveUp(texts.say('changed', texts.bonuses(most)))
    if (!tcart.promocode) apply(spending, amount)
    if (!tcart.promocode) return
    if (Math.round(Number(tcart.prodamount_discountsum) * 100) !== amount) return giveUp(texts.say('failed'))
    bring(RESERVATION, spending.reservation)
  }

  function apply({ reservation }: Spending, amount: number): void {
    if (shop.page.bonuses.spending !== 'promo-codes') return takeOff(reservation!, amount / 100)
    if (typedAt === 0) {
      typedAt = Date.now()
      typeCode(reservation!)
      for (const ms of [REFUSED_MS, PROMO_ANSWER_MS]) setTimeout(soon, ms)
    } else if (Date.now() - typedAt >= (isRefused() ? REFUSED_MS : PROMO_ANSWER_MS))
      giveUp(texts.say('failed'))
  }

  /** The most that may be taken off this cart, as far as it is known here. */
  function mostOf(tcart: TildaCart): number {
    const gross = minorOf(orderOf(tcart, true).amount) ?? 0
    const share = Math.floor((gross * shop.page.bonuses.maxSpendPercent) / 100 + 1e-6)
    // What is held already is not in the balance: such a limit is none of this cart.
    const { most, limitedBy } = quote?.spend ?? {}
    const isOfCart = most !== undefined && limitedBy !== 'balance' && limitedBy !== 'day-limit'
    return Math.min(goodsMinor(tcart), share, isOfCart ? minor(most) : Infinity)
  }

  function giveUp(words = ''): void {
    note = words
    isCancelled = true
    isFreeing = true
    if (tilda.tcart && isOurs(tilda.tcart)) putBack()
    void shop
      .bonuses()
      .cancel()
      .then(() => {
        isFreeing = false
        quotedFor = ''
        soon()
      })
  }

  const acts = {
    prove: () =>
      void busy(async () => {
        const { data, problem } = await shop.bonuses().proveByTelegram()
        if (problem) return problem
        void data.proven.then(soon)
        return undefined
      }),
    stopProof() {
      shop.bonuses().proof?.cancel()
      soon()
    },
    spend: (amount: number) =>
      void busy(async () => {
        const cart = orderOf(tilda.tcart!, false)
        return (await shop.bonuses().spend({ cart, amount: (amount / 100).toFixed(2) })).problem
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
    const problem = await act().catch(() => ({ detail: '' }))
    isBusy = false
    // What the server says is a sentence; a code of the page's own is not.
    if (problem) note = / /.test(problem.detail) ? problem.detail : texts.say('failed')
    soon()
  }

  const hear = (name: string, listener: () => void) =>
    document.addEventListener(
      name,
      ({ target }) => {
        if ((target as Element | null)?.closest?.('.t706')) listener()
      },
      true,
    )
  hear('submit', reconcile)
  // Meanwhile bonuses may have come, or gone elsewhere.
  addEventListener('focus', () => {
    quotedFor = ''
    soon()
  })
  hear('tildaform:beforesend', () => (isSubmitting = true))
  hear('tildaform:aftererror', () => {
    isSubmitting = false
    if (shop.bonuses().spending?.state === 'active') note = texts.say('failed')
    soon()
  })
  hear('tildaform:aftersuccess', () => {
    isSubmitting = false
    note = ''
    const { spending } = shop.bonuses()
    if (spending?.state === 'active') orderedCode = spending.reservation ?? ''
    if (spending?.state !== 'awaiting-confirmation') shop.bonuses().ordered()
    soon()
  })

  return {
    async look(): Promise<void> {
      const { referral, remember } = shop.bonuses()
      // Whoever has put something into the cart has acted, and goes on to other pages.
      if (referral !== remembered) remember()
      bring('referral_code', (remembered = referral))
      reconcile()
      await askQuote()
      draw()
    },
    /** What was put aside has come to another state. */
    ended(state: Spending['state'] | undefined): void {
      typedAt = 0
      if ((state === 'voided' || state === 'expired') && !isCancelled) note = texts.say('ended')
      isCancelled = false
      reconcile()
    },
    isBusy: () => isBusy,
  }
}
