import { speaker } from './speaker.ts'
import type { Texts } from './texts.ts'

const texts: Texts = {
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
  range: '1-ден {} бонусқа дейін.',
  confirm: 'Telegram-да растаңыз: {} жұмсау.',
  paid: 'Бонуспен төленді: {}',
  voided: 'Бонустар жұмсалмады.',
  expired: 'Уақыт өтті, қайталап көріңіз.',
  failed: 'Болмады, қайталап көріңіз.',
  changed: 'Себет өзгерді: бонустар өзіңізде.',
  leave: 'Шығу',
}

// A browser that knows no Kazakh writes amounts the Russian way, which is the same.
export const speak = speaker(['kk', 'ru'], texts)
