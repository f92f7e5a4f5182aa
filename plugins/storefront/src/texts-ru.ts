import { speaker } from './speaker.ts'
import type { Texts } from './texts.ts'

const texts: Texts = {
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
  range: 'От 1 до {} бонусов.',
  confirm: 'Подтвердите в Telegram: списать {}.',
  paid: 'Бонусами оплачено {}',
  voided: 'Бонусы не списаны.',
  expired: 'Время вышло, попробуйте ещё раз.',
  failed: 'Не получилось, попробуйте ещё раз.',
  changed: 'Корзина изменилась: бонусы снова у вас.',
  leave: 'Выйти',
}

export const speak = speaker('ru', texts)
