import type { Locale, Texts } from '../../kernel/locale.ts'

/** What an agent is told of its commands. */
const REPLIES = {
  help: {
    ru: 'Команды: /take — взять; /assign имя — передать; /priority p1–p4, как в Todoist (p1 — срочно; то же самое: /priority 4); /snooze 2d, 3h или 2026-12-01 — отложить; /close — решено; /merge 12 — объединить с обращением 12; /tpl имя — готовый ответ; /bonus 500 причина — начислить бонусы; /ban причина, /unban; /help. Заметка для своих начинается с {prefixes}.',
    en: 'Commands: /take; /assign name; /priority p1–p4 as in Todoist (p1 is urgent; the same as /priority 4); /snooze 2d, 3h or 2026-12-01; /close when it is solved; /merge 12 into ticket 12; /tpl name for a canned answer; /bonus 500 reason; /ban reason, /unban; /help. A note for the team begins with {prefixes}.',
    kk: 'Командалар: /take — алу; /assign аты — тапсыру; /priority p1–p4, Todoist-тегідей (p1 — шұғыл; /priority 4 дегенмен бірдей); /snooze 2d, 3h немесе 2026-12-01 — кейінге қалдыру; /close — шешілді; /merge 12 — 12-өтінішке қосу; /tpl аты — дайын жауап; /bonus 500 себебі — бонус беру; /ban себебі, /unban; /help. Ішкі жазба {prefixes} белгісінен басталады.',
  },
  unknown: {
    ru: 'Команды /{command} нет, покупателю ничего не отправлено. {help}',
    en: 'There is no command /{command}; nothing was sent to the customer. {help}',
    kk: '/{command} командасы жоқ, сатып алушыға ештеңе жіберілмеді. {help}',
  },
  stranger: {
    ru: 'Команды выполняются только для сотрудников поддержки: укажите свой Todoist или Telegram в POST /v1/agents.',
    en: 'Commands are for agents only: name this Todoist or Telegram account in POST /v1/agents.',
    kk: 'Командалар тек қолдау қызметкерлеріне арналған: осы Todoist не Telegram аккаунтын POST /v1/agents ішінде көрсетіңіз.',
  },
  usage: {
    ru: 'Не понято. Пример: {example}',
    en: 'Not understood. For example: {example}',
    kk: 'Түсініксіз. Мысалы: {example}',
  },
  taken: { ru: 'Обращение {number} ваше.', en: 'Ticket {number} is yours.', kk: '{number} өтініші сізде.' },
  'taken-by': {
    ru: 'Обращение уже взял(а) {agent}.',
    en: '{agent} has taken this ticket already.',
    kk: 'Бұл өтінішті {agent} алып қойған.',
  },
  assigned: {
    ru: 'Передано: {agent}.',
    en: 'Handed over to {agent}.',
    kk: '{agent} қызметкеріне тапсырылды.',
  },
  'nobody-so': {
    ru: 'Не найден сотрудник «{name}». Есть: {agents}.',
    en: 'No agent is called {name}. There are: {agents}.',
    kk: '«{name}» деген қызметкер жоқ. Бар: {agents}.',
  },
  'several-so': {
    ru: 'Подходят несколько: {agents}. Напишите точнее.',
    en: 'Several fit: {agents}. Say which one.',
    kk: 'Бірнешеуі сәйкес: {agents}. Дәлірек жазыңыз.',
  },
  priority: { ru: 'Приоритет: {priority}.', en: 'Priority {priority}.', kk: 'Басымдығы: {priority}.' },
  snoozed: {
    ru: 'Отложено до {until}.',
    en: 'Snoozed until {until}.',
    kk: '{until} дейін кейінге қалдырылды.',
  },
  merged: {
    ru: 'Объединено с обращением {number}; дальше — там.',
    en: 'Merged into ticket {number}; it goes on there.',
    kk: '{number} өтінішіне қосылды; жалғасы сонда.',
  },
  'not-merged': {
    ru: 'Не объединено: нужны два открытых обращения одного покупателя.',
    en: 'Not merged: it takes two open tickets of one customer.',
    kk: 'Қосылмады: бір сатып алушының екі ашық өтініші керек.',
  },
  'no-ticket': {
    ru: 'Обращения {number} нет.',
    en: 'There is no ticket {number}.',
    kk: '{number} өтініші жоқ.',
  },
  solved: { ru: 'Обращение решено.', en: 'The ticket is solved.', kk: 'Өтініш шешілді.' },
  closed: {
    ru: 'Обращение закрыто окончательно, изменить его нельзя.',
    en: 'This ticket is closed for good and cannot be changed.',
    kk: 'Бұл өтініш біржола жабылған, оны өзгертуге болмайды.',
  },
  banned: {
    ru: 'Заблокировано: новые сообщения не станут обращениями. Снять: /unban',
    en: 'Banned: what they write becomes no ticket any more. /unban takes it back.',
    kk: 'Бұғатталды: жаңа хабарлар өтініш болмайды. Алып тастау: /unban',
  },
  unbanned: { ru: 'Блокировка снята.', en: 'Not banned any more.', kk: 'Бұғат алынды.' },
  'no-template': {
    ru: 'Готового ответа «{name}» нет. Есть: {templates}.',
    en: 'There is no canned answer {name}. There are: {templates}.',
    kk: '«{name}» дайын жауабы жоқ. Бар: {templates}.',
  },
  'bonus-given': {
    ru: 'Начислено {amount}, теперь у покупателя {available}.',
    en: 'Given: {amount}. The customer has {available} now.',
    kk: '{amount} берілді, сатып алушыда енді {available}.',
  },
  'bonus-off': {
    ru: 'Бонусы из комментариев выключены в настройках.',
    en: 'Bonuses from comments are switched off in the settings.',
    kk: 'Пікірден бонус беру баптауларда өшірілген.',
  },
  'bonus-too-much': {
    ru: 'Не начислено: за раз можно не больше {most}.',
    en: 'Not given: at most {most} at once.',
    kk: 'Берілмеді: бір ретте ең көбі {most}.',
  },
  'bonus-day-full': {
    ru: 'Не начислено: сегодня вы можете начислить ещё {left} (в день — {most}).',
    en: 'Not given: you may give {left} more today (of {most} a day).',
    kk: 'Берілмеді: бүгін тағы {left} бере аласыз (күніне {most}).',
  },
  'bonus-nobody': {
    ru: 'Не начислено: покупатель ещё не известен программе лояльности.',
    en: 'Not given: the loyalty program does not know this customer yet.',
    kk: 'Берілмеді: сатып алушы адалдық бағдарламасында әлі жоқ.',
  },
  refused: { ru: 'Не сделано: {code}.', en: 'Not done: {code}.', kk: 'Орындалмады: {code}.' },
} satisfies Record<string, Texts>

export type ReplyKey = keyof typeof REPLIES
export type Reply = (key: ReplyKey, values?: Readonly<Record<string, string | number>>) => string

export function replyIn(locale: Locale): Reply {
  return (key, values = {}) =>
    REPLIES[key][locale].replace(/\{(\w+)\}/g, (place, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : place,
    )
}

export const REPLY_KEYS = Object.keys(REPLIES) as ReplyKey[]
