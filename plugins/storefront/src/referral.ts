import type { Bonuses } from './create-bonuses.ts'
import { carry, formOf } from './form.ts'

const FIELD = 'tapline_referral'

/** Forms of carts, and those that are marked, bring the code of whoever brought this shopper; also those that come later. */
export function bringReferral(bonuses: Bonuses): void {
  const bring = () => {
    const { referral } = bonuses
    for (const form of document.querySelectorAll('[data-tapline-referral]')) carry(form, FIELD, referral)
    for (const place of document.querySelectorAll<HTMLElement>('[data-tapline-cart]')) {
      const form = formOf(place)
      if (form) carry(form, FIELD, referral)
    }
  }
  bring()
  // Our own field wakes it once more, and it finds everything done.
  new MutationObserver(bring).observe(document, { subtree: true, childList: true })
}
