import type { Locale, Texts } from '../../kernel/locale.ts'
import { escapeHtml } from '../../kernel/escape-html.ts'
import { DOUBTS, doubtOf } from './doubts-of-reservations.ts'
import type { NoticeEvent } from './kind-of-notice.ts'
import type { Recipient } from './write-notice.ts'

/** What the project's owner is told of, as Telegram HTML; undefined for what is no trouble of theirs. */
export function writeOwnerNotice(
  { type, payload }: NoticeEvent,
  { locale, shop, timeZone }: Recipient,
): string | undefined {
  const template = TEMPLATES[type as keyof typeof TEMPLATES] as Texts | undefined
  if (template === undefined || payload.quiet === true) return undefined
  if (type === 'reservation.doubted' && !(String(payload.because) in DOUBTS)) return undefined
  const reason = payload.reason === 'gone' ? GONE : FAILING
  const values: Record<string, string> = {
    shop,
    url: String(payload.url ?? ''),
    error: String(payload.lastError ?? '—'),
    held: String(payload.heldCount ?? 0),
    since: moment(payload.failedSince, locale, timeZone),
    why: reason[locale],
    order: String(payload.orderId ?? ''),
    code: String(payload.reservation ?? ''),
    doubt: doubtOf(payload, locale),
    limit: String(payload.limit ?? ''),
    customer: String(payload.customerId ?? ''),
    customers: Array.isArray(payload.customerIds) ? payload.customerIds.slice(0, 5).join(', ') : '',
    count: String(payload.problemsCount ?? 0),
    from: day(payload.from, locale, timeZone),
    to: day(typeof payload.to === 'number' ? payload.to - 1 : undefined, locale, timeZone),
    opened: figure(payload.opened, locale),
    solved: figure(payload.solved, locale),
    reopened: figure(payload.reopened, locale),
    half: figure(payload.firstAnswerP50Minutes, locale),
    most: figure(payload.firstAnswerP90Minutes, locale),
    kept: figure(typeof payload.firstAnswerKept === 'number' ? payload.firstAnswerKept * 100 : null, locale),
    rating: figure(payload.rating, locale),
    ratings: figure(payload.ratings, locale),
  }
  return template[locale].replace(/\{(\w+)\}/g, (_, name: string) => escapeHtml(values[name] ?? ''))
}

const GONE: Texts = {
  ru: 'он ответил 410',
  en: 'it answered 410',
  kk: 'ол 410 деп жауап берді',
}

const FAILING: Texts = {
  ru: 'пять дней без единого успеха',
  en: 'five days without a success',
  kk: 'бес күн бойы бірде-бір сәтті жеткізу болмады',
}

const TEMPLATES = {
  'endpoint.failing': {
    ru: '⚠️ «{shop}»: вебхук {url} не принимает события с {since} ({error}). Ничего не теряем: ждут {held}, пробуем раз в пять минут.',
    en: '⚠️ {shop}: the webhook {url} has been failing since {since} ({error}). Nothing is lost: {held} wait, one try every five minutes.',
    kk: '⚠️ «{shop}»: {url} вебхугі {since} бастап оқиғаларды қабылдамай тұр ({error}). Ештеңе жоғалмайды: {held} күтуде, бес минут сайын көреміз.',
  },
  'endpoint.disabled': {
    ru: '⛔ «{shop}»: вебхук {url} отключён: {why}. События копятся ({held}); включите его, когда он заработает.',
    en: '⛔ {shop}: the webhook {url} was switched off: {why}. Its events are kept ({held}); enable it once it works.',
    kk: '⛔ «{shop}»: {url} вебхугі өшірілді: {why}. Оқиғалар сақталуда ({held}); іске қосылғанда оны қосыңыз.',
  },
  'endpoint.recovered': {
    ru: '✅ «{shop}»: вебхук {url} снова принимает события; накопленное отправляется.',
    en: '✅ {shop}: the webhook {url} takes events again; what has waited is on its way.',
    kk: '✅ «{shop}»: {url} вебхугі оқиғаларды қайта қабылдап жатыр; жиналғаны жіберілуде.',
  },
  'limit.reached': {
    ru: '🚧 «{shop}»: достигнут лимит {limit}, клиент {customer}.',
    en: '🚧 {shop}: the limit {limit} was reached, customer {customer}.',
    kk: '🚧 «{shop}»: {limit} шегіне жетті, клиент {customer}.',
  },
  'reservation.doubted': {
    ru: '🎟 «{shop}»: заказ {order} с кодом {code}: {doubt}',
    en: '🎟 {shop}: order {order} with the code {code}: {doubt}',
    kk: '🎟 «{shop}»: {order} тапсырысы, {code} коды: {doubt}',
  },
  'support.weekly': {
    ru: '📊 «{shop}», поддержка за {from} – {to}: обращений {opened}, решено {solved}, открыто снова {reopened}. Первый ответ: половина за {half} мин, 90 % за {most} мин; в срок {kept} %. Оценка {rating} (голосов: {ratings}).',
    en: '📊 {shop}, support from {from} to {to}: {opened} tickets, {solved} solved, {reopened} reopened. First answer: half within {half} min, 90 % within {most} min; {kept} % in time. Rated {rating} ({ratings} votes).',
    kk: '📊 «{shop}», қолдау {from} – {to}: өтініш {opened}, шешілді {solved}, қайта ашылды {reopened}. Алғашқы жауап: жартысы {half} мин ішінде, 90 % — {most} мин; уақытында {kept} %. Баға {rating} (дауыс: {ratings}).',
  },
  'books.broken': {
    ru: '🚨 «{shop}»: книга бонусов не сходится, расхождений: {count}. Клиенты: {customers}.',
    en: '🚨 {shop}: the ledger does not add up, {count} problems. Customers: {customers}.',
    kk: '🚨 «{shop}»: бонус кітабы сәйкес емес, айырмашылық саны: {count}. Клиенттер: {customers}.',
  },
} satisfies Record<string, Texts>

function moment(instant: unknown, locale: Locale, timeZone: string): string {
  return typeof instant === 'number'
    ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(instant)
    : '—'
}

function day(instant: unknown, locale: Locale, timeZone: string): string {
  return typeof instant === 'number'
    ? new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone }).format(instant)
    : '—'
}

function figure(value: unknown, locale: Locale): string {
  return typeof value === 'number'
    ? new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value)
    : '—'
}
