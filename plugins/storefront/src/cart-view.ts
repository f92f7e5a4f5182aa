import type { Cart, CartItem } from './cart.ts'
import type { Quote } from './contract.ts'
import { jsonOf } from './json.ts'
import { h } from './element.ts'
import { bringWithForm } from './form.ts'
import { decimalOf, minorOf } from './money.ts'
import type { Shop } from './shop.ts'
import { openView, type Part } from './view.ts'

const SETTLE_MS = 250

/** In the cart: what it earns, and bonuses as a part of the payment. */
export function cartView(shop: Shop, place: HTMLElement) {
  const view = openView(place, 'cart')
  const { bonuses } = shop
  let asked = ''
  let quote: Quote | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function cartOf(): Cart | undefined {
    if (shop.cart) return shop.cart
    const { amount, items } = place.dataset
    if (!minorOf(amount ?? '')) return undefined
    try {
      return { amount: amount!, items: JSON.parse(items ?? '[]') as CartItem[] }
    } catch {
      return { amount: amount! }
    }
  }

  /** When the cart, or who it is of, has changed, after it has settled. */
  function ask(cart: Cart): void {
    const key = jsonOf([cart, shop.customer?.bonuses, bonuses.spending?.state])
    if (key === asked) return
    clearTimeout(timer)
    timer = setTimeout(
      () =>
        void bonuses.quote(cart).then(({ data }) => {
          if (key !== asked) return
          quote = data
          shop.render()
        }),
      asked ? SETTLE_MS : 0,
    )
    asked = key
  }

  function render(): void {
    const { page, words, bot, busy, note, customer } = shop
    if (page === undefined) return
    const proof = shop.provesIn(place) ? shop.proof : undefined
    const cart = cartOf()
    const spending = bonuses.spending
    const state = spending?.state
    const [amount, live] = [
      minorOf(cart?.amount ?? ''),
      state === 'active' || state === 'awaiting-confirmation',
    ]
    // Less to pay than what it was made for: another limit.
    if (live && amount && amount < minorOf(spending!.cartAmount)!) return shop.letGo('changed')
    bringWithForm(place, spending)
    if (!page || !words || !cart || !amount) return view.hide()
    const { texts, say, money } = words
    ask(cart)
    const total = place.querySelector('[data-tapline-total]')
    const shown = money(decimalOf(amount - (minorOf(spending?.discount ?? '') ?? 0)))
    if (total && total.textContent !== shown) total.textContent = shown
    if (!quote && !live) return

    // Of what bonuses pay for, nothing is earned.
    const earned = !live && quote && minorOf(quote.earned) ? `+${words.bonuses(quote.earned)}` : ''
    const most = minorOf(quote?.spend.most ?? '') ?? 0
    const { spending: mode } = page.bonuses
    const parts = live || proof || customer ? shop.payParts() : undefined
    const lead =
      state === 'awaiting-confirmation'
        ? say(texts.confirm, words.bonuses(spending!.amount))
        : state === 'active'
          ? say(texts.paid, money(spending!.discount))
          : proof
            ? texts.prove
            : note
              ? texts[note]
              : ''

    function block(): Part {
      if (mode === 'off' && !live) return undefined
      if (live || proof || customer) return parts?.payPart(shop, words!, { lead, cart: cart!, most, proof })
      return (
        page!.telegram &&
        h(
          'div',
          { class: 'row' },
          h(
            'button',
            {
              id: 'pay',
              type: 'button',
              part: 'button',
              disabled: busy,
              click: () => void shop.prove(place),
            },
            texts.pay,
          ),
        )
      )
    }
    view.show(
      jsonOf([earned, most, lead, state, proof?.code, bot?.url, busy, customer?.bonuses, texts.pay, !parts]),
      lead,
      () => [
        earned && h('b', {}, say(texts.forOrder, earned)),
        block(),
        note && !shop.proof && !live && h('p', { class: 'dim' }, texts[note]),
      ],
    )
  }

  return { host: view.host, render }
}
