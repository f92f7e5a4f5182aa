/** In the order of the names below. `{}` stands for what is filled in. */
const RUSSIAN = [
  'За этот заказ: +{}',
  'Списать бонусы',
  'подтвердите в Telegram, что это вы',
  'Открыть Telegram',
  'Код {}: в Telegram должен быть такой же',
  'Отмена',
  'У вас {}',
  'Списать',
  'Подтвердите списание в Telegram: {}',
  'Бонусами оплачено: {}',
  'Не списывать',
  'Промокод и бонусы вместе не действуют.',
  'Убрать промокод',
  'Корзина изменилась, списание отменено. Теперь можно до {}.',
  'Списание не подтвердилось или истекло.',
  'Сумма станет меньше {}: доставка будет платной.',
  'Не получилось. Попробуйте позже или оформите заказ без бонусов.',
  'До уровня «{}»: ',
  'Скоро сгорят: {}',
  'Ещё не активны: {}',
  'Этот заказ нельзя оплатить бонусами.',
  'бонус|бонуса|бонусов',
]
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
export type Texts = Awaited<ReturnType<typeof textsOf>>

/** Only whoever reads another language than Russian pays for it; without it Russian is what there is. */
async function wordsOf(lang: Lang): Promise<readonly string[]> {
  try {
    if (lang === 'en') return (await import('./english.ts')).texts
    if (lang === 'kk') return (await import('./kazakh.ts')).texts
  } catch {
    // Said in Russian, then.
  }
  return RUSSIAN
}

/** What is said to shoppers, and amounts in their way of writing. */
export async function textsOf(lang: Lang, currency: string) {
  const all = await wordsOf(lang)
  const say = (name: (typeof NAMES)[number], filling = '') =>
    (all[NAMES.indexOf(name)] ?? '').replace('{}', () => filling)
  const [one, few, many] = say('unit').split('|')
  const plurals = new Intl.PluralRules(lang)
  const money = new Intl.NumberFormat(lang, { style: 'currency', currency, minimumFractionDigits: 0 })
  const number = new Intl.NumberFormat(lang)
  return {
    say,
    money: (minor: number) => money.format(minor / 100),
    /** "340 бонусов" */
    bonuses(minor: number) {
      const rule = plurals.select(minor / 100)
      return `${number.format(minor / 100)} ${rule === 'one' ? one : (rule === 'few' && few) || many}`
    },
  }
}
