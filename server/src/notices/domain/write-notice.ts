import type { Locale, Texts } from '../../kernel/locale.ts'
import { formatMoney } from '../../kernel/money.ts'
import { nameBonuses } from '../../kernel/name-bonuses.ts'
import { escapeHtml } from '../../kernel/escape-html.ts'
import { kindOfNotice, type NoticeEvent, type NoticeKind } from './kind-of-notice.ts'

export type Recipient = { locale: Locale; shop: string; timeZone: string }

/** The text of the notice of an event as Telegram HTML, or undefined when nobody is told of it. */
export function writeNotice(
  { type, payload }: NoticeEvent,
  { locale, shop, timeZone }: Recipient,
): string | undefined {
  const kind = kindOfNotice({ type, payload })
  if (kind === undefined) return undefined
  const currency = String(payload.currency)
  const amounts: Record<string, string> = {}
  for (const [name, value] of Object.entries(payload)) {
    if (name.endsWith('Minor') && typeof value === 'number')
      amounts[name.slice(0, -'Minor'.length)] = bonuses(value, currency, locale)
  }
  const values: Record<string, string> = {
    ...amounts,
    bonuses:
      typeof payload.amountMinor === 'number'
        ? nameBonuses(locale, Number(formatMoney(payload.amountMinor, currency)))
        : '',
    shop,
    order: String(payload.orderId ?? ''),
    from: String(payload.activatesAt === null ? '' : date(payload.activatesAt, locale, timeZone)),
    until: date(payload.expiresAt, locale, timeZone),
    tier: String((type === 'tier.downgrading' ? payload.from : payload.to) ?? ''),
    day: date(payload.at, locale, timeZone),
    percent: new Intl.NumberFormat(locale).format(Number(payload.percentBp ?? 0) / 100),
  }
  const tail =
    type === 'bonus.awarded' && payload.pending === false && typeof payload.expiresAt === 'number'
      ? UNTIL[locale]
      : ''
  return fill(TEMPLATES[kind][locale] + tail, values)
}

