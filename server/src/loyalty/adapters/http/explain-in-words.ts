import { currencyDecimals, formatMoney } from '../../../kernel/money.ts'
import type { Locale, Texts } from '../../../kernel/locale.ts'
import type { LeftOut } from '../../domain/appraise.ts'
import type { Explained } from '../../explain-entry.ts'

const say = (ru: string, en: string, kk: string): Texts => ({ ru, en, kk })

/** How an entry's amount came about, as a shopper can read it aloud. */
export function explainInWords(
  explained: Explained,
  currency: string,
  timeZone: string,
  locale: Locale,
): string[] {
  const { entry, order, program, appraisal, keptMinor } = explained
  const money = (minor: number) => formatMoney(minor, currency)
  const date = (at: unknown) =>
    typeof at === 'number' ? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(at) : ''
  const number = (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value)
  const sentences: string[] = []
  const tell = (texts: Texts, values: Record<string, string | number> = {}) =>
    // A Russian date ends with a full stop of its own.
    void sentences.push(
      texts[locale].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')).replace('..', '.'),
    )

  const sign = entry.amountMinor < 0 ? '-' : '+'
  tell(KINDS[`${entry.kind} ${entry.reason}`] ?? KINDS[`${entry.kind} ${sign}`] ?? KINDS[entry.kind]!, {
    amount: money(Math.abs(entry.amountMinor)),
    order: entry.orderId ?? '',
  })
  const { activatesAt, expiresAt } = entry.details as {
    activatesAt?: number | null
    expiresAt?: number | null
  }
  if (
    appraisal !== undefined &&
    order?.facts &&
    program !== undefined &&
    (entry.kind === 'earn' || entry.kind === 'reverse')
  ) {
    tell(ORDER.base, {
      amount: money(order.facts.amountMinor),
      spent: money(order.spentMinor),
      base: money(appraisal.baseMinor),
    })
    if (entry.reason === 'referral') {
      const { referralPercentBp, referrerBonusMinor = 0 } = order.terms!
      if (referralPercentBp > 0) tell(ORDER.referral, { percent: number(referralPercentBp / 100) })
      if (referrerBonusMinor > 0) tell(ORDER.referrerBonus, { amount: money(referrerBonusMinor) })
    } else {
      for (const { rule, percentBp, amountMinor } of appraisal.parts) {
        if (amountMinor === 0 && rule !== 'base') continue
        const name =
          rule === 'tier'
            ? (order.terms!.tier ?? '')
            : (program.rules.find(({ id }) => id === rule)?.name ?? rule)
        const values = { name, percent: number((percentBp ?? 0) / 100), amount: money(Math.abs(amountMinor)) }
        tell(PARTS[rule] ?? (percentBp === null ? PARTS.fixed! : PARTS.rule!), values)
      }
      for (const line of appraisal.lines) {
        if (line.leftOut === null) continue
        const { name, sku } = line.index === null ? {} : (order.facts.lines[line.index] ?? {})
        tell(LEFT_OUT[line.leftOut], {
          item: name ?? sku ?? String((line.index ?? 0) + 1),
          amount: money(line.grossMinor),
        })
      }
      if (appraisal.nothingBecause !== null) tell(NOTHING[appraisal.nothingBecause])
      const exact = (appraisal.roundingE4 / 10_000) * 10 ** -currencyDecimals(currency)
      if (exact !== 0) tell(ROUNDING[order.terms!.rounding], { by: number(Math.abs(exact)) })
      if (keptMinor !== undefined && keptMinor !== appraisal.earnedMinor)
        tell(ORDER.kept, { earned: money(appraisal.earnedMinor), kept: money(keptMinor) })
    }
    tell(ORDER.program, { version: order.terms!.programVersion })
  }
  if (entry.kind === 'earn' || entry.kind === 'adjust') {
    if (activatesAt === null) tell(TIME.waits)
    if (typeof activatesAt === 'number' && activatesAt > entry.occurredAt)
      tell(TIME.from, { date: date(activatesAt) })
    if (typeof expiresAt === 'number') tell(TIME.until, { date: date(expiresAt) })
  }
  if (entry.movements.length > 1) tell(ORDER.lots, { count: entry.movements.length })
  if (entry.debtMinor > 0) tell(DEBT.grew, { debt: money(entry.debtMinor) })
  if (entry.debtMinor < 0) tell(DEBT.paid, { debt: money(-entry.debtMinor) })
  return sentences
}

