import type { Texts } from './texts-en.ts'

export const RU: Texts = {
  keyMissing: () =>
    'Нет секретного ключа. Запишите его в TAPLINE_SECRET_KEY (sk_…): ключ демо-проекта печатает `npm start`, ' +
    'новый делает `npm run -s tapline-server -- project rotate PROJECT secret-key`.',
  keyPublishable: () =>
    'Это публичный ключ (pk_…): он открывает только то, что предназначено браузерам. TAPLINE_SECRET_KEY начинается с sk_.',
  keyMalformed: () =>
    'Это не секретный ключ: он начинается с sk_ и не содержит пробелов. Скопирован ли он целиком?',
  keyUnknown: (url) =>
    `Tapline по адресу ${url} не знает этого ключа. Он от проекта на этом сервере (TAPLINE_URL), скопирован целиком и не заменён?`,
  keyVisible: () =>
    'Ключ в аргументах видят другие на этой машине (список процессов, история команд): надёжнее TAPLINE_SECRET_KEY.',
  unreachable: (url, why) =>
    `Tapline не отвечает по адресу ${url}: ${why}. Он запущен? Верен ли TAPLINE_URL?`,
  outage: (url, why) =>
    `Tapline по адресу ${url} не отвечает (${why}). Пробуем, пока не ответит; ни одно событие не пропадёт.`,
  returned: (url) => `Tapline по адресу ${url} снова отвечает.`,
  unknownType: (type) => `События ${type} нет.`,
  didYouMean: (type) => `Может быть, ${type}? Есть такие:`,
  unknownCommand: (words) => `Команды «${words}» нет.`,
  orCommand: (name) => `Может быть, «tapline ${name}»?`,
  seeHelp: (command) => `Справка: tapline ${command}--help`,
  targetNotHttp: (given, likely) =>
    `На адрес ${given} нельзя отправить: он начинается с http:// или https://, например ${likely}.`,
  targetWithPassword: () => 'В адресе для пересылки есть имя или пароль: уберите их.',
  listening: (url, target) =>
    target === undefined ? `Следим за событиями ${url}.` : `Пересылаем события ${url} на ${target}.`,
  verifyWith: (secret) =>
    `Проверяйте подпись с TAPLINE_WEBHOOK_SECRET=${secret}\nОн один и тот же при каждом запуске, пока не сменится секретный ключ проекта.`,
  ctrlC: () => 'Ctrl-C — остановить.',
  targetSilent: (target, why) =>
    `По адресу ${target} никто не отвечает (${why}). Пробуем ещё несколько раз; событие не потеряно.`,
  targetReturned: (target) => `${target} снова отвечает.`,
  answered: (status, ms) => `${status} за ${ms} мс`,
  undelivered: (attempts, why) => `не доставлено, попыток: ${attempts}: ${why}`,
  stopped: (events, delivered, refused, undelivered) =>
    `Остановлено. Событий: ${events}, принято (2xx): ${delivered}, отклонено: ${refused}, не доставлено: ${undelivered}.`,
  stoppedFollowing: (events) => `Остановлено. Событий: ${events}.`,
  goOnFrom: (position) => `Продолжить отсюда: --since ${position}`,
  noEvents: () => 'Таких событий за последние 30 дней нет.',
  noEndpoints: () => 'Точек приёма нет: создайте через POST /v1/webhook-endpoints.',
  noDeliveries: () => 'Таких доставок нет.',
  nobodyWants: () =>
    'Ни одна включённая точка приёма не ждёт событий этого типа: отправлять некуда. --endpoint ID отправит всё равно.',
}
