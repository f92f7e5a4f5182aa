import type { Bonuses, ShopPage } from '@tapline/storefront'
import type { place } from './place.ts'
import type { Locale, Texts } from './words.ts'

/** What the parts of the page that come later work with. */
export interface TildaShop {
  /** As they are at the moment: another tab may have brought others. */
  bonuses(): Bonuses
  page: ShopPage
  texts: Texts
  locale: Locale
  place: typeof place
  /** Something has changed: look at it, a moment later. */
  soon(): void
}