const TEMPLATES = {
  awarded: {
    ru: '🎁 <b>+{amount}</b> {bonuses} за заказ {order} в «{shop}».\nДоступно: <b>{available}</b>.',
    en: '🎁 <b>+{amount}</b> {bonuses} for order {order} at {shop}.\nYou have <b>{available}</b>.',
    kk: '🎁 «{shop}» дүкеніндегі {order} тапсырысы үшін <b>+{amount}</b> бонус.\nҚолжетімді: <b>{available}</b>.',
  },
  pending: {
    ru: '⏳ <b>{amount}</b> {bonuses} за заказ {order} в «{shop}»: потратить можно с {from}.',
    en: '⏳ <b>{amount}</b> {bonuses} for order {order} at {shop} can be spent from {from}.',
    kk: '⏳ «{shop}» дүкеніндегі {order} тапсырысы үшін <b>{amount}</b> бонус {from} қолжетімді болады.',
  },
  unpaid: {
    ru: '⏳ <b>{amount}</b> {bonuses} за заказ {order} в «{shop}» начислим после оплаты.',
    en: '⏳ <b>{amount}</b> {bonuses} for order {order} at {shop} will come once it is paid.',
    kk: '⏳ «{shop}» дүкеніндегі {order} тапсырысы үшін <b>{amount}</b> бонус төлемнен кейін беріледі.',
  },
  welcome: {
    ru: '👋 Добро пожаловать в «{shop}»! Дарим <b>{amount}</b> {bonuses}.\nДоступно: <b>{available}</b>.',
    en: '👋 Welcome to {shop}! A present for you: <b>{amount}</b> {bonuses}.\nYou have <b>{available}</b>.',
    kk: '👋 «{shop}» дүкеніне қош келдіңіз! Сізге <b>{amount}</b> бонус сыйлаймыз.\nҚолжетімді: <b>{available}</b>.',
  },
  birthday: {
    ru: '🎂 С днём рождения! «{shop}» дарит вам <b>{amount}</b> {bonuses}.\nДоступно: <b>{available}</b>.',
    en: '🎂 Happy birthday! {shop} gives you <b>{amount}</b> {bonuses}.\nYou have <b>{available}</b>.',
    kk: '🎂 Туған күніңізбен! «{shop}» сізге <b>{amount}</b> бонус сыйлайды.\nҚолжетімді: <b>{available}</b>.',
  },
  referral: {
    ru: '🤝 <b>+{amount}</b> {bonuses}: ваш друг сделал заказ в «{shop}».\nДоступно: <b>{available}</b>.',
    en: '🤝 <b>+{amount}</b> {bonuses}: your friend has ordered at {shop}.\nYou have <b>{available}</b>.',
    kk: '🤝 <b>+{amount}</b> бонус: досыңыз «{shop}» дүкенінен тапсырыс берді.\nҚолжетімді: <b>{available}</b>.',
  },
  referralPending: {
    ru: '🤝 Ваш друг сделал заказ в «{shop}»: <b>{amount}</b> {bonuses} начислим после подтверждения.',
    en: '🤝 Your friend has ordered at {shop}: <b>{amount}</b> {bonuses} will come once it is settled.',
    kk: '🤝 Досыңыз «{shop}» дүкенінен тапсырыс берді: <b>{amount}</b> бонус растауды күтуде.',
  },
  tier: {
    ru: '⭐ Ваш уровень в «{shop}»: <b>{tier}</b>. Теперь возвращаем {percent} % бонусами.',
    en: '⭐ Your level at {shop} is <b>{tier}</b>: {percent} % back in bonuses.',
    kk: '⭐ «{shop}» дүкеніндегі деңгейіңіз: <b>{tier}</b>. Енді {percent} % бонуспен қайтарамыз.',
  },
  'bonus.activated': {
    ru: '✅ Теперь можно тратить: <b>{amount}</b> {bonuses} в «{shop}». Доступно: <b>{available}</b>.',
    en: '✅ <b>{amount}</b> {bonuses} at {shop} can be spent now. You have <b>{available}</b>.',
    kk: '✅ «{shop}» дүкеніндегі <b>{amount}</b> бонусты енді жұмсауға болады. Қолжетімді: <b>{available}</b>.',
  },
  'bonus.spent': {
    ru: '🛍 Списано: <b>{amount}</b> {bonuses} за заказ {order} в «{shop}».\nОсталось: <b>{available}</b>.',
    en: '🛍 Spent: <b>{amount}</b> {bonuses} on order {order} at {shop}.\nYou have <b>{available}</b> left.',
    kk: '🛍 «{shop}» дүкеніндегі {order} тапсырысына <b>{amount}</b> бонус жұмсалды.\nҚалды: <b>{available}</b>.',
  },
  'bonus.expiring': {
    ru: '⏰ Только до {until}: <b>{amount}</b> {bonuses} в «{shop}». Успейте потратить!',
    en: '⏰ Only until {until}: <b>{amount}</b> {bonuses} at {shop}. Spend them in time!',
    kk: '⏰ «{shop}» дүкеніндегі <b>{amount}</b> бонус {until} күйіп кетеді. Жұмсап үлгеріңіз!',
  },
  'bonus.refunded': {
    ru: '↩️ Вернули <b>{amount}</b> {bonuses} по заказу {order} в «{shop}».\nДоступно: <b>{available}</b>.',
    en: '↩️ Back on your account: <b>{amount}</b> {bonuses} of order {order} at {shop}.\nYou have <b>{available}</b>.',
    kk: '↩️ «{shop}» дүкеніндегі {order} тапсырысының <b>{amount}</b> бонусы қайтарылды.\nҚолжетімді: <b>{available}</b>.',
  },
  'tier.downgrading': {
    ru: '⭐ Уровень «{tier}» в «{shop}» сохранится до {day}. Сделайте заказ, чтобы его не потерять.',
    en: '⭐ Your level {tier} at {shop} lasts until {day}. Place an order to keep it.',
    kk: '⭐ «{shop}» дүкеніндегі «{tier}» деңгейіңіз {day} дейін сақталады. Жоғалтпау үшін тапсырыс беріңіз.',
  },
  'bonus.expired': {
    ru: '⌛ Истёк срок: <b>{amount}</b> {bonuses} в «{shop}». Осталось: <b>{available}</b>.',
    en: '⌛ Expired: <b>{amount}</b> {bonuses} at {shop}. You have <b>{available}</b> left.',
    kk: '⌛ «{shop}» дүкеніндегі <b>{amount}</b> бонустың мерзімі өтті. Қалды: <b>{available}</b>.',
  },
} satisfies Record<NoticeKind, Texts>

const UNTIL: Texts = {
  ru: '\nЭти действуют до: {until}',
  en: '\nThese last until {until}',
  kk: '\nБұлары жарамды мерзім: {until}',
}

function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => escapeHtml(values[name] ?? ''))
}

/** Whole bonuses without decimals, as people say them. */
function bonuses(minor: number, currency: string, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(
    Number(formatMoney(minor, currency)),
  )
}

function date(instant: unknown, locale: Locale, timeZone: string): string {
  return typeof instant === 'number'
    ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(instant)
    : ''
}
