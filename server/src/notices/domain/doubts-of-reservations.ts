import { formatMoney } from '../../kernel/money.ts'
import type { Locale, Texts } from '../../kernel/locale.ts'

const NOTHING: Texts = {
  ru: 'Бонусы не списаны и не начислены; проверьте заказ.',
  en: 'No bonuses were spent or earned; look at the order.',
  kk: 'Бонустар жұмсалмады да, есептелмеді де; тапсырысты тексеріңіз.',
}

/** Why the code of an order is not trusted, in the owner's words. */
export const DOUBTS: Readonly<Record<string, Texts>> = {
  unknown: {
    ru: 'такого кода мы не выдавали, скидка {discount}.',
    en: 'we gave no such code, the discount is {discount}.',
    kk: 'мұндай код берілмеген, жеңілдік {discount}.',
  },
  foreign: {
    ru: 'код выдан другому клиенту.',
    en: 'the code was given to another customer.',
    kk: 'код басқа клиентке берілген.',
  },
  unconfirmed: {
    ru: 'клиент не подтвердил списание.',
    en: 'the customer has not confirmed the spend.',
    kk: 'клиент жұмсауды растамаған.',
  },
  expired: {
    ru: 'срок кода истёк до заказа.',
    en: 'the code had expired before the order.',
    kk: 'кодтың мерзімі тапсырысқа дейін өткен.',
  },
  released: {
    ru: 'клиент отменил списание по этому коду.',
    en: 'the spend of this code had been cancelled.',
    kk: 'бұл код бойынша жұмсау тоқтатылған.',
  },
  used: {
    ru: 'кодом уже оплачен другой заказ.',
    en: 'the code has paid for another order.',
    kk: 'бұл кодпен басқа тапсырыс төленген.',
  },
  discount: {
    ru: 'скидка {discount}, а отложено бонусов {held}.',
    en: 'the discount is {discount}, the bonuses put aside were {held}.',
    kk: 'жеңілдік {discount}, ал сақталған бонус {held}.',
  },
  'promo-code': {
    ru: 'в заказе другой промокод.',
    en: 'the order has another promo code.',
    kk: 'тапсырыста басқа промокод тұр.',
  },
  'over-limit': {
    ru: 'бонусами ({held}) оплачено больше, чем разрешает программа. Они списаны.',
    en: 'the bonuses ({held}) pay for more than the program allows. They were spent.',
    kk: 'бонуспен ({held}) бағдарлама рұқсат еткеннен көп төленген. Олар жұмсалды.',
  },
}

export function doubtOf(payload: Record<string, unknown>, locale: Locale): string {
  const { because, heldMinor, discountMinor, currency } = payload
  const text = DOUBTS[String(because)]?.[locale]
  if (text === undefined) return ''
  const money = (minor: unknown) => (typeof minor === 'number' ? formatMoney(minor, String(currency)) : '0')
  const filled = text.replace('{discount}', money(discountMinor)).replace('{held}', money(heldMinor))
  return because === 'over-limit' ? filled : `${filled} ${NOTHING[locale]}`
}
