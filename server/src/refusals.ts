import type { CustomerRefusalCode } from './customers/domain/match.ts'
import type { MergeRefusalCode } from './customers/domain/merge.ts'
import type { Tellings, Telling } from './http/problem.ts'
import type { LoyaltyEdgeRefusalCode, LoyaltyRefusalCode } from './loyalty/domain/command.ts'
import type { MessengerRefusalCode } from './messenger/domain/refusal-code.ts'
import type { ProjectRefusalCode } from './projects/domain/project.ts'
import type { DoorRefusalCode } from './storefronts/receive.ts'
import type { AgentRefusalCode } from './support/domain/agent.ts'
import type { SupportRefusalCode } from './support/domain/refusal-code.ts'
import type { TelegramRefusalCode } from './telegram/domain/refusal-code.ts'
import type { WebhookRefusalCode } from './webhooks/domain/endpoint.ts'

type EdgeRefusalCode =
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'malformed-json'
  | 'object-required'
  | 'unstorable-text'
  | 'body-required'
  | 'body-too-large'
  | 'unsupported-encoding'
  | 'request-aborted'
  | 'internal-error'
  | 'inbox-item-not-found'
  | 'not-replayable'
  | 'inbox-item-erased'
  | 'checkpoint-not-found'
  | 'no-order'
  | 'probe'
  | 'overloaded'
  | 'unavailable'
  | 'program-invalid'
  | 'idempotency-key-invalid'
  | 'idempotency-key-reused'
  | 'request-in-progress'

export type RefusalCode =
  | CustomerRefusalCode
  | MergeRefusalCode
  | LoyaltyRefusalCode
  | LoyaltyEdgeRefusalCode
  | ProjectRefusalCode
  | DoorRefusalCode
  | TelegramRefusalCode
  | WebhookRefusalCode
  | MessengerRefusalCode
  | AgentRefusalCode
  | SupportRefusalCode
  | EdgeRefusalCode

const say = (status: number, en: string, ru: string, kk: string): Telling => ({
  status,
  detail: { en, ru, kk },
})

