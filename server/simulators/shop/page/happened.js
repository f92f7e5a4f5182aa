const isCart = ({ orderId, holdId }) => holdId !== undefined && /^BONUS/.test(orderId)
const ru = (data) => (isCart(data) ? 'для корзины' : `по заказу ${data.orderId}`)
const en = (data) => (isCart(data) ? 'for a cart' : `for order ${data.orderId}`)

/** How an event changes what can be spent, and what it is in words. */
const EVENTS = {
  'bonus.awarded': [
    ({ pending }) => (pending ? 0 : 1),
    ({ reason, orderId, pending }) =>
      reason === 'welcome'
        ? 'Подарок за знакомство'
        : reason === 'birthday'
          ? 'Подарок на день рождения'
          : orderId === null
            ? 'Начислены бонусы'
            : `${pending ? 'Скоро начислим' : 'Начислено'} за заказ ${orderId}`,
    ({ reason, orderId, pending }) =>
      reason === 'welcome'
        ? 'A welcome present'
        : reason === 'birthday'
          ? 'A birthday present'
          : orderId === null
            ? 'Bonuses were earned'
            : `${pending ? 'To come' : 'Earned'} for order ${orderId}`,
  ],
  'bonus.activated': [1, () => 'Бонусы стали доступны', () => 'Bonuses can be spent now'],
  'bonus.held': [-1, (data) => `Отложено ${ru(data)}`, (data) => `Put aside ${en(data)}`],
  'bonus.released': [
    1,
    (data) => `Вернулось отложенное ${ru(data)}`,
    (data) => `No longer aside ${en(data)}`,
  ],
  'hold.expired': [0, (data) => `Истёк срок отложенного ${ru(data)}`, (data) => `Too late ${en(data)}`],
  'bonus.spent': [
    -1,
    ({ orderId }) => `Бонусами оплачен заказ ${orderId}`,
    ({ orderId }) => `Order ${orderId} was paid with bonuses`,
  ],
  'bonus.reversed': [-1, (data) => `Отменено начисление ${ru(data)}`, (data) => `Taken back ${en(data)}`],
  'bonus.refunded': [1, (data) => `Вернулись бонусы ${ru(data)}`, (data) => `Bonuses came back ${en(data)}`],
  'bonus.expiring': [0, () => 'Скоро сгорят бонусы', () => 'Bonuses expire soon'],
  'bonus.expired': [-1, () => 'Сгорели бонусы', () => 'Bonuses expired'],
  'bonus.adjusted': [1, () => 'Магазин изменил баланс', () => 'The shop changed the balance'],
  'tier.changed': [0, ({ to }) => `Уровень покупателя: ${to ?? 'нет'}`, ({ to }) => `Level: ${to ?? 'none'}`],
  'tier.downgrading': [
    0,
    ({ from }) => `Уровень ${from} скоро кончится`,
    ({ from }) => `Level ${from} ends soon`,
  ],
  'referral.qualified': [0, () => 'Друг сделал заказ', () => 'A friend has ordered'],
  'referral.suspected': [0, () => 'Странное приглашение друга', () => 'A referral looks odd'],
  'reservation.doubted': [
    0,
    ({ orderId }) => `Код бонусов не подошёл заказу ${orderId}`,
    ({ orderId }) => `The bonuses' code does not fit order ${orderId}`,
  ],
  'limit.reached': [0, () => 'Достигнут лимит программы', () => 'A limit of the program was reached'],
  'customer.created': [0, () => 'Новый покупатель', () => 'A new customer'],
  'customer.merged': [0, () => 'Два покупателя — один человек', () => 'Two customers are one person'],
  'customer.unmerged': [0, () => 'Покупатели снова разделены', () => 'Two customers again'],
  'customer.erased': [0, () => 'Покупатель удалён', () => 'A customer was erased'],
  'order.rejected': [
    0,
    ({ orderId }) => `Не принят заказ ${orderId ?? ''}`,
    ({ orderId }) => `Order ${orderId ?? ''} was refused`,
  ],
  'books.broken': [0, () => 'Книга не сходится', () => 'The books do not add up'],
  'endpoint.failing': [0, () => 'Вебхук не отвечает', () => 'A webhook does not answer'],
  'endpoint.disabled': [0, () => 'Вебхук отключён', () => 'A webhook was switched off'],
  'endpoint.recovered': [0, () => 'Вебхук снова отвечает', () => 'A webhook answers again'],
  'webhook.test': [0, () => 'Проба вебхука', () => 'A webhook was tried'],
}

/** An event as a shopkeeper would say it, and by how much it changed what can be spent, where it did. */
export function happened(locale, type, data) {
  const [sign, inRussian, inEnglish] = EVENTS[type] ?? [0, () => type, () => type]
  const by = typeof sign === 'function' ? sign(data) : sign
  return {
    what: (locale === 'ru' ? inRussian : inEnglish)(data),
    change: data?.amount === undefined ? undefined : by === 0 ? undefined : by * Number(data.amount),
  }
}
