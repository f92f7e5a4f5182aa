const ru = {
  bonuses: ['бонус', 'бонуса', 'бонусов'],
  forOrder: '{} за этот заказ',
  pay: 'Оплатить бонусами',
  mine: 'Мои бонусы',
  prove: 'Подтвердите, что это вы: нажмите «Да» у нашего бота.',
  open: 'Открыть Telegram',
  scan: 'или с телефона',
  code: 'Код в Telegram',
  cancel: 'Отменить',
  have: 'У вас {}',
  spend: 'Списать {}',
  amount: 'Сколько бонусов списать',
  none: 'Этот заказ бонусами не оплатить.',
  confirm: 'Подтвердите в Telegram: списать {}.',
  paid: 'Бонусами оплачено {}',
  voided: 'Бонусы не списаны.',
  expired: 'Время вышло, попробуйте ещё раз.',
  failed: 'Не получилось, попробуйте ещё раз.',
  changed: 'Корзина изменилась: бонусы снова у вас.',
  leave: 'Выйти',
}

export type Texts = typeof ru
export type Note = 'voided' | 'expired' | 'failed' | 'changed'
export type Locale = keyof typeof TEXTS

export const TEXTS = {
  ru,
  en: {
    bonuses: ['bonus', 'bonuses', 'bonuses'],
    forOrder: '{} for this order',
    pay: 'Pay with bonuses',
    mine: 'My bonuses',
    prove: 'Show that it is you: press “Yes” in our bot.',
    open: 'Open Telegram',
    scan: 'or from a phone',
    code: 'Code in Telegram',
    cancel: 'Cancel',
    have: 'You have {}',
    spend: 'Spend {}',
    amount: 'How many bonuses to spend',
    none: 'Bonuses cannot pay for this order.',
    confirm: 'Confirm in Telegram: spend {}.',
    paid: 'Paid with bonuses: {}',
    voided: 'No bonuses were spent.',
    expired: 'Too late, please try again.',
    failed: 'That did not work, please try again.',
    changed: 'The cart has changed: the bonuses are yours again.',
    leave: 'Sign out',
  },
  kk: {
    bonuses: ['бонус', 'бонус', 'бонус'],
    forOrder: 'Осы тапсырыс үшін {}',
    pay: 'Бонуспен төлеу',
    mine: 'Менің бонустарым',
    prove: 'Бұл сіз екеніңізді растаңыз: ботта «Иә» басыңыз.',
    open: 'Telegram ашу',
    scan: 'немесе телефоннан',
    code: 'Telegram-дағы код',
    cancel: 'Бас тарту',
    have: 'Сізде {} бар',
    spend: '{} жұмсау',
    amount: 'Қанша бонус жұмсалады',
    none: 'Бұл тапсырысты бонуспен төлеуге болмайды.',
    confirm: 'Telegram-да растаңыз: {} жұмсау.',
    paid: 'Бонуспен төленді: {}',
    voided: 'Бонустар жұмсалмады.',
    expired: 'Уақыт өтті, қайталап көріңіз.',
    failed: 'Болмады, қайталап көріңіз.',
    changed: 'Себет өзгерді: бонустар өзіңізде.',
    leave: 'Шығу',
  },
} satisfies Record<string, Texts>

const FORM: Record<string, number> = { one: 0, few: 1 }

/** How a language writes bonuses and money. */
export function wordsOf(locale: Locale, currency: string) {
  const texts: Texts = TEXTS[locale]
  const show = (decimal: string, more?: Intl.NumberFormatOptions) => {
    const isWhole = /\.0*$|^\d+$/.test(decimal)
    const digits = isWhole ? 0 : 2
    return new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      ...more,
    }).format(decimal as `${number}`)
  }
  return {
    texts,
    say: (text: string, value: string) => text.replace('{}', () => value),
    bonuses: (decimal: string): string => {
      const form = new Intl.PluralRules(locale).select(Number(decimal))
      return `${show(decimal)} ${texts.bonuses[FORM[form] ?? 2]}`
    },
    number: (decimal: string) => show(decimal),
    money: (decimal: string) =>
      show(decimal, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  }
}

export type Words = ReturnType<typeof wordsOf>
