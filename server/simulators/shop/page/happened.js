const isCart = ({ orderId, holdId }) => holdId !== undefined && /^BONUS/.test(orderId)
const ru = (data) => (isCart(data) ? 'для корзины' : `по заказу ${data.orderId}`)
const en = (data) => (isCart(data) ? 'for a cart' : `for order ${data.orderId}`)
const figure = ({ amount }) => Number(amount)

const EVENTS = {
  ru: {
    'bonus.awarded': ({ reason, orderId, pending }) =>
      (reason === 'welcome' && 'Подарок за знакомство') ||
      (reason === 'birthday' && 'Подарок на день рождения') ||
      (orderId === null
        ? 'Начислены бонусы'
        : `${pending ? 'Скоро начислим' : 'Начислено'} за заказ ${orderId}`),
    'bonus.activated': () => 'Бонусы стали доступны',
    'bonus.held': (data) => `Отложено ${ru(data)}`,
    'bonus.released': (data) => `Больше не отложено ${ru(data)}`,
    'hold.expired': (data) => `Истёк срок отложенного ${ru(data)}`,
    'bonus.spent': (data) => `Бонусами оплачено ${figure(data)} ${ru(data)}`,
    'bonus.reversed': (data) => `Отменено начисление ${ru(data)}`,
    'bonus.refunded': (data) => `Вернулись бонусы ${ru(data)}`,
    'bonus.expiring': () => 'Скоро сгорят бонусы',
    'bonus.expired': () => 'Сгорели бонусы',
    'bonus.adjusted': () => 'Магазин изменил баланс',
    'tier.changed': ({ to }) => `Уровень покупателя: ${to ?? 'нет'}`,
    'tier.downgrading': ({ from }) => `Уровень ${from} скоро кончится`,
    'referral.qualified': () => 'Друг сделал заказ',
    'referral.suspected': () => 'Странное приглашение друга',
    'reservation.doubted': ({ orderId }) => `Код бонусов не подошёл заказу ${orderId}`,
    'limit.reached': () => 'Достигнут лимит программы',
    'customer.created': () => 'Новый покупатель',
    'customer.merged': () => 'Два покупателя — один человек',
    'customer.unmerged': () => 'Покупатели снова разделены',
    'customer.erased': () => 'Покупатель удалён',
    'order.rejected': ({ orderId }) => `Не принят заказ ${orderId ?? ''}`,
    'books.broken': () => 'Книга не сходится',
    'endpoint.failing': () => 'Вебхук не отвечает',
    'endpoint.disabled': () => 'Вебхук отключён',
    'endpoint.recovered': () => 'Вебхук снова отвечает',
    'webhook.test': () => 'Проба вебхука',
  },
  en: {
    'bonus.awarded': ({ reason, orderId, pending }) =>
      (reason === 'welcome' && 'A welcome present') ||
      (reason === 'birthday' && 'A birthday present') ||
      (orderId === null ? 'Bonuses were earned' : `${pending ? 'To come' : 'Earned'} for order ${orderId}`),
    'bonus.activated': () => 'Bonuses can be spent now',
    'bonus.held': (data) => `Put aside ${en(data)}`,
    'bonus.released': (data) => `No longer aside ${en(data)}`,
    'hold.expired': (data) => `The time to pay is over ${en(data)}`,
    'bonus.spent': (data) => `${figure(data)} paid with bonuses ${en(data)}`,
    'bonus.reversed': (data) => `Taken back ${en(data)}`,
    'bonus.refunded': (data) => `Bonuses came back ${en(data)}`,
    'bonus.expiring': () => 'Bonuses expire soon',
    'bonus.expired': () => 'Bonuses expired',
    'bonus.adjusted': () => 'The shop changed the balance',
    'tier.changed': ({ to }) => `Level: ${to ?? 'none'}`,
    'tier.downgrading': ({ from }) => `Level ${from} ends soon`,
    'referral.qualified': () => 'A friend has ordered',
    'referral.suspected': () => 'A referral looks odd',
    'reservation.doubted': ({ orderId }) => `The bonuses' code does not fit order ${orderId}`,
    'limit.reached': () => 'A limit of the program was reached',
    'customer.created': () => 'A new customer',
    'customer.merged': () => 'Two customers are one person',
    'customer.unmerged': () => 'Two customers again',
    'customer.erased': () => 'A customer was erased',
    'order.rejected': ({ orderId }) => `Order ${orderId ?? ''} was refused`,
    'books.broken': () => 'The books do not add up',
    'endpoint.failing': () => 'A webhook does not answer',
    'endpoint.disabled': () => 'A webhook was switched off',
    'endpoint.recovered': () => 'A webhook answers again',
    'webhook.test': () => 'A webhook was tried',
  },
}

/** An event as a shopkeeper would say it. */
export function happened(locale, { type, data }) {
  return EVENTS[locale][type]?.(data) ?? type
}

/** By how much it changed what its customer can spend; undefined where that is not known. `events`: the newest first. */
export function changeBy(events, index) {
  const { customerId, available } = events[index].data
  if (available === undefined) return undefined
  const earlier = events
    .slice(index + 1)
    .find(({ data }) => data.customerId === customerId && data.available !== undefined)
  return earlier && Number(available) - Number(earlier.data.available)
}
