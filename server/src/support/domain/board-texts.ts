import { escapeMarkdown } from '../../kernel/markdown.ts'
import type { Locale } from '../../kernel/locale.ts'
import type { Rating, Ticket } from './ticket.ts'

export type BoardTexts = {
  you: string
  opened: (ticket: Pick<Ticket, 'number'>) => string
  unclaimed: string
  escalated: string
  firstAnswer: string
  resolution: string
  breached: (promise: string) => string
  reminded: (promise: string) => string
  customerReminded: string
  solvedAlone: string
  assigned: (name: string) => string
  taken: (name: string) => string
  rated: (rating: Rating | null) => string
  reopened: string
  merged: (into: number) => string
  absorbed: (number: number) => string
  woken: string
  banned: string
  unbanned: string
  madeAgain: string
  movedBack: string
  deleted: string
  edited: string
  notSent: (why: string) => string
  away: string
  tooLarge: (name: string, megabytes: number) => string
  fileLink: (name: string, megabytes: number, url: string) => string
  noFile: (name: string) => string
  stranger: (name: string) => string
}

const stars = (rating: Rating | null) => '★'.repeat(rating?.score ?? 0)
const comment = (rating: Rating | null) => escapeMarkdown(rating?.comment ?? '')

const EN: BoardTexts = {
  you: 'Customer',
  opened: ({ number }) => `New ticket #${number}. Assign it to yourself or move it to take it.`,
  unclaimed: '⏳ Nobody has taken this ticket yet.',
  escalated: '🔺 Escalated: this ticket has waited too long.',
  firstAnswer: 'first answer',
  resolution: 'resolution',
  breached: (promise) => `⏰ The promise was not kept: ${promise}.`,
  reminded: (promise) => `⏰ Soon due: ${promise}.`,
  customerReminded: '⏳ The customer has not answered and was reminded.',
  solvedAlone: '✅ Solved by itself: the customer has not answered.',
  assigned: (name) => `→ ${name}`,
  taken: (name) => `${name} has taken this ticket already, so it stays there.`,
  rated: (rating) => `Rating: ${stars(rating)} ${comment(rating)}`.trim(),
  reopened: '↩️ The customer wrote again: the ticket is open again.',
  merged: (into) => `Part of #${into} from now on.`,
  absorbed: (number) => `#${number} is part of this ticket from now on.`,
  woken: '⏰ Snoozed until now.',
  banned: '⛔ The customer was banned.',
  unbanned: 'The customer may write again.',
  madeAgain:
    'The task was deleted while its ticket is open, so it was made again. Earlier comments went with the old one. Complete a task to solve its ticket.',
  movedBack: 'Tickets live on this board, so the task was moved back. Complete it to solve the ticket.',
  deleted: 'deleted',
  edited: '(edited)',
  away: '⚠️ Not delivered: the customer blocked the bot. It is sent when they come back.',
  notSent: (why) => `⚠️ Not sent to the customer: ${why}`,
  tooLarge: (name, megabytes) =>
    `⚠️ “${name}” (${megabytes} MB) is too large to be sent. Send a link instead.`,
  fileLink: (name, megabytes, url) =>
    `📎 “${name}” (${megabytes} MB) is too large for this board: ${url} (good for an hour)`,
  noFile: (name) => `⚠️ “${name}” could not be brought here.`,
  stranger: (name) =>
    `${name} is no agent here yet: the customer sees the shop's name. Add them with POST /v1/agents and their Todoist id.`,
}