/** The one place that knows what status a refusal has and how it is told. A new code without a line does not compile. */
export const REFUSALS = {
  unauthorized: say(
    401,
    'The secret, key or signature is not valid. Check that the address and the key are copied whole and belong to this project.',
    'Секрет, ключ или подпись не подходят. Проверьте, что адрес и ключ скопированы целиком и относятся к этому проекту.',
    'Құпия, кілт немесе қолтаңба жарамсыз. Мекенжай мен кілт толық көшірілгенін және осы жобаға тиесілі екенін тексеріңіз.',
  ),
  forbidden: say(
    403,
    'This key may not do that.',
    'Этому ключу такое действие не разрешено.',
    'Бұл кілтке мұндай әрекетке рұқсат жоқ.',
  ),
  'project-paused': say(
    403,
    'The project is paused; nothing was stored. Ask the operator to activate it.',
    'Проект приостановлен; ничего не сохранено. Попросите оператора включить его.',
    'Жоба тоқтатылған; ештеңе сақталмады. Операторға оны қосуды айтыңыз.',
  ),
  'format-disabled': say(
    403,
    'The format {format} is switched off for this project.',
    'Формат {format} выключен для этого проекта.',
    '{format} пішімі бұл жобада өшірілген.',
  ),
  'not-found': say(
    404,
    'There is nothing at this address.',
    'По этому адресу ничего нет.',
    'Бұл мекенжайда ештеңе жоқ.',
  ),
  'method-not-allowed': say(
    405,
    'This address does not take that method; see the Allow header.',
    'Этот адрес не принимает такой метод; допустимые названы в заголовке Allow.',
    'Бұл мекенжай мұндай әдісті қабылдамайды; рұқсат етілгендері Allow тақырыбында.',
  ),
  'body-too-large': say(
    413,
    'The request is too large. Send fewer orders at once.',
    'Запрос слишком велик. Отправляйте меньше заказов за раз.',
    'Сұрау тым үлкен. Бір жолы азырақ тапсырыс жіберіңіз.',
  ),
  'unsupported-media-type': say(
    415,
    'The content type {contentType} is not taken here; send application/json (Tilda: also application/x-www-form-urlencoded).',
    'Тип содержимого {contentType} здесь не принимается; отправляйте application/json (Tilda — также application/x-www-form-urlencoded).',
    '{contentType} мазмұн түрі қабылданбайды; application/json жіберіңіз (Tilda — application/x-www-form-urlencoded та болады).',
  ),
  'unsupported-encoding': say(
    415,
    'Send the body uncompressed, in UTF-8.',
    'Отправляйте тело без сжатия, в UTF-8.',
    'Денені сығымдамай, UTF-8 түрінде жіберіңіз.',
  ),
  'malformed-json': say(
    400,
    'The body is not valid JSON.',
    'Тело запроса — не корректный JSON.',
    'Сұрау денесі дұрыс JSON емес.',
  ),
  'object-required': say(
    400,
    'The body must be a JSON object.',
    'Тело запроса должно быть объектом JSON.',
    'Сұрау денесі JSON нысаны болуы керек.',
  ),
  'unstorable-text': say(
    400,
    'A text holds a NUL or half a character, which cannot be stored.',
    'В тексте есть символ NUL или половина символа: такое сохранить нельзя.',
    'Мәтінде NUL таңбасы немесе таңбаның жартысы бар: оны сақтау мүмкін емес.',
  ),
  'body-required': say(
    400,
    'The request needs a JSON body.',
    'Запросу нужно тело в JSON.',
    'Сұрауға JSON денесі керек.',
  ),
  'request-aborted': say(
    400,
    'The request broke off; send it again.',
    'Запрос оборвался; отправьте его ещё раз.',
    'Сұрау үзілді; қайта жіберіңіз.',
  ),
  'invalid-request': say(
    400,
    'The request does not fit the contract; errors says where.',
    'Запрос не соответствует контракту; где именно — в поле errors.',
    'Сұрау келісімшартқа сай емес; қай жері екені errors өрісінде.',
  ),
  'contact-required': say(
    422,
    'The order names nobody: email, phone or externalId is needed.',
    'В заказе нет покупателя: нужен email, phone или externalId.',
    'Тапсырыста сатып алушы жоқ: email, phone немесе externalId керек.',
  ),
  'contact-blocked': say(
    422,
    "The contact is on the project's blocklist, so it identifies nobody.",
    'Контакт в чёрном списке проекта и никого не обозначает.',
    'Байланыс дерегі жобаның қара тізімінде, ол ешкімді білдірмейді.',
  ),
  'currency-mismatch': say(
    422,
    'The order is in {currency}, the project counts in {expected}.',
    'Заказ в {currency}, а проект считает в {expected}.',
    'Тапсырыс {currency} валютасында, жоба {expected} валютасында есептейді.',
  ),
  'amount-too-large': say(
    422,
    'The amount is too large to be counted.',
    'Сумма слишком велика для учёта.',
    'Сома есепке алу үшін тым үлкен.',
  ),
  'order-conflict': say(
    409,
    'The order {orderId} is known with another {differs}. Send a new order under a new id.',
    'Заказ {orderId} уже известен с другими данными: {differs}. Новый заказ отправляйте под новым номером.',
    '{orderId} тапсырысы басқа деректермен белгілі: {differs}. Жаңа тапсырысты жаңа нөмірмен жіберіңіз.',
  ),
  'order-not-found': say(
    404,
    'There is no order {orderId} in the storefront {storefront}. Name another one with ?storefront=, for instance tilda.',
    'Заказа {orderId} нет в витрине {storefront}. Другую назовите в ?storefront=, например tilda.',
    '{orderId} тапсырысы {storefront} дүкенінде жоқ. Басқасын ?storefront= арқылы атаңыз, мысалы tilda.',
  ),
  'order-amount-required': say(
    422,
    'Bonuses may pay {maxSpendPercent} % of an order, and this order is not known yet: send orderAmount.',
    'Бонусами можно оплатить {maxSpendPercent} % заказа, а этот заказ ещё не известен: передайте orderAmount.',
    'Бонуспен тапсырыстың {maxSpendPercent} % төлеуге болады, ал бұл тапсырыс әлі белгісіз: orderAmount жіберіңіз.',
  ),
  'insufficient-bonuses': say(
    422,
    'There are {available} bonuses to spend, {missing} too few.',
    'Доступно бонусов: {available}, не хватает {missing}.',
    'Қолжетімді бонус: {available}, {missing} жетпейді.',
  ),
  'spend-limit-exceeded': say(
    422,
    'At most {most} of this order may be paid with bonuses.',
    'Бонусами можно оплатить не больше {most} этого заказа.',
    'Бұл тапсырыстың ең көбі {most} бонуспен төленеді.',
  ),
  'refund-conflict': say(
    409,
    'The refund {refundId} is known with another amount or other items. Send a new refund under a new id.',
    'Возврат {refundId} уже известен с другой суммой или другими товарами. Новый возврат отправляйте под новым номером.',
    '{refundId} қайтаруы басқа сомамен не тауарлармен белгілі. Жаңа қайтаруды жаңа нөмірмен жіберіңіз.',
  ),
  'refund-too-large': say(
    422,
    'At most {most} of this order can still come back.',
    'По этому заказу можно вернуть ещё не больше {most}.',
    'Бұл тапсырыс бойынша тағы ең көбі {most} қайтаруға болады.',
  ),
  'refunds-too-many': say(
    422,
    'The order has {most} refunds already. Give the rest back whole.',
    'По заказу уже {most} возвратов. Верните остаток целиком.',
    'Тапсырыс бойынша {most} қайтару бар. Қалғанын толық қайтарыңыз.',
  ),
  'refund-line-unknown': say(
    422,
    'The order has no item {line}. Name items as the order did: by sku, externalId or name.',
    'В заказе нет товара {line}. Называйте товары так же, как в заказе: sku, externalId или name.',
    'Тапсырыста {line} тауары жоқ. Тауарларды тапсырыстағыдай атаңыз: sku, externalId не name.',
  ),
  'refund-ambiguous': say(
    422,
    'Send the amount of a refund or its items, not both.',
    'Передайте либо сумму возврата, либо товары, но не то и другое.',
    'Қайтарудың не сомасын, не тауарларын жіберіңіз, екеуін бірге емес.',
  ),
  'refund-id-required': say(
    422,
    'A partial refund needs a refundId (or an Idempotency-Key), so that it happens once.',
    'Частичному возврату нужен refundId (или Idempotency-Key), чтобы он выполнился один раз.',
    'Ішінара қайтаруға refundId (не Idempotency-Key) керек: ол бір рет орындалуы үшін.',
  ),
  'refunded-amount-required': say(
    422,
    'partially_refunded needs refundedAmount: what has come back in all.',
    'Для partially_refunded нужна refundedAmount: сколько возвращено всего.',
    'partially_refunded үшін refundedAmount керек: барлығы қанша қайтарылды.',
  ),
  'payment-ambiguous': say(
    422,
    'Send holdId or spend, not both.',
    'Передайте holdId или spend, но не то и другое.',
    'holdId не spend жіберіңіз, екеуін бірге емес.',
  ),
  'hold-exists': say(
    409,
    'The order has an open hold of another amount: {holdId}. Capture or void it first.',
    'У заказа уже есть открытая бронь на другую сумму: {holdId}. Сначала спишите или отмените её.',
    'Тапсырыстың басқа сомаға ашық сақтауы бар: {holdId}. Алдымен оны жұмсаңыз не тоқтатыңыз.',
  ),
  'hold-not-found': say(404, 'There is no hold {holdId}.', 'Брони {holdId} нет.', '{holdId} сақтауы жоқ.'),
  'hold-ended': say(
    409,
    'The hold {holdId} is {state} already.',
    'Бронь {holdId} уже завершена: {state}.',
    '{holdId} сақтауы аяқталған: {state}.',
  ),
  'hold-unconfirmed': say(
    409,
    'The customer has not confirmed the hold {holdId} yet.',
    'Покупатель ещё не подтвердил бронь {holdId}.',
    'Сатып алушы {holdId} сақтауын әлі растаған жоқ.',
  ),
  'hold-too-small': say(
    422,
    'Only {most} bonuses are held.',
    'Отложено только {most} бонусов.',
    'Тек {most} бонус сақталған.',
  ),
  'promo-codes-exhausted': say(
    422,
    'There is no promo code of this nominal left. The shop has to import more.',
    'Промокодов этого номинала не осталось. Магазину нужно загрузить новые.',
    'Бұл номиналдағы промокодтар қалмады. Дүкен жаңаларын жүктеуі керек.',
  ),
  'lot-not-found': say(
    404,
    'The customer has no open lot {lotId}.',
    'У покупателя нет открытой партии бонусов {lotId}.',
    'Сатып алушыда {lotId} ашық топтамасы жоқ.',
  ),
  'lot-not-pending': say(
    409,
    'The lot {lotId} is not pending any more.',
    'Партия {lotId} уже не ожидает.',
    '{lotId} топтамасы енді күтуде емес.',
  ),
  'limit-exceeded': say(
    422,
    'A limit of the day leaves {most}. Try tomorrow, or let the owner change the limits.',
    'Дневной лимит позволяет ещё {most}. Попробуйте завтра или измените лимиты.',
    'Күндік шектеу бойынша {most} қалды. Ертең көріңіз не шектеулерді өзгертіңіз.',
  ),
  'referral-not-found': say(
    404,
    'Nobody waits for a decision about {friendId}.',
    'По покупателю {friendId} нет приглашения, ожидающего решения.',
    '{friendId} бойынша шешім күтіп тұрған шақыру жоқ.',
  ),
  'entry-not-found': say(
    404,
    'There is no such entry in the ledger.',
    'Такой записи в журнале бонусов нет.',
    'Бонус журналында мұндай жазба жоқ.',
  ),
  'amount-invalid': say(
    422,
    '{pointer} is no amount in {currency} above zero.',
    '{pointer} — не сумма в {currency} больше нуля.',
    '{pointer} — нөлден үлкен {currency} сомасы емес.',
  ),
  'expiry-past': say(
    422,
    'expiresAt has passed already.',
    'Срок expiresAt уже прошёл.',
    'expiresAt мерзімі өтіп кеткен.',
  ),
  'customer-not-found': say(
    404,
    'There is no such customer.',
    'Такого покупателя нет.',
    'Мұндай сатып алушы жоқ.',
  ),
  'customer-conflict': say(
    422,
    'The contacts ({identifiers}) belong to different customers. Send only those of one customer.',
    'Контакты ({identifiers}) принадлежат разным покупателям. Передайте контакты одного.',
    'Байланыс деректері ({identifiers}) әртүрлі сатып алушыларға тиесілі. Біреуінікін ғана жіберіңіз.',
  ),
  'merge-same-customer': say(
    422,
    'These are one and the same customer.',
    'Это один и тот же покупатель.',
    'Бұл — бір сатып алушы.',
  ),
  'customer-merged': say(
    409,
    'Customer {customerId} was merged into {into}; use that one.',
    'Покупатель {customerId} объединён с {into}; обращайтесь к нему.',
    '{customerId} сатып алушысы {into} сатып алушысына біріктірілген; соны қолданыңыз.',
  ),
  'customer-erased': say(
    409,
    'Customer {customerId} was erased; that cannot be taken back.',
    'Данные покупателя {customerId} удалены; вернуть их нельзя.',
    '{customerId} сатып алушысының деректері жойылған; оларды қайтару мүмкін емес.',
  ),
  'merge-not-found': say(404, 'There is no such merge.', 'Такого объединения нет.', 'Мұндай біріктіру жоқ.'),
  'merge-not-newest': say(
    409,
    'One of the two customers was part of a later merge. Undo {mergeId} first.',
    'Один из двух покупателей участвовал в более позднем объединении. Сначала отмените {mergeId}.',
    'Екі сатып алушының бірі кейінірек те біріктірілген. Алдымен {mergeId} біріктіруін болдырмаңыз.',
  ),
  'project-not-found': say(404, 'There is no such project.', 'Такого проекта нет.', 'Мұндай жоба жоқ.'),
  'time-zone-unknown': say(
    422,
    '{timeZone} is not an IANA time zone such as Europe/Moscow.',
    '{timeZone} — не часовой пояс IANA, например Europe/Moscow.',
    '{timeZone} — IANA уақыт белдеуі емес, мысалы Asia/Almaty.',
  ),
  'currency-unknown': say(
    422,
    '{currency} is not an ISO 4217 currency such as RUB or KZT.',
    '{currency} — не валюта ISO 4217, например RUB или KZT.',
    '{currency} — ISO 4217 валютасы емес, мысалы KZT.',
  ),
  'sandbox-only': say(
    403,
    "Only a sandbox's clock can be moved, and this project is none. Create one with sandbox: true.",
    'Время можно двигать только у песочницы, а этот проект — не песочница. Создайте проект с sandbox: true.',
    'Уақытты тек сынақ жобасында жылжытуға болады, ал бұл жоба ондай емес. Жобаны sandbox: true арқылы құрыңыз.',
  ),
  'clock-not-forward': say(
    422,
    'Time only goes forward: in this project it is {now} already.',
    'Время идёт только вперёд: в этом проекте уже {now}.',
    'Уақыт тек алға жүреді: бұл жобада қазір {now}.',
  ),
  'clock-too-far': say(
    422,
    'A sandbox may be ahead of the real time by a hundred years: not later than {latest}.',
    'Песочница может опережать настоящее время не больше чем на сто лет: не позже {latest}.',
    'Сынақ жобасы нақты уақыттан ең көбі жүз жыл озуы мүмкін: {latest} мезетінен кеш емес.',
  ),
  'telegram-not-connected': say(
    409,
    'The project has no Telegram bot yet. Connect one first: PUT /v1/integrations/telegram.',
    'У проекта ещё нет бота Telegram. Сначала подключите его: PUT /v1/integrations/telegram.',
    'Жобада Telegram боты әлі жоқ. Алдымен оны қосыңыз: PUT /v1/integrations/telegram.',
  ),
  'endpoint-not-found': say(
    404,
    'There is no webhook endpoint {endpointId}.',
    'Вебхука {endpointId} нет.',
    '{endpointId} вебхугі жоқ.',
  ),
  'endpoint-disabled': say(
    409,
    'The webhook endpoint {endpointId} is disabled. Enable it first: PATCH with "enabled": true.',
    'Вебхук {endpointId} отключён. Сначала включите его: PATCH с "enabled": true.',
    '{endpointId} вебхугі өшірілген. Алдымен оны қосыңыз: "enabled": true бар PATCH.',
  ),
  'too-many-endpoints': say(
    422,
    'A project has at most {most} webhook endpoints. Remove one, or let one take more types.',
    'У проекта не больше {most} вебхуков. Удалите один или добавьте типы событий к имеющемуся.',
    'Жобада ең көбі {most} вебхук болады. Біреуін жойыңыз немесе барына оқиға түрлерін қосыңыз.',
  ),
  'event-type-unknown': say(
    422,
    'No event has such a type: {types}. Take types of the reference, or "bonus.*" for all of a kind.',
    'Событий такого типа нет: {types}. Возьмите типы из справочника или "bonus.*" для всех одного рода.',
    'Мұндай түрдегі оқиға жоқ: {types}. Анықтамалықтағы түрлерді немесе бір текті түгел алу үшін "bonus.*" жазыңыз.',
  ),
  'event-not-found': say(
    404,
    'There is no event {eventId}, or it is older than what is kept.',
    'События {eventId} нет, или оно старше срока хранения.',
    '{eventId} оқиғасы жоқ немесе сақтау мерзімінен ескі.',
  ),
  'delivery-not-found': say(
    404,
    'There is no delivery {deliveryId}, or it is older than what is kept.',
    'Доставки {deliveryId} нет, или она старше срока хранения.',
    '{deliveryId} жеткізуі жоқ немесе сақтау мерзімінен ескі.',
  ),
  'replay-not-found': say(
    404,
    'There is no replay {replayId}.',
    'Повтора {replayId} нет.',
    '{replayId} қайталауы жоқ.',
  ),
  'replay-running': say(
    409,
    'A replay to {endpointId} is running. Wait until it has finished: GET /v1/webhook-replays.',
    'Повтор на {endpointId} уже идёт. Дождитесь его конца: GET /v1/webhook-replays.',
    '{endpointId} үшін қайталау жүріп жатыр. Аяқталуын күтіңіз: GET /v1/webhook-replays.',
  ),
  'webhook-url-refused': say(
    422,
    'Events cannot be sent to this address ({because}). Give an https address of the public internet, on port 443 or 8443, without a user name; the host may allow others with TAPLINE_WEBHOOK_ALLOW.',
    'На этот адрес нельзя отправлять события ({because}). Укажите https-адрес в открытом интернете, порт 443 или 8443, без имени пользователя; другие разрешает владелец сервера в TAPLINE_WEBHOOK_ALLOW.',
    'Бұл мекенжайға оқиғаларды жіберуге болмайды ({because}). Ашық интернеттегі https мекенжайын көрсетіңіз, порт 443 немесе 8443, пайдаланушы атынсыз; басқаларын сервер иесі TAPLINE_WEBHOOK_ALLOW арқылы рұқсат етеді.',
  ),
  'rotation-in-progress': say(
    409,
    'An older secret lives until {until}. Wait, or rotate with force, which ends it now.',
    'Прежний секрет действует до {until}. Подождите или смените с force: тогда он перестанет действовать сразу.',
    'Бұрынғы құпия {until} дейін жарамды. Күтіңіз немесе force арқылы ауыстырыңыз: ол бірден тоқтайды.',
  ),
  'rate-limited': say(
    429,
    'More than {limit} requests a minute. Try again after Retry-After seconds; nothing was stored.',
    'Больше {limit} запросов в минуту. Повторите через Retry-After секунд; ничего не сохранено.',
    'Минутына {limit} сұраудан көп. Retry-After секундтан кейін қайталаңыз; ештеңе сақталмады.',
  ),
  'result-pending': say(
    503,
    'The request is stored, its result is not there yet. Send the same request again to get it; it takes effect once.',
    'Запрос сохранён, но результата ещё нет. Повторите тот же запрос: он выполнится один раз.',
    'Сұрау сақталды, бірақ нәтижесі әлі жоқ. Сол сұрауды қайталаңыз: ол бір рет орындалады.',
  ),
  overloaded: say(
    503,
    'Too much at once; nothing was stored. Try again after Retry-After seconds.',
    'Слишком много сразу; ничего не сохранено. Повторите через Retry-After секунд.',
    'Бір мезгілде тым көп; ештеңе сақталмады. Retry-After секундтан кейін қайталаңыз.',
  ),
  'telegram-bot-taken': say(
    409,
    'The bot @{username} is connected to another project here. Disconnect it there first, or make another one with @BotFather.',
    'Бот @{username} уже подключён к другому проекту. Сначала отключите его там или создайте нового у @BotFather.',
    '@{username} боты басқа жобаға қосылған. Алдымен оны сол жерден ажыратыңыз не @BotFather арқылы жаңасын жасаңыз.',
  ),
  'telegram-token-refused': say(
    422,
    'Telegram does not know this token. Copy it again from @BotFather.',
    'Telegram не знает этот токен. Скопируйте его из @BotFather ещё раз.',
    'Telegram бұл токенді танымайды. Оны @BotFather-ден қайта көшіріңіз.',
  ),
  'texts-invalid': say(
    422,
    'These texts cannot be said: {why}.',
    'Такие тексты сказать нельзя: {why}.',
    'Мұндай мәтіндерді айту мүмкін емес: {why}.',
  ),
  'telegram-unavailable': say(
    503,
    'Telegram does not answer just now; try again in a minute.',
    'Telegram сейчас не отвечает; повторите через минуту.',
    'Telegram қазір жауап бермейді; бір минуттан кейін қайталаңыз.',
  ),
  'inbox-item-not-found': say(
    404,
    'There is no such item in the log.',
    'Такой записи в журнале нет.',
    'Журналда мұндай жазба жоқ.',
  ),
  'checkpoint-not-found': say(
    404,
    'There is no such checkpoint of the books.',
    'Такой контрольной точки книг нет.',
    'Кітаптардың мұндай бақылау нүктесі жоқ.',
  ),
  'not-replayable': say(
    409,
    'Only dead or refused items can be replayed; this one is {status}.',
    'Повторить можно только записи dead или refused; эта — {status}.',
    'Тек dead не refused жазбаларын қайталауға болады; бұл — {status}.',
  ),
  'inbox-item-erased': say(
    409,
    'The customer of this item was erased; it cannot be processed any more.',
    'Данные покупателя этой записи удалены; обработать её уже нельзя.',
    'Бұл жазбадағы сатып алушының деректері жойылған; оны енді өңдеу мүмкін емес.',
  ),
  'no-order': say(
    200,
    'A form without an order; nothing to do.',
    'Форма без заказа; делать нечего.',
    'Тапсырыссыз форма; істейтін ештеңе жоқ.',
  ),
  probe: say(200, "Tilda's test of the address.", 'Проверка адреса от Tilda.', 'Tilda мекенжайды тексеруі.'),
  unavailable: say(
    503,
    'A part that this needs is away for a moment. Send the same request again: an order takes effect once.',
    'Нужная часть системы сейчас недоступна. Повторите тот же запрос: заказ учтётся один раз.',
    'Қажетті бөлік қазір қолжетімсіз. Сол сұрауды қайталаңыз: тапсырыс бір рет есепке алынады.',
  ),
  'program-invalid': say(
    422,
    'The program is not possible: {because}.',
    'Такая программа невозможна: {because}.',
    'Мұндай бағдарлама мүмкін емес: {because}.',
  ),
  'idempotency-key-invalid': say(
    400,
    'Idempotency-Key must be 1 to 255 visible ASCII characters, bare or as a quoted string.',
    'Idempotency-Key — от 1 до 255 видимых символов ASCII, без кавычек или в кавычках.',
    'Idempotency-Key — 1-ден 255-ке дейін көрінетін ASCII таңбасы, тырнақшасыз немесе тырнақшада.',
  ),
  'idempotency-key-reused': say(
    422,
    'This Idempotency-Key was used for another request in the last 24 hours. A new request needs a new key.',
    'Этот Idempotency-Key за последние 24 часа уже использован для другого запроса. Новому запросу нужен новый ключ.',
    'Бұл Idempotency-Key соңғы 24 сағатта басқа сұрауға қолданылған. Жаңа сұрауға жаңа кілт керек.',
  ),
  'request-in-progress': say(
    409,
    'A request with this Idempotency-Key is still running. Send it again after Retry-After seconds to get its answer.',
    'Запрос с этим Idempotency-Key ещё выполняется. Повторите его через Retry-After секунд, чтобы получить ответ.',
    'Осы Idempotency-Key бар сұрау әлі орындалуда. Жауабын алу үшін оны Retry-After секундтан кейін қайталаңыз.',
  ),
  'conversation-not-found': say(
    404,
    'There is no such conversation, or you take no part in it.',
    'Такой беседы нет, или вы в ней не участвуете.',
    'Мұндай сұхбат жоқ немесе сіз оған қатыспайсыз.',
  ),
  'conversation-limit': say(
    422,
    'You have {most} open conversations; write in one of them or close one.',
    'У вас уже {most} открытых бесед; пишите в одной из них или закройте лишнюю.',
    'Сізде {most} ашық сұхбат бар; соның біріне жазыңыз немесе біреуін жабыңыз.',
  ),
  'message-not-found': say(
    404,
    'There is no such message in this conversation.',
    'В этой беседе нет такого сообщения.',
    'Бұл сұхбатта мұндай хабарлама жоқ.',
  ),
  'message-deleted': say(
    422,
    'The message was deleted; it can no longer be changed.',
    'Сообщение удалено, изменить его уже нельзя.',
    'Хабарлама жойылған, оны енді өзгертуге болмайды.',
  ),
  'message-not-yours': say(
    403,
    'Only its sender may change this message.',
    'Изменить это сообщение может только его отправитель.',
    'Бұл хабарламаны тек жіберуші өзгерте алады.',
  ),
  'message-refused': say(
    422,
    'The message was not sent: it holds words that this shop does not allow. Please write it in other words.',
    'Сообщение не отправлено: в нём есть слова, которые магазин не допускает. Напишите иначе.',
    'Хабарлама жіберілмеді: онда дүкен рұқсат етпейтін сөздер бар. Басқаша жазыңыз.',
  ),
  'participant-not-found': say(
    404,
    'There is no such participant here.',
    'Здесь нет такого участника.',
    'Мұнда ондай қатысушы жоқ.',
  ),
  'participant-limit': say(
    422,
    'A conversation has at most {most} participants.',
    'В беседе может быть не больше {most} участников.',
    'Сұхбатқа ең көбі {most} қатысушы қатыса алады.',
  ),
  'sequence-ahead': say(
    422,
    'The sequence is larger than that of the last event, {top}.',
    'Номер больше последнего события, {top}.',
    'Нөмір соңғы оқиғадан, {top}, үлкен.',
  ),
  'credits-spent': say(
    429,
    'Too many messages at once; nothing was sent. Try again in {retryAfterSeconds} s.',
    'Слишком много сообщений подряд; ничего не отправлено. Повторите через {retryAfterSeconds} с.',
    'Хабарлама тым көп; ештеңе жіберілмеді. {retryAfterSeconds} с кейін қайталаңыз.',
  ),
  'origin-not-allowed': say(
    403,
    'Pages of {origin} may not use this key. Add the origin to allowedOrigins in the chat settings (PUT /v1/chat-settings).',
    'Страницам {origin} нельзя пользоваться этим ключом. Добавьте адрес в allowedOrigins в настройках чата (PUT /v1/chat-settings).',
    '{origin} беттеріне бұл кілтті пайдалануға болмайды. Мекенжайды чат баптауларындағы allowedOrigins тізіміне қосыңыз (PUT /v1/chat-settings).',
  ),
  'identity-refused': say(
    401,
    "The signed identity proves nothing ({reason}). Sign it on the shop's server with the project's signing secret.",
    'Подписанные сведения о покупателе не приняты ({reason}). Подпишите их на сервере магазина секретом подписи проекта.',
    'Сатып алушы туралы қол қойылған мәлімет қабылданбады ({reason}). Оған дүкен серверінде жобаның қол қою құпиясымен қол қойыңыз.',
  ),
  'identity-required': say(
    403,
    "This shop's chat is for its customers: sign in to the shop first.",
    'Чат этого магазина только для его покупателей: сначала войдите в магазин.',
    'Бұл дүкеннің чаты тек сатып алушыларға арналған: алдымен дүкенге кіріңіз.',
  ),
  'proof-required': say(
    403,
    'Bonuses are shown to a proven customer only: open the session with a signed identity.',
    'Бонусы показываются только подтверждённому покупателю: откройте сессию с подписанными сведениями.',
    'Бонустар тек расталған сатып алушыға көрсетіледі: сессияны қол қойылған мәліметпен ашыңыз.',
  ),
  'attachment-not-found': say(
    404,
    'There is no such file in this conversation.',
    'В этой беседе нет такого файла.',
    'Бұл сұхбатта мұндай файл жоқ.',
  ),
  'attachment-too-large': say(
    422,
    'The file is larger than {most} bytes, the most that this shop allows.',
    'Файл больше {most} байт, которые допускает магазин.',
    'Файл дүкен рұқсат ететін {most} байттан үлкен.',
  ),
  'attachment-refused': say(
    422,
    'The file was refused: {why}.',
    'Файл не принят: {why}.',
    'Файл қабылданбады: {why}.',
  ),
  'attachment-not-uploaded': say(
    409,
    'Nothing has been uploaded for this attachment yet.',
    'Файл этого вложения ещё не загружен.',
    'Бұл тіркеменің файлы әлі жүктелмеген.',
  ),
  'attachment-expired': say(
    422,
    'The time to upload this file is over; announce it again.',
    'Время загрузки этого файла истекло; создайте вложение заново.',
    'Бұл файлды жүктеу уақыты өтті; тіркемені қайта жасаңыз.',
  ),
  'settings-invalid': say(
    422,
    'The settings do not fit together: {why}.',
    'Настройки противоречивы: {why}.',
    'Баптаулар үйлеспейді: {why}.',
  ),
  'ticket-not-found': say(
    404,
    'There is no ticket {ticketId} in this project.',
    'В этом проекте нет обращения {ticketId}.',
    'Бұл жобада {ticketId} өтініші жоқ.',
  ),
  'ticket-taken': say(
    409,
    '{agentName} has taken this ticket already. Ask them, or reassign it.',
    'Это обращение уже взял(а) {agentName}. Договоритесь с ним или переназначьте обращение.',
    'Бұл өтінішті {agentName} алып қойған. Онымен келісіңіз немесе өтінішті басқа адамға тағайындаңыз.',
  ),
  'ticket-closed': say(
    409,
    'This ticket is closed for good; what the customer writes next becomes a new one.',
    'Это обращение закрыто окончательно; следующее сообщение покупателя станет новым обращением.',
    'Бұл өтініш біржола жабылған; сатып алушының келесі хабары жаңа өтініш болады.',
  ),
  'ticket-merge-refused': say(
    422,
    'Only two open tickets of one customer can be merged, and not a ticket with itself.',
    'Объединить можно только два открытых обращения одного покупателя и не обращение с самим собой.',
    'Тек бір сатып алушының екі ашық өтінішін біріктіруге болады, өтінішті өзімен біріктіруге болмайды.',
  ),
  'topic-unknown': say(
    422,
    'The project has no topic {topic}. Its topics stand in GET /v1/support-settings.',
    'У проекта нет темы {topic}. Темы перечислены в GET /v1/support-settings.',
    'Жобада {topic} тақырыбы жоқ. Тақырыптар GET /v1/support-settings ішінде тұр.',
  ),
  'rating-too-early': say(
    422,
    'There is nothing to rate yet: the request has not been solved.',
    'Оценивать пока нечего: обращение ещё не решено.',
    'Әзірге бағалайтын ештеңе жоқ: өтініш әлі шешілмеген.',
  ),
  'rating-too-late': say(
    422,
    'A rating can be changed for a day after it was given, and that is over.',
    'Оценку можно изменить в течение суток после того, как она поставлена; это время прошло.',
    'Бағаны қойылғаннан кейін бір тәулік ішінде өзгертуге болады; ол уақыт өтті.',
  ),
  'range-invalid': say(
    422,
    '`from` is after `to`: nothing lies between them.',
    '`from` позже `to`: между ними ничего нет.',
    '`from` мәні `to` мәнінен кейін: арасында ештеңе жоқ.',
  ),
  'todoist-token-refused': say(
    422,
    'Todoist does not know this token. Copy it whole from Todoist: Settings → Integrations → Developer.',
    'Todoist не знает этого токена. Скопируйте его целиком: Todoist → Настройки → Интеграции → Для разработчиков.',
    'Todoist бұл токенді танымайды. Оны толық көшіріңіз: Todoist → Баптаулар → Интеграциялар → Әзірлеушілерге.',
  ),
  'todoist-token-or-code': say(
    400,
    'Give `token` or `code`: exactly one of both.',
    'Дайте `token` или `code`: ровно одно из двух.',
    '`token` не `code` беріңіз: екеуінің тек біреуін.',
  ),
  'todoist-code-refused': say(
    422,
    'Todoist does not take this code: it is used, too old, or of another app. Let the app in again, or give a token.',
    'Todoist не принимает этот код: он использован, устарел или от другого приложения. Разрешите доступ ещё раз или дайте токен.',
    'Todoist бұл кодты қабылдамайды: ол қолданылған, ескірген немесе басқа қолданбанікі. Рұқсатты қайта беріңіз немесе токен беріңіз.',
  ),
  'todoist-unavailable': say(
    503,
    'Todoist did not answer, so nothing was changed. Try again in a minute.',
    'Todoist не ответил, поэтому ничего не изменилось. Повторите через минуту.',
    'Todoist жауап бермеді, сондықтан ештеңе өзгерген жоқ. Бір минуттан кейін қайталаңыз.',
  ),
  'todoist-refused': say(
    422,
    'Todoist refused to build the board: {why}. Free accounts hold five projects: delete or archive one, or take another account.',
    'Todoist отказался создать доску: {why}. На бесплатном тарифе — пять проектов: удалите или архивируйте один либо возьмите другой аккаунт.',
    'Todoist тақтаны құрудан бас тартты: {why}. Тегін тарифте бес жоба бар: біреуін жойыңыз не мұрағаттаңыз, немесе басқа аккаунт алыңыз.',
  ),
  'proof-pending': say(
    409,
    'The customer has not said yes in Telegram yet. Ask again in a few seconds, until the link expires.',
    'Покупатель ещё не подтвердил в Telegram. Спросите снова через несколько секунд, пока ссылка действует.',
    'Сатып алушы Telegram-да әлі растаған жоқ. Сілтеме жарамды болғанша бірнеше секундтан кейін қайта сұраңыз.',
  ),
  'proof-refused': say(
    401,
    'This proof is unknown, used, declined or too old. Make a new one with POST /v1/telegram-links.',
    'Это подтверждение неизвестно, использовано, отклонено или устарело. Создайте новое: POST /v1/telegram-links.',
    'Бұл растау белгісіз, пайдаланылған, қабылданбаған немесе ескірген. Жаңасын жасаңыз: POST /v1/telegram-links.',
  ),
  'agent-not-found': say(
    404,
    'There is no such agent.',
    'Такого сотрудника поддержки нет.',
    'Мұндай қолдау қызметкері жоқ.',
  ),
  'agent-id-taken': say(
    409,
    '{agentName} has this {field} already. Change or remove that agent ({agentId}) first.',
    'Этот {field} уже у агента {agentName}. Сначала измените или удалите его ({agentId}).',
    'Бұл {field} {agentName} агентінде бар. Алдымен соны өзгертіңіз немесе жойыңыз ({agentId}).',
  ),
  'internal-error': say(
    500,
    'Something broke on our side. What was accepted is safe. Tell us the requestId.',
    'У нас что-то сломалось. Принятое не пропадёт. Сообщите нам requestId.',
    'Бізде бірдеңе бұзылды. Қабылданғаны жоғалмайды. requestId-ді хабарлаңыз.',
  ),
} satisfies Record<RefusalCode, Telling> satisfies Tellings
