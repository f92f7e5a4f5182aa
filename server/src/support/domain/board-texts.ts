import type { Locale } from '../../kernel/locale.ts'
import type { Rating, Ticket } from './ticket.ts'

type BoardTexts = {
  you: string
  opened: (ticket: Ticket) => string
  unclaimed: string
  escalated: string
  breached: (promise: string) => string
  reminded: (promise: string) => string
  assigned: (name: string) => string
  taken: (name: string) => string
  rated: (rating: Rating | null) => string
  reopened: string
  merged: (into: string) => string
  woken: string
  madeAgain: string
  deleted: string
  edited: string
  notSent: (why: string) => string
  tooLarge: (name: string, megabytes: number) => string
  fileLink: (name: string, megabytes: number, url: string) => string
  stranger: (name: string) => string
  notReached: (why: string) => string
}

const EN: BoardTexts = {
  you: 'Customer',
  opened: ({ number }) => `New ticket #${number}. Assign it to yourself or move it to take it.`,
  unclaimed: '⏳ Nobody has taken this ticket yet.',
  escalated: '🔺 Escalated: this ticket has waited too long.',
  breached: (promise) => `⏰ The promise was not kept (${promise}).`,
  reminded: (promise) => `⏰ Soon due (${promise}).`,
  assigned: (name) => `→ ${name}`,
  taken: (name) => `${name} has taken this ticket already, so it stays there.`,
  rated: (rating) => `Rating: ${'★'.repeat(rating?.score ?? 0)} ${rating?.comment ?? ''}`.trim(),
  reopened: '↩️ The customer wrote again: the ticket is open again.',
  merged: (into) => `Part of #${into} from now on.`,
  woken: '⏰ Snoozed until now.',
  madeAgain:
    'The task was deleted while its ticket is open, so it was made again. Earlier comments went with the old one. Complete a task to solve its ticket.',
  deleted: 'deleted',
  edited: '(edited)',
  notSent: (why) => `⚠️ Not sent to the customer: ${why}`,
  tooLarge: (name, megabytes) =>
    `⚠️ “${name}” (${megabytes} MB) is too large to be sent. Send a link instead.`,
  fileLink: (name, megabytes, url) =>
    `📎 “${name}” (${megabytes} MB) is too large for this board: ${url} (good for an hour)`,
  stranger: (name) =>
    `${name} is no agent here yet: the customer sees the shop's name. Add them with POST /v1/agents and their Todoist id.`,
  notReached: (why) => `⚠️ The customer cannot be reached in Telegram: ${why}`,
}

const RU: BoardTexts = {
  you: 'Клиент',
  opened: ({ number }) => `Новое обращение #${number}. Назначьте его себе или переместите, чтобы взять.`,
  unclaimed: '⏳ Это обращение ещё никто не взял.',
  escalated: '🔺 Эскалация: обращение ждёт слишком долго.',
  breached: (promise) => `⏰ Срок нарушен (${promise}).`,
  reminded: (promise) => `⏰ Скоро срок (${promise}).`,
  assigned: (name) => `→ ${name}`,
  taken: (name) => `Это обращение уже взял(а) ${name}, оно остаётся там.`,
  rated: (rating) => `Оценка: ${'★'.repeat(rating?.score ?? 0)} ${rating?.comment ?? ''}`.trim(),
  reopened: '↩️ Клиент написал снова: обращение снова открыто.',
  merged: (into) => `Теперь это часть #${into}.`,
  woken: '⏰ Было отложено до этого времени.',
  madeAgain:
    'Задачу удалили, а обращение открыто, поэтому она создана заново. Прежние комментарии ушли с ней. Чтобы решить обращение, завершите задачу.',
  deleted: 'удалено',
  edited: '(изменено)',
  notSent: (why) => `⚠️ Клиенту не отправлено: ${why}`,
  tooLarge: (name, megabytes) =>
    `⚠️ «${name}» (${megabytes} МБ) слишком велик для отправки. Пришлите ссылку.`,
  fileLink: (name, megabytes, url) =>
    `📎 «${name}» (${megabytes} МБ) слишком велик для этой доски: ${url} (ссылка живёт час)`,
  stranger: (name) =>
    `${name} ещё не агент: клиент видит имя магазина. Добавьте: POST /v1/agents с его id в Todoist.`,
  notReached: (why) => `⚠️ Клиент недоступен в Telegram: ${why}`,
}

const KK: BoardTexts = {
  you: 'Клиент',
  opened: ({ number }) => `Жаңа өтініш #${number}. Алу үшін өзіңізге тағайындаңыз немесе жылжытыңыз.`,
  unclaimed: '⏳ Бұл өтінішті әлі ешкім алған жоқ.',
  escalated: '🔺 Эскалация: өтініш тым ұзақ күтуде.',
  breached: (promise) => `⏰ Мерзім бұзылды (${promise}).`,
  reminded: (promise) => `⏰ Мерзім жақын (${promise}).`,
  assigned: (name) => `→ ${name}`,
  taken: (name) => `Бұл өтінішті ${name} алып қойған, ол сол жерде қалады.`,
  rated: (rating) => `Баға: ${'★'.repeat(rating?.score ?? 0)} ${rating?.comment ?? ''}`.trim(),
  reopened: '↩️ Клиент қайта жазды: өтініш қайта ашық.',
  merged: (into) => `Енді бұл #${into} бөлігі.`,
  woken: '⏰ Осы уақытқа дейін кейінге қалдырылған.',
  madeAgain:
    'Тапсырма жойылды, ал өтініш ашық, сондықтан ол қайта жасалды. Бұрынғы пікірлер бірге кетті. Өтінішті шешу үшін тапсырманы аяқтаңыз.',
  deleted: 'жойылды',
  edited: '(өзгертілді)',
  notSent: (why) => `⚠️ Клиентке жіберілмеді: ${why}`,
  tooLarge: (name, megabytes) => `⚠️ «${name}» (${megabytes} МБ) жіберуге тым үлкен. Сілтеме жіберіңіз.`,
  fileLink: (name, megabytes, url) =>
    `📎 «${name}» (${megabytes} МБ) бұл тақтаға тым үлкен: ${url} (сілтеме бір сағат жарамды)`,
  stranger: (name) =>
    `${name} әлі агент емес: клиент дүкен атын көреді. Қосыңыз: POST /v1/agents, Todoist id-мен.`,
  notReached: (why) => `⚠️ Клиент Telegram-да қолжетімсіз: ${why}`,
}

export function boardTexts(locale: Locale): BoardTexts {
  return { ru: RU, en: EN, kk: KK }[locale]
}
