import type { Bonuses } from '@tapline/storefront'
import { hasPromoBlock } from './cart.ts'
import { tilda } from './tilda-page.ts'

/** One thing that was looked at; `detail` says what was found. */
export interface Finding {
  check: string
  ok: boolean
  detail: string
}

/** Looks at all that has to be right for bonuses in this page, and prints it. */
export async function diagnose(bonuses: Bonuses, url: string): Promise<Finding[]> {
  const { data: shop, problem } = await bonuses.page()
  const mode = shop?.bonuses.spending
  const found = (check: string, ok: unknown, detail = ''): Finding => ({ check, ok: Boolean(ok), detail })
  const all = [
    found('api', shop, problem ? `${url}: ${problem.code}. ${problem.detail}` : url),
    // Of a shop that could not be asked nothing is known.
    ...(shop
      ? [
          found('earning', shop.bonuses.percent, `${shop.bonuses.percent}%`),
          found('spending', mode !== 'off', mode),
          found('telegram', shop.telegram),
        ]
      : []),
    found('cart (ST100)', document.querySelector('.t706 form')),
    found('cart script', tilda.tcart && tilda.tcart__reDrawTotal),
    found('promo code field', mode !== 'promo-codes' || hasPromoBlock(), String(hasPromoBlock())),
    found('proven', true, String(bonuses.proven)),
    found('spent', true, bonuses.spending?.state),
  ]
  console.table(all)
  return all
}
