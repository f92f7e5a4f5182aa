import {
  findApi,
  finding,
  printFindings,
  type ApiSetup,
  type Bonuses,
  type Finding,
} from '@tapline/storefront'
import { hasPromoBlock } from './cart.ts'
import { TEXTS } from './diagnose-texts.ts'
import { tilda } from './tilda-page.ts'

/** Looks at all that has to be right for bonuses in this page, and prints it. */
export async function diagnose(bonuses: Bonuses, setup: ApiSetup): Promise<Finding[]> {
  const { page, locale, api, key, origin, spending, telegram } = await findApi(bonuses, setup)
  const texts = TEXTS[locale]
  const { percent = 0 } = page?.bonuses ?? {}
  const hasCart = document.querySelector('.t706 form') !== null
  // The page of the account sells nothing.
  const isAccount = document.querySelector('[data-tapline="account"]') !== null
  const wantsPromo = page?.bonuses.spending === 'promo-codes'
  const findings = [
    ...[api, key, origin],
    // Of a shop that could not be asked nothing is known.
    finding(
      texts.earning,
      page ? percent > 0 : null,
      page && `${percent} %`,
      texts.noEarning.replace('{url}', () => setup.url),
    ),
    ...[spending, telegram],
    finding(texts.cart, hasCart || (isAccount ? null : false), '', texts.noCart),
    finding(
      texts.cartScript,
      hasCart ? Boolean(tilda.tcart && tilda.tcart__reDrawTotal) : null,
      '',
      texts.noScript,
    ),
    finding(texts.promo, wantsPromo ? hasPromoBlock() : null, '', texts.noPromo),
    finding(texts.shopper, null, bonuses.proven ? texts.known : '–'),
    finding(texts.spent, null, bonuses.spending?.state ?? '–'),
  ]
  printFindings(findings)
  return findings
}
