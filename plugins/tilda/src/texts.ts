// In the order of the names below. `{}` stands for what is filled in.
const RU = [
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
const EN = [
  'For this order: +{}',
  'Pay with bonuses',
  'confirm in Telegram that it is you',
  'Open Telegram',
  'Code {}: Telegram must show the same',
  'Cancel',
  'You have {}',
  'Spend',
  'Confirm in Telegram: {}',
  'Paid with bonuses: {}',
  'Do not spend',
  'A promo code and bonuses do not go together.',
  'Remove the promo code',
  'The cart has changed, nothing is spent. Now you can spend up to {}.',
  'It was not confirmed, or it is too late.',
  'The sum will be below {}: delivery will not be free.',
  'It did not work. Try later or order without bonuses.',
  'To “{}”: ',
  'Expire soon: {}',
  'Not active yet: {}',
  'Bonuses cannot pay for this order.',
  'bonus||bonuses',
]
const KK = [
  'Осы тапсырыс үшін: +{}',
  'Бонуспен төлеу',
  'бұл сіз екеніңізді Telegram-да растаңыз',
  'Telegram-ды ашу',
  'Код {}: Telegram-да да осындай болуы керек',
  'Бас тарту',
  'Сізде {}',
  'Жұмсау',
  'Telegram-да растаңыз: {}',
  'Бонуспен төленді: {}',
  'Жұмсамау',
  'Промокод пен бонус бірге қолданылмайды.',
  'Промокодты алып тастау',
  'Себет өзгерді, бонус жұмсалмады. Енді {} дейін болады.',
  'Расталмады немесе мерзімі өтті.',
  'Сома {} төмен болады: жеткізу ақылы.',
  'Болмады. Кейінірек қайталаңыз немесе бонуссыз рәсімдеңіз.',
  '«{}» деңгейіне: ',
  'Жақында күйеді: {}',
  'Әлі белсенді емес: {}',
  'Бұл тапсырысты бонуспен төлеуге болмайды.',
  'бонус||бонус',
]
const NAMES = [
  ...(['earns', 'wish', 'prove', 'open', 'code', 'cancel', 'have', 'spend', 'confirm', 'paid', 'undo'] as const),
  ...(['promo', 'dropPromo', 'changed', 'ended', 'delivery', 'failed', 'toTier', 'expiring', 'pending'] as const),
  ...(['none', 'unit'] as const),
]

export type Lang = 'ru' | 'en' | 'kk'
export type Texts = ReturnType<typeof textsOf>

/** What is said to shoppers, and amounts in their way of writing. */
export function textsOf(lang: Lang, currency: string) {
  const all = lang === 'ru' ? RU : lang === 'kk' ? KK : EN
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
