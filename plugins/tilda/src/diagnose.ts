import type { Bonuses } from '@tapline/storefront'
import { hasPromoBlock } from './cart.ts'
import { tilda } from './tilda-page.ts'

/** One thing that was looked at. */
export interface Finding {
  check: string
  /** Null where there is nothing to judge, or no way to know. */
  ok: boolean | null
  /** What was found. */
  detail: string
}

interface Setup {
  url: string
  publishableKey: string
}

/** Looks at all that has to be right for bonuses in this page, and prints it. */
export async function diagnose(bonuses: Bonuses, { url, publishableKey }: Setup): Promise<Finding[]> {
  const { data: shop, problem } = await bonuses.page()
  const mode = shop?.bonuses.spending
  // The key is looked at first: whose key is wrong hears nothing of its origin.
  const [isKeyRefused, isOriginRefused] = ['unauthorized', 'origin-not-allowed'].map(
    (code) => problem?.code === code,
  )
  const isKeyTaken = shop !== undefined || isOriginRefused === true
  const isNoKey = isKeyRefused || !publishableKey.startsWith('pk_')
  const hasCart = document.querySelector('.t706 form') !== null
  const found = (check: string, ok: boolean | null, detail = ''): Finding => ({ check, ok, detail })
  const all = [
    found(
      'api',
      isKeyTaken || isKeyRefused === true,
      problem ? `${url}: ${problem.code}. ${problem.detail}` : url,
    ),
    found('key', isKeyTaken || (isNoKey ? false : null), publishableKey),
    found('origin', isOriginRefused ? false : shop ? true : null, location.origin),
    // Of a shop that could not be asked nothing is known.
    found('earning', shop ? shop.bonuses.percent > 0 : null, shop && `${shop.bonuses.percent}%`),
    found('spending', shop ? mode !== 'off' : null, mode),
    found('telegram', shop ? shop.telegram : null),
    found('cart (ST100)', hasCart),
    found('cart script', hasCart ? Boolean(tilda.tcart && tilda.tcart__reDrawTotal) : null),
    found('promo code field', mode === 'promo-codes' ? hasPromoBlock() : null, String(hasPromoBlock())),
    found('proven', null, String(bonuses.proven)),
    found('spent', null, bonuses.spending?.state),
  ]
  console.table(all)
  return all
}
