import { escapeMarkdown } from '../../kernel/markdown.ts'
import type { Locale } from '../../kernel/locale.ts'

/** What agents should know of a customer. */
export type Card = {
  name: string | null
  phones: readonly string[]
  emails: readonly string[]
  tier: string | null
  balance: string
  currency: string
  totalSpent: string
  orders: readonly { orderId: string; amount: string | null; currency: string; state: string; at: Date }[]
  since: Date
}

/** What a visitor says of itself. */
export type Said = { name: string | null; email: string | null; phone: string | null }

const WORDS = {
  ru: {
    unknown: 'Гость: кто это, ещё не известно.',
    said: 'Назвал о себе (не подтверждено)',
    tier: 'Уровень',
    balance: 'Бонусы',
    spent: 'Куплено на',
    orders: 'Последние заказы',
    since: 'С нами с',
  },
  en: {
    unknown: 'A visitor: nobody knows yet who it is.',
    said: 'Said of itself, not proven',
    tier: 'Tier',
    balance: 'Bonuses',
    spent: 'Bought for',
    orders: 'Last orders',
    since: 'Customer since',
  },
  kk: {
    unknown: 'Қонақ: кім екені әлі белгісіз.',
    said: 'Өзі туралы айтқаны (расталмаған)',
    tier: 'Деңгей',
    balance: 'Бонустар',
    spent: 'Сатып алған',
    orders: 'Соңғы тапсырыстар',
    since: 'Бізбен бірге',
  },
} as const satisfies Record<Locale, Record<string, string>>

/** How an order stands; one that is not here is shown as it is called. */
const STATES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ru: {
    created: 'не оплачен',
    paid: 'оплачен',
    fulfilled: 'выполнен',
    cancelled: 'отменён',
    partially_refunded: 'возврат части',
    refunded: 'возвращён',
  },
  en: { created: 'not paid yet', partially_refunded: 'partly refunded' },
  kk: {
    created: 'төленбеген',
    paid: 'төленді',
    fulfilled: 'орындалды',
    cancelled: 'тоқтатылды',
    partially_refunded: 'бөлігі қайтарылды',
    refunded: 'қайтарылды',
  },
}

export function cardIn(locale: Locale, card: Card | undefined, said?: Said): string {
  const words = WORDS[locale]
  if (card === undefined) {
    const told = [said?.name, said?.phone, said?.email].flatMap((one) => (one ? escapeMarkdown(one) : []))
    return told.length === 0 ? words.unknown : `${words.unknown}\n${words.said}: ${told.join(' · ')}`
  }
  const { name, phones, emails, tier, balance, currency, totalSpent, orders, since } = card
  const day = (at: Date) => at.toISOString().slice(0, 10)
  const told = orders.map(({ orderId, amount, currency: of, state, at }) => {
    const price = amount === null ? '' : `${amount} ${of}, `
    return `${escapeMarkdown(orderId)} (${price}${STATES[locale][state] ?? state}, ${day(at)})`
  })
  return [
    name === null ? '' : `**${escapeMarkdown(name)}**`,
    [...phones, ...emails].map(escapeMarkdown).join(' · '),
    `${words.balance}: **${balance}**${tier === null ? '' : ` · ${words.tier}: ${escapeMarkdown(tier)}`}`,
    `${words.spent}: ${totalSpent} ${currency}`,
    told.length === 0 ? '' : `${words.orders}: ${told.join('; ')}`,
    `${words.since} ${day(since)}`,
  ]
    .filter(Boolean)
    .join('\n')
}
