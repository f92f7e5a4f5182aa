import { minorOf, shareOf } from '@tapline/storefront'
import { element } from './element.ts'
import { place } from './place.ts'
import type { Texts } from './words.ts'

const badges = new WeakMap<Element, ReturnType<typeof place>>()

/** Says beside every price of a product, in cards and popups, what it earns. */
export function drawCards(percent: number, texts: Texts): void {
  for (const price of document.querySelectorAll('.js-product .js-product-price')) {
    const [amount = ''] = /\d[\d\s.,]*/.exec(price.textContent) ?? []
    const earned = shareOf(minorOf(amount.trim().replace(/[.,]$/, '')) ?? 0, percent)
    let badge = badges.get(price)
    if (!badge?.host.isConnected) {
      if (earned <= 0) continue
      badges.set(price, (badge = place('badge')))
      // The price and its currency stand in a box of their own, where there is one.
      const around = price.parentElement!
      ;(/price/.test(around.className) ? around : price).after(badge.host)
    }
    const words = earned > 0 ? `+${texts.bonuses(earned)}` : ''
    badge.draw(words, () => [words !== '' && element('span', {}, words)])
    badge.host.hidden = words === ''
  }
}
