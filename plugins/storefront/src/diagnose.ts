import type { Bonuses } from './create-bonuses.ts'
import { formOf } from './form.ts'
import { minorOf } from './money.ts'
import type { Problem } from './problem.ts'

interface Setup {
  key: string
  url: string
  locale: string | undefined
  /** A cart was given by code. */
  given: boolean
  /** Codes of the last ones. */
  problems: string[]
}

const LABELS = {
  ru: ['Ключ', 'API', 'Адрес страницы', 'Списание', 'Telegram', 'Товары', 'Корзина', 'Форма', 'Покупатель', 'Бонусы в заказе', 'Проблемы'], // prettier-ignore
  en: ['Key', 'API', 'Origin of the page', 'Spending', 'Telegram', 'Products', 'Cart', 'Form', 'Shopper', 'Bonuses in the order', 'Problems'], // prettier-ignore
}
/** A readable table of what is there and what is not; `ok` is empty where there is nothing to judge, or no way to know. */
export async function diagnose(
  bonuses: Bonuses,
  { key, url, locale, problems, given }: Setup,
): Promise<unknown> {
  const named = (kind: string) => document.querySelectorAll<HTMLElement>(`[data-tapline-${kind}]`)
  const unreadable = (kind: string, attribute: 'price' | 'amount') => {
    let count = 0
    for (const { dataset } of named(kind)) if (!minorOf(dataset[attribute] ?? '')) count++
    return count
  }

  const { data: page, problem } = await bonuses.page()
  const { code = '' } = problem ?? ({} as Partial<Problem>)
  // The key is looked at first: whose key is wrong hears nothing of its origin.
  const [isKeyRefused, isOriginRefused] = [code === 'unauthorized', code === 'origin-not-allowed']
  const isKeyTaken = page !== undefined || isOriginRefused
  const cart = named('cart')[0]
  const [noPrice, noAmount] = [unreadable('earn', 'price'), unreadable('cart', 'amount')]
  const found: [ok: boolean | null, what: unknown][] = [
    [isKeyTaken || (isKeyRefused || !/^pk_[\w-]{8,}$/.test(key) ? false : null), key || 'data-key?'],
    [isKeyTaken || isKeyRefused, `${url} ${code}`],
    [isOriginRefused ? false : page ? true : null, location.origin],
    [page ? page.bonuses.spending !== 'off' : null, page && `${page.bonuses.spending}, ${page.bonuses.percent} %, ≤ ${page.bonuses.maxSpendPercent} %`], // prettier-ignore
    [page ? page.telegram : null, ''],
    [named('earn').length ? noPrice === 0 : null, `${named('earn').length}${noPrice ? `, data-price? ${noPrice}` : ''}`], // prettier-ignore
    [cart ? noAmount === 0 || given : null, given ? 'tapline.cart(…)' : `${named('cart').length}${noAmount ? `, data-amount? ${noAmount}` : ''}`], // prettier-ignore
    [cart?.dataset.taplineForm ? formOf(cart) !== null : null, cart?.dataset.taplineForm ?? ''],
    [null, bonuses.proven ? (await bonuses.me()).data?.id : '–'],
    [null, bonuses.spending?.state ?? '–'],
    [problems.length === 0, problems.join(', ')],
  ]
  const rows: Record<string, { ok: string; found: unknown }> = {}
  const labels = LABELS[locale === 'ru' || locale === 'kk' ? 'ru' : 'en']
  for (let at = 0; at < labels.length; at++) {
    const [ok, what] = found[at]!
    rows[labels[at]!] = { ok: ok === null ? '' : ok ? '✓' : '✗', found: what }
  }
  console.table(rows)
  return rows
}
