import { cartView } from './cart-view.ts'
import { earnView } from './earn-view.ts'
import { memberView } from './member-view.ts'
import type { Shop } from './shop.ts'

const KINDS = { earn: earnView, cart: cartView, member: memberView }
const PAUSE_MS = 100

interface Shown {
  host: HTMLElement
  render(): void
}

/** Keeps a view in every marked element, also in those that come later or lose their content. */
export function scan(shop: () => Shop) {
  const views = new Map<Element, Shown>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    timer = undefined
    views.forEach((_, place) => {
      if (!place.isConnected) views.delete(place)
    })
    for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[])
      for (const place of document.querySelectorAll<HTMLElement>(`[data-tapline-${kind}]`))
        if (views.get(place)?.host.parentNode !== place) views.set(place, KINDS[kind](shop(), place))
    if (views.size > 0 && shop().page === undefined) void shop().load()
    render()
  }
  /** A view that fails takes nothing with it, least of all the shop. */
  function render(): void {
    views.forEach((view) => {
      try {
        view.render()
      } catch (fault) {
        console.error(fault)
      }
    })
  }

  return {
    look,
    render,
    watch(): void {
      new MutationObserver(() => (timer ??= setTimeout(look, PAUSE_MS))).observe(document, {
        ...{ subtree: true, childList: true },
        attributeFilter: ['data-price', 'data-amount', 'data-items', 'data-tapline-form'],
      })
    },
  }
}
