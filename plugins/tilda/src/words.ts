const NAMES = [
  ...([
    'earns',
    'wish',
    'prove',
    'open',
    'code',
    'cancel',
    'have',
    'spend',
    'confirm',
    'paid',
    'undo',
  ] as const),
  ...([
    'promo',
    'dropPromo',
    'changed',
    'ended',
    'delivery',
    'failed',
    'toTier',
    'expiring',
    'pending',
  ] as const),
  ...(['none', 'upTo', 'unit', 'range'] as const),
]

export type Locale = 'ru' | 'en' | 'kk'
export const isLocale = (name: string): name is Locale => name === 'ru' || name === 'en' || name === 'kk'

export type Texts = Awaited<ReturnType<typeof textsOf>>

const partOf = (locale: Locale) =>
  locale === 'en'
    ? import('./texts-en.ts')
    : locale === 'kk'
      ? import('./texts-kk.ts')
      : import('./texts-ru.ts')

/** What is said to shoppers, and amounts in their way of writing. */
export async function textsOf(locale: Locale, currency: string) {
  const { texts: all } = await partOf(locale)
  const say = (name: (typeof NAMES)[number], filling = '') =>
    (all[NAMES.indexOf(name)] ?? '').replace('{}', () => filling)
  const [one, few, many] = say('unit').split('|')
  // A browser that knows no Kazakh knows the Russian ways, which are the same but for the names of months.
  const tags = locale === 'kk' ? ['kk', 'ru'] : locale
  const knowsMonths = Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0
  const plurals = new Intl.PluralRules(locale)
  /** Decimals only where there are any. */
  const number = (minor: number, more?: Intl.NumberFormatOptions) => {
    const digits = minor % 100 === 0 ? 0 : 2
    const usual = { minimumFractionDigits: digits, maximumFractionDigits: digits }
    return new Intl.NumberFormat(tags, { ...usual, ...more }).format(minor / 100)
  }
  return {
    say,
    money: (minor: number) => number(minor, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
    number: (minor: number) => number(minor),
    day: (at: Date) =>
      at.toLocaleDateString(tags, {
        day: knowsMonths ? 'numeric' : '2-digit',
        month: knowsMonths ? 'short' : '2-digit',
      }),
    /** As it may be typed. */
    typed: (minor: number) => number(minor, { useGrouping: false }),
    /** "340 бонусов" */
    bonuses(minor: number) {
      const rule = plurals.select(minor / 100)
      return `${number(minor)} ${rule === 'one' ? one : (rule === 'few' && few) || many}`
    },
  }
}