const RU: BoardTexts = {
  you: 'Клиент',
  opened: ({ number }) => `Новое обращение #${number}. Назначьте его себе или переместите, чтобы взять.`,
  unclaimed: '⏳ Это обращение ещё никто не взял.',
  escalated: '🔺 Эскалация: обращение ждёт слишком долго.',
  firstAnswer: 'первый ответ',
  resolution: 'решение',
  breached: (promise) => `⏰ Срок нарушен: ${promise}.`,
  reminded: (promise) => `⏰ Скоро срок: ${promise}.`,
  customerReminded: '⏳ Клиент не ответил, ему отправлено напоминание.',
  solvedAlone: '✅ Закрыто само: клиент не ответил.',
  assigned: (name) => `→ ${name}`,
  taken: (name) => `Это обращение уже у другого агента (${name}), оно остаётся там.`,
  rated: (rating) => `Оценка: ${stars(rating)} ${comment(rating)}`.trim(),
  reopened: '↩️ Клиент написал снова: обращение снова открыто.',
  merged: (into) => `Теперь это часть #${into}.`,
  absorbed: (number) => `#${number} теперь часть этого обращения.`,
  woken: '⏰ Было отложено до этого времени.',
  banned: '⛔ Клиент заблокирован.',
  unbanned: 'Клиент снова может писать.',
  madeAgain:
    'Задачу удалили, а обращение открыто, поэтому она создана заново. Прежние комментарии ушли с ней. Чтобы решить обращение, завершите задачу.',
  movedBack:
    'Обращения живут на этой доске, поэтому задача возвращена. Чтобы решить обращение, завершите её.',
  deleted: 'удалено',
  edited: '(изменено)',
  away: '⚠️ Не доставлено: клиент заблокировал бота. Будет отправлено, когда он вернётся.',
  notSent: (why) => `⚠️ Клиенту не отправлено: ${why}`,
  tooLarge: (name, megabytes) =>
    `⚠️ «${name}» (${megabytes} МБ) слишком велик для отправки. Пришлите ссылку.`,
  fileLink: (name, megabytes, url) =>
    `📎 «${name}» (${megabytes} МБ) слишком велик для этой доски: ${url} (ссылка живёт час)`,
  noFile: (name) => `⚠️ «${name}» не удалось перенести сюда.`,
  stranger: (name) =>
    `${name} ещё не агент: клиент видит имя магазина. Добавьте: POST /v1/agents с его id в Todoist.`,
}

const KK: BoardTexts = {
  you: 'Клиент',
  opened: ({ number }) => `Жаңа өтініш #${number}. Алу үшін өзіңізге тағайындаңыз немесе жылжытыңыз.`,
  unclaimed: '⏳ Бұл өтінішті әлі ешкім алған жоқ.',
  escalated: '🔺 Эскалация: өтініш тым ұзақ күтуде.',
  firstAnswer: 'алғашқы жауап',
  resolution: 'шешім',
  breached: (promise) => `⏰ Мерзім бұзылды: ${promise}.`,
  reminded: (promise) => `⏰ Мерзім жақын: ${promise}.`,
  customerReminded: '⏳ Клиент жауап бермеді, оған еске салынды.',
  solvedAlone: '✅ Өздігінен жабылды: клиент жауап бермеді.',
  assigned: (name) => `→ ${name}`,
  taken: (name) => `Бұл өтініш басқа агентте (${name}), ол сол жерде қалады.`,
  rated: (rating) => `Баға: ${stars(rating)} ${comment(rating)}`.trim(),
  reopened: '↩️ Клиент қайта жазды: өтініш қайта ашық.',
  merged: (into) => `Енді бұл #${into} бөлігі.`,
  absorbed: (number) => `#${number} енді осы өтініштің бөлігі.`,
  woken: '⏰ Осы уақытқа дейін кейінге қалдырылған.',
  banned: '⛔ Клиент бұғатталды.',
  unbanned: 'Клиент қайта жаза алады.',
  madeAgain:
    'Тапсырма жойылды, ал өтініш ашық, сондықтан ол қайта жасалды. Бұрынғы пікірлер бірге кетті. Өтінішті шешу үшін тапсырманы аяқтаңыз.',
  movedBack: 'Өтініштер осы тақтада тұрады, сондықтан тапсырма қайтарылды. Өтінішті шешу үшін оны аяқтаңыз.',
  deleted: 'жойылды',
  edited: '(өзгертілді)',
  away: '⚠️ Жеткізілмеді: клиент ботты бұғаттады. Ол оралғанда жіберіледі.',
  notSent: (why) => `⚠️ Клиентке жіберілмеді: ${why}`,
  tooLarge: (name, megabytes) => `⚠️ «${name}» (${megabytes} МБ) жіберуге тым үлкен. Сілтеме жіберіңіз.`,
  fileLink: (name, megabytes, url) =>
    `📎 «${name}» (${megabytes} МБ) бұл тақтаға тым үлкен: ${url} (сілтеме бір сағат жарамды)`,
  noFile: (name) => `⚠️ «${name}» мұнда әкелінбеді.`,
  stranger: (name) =>
    `${name} әлі агент емес: клиент дүкен атын көреді. Қосыңыз: POST /v1/agents, Todoist id-мен.`,
}

const TEXTS: Readonly<Record<Locale, BoardTexts>> = { ru: RU, en: EN, kk: KK }

export const boardTexts = (locale: Locale): BoardTexts => TEXTS[locale]
