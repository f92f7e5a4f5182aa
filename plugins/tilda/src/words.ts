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
  ...(['none', 'unit'] as const),
]

export type Lang = 'ru' | 'en' | 'kk'
export const isLang = (name: string): name is Lang => name === 'ru' || name === 'en' || name === 'kk'

export type Texts = Awaited<ReturnType<typeof textsOf>>

const partOf = (lang: Lang) =>
  lang === 'en' ? import('./texts-en.ts') : lang === 'kk' ? import('./texts-kk.ts') : import('./texts-ru.ts')

/** What is said to shoppers, and amounts in their way of writing. */
export async function textsOf(lang: Lang, currency: string) {
  const { texts: all } = await partOf(lang)
  const say = (name: (typeof NAMES)[number], filling = '') =>
    (all[NAMES.indexOf(name)] ?? '').replace('{}', () => filling)
  const [one, few, many] = say('unit').split('|')
  const plurals = new Intl.PluralRules(lang)
  const money = new Intl.NumberFormat(lang, { style: 'currency', currency, minimumFractionDigits: 0 })
  const number = new Intl.NumberFormat(lang)
  return {
    say,
    money: (minor: number) => money.format(minor / 100),
    number: (minor: number) => number.format(minor / 100),
    /** "340 бонусов" */
    bonuses(minor: number) {
      const rule = plurals.select(minor / 100)
      return `${number.format(minor / 100)} ${rule === 'one' ? one : (rule === 'few' && few) || many}`
    },
  }
}