const KINDS: Readonly<Record<string, Texts>> = {
  'earn purchase': say(
    'Начислено бонусов за заказ {order}: {amount}.',
    'Order {order} earned {amount} bonuses.',
    '{order} тапсырысы үшін {amount} бонус есептелді.',
  ),
  'earn referral': say(
    'Начислено за покупку друга: {amount}.',
    'A friend’s order brought {amount} bonuses.',
    'Досыңыздың тапсырысы үшін {amount} бонус есептелді.',
  ),
  'earn welcome': say(
    'Приветственные бонусы: {amount}.',
    'Welcome bonuses: {amount}.',
    'Қош келдіңіз бонустары: {amount}.',
  ),
  'earn birthday': say(
    'Бонусы ко дню рождения: {amount}.',
    'Birthday bonuses: {amount}.',
    'Туған күнге арналған бонус: {amount}.',
  ),
  earn: say('Начислено бонусов: {amount}.', '{amount} bonuses were earned.', '{amount} бонус есептелді.'),
  'activate scheduled': say(
    'Бонусам назначен день, с которого их можно тратить.',
    'The bonuses were given the day from which they can be spent.',
    'Бонустарды жұмсауға болатын күн белгіленді.',
  ),
  activate: say(
    'Бонусы стало можно тратить.',
    'The bonuses can be spent now.',
    'Бонустарды енді жұмсауға болады.',
  ),
  hold: say(
    'Отложено для заказа: {amount}.',
    '{amount} bonuses were put aside for an order.',
    'Тапсырыс үшін {amount} бонус сақталды.',
  ),
  'release expired': say(
    'Срок брони истёк, {amount} снова доступны.',
    'The hold ran out, {amount} bonuses are free again.',
    'Сақтау мерзімі бітті, {amount} бонус қайта қолжетімді.',
  ),
  'release captured': say(
    'Бронь снята, чтобы списать бонусы: {amount}.',
    'The hold was lifted to spend the bonuses: {amount}.',
    'Бонустарды жұмсау үшін сақтау алынды: {amount}.',
  ),
  release: say(
    'Бронь отменена, {amount} снова доступны.',
    'The hold was voided, {amount} bonuses are free again.',
    'Сақтау тоқтатылды, {amount} бонус қайта қолжетімді.',
  ),
  spend: say(
    'Бонусами оплачено {amount} в заказе {order}.',
    '{amount} bonuses paid for order {order}.',
    '{order} тапсырысы {amount} бонуспен төленді.',
  ),
  'expire erased': say(
    'Покупатель удалён, {amount} бонусов погашено.',
    'The customer was erased, {amount} bonuses ended.',
    'Сатып алушы жойылды, {amount} бонус жабылды.',
  ),
  expire: say(
    'Истёк срок бонусов: {amount}.',
    '{amount} bonuses expired.',
    '{amount} бонустың мерзімі бітті.',
  ),
  refund: say(
    'Возвращено потраченных бонусов по заказу {order}: {amount}.',
    '{amount} bonuses spent on order {order} came back.',
    '{order} тапсырысына жұмсалған {amount} бонус қайтарылды.',
  ),
  'reverse debt': say(
    'Из новых бонусов погашен долг.',
    'New bonuses paid off a debt.',
    'Жаңа бонустармен қарыз өтелді.',
  ),
  'reverse cancelled': say(
    'Ожидающие бонусы отменены: {amount}.',
    '{amount} pending bonuses were cancelled.',
    'Күтудегі {amount} бонус тоқтатылды.',
  ),
  reverse: say(
    'Отменено бонусов, начисленных за заказ {order}: {amount}.',
    '{amount} bonuses earned on order {order} were taken back.',
    '{order} тапсырысы үшін есептелген {amount} бонус қайтарып алынды.',
  ),
  'transfer +': say(
    'Перешло от другого покупателя при объединении или разделении: {amount}.',
    '{amount} bonuses came from another customer, in a merge or its undoing.',
    'Біріктіру не бөлу кезінде басқа сатып алушыдан келді: {amount}.',
  ),
  'transfer -': say(
    'Перешло к другому покупателю при объединении или разделении: {amount}.',
    '{amount} bonuses went to another customer, in a merge or its undoing.',
    'Біріктіру не бөлу кезінде басқа сатып алушыға өтті: {amount}.',
  ),
  'adjust erased': say(
    'Покупатель удалён, долг {amount} прощён.',
    'The customer was erased, a debt of {amount} was let go.',
    'Сатып алушы жойылды, {amount} қарыз кешірілді.',
  ),
  'adjust +': say(
    'Добавлено вручную: {amount}. Причина записана в журнале аудита.',
    '{amount} bonuses were added by hand. The reason stands in the audit log.',
    'Қолмен қосылды: {amount}. Себебі аудит журналында жазылған.',
  ),
  'adjust -': say(
    'Списано вручную: {amount}. Причина записана в журнале аудита.',
    '{amount} bonuses were taken by hand. The reason stands in the audit log.',
    'Қолмен алынды: {amount}. Себебі аудит журналында жазылған.',
  ),
}

