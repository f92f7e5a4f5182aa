import { decimalOf, minorOf, shareOf } from './money.ts'
import type { Shop } from './shop.ts'
import { openView } from './view.ts'

/** At a product: what it earns, surely. Rules, which may give more, are counted in the cart. */
export function earnView(shop: Shop, place: HTMLElement) {
  const view = openView(place, 'earn')
  return {
    host: view.host,
    render(): void {
      const { page, words, customer } = shop
      if (page === undefined) return
      const price = minorOf(place.dataset.price ?? '')
      const percent = customer?.tier.earnPercent ?? page?.bonuses.percent ?? 0
      const earned = price ? shareOf(price, percent) : 0
      if (!words || earned <= 0) return view.hide()
      const text = `+${words.bonuses(decimalOf(earned))}`
      view.show(text, '', () => [text])
    },
  }
}
