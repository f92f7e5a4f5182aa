import type { ShopPage } from './contract.ts'
import type { Bonuses } from './create-bonuses.ts'
import { API_TEXTS } from './find-api-texts.ts'
import { finding, type Finding } from './finding.ts'
import type { Problem } from './problem.ts'

/** What {@link findApi} needs. */
export interface ApiSetup {
  /** Address of the API. */
  url: string
  /** The publishable key that the page has. */
  key: string
  /** Language of the page; the project's where it is none of ours, or absent. */
  locale: string | undefined
}

/** What {@link findApi} has found: the same five for every kind of page. */
export interface ApiFindings {
  /** Undefined where the API did not tell. */
  page: ShopPage | undefined
  /** Why it did not. */
  problem: Problem | undefined
  /** In which the findings speak. */
  locale: keyof typeof API_TEXTS
  api: Finding
  key: Finding
  origin: Finding
  spending: Finding
  telegram: Finding
}

/** Looks at what stands between a page and the API. One mistake is one finding: what cannot be known because of it is null. */
export async function findApi(bonuses: Bonuses, { url, key, locale }: ApiSetup): Promise<ApiFindings> {
  const { data: page, problem } = await bonuses.page()
  const language = Object.hasOwn(API_TEXTS, locale ?? '')
    ? (locale as keyof typeof API_TEXTS)
    : (page?.locale ?? 'en')
  const texts = API_TEXTS[language]
  const origin = String(self.origin)
  const filled = (text: string) => text.replaceAll('{url}', () => url).replace('{origin}', () => origin)
  const find = (check: string, ok: boolean | null, detail: string, todo: string): Finding =>
    finding(check, ok, detail, filled(todo))

  const { code, detail } = problem ?? { code: '', detail: '' }
  // The key is looked at first: whose key is wrong hears nothing of its origin.
  const [isKeyRefused, isOriginRefused] = [code === 'unauthorized', code === 'origin-not-allowed']
  const isKeyTaken = page !== undefined || isOriginRefused
  const hasAnswered = isKeyTaken || isKeyRefused
  const isKey = /^pk_[\w-]{8,}$/.test(key)
  const { bonuses: rules } = page ?? {}
  return {
    ...{ page, problem, locale: language },
    api: find(
      texts.api,
      hasAnswered,
      hasAnswered ? url : `${url}: ${code}`,
      code === 'unreachable' || code === 'timed-out'
        ? texts.unreachable
        : // What the server says is a sentence.
          code === 'unexpected-answer' || !/ /.test(detail)
          ? texts.stranger
          : detail,
    ),
    key: find(
      texts.key,
      isKeyTaken || (isKeyRefused || !isKey ? false : null),
      key || 'data-key?',
      key === '' ? texts.noKey : key.startsWith('sk_') ? texts.secretKey : texts.wrongKey,
    ),
    origin: find(
      texts.origin,
      isOriginRefused ? false : page ? true : null,
      origin,
      origin === 'null' ? texts.noOrigin : texts.addOrigin,
    ),
    spending: find(
      texts.spending,
      rules ? rules.spending !== 'off' : null,
      rules ? `${rules.spending}, ${rules.percent} %, ≤ ${rules.maxSpendPercent} %` : '',
      texts.noSpending,
    ),
    telegram: find(texts.telegram, page ? page.telegram : null, '', texts.noBot),
  }
}