const ORDER = {
  base: say(
    'Сумма заказа {amount}, из неё бонусами оплачено {spent}; бонусы начисляются на {base}.',
    'The order came to {amount}, {spent} of it paid with bonuses; {base} of it earns.',
    'Тапсырыс сомасы {amount}, оның {spent} бонуспен төленді; бонус {base} сомасына есептеледі.',
  ),
  referral: say(
    'Пригласившему — {percent} % от этой суммы.',
    'The referrer gets {percent} % of that.',
    'Шақырған адамға осы соманың {percent} % тиесілі.',
  ),
  referrerBonus: say(
    'За первый заказ друга — {amount}.',
    'For the friend’s first order: {amount}.',
    'Достың алғашқы тапсырысы үшін: {amount}.',
  ),
  kept: say(
    'После возвратов из {earned} остаётся {kept}.',
    'After refunds {kept} of {earned} stay.',
    'Қайтарулардан кейін {earned} ішінен {kept} қалады.',
  ),
  program: say(
    'По правилам программы версии {version}.',
    'By version {version} of the program.',
    'Бағдарламаның {version} нұсқасы бойынша.',
  ),
  lots: say(
    'Затронуто партий бонусов: {count}.',
    '{count} lots of bonuses took part.',
    'Бонус топтамаларының саны: {count}.',
  ),
}

const PARTS: Readonly<Record<string, Texts>> = {
  base: say(
    'Базовые {percent} %: {amount}.',
    'The base {percent} %: {amount}.',
    'Негізгі {percent} %: {amount}.',
  ),
  tier: say(
    'Уровень «{name}», +{percent} %: {amount}.',
    'Tier {name}, +{percent} %: {amount}.',
    '«{name}» деңгейі, +{percent} %: {amount}.',
  ),
  rule: say(
    'Акция «{name}», +{percent} %: {amount}.',
    'The rule “{name}”, +{percent} %: {amount}.',
    '«{name}» акциясы, +{percent} %: {amount}.',
  ),
  fixed: say('Акция «{name}»: {amount}.', 'The rule “{name}”: {amount}.', '«{name}» акциясы: {amount}.'),
  'referral-friend': say(
    'По приглашению друга: {amount}.',
    'For having been brought by a friend: {amount}.',
    'Достың шақыруы үшін: {amount}.',
  ),
  limit: say(
    'Дневной лимит срезал {amount}.',
    'A limit of the day cut {amount}.',
    'Күндік шектеу {amount} қысқартты.',
  ),
}

const LEFT_OUT: Readonly<Record<LeftOut, Texts>> = {
  delivery: say(
    'Доставка ({amount}) бонусов не приносит.',
    'Delivery ({amount}) earns nothing.',
    'Жеткізу ({amount}) үшін бонус берілмейді.',
  ),
  sale: say(
    '«{item}» ({amount}) со скидкой: бонусы не начисляются.',
    '{item} ({amount}) is on sale and earns nothing.',
    '«{item}» ({amount}) жеңілдікпен: бонус берілмейді.',
  ),
  category: say(
    '«{item}» ({amount}) из исключённой категории.',
    '{item} ({amount}) is of a category that is left out.',
    '«{item}» ({amount}) шығарылған санаттан.',
  ),
  sku: say(
    '«{item}» ({amount}) исключён из программы.',
    '{item} ({amount}) is left out.',
    '«{item}» ({amount}) бағдарламаға кірмейді.',
  ),
}

const NOTHING = {
  'least-order': say(
    'Заказ меньше наименьшей суммы для начисления.',
    'The order is smaller than the least that earns.',
    'Тапсырыс бонус берілетін ең аз сомадан кіші.',
  ),
  'nothing-paid': say(
    'Деньгами не оплачено ничего, на что начисляются бонусы.',
    'Nothing that earns was paid in money.',
    'Бонус есептелетін ештеңе ақшамен төленбеді.',
  ),
}

const ROUNDING = {
  floor: say(
    'Округлено вниз до целых бонусов, отброшено {by}.',
    'Rounded down to whole bonuses, which took {by}.',
    'Бүтін бонусқа дейін төмен дөңгелектенді, {by} алынды.',
  ),
  nearest: say(
    'Округлено до ближайшего целого, разница {by}.',
    'Rounded to the nearest whole bonus, a difference of {by}.',
    'Ең жақын бүтінге дөңгелектенді, айырмасы {by}.',
  ),
  none: say(
    'Отброшено меньше одной копейки: {by}.',
    'Less than the smallest unit was dropped: {by}.',
    'Ең кіші бірліктен аз бөлігі алынды: {by}.',
  ),
}

const TIME = {
  waits: say(
    'Станут доступны после оплаты или выполнения заказа.',
    'They can be spent once the order is paid or fulfilled.',
    'Тапсырыс төленгеннен не орындалғаннан кейін қолжетімді болады.',
  ),
  from: say('Доступны с {date}.', 'They can be spent from {date}.', '{date} бастап қолжетімді.'),
  until: say('Действуют до {date}.', 'They last until {date}.', '{date} дейін жарамды.'),
}

const DEBT = {
  grew: say(
    'Не хватило на балансе, в долг записано {debt}.',
    'The balance did not reach; {debt} are owed.',
    'Баланс жетпеді, {debt} қарызға жазылды.',
  ),
  paid: say('Долг уменьшился на {debt}.', 'The debt fell by {debt}.', 'Қарыз {debt} азайды.'),
}
