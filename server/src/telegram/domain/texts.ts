import type { Locale, Texts } from '../../kernel/locale.ts'
import { escapeHtml } from '../../kernel/escape-html.ts'

export type LocalTexts = { readonly [locale in Locale]?: string | undefined }
export type OwnTexts = Readonly<Record<string, LocalTexts>>

const say = (ru: string, en: string, kk: string): Texts => ({ ru, en, kk })

/** Everything that the bot says, in the HTML of Telegram. `button…` and `alert…` are shown without formatting. */
export const TEXTS = {
  welcome: say(
    '👋 Здравствуйте, {name}! Это бот «{shop}».\nНапишите сюда — и мы ответим.',
    '👋 Hello {name}! This is the bot of {shop}.\nWrite here, and we will answer.',
    '👋 Сәлеметсіз бе, {name}! Бұл «{shop}» боты.\nОсында жазыңыз — жауап береміз.',
  ),
  welcomeUnlinked: say(
    'Чтобы видеть свои бонусы, поделитесь номером телефона: кнопка ниже.',
    'To see your bonuses, share your phone number with the button below.',
    'Бонустарыңызды көру үшін төмендегі батырмамен телефон нөміріңізді жіберіңіз.',
  ),
  help: say(
    'Просто напишите, что случилось: ответит сотрудник «{shop}».\n\n/balance — бонусы\n/history — история\n/invite — пригласить друга\n/tickets — мои обращения\n/new — новое обращение\n/settings — настройки\n/language — язык\n/stop — без рекламы',
    'Just write what happened: somebody of {shop} will answer.\n\n/balance — bonuses\n/history — history\n/invite — invite a friend\n/tickets — my requests\n/new — a new request\n/settings — settings\n/language — language\n/stop — no advertising',
    'Не болғанын жаза салыңыз: «{shop}» қызметкері жауап береді.\n\n/balance — бонустар\n/history — тарих\n/invite — дос шақыру\n/tickets — өтініштерім\n/new — жаңа өтініш\n/settings — баптаулар\n/language — тіл\n/stop — жарнамасыз',
  ),
  menu: say('Чем помочь?', 'What can we do for you?', 'Қандай көмек керек?'),
  commandUnknown: say(
    'Такой команды нет. Все команды: /help',
    'There is no such command. All of them: /help',
    'Мұндай пәрмен жоқ. Барлығы: /help',
  ),
  idIs: say('Номер этого чата: <code>{id}</code>', 'The id of this chat: <code>{id}</code>', 'Бұл чаттың нөмірі: <code>{id}</code>'), // prettier-ignore

  buttonBalance: say('💰 Баланс', '💰 Balance', '💰 Баланс'),
  buttonHistory: say('📜 История', '📜 History', '📜 Тарих'),
  buttonInvite: say('🤝 Пригласить друга', '🤝 Invite a friend', '🤝 Дос шақыру'),
  buttonRequests: say('📋 Мои обращения', '📋 My requests', '📋 Өтініштерім'),
  buttonWrite: say('✍️ Написать в поддержку', '✍️ Write to support', '✍️ Қолдауға жазу'),
  buttonSettings: say('⚙️ Настройки', '⚙️ Settings', '⚙️ Баптаулар'),
  buttonContact: say('📱 Поделиться номером', '📱 Share my number', '📱 Нөмірімді жіберу'),
  buttonYes: say('Да', 'Yes', 'Иә'),
  buttonNo: say('Нет', 'No', 'Жоқ'),
  buttonKeep: say('Оставить как есть', 'Leave it as it is', 'Өзгертпеу'),
  buttonEarlier: say('Раньше', 'Earlier', 'Бұрынғы'),
  buttonNewRequest: say('➕ Новое обращение', '➕ New request', '➕ Жаңа өтініш'),
  buttonWriteIn: say('✍️ № {number}', '✍️ #{number}', '✍️ № {number}'),
  buttonClose: say('✔️ Закрыть № {number}', '✔️ Close #{number}', '✔️ № {number} жабу'),
  buttonComment: say('💬 Оставить комментарий', '💬 Leave a comment', '💬 Пікір қалдыру'),
  buttonSkip: say('Без комментария', 'Skip', 'Пікірсіз'),
  buttonConfirm: say('✅ Списать', '✅ Confirm', '✅ Растау'),
  buttonDecline: say('✖️ Не списывать', '✖️ Decline', '✖️ Бас тарту'),
  buttonLanguage: say('🌐 Язык', '🌐 Language', '🌐 Тіл'),
  buttonMarketingOff: say('🔕 Без рекламы', '🔕 No advertising', '🔕 Жарнамасыз'),
  buttonMarketingOn: say('🔔 Присылать предложения', '🔔 Send me offers', '🔔 Ұсыныстар жіберілсін'),
  buttonUnlink: say('🔓 Отвязать бонусный счёт', '🔓 Unlink the bonus account', '🔓 Бонус шотын ажырату'),
  buttonDelete: say('🗑 Удалить мои данные', '🗑 Delete my data', '🗑 Деректерімді жою'),
  buttonDeleteSure: say('Да, удалить', 'Yes, delete', 'Иә, жою'),
  buttonDeleteCertain: say('Удалить навсегда', 'Delete for good', 'Біржола жою'),
  buttonTake: say('🙋 Взять', '🙋 Take', '🙋 Алу'),
  buttonCard: say('🗂 Карточка', '🗂 Open card', '🗂 Карточка'),

  needLink: say(
    'Сначала привяжите бонусный счёт: поделитесь номером телефона кнопкой ниже.',
    'Link your bonus account first: share your phone number with the button below.',
    'Алдымен бонус шотын байланыстырыңыз: төмендегі батырмамен телефон нөмірін жіберіңіз.',
  ),
  contactForeign: say(
    'Это чужой контакт. Нажмите «Поделиться номером», чтобы отправить свой.',
    'That contact is not yours. Press “Share my number” to send your own.',
    'Бұл басқа адамның контактісі. Өз нөміріңізді жіберу үшін батырманы басыңыз.',
  ),
  contactUnusable: say(
    'Этот номер не получилось использовать. Напишите нам — разберёмся.',
    'This number could not be used. Write to us, and we will sort it out.',
    'Бұл нөмірді пайдалану мүмкін болмады. Бізге жазыңыз.',
  ),
  linked: say(
    '✅ Готово: бонусный счёт привязан.',
    '✅ Done: your bonus account is linked.',
    '✅ Дайын: бонус шоты байланыстырылды.',
  ),
  linkedAlready: say(
    'Этот бонусный счёт уже привязан к вашему Telegram.',
    'This bonus account is linked to your Telegram already.',
    'Бұл бонус шоты Telegram-ыңызға байланыстырылған.',
  ),
  linkedElsewhere: say(
    'Ваш бонусный счёт привязали к другому Telegram. Если это не вы, напишите нам.',
    'Your bonus account was linked to another Telegram. If that was not you, write to us.',
    'Бонус шотыңыз басқа Telegram-ға байланыстырылды. Бұл сіз болмасаңыз, бізге жазыңыз.',
  ),
  linkAsk: say(
    'Привязать этот Telegram к бонусному счёту «{account}»?\nКод: <b>{code}</b>',
    'Link this Telegram to the bonus account of {account}?\nCode: <b>{code}</b>',
    'Осы Telegram-ды «{account}» бонус шотына байланыстыру керек пе?\nКод: <b>{code}</b>',
  ),
  linkAndSpendAsk: say(
    'Привязать этот Telegram к бонусному счёту «{account}» и списать <b>{amount}</b> {bonuses}?\nКод: <b>{code}</b>',
    'Link this Telegram to the bonus account of {account}, and spend <b>{amount}</b> {bonuses}?\nCode: <b>{code}</b>',
    'Осы Telegram-ды «{account}» бонус шотына байланыстырып, <b>{amount}</b> {bonuses} жұмсау керек пе?\nКод: <b>{code}</b>',
  ),
  linkAskAgain: say(
    'Этот Telegram уже привязан к другому счёту, он будет отвязан.',
    'This Telegram is linked to another account, which will be unlinked.',
    'Бұл Telegram басқа шотқа байланыстырылған, ол ажыратылады.',
  ),
  linkTaken: say(
    'Этот бонусный счёт привязан к другому Telegram. Отвяжите его там (⚙️ Настройки) или поделитесь здесь номером телефона, который знает магазин.',
    'This bonus account is linked to another Telegram. Unlink it there (⚙️ Settings), or share here the phone number that the shop knows.',
    'Бұл бонус шоты басқа Telegram-ға байланыстырылған. Оны сол жерде ажыратыңыз (⚙️ Баптаулар) немесе дүкен білетін телефон нөміріңізді осында жіберіңіз.',
  ),
  relinkAsk: say(
    'Этот Telegram привязан к другому бонусному счёту. Привязать вместо него счёт с этим номером?',
    'This Telegram is linked to another bonus account. Link the account with this number instead?',
    'Бұл Telegram басқа бонус шотына байланыстырылған. Оның орнына осы нөмірдің шотын байланыстыру керек пе?',
  ),
  linkDeclined: say(
    'Хорошо, ничего не меняем.',
    'All right, nothing was changed.',
    'Жақсы, ештеңе өзгермеді.',
  ),
  linkUnusable: say(
    'Эта ссылка уже использована, устарела или не от нас. Попросите новую.',
    'This link was used already, is too old or is not ours. Ask for a new one.',
    'Бұл сілтеме пайдаланылған, ескірген немесе біздікі емес. Жаңасын сұраңыз.',
  ),
  siteJoined: say(
    'Продолжаем разговор с сайта «{shop}» здесь. Код на сайте: <b>{code}</b>',
    'Here goes on the conversation from the site of {shop}. The code there: <b>{code}</b>',
    '«{shop}» сайтындағы әңгіме осында жалғасады. Сайттағы код: <b>{code}</b>',
  ),
  siteLine: say('<b>{who}</b>: {text}', '<b>{who}</b>: {text}', '<b>{who}</b>: {text}'),
  siteYou: say('Вы', 'You', 'Сіз'),
  siteFile: say('📎 файл', '📎 a file', '📎 файл'),
  siteUnlinked: say(
    'Чтобы подтвердить на сайте «{shop}», что это вы (код <b>{code}</b>), поделитесь номером телефона: кнопка ниже.',
    'To confirm on the site of {shop} that it is you (code <b>{code}</b>), share your phone number with the button below.',
    '«{shop}» сайтында бұл сіз екеніңізді растау үшін (код <b>{code}</b>) төмендегі батырмамен телефон нөміріңізді жіберіңіз.',
  ),
  siteAsk: say(
    'Это вы на сайте «{shop}»? Код на странице: <b>{code}</b>',
    'Is it you on the site of {shop}? The code on the page: <b>{code}</b>',
    '«{shop}» сайтындағы сіз бе? Беттегі код: <b>{code}</b>',
  ),
  siteConfirmed: say(
    '✅ Подтверждено: вернитесь на сайт.',
    '✅ Confirmed: go back to the site.',
    '✅ Расталды: сайтқа оралыңыз.',
  ),
  siteDeclined: say(
    'Хорошо, на сайте никто не узнает о ваших бонусах.',
    'All right, nobody on the site is told of your bonuses.',
    'Жақсы, сайтта бонустарыңыз туралы ешкім білмейді.',
  ),

  balance: say('💰 Доступно: <b>{balance}</b> {bonuses}', '💰 You have <b>{balance}</b> {bonuses}', '💰 Қолжетімді: <b>{balance}</b> {bonuses}'), // prettier-ignore
  balancePending: say('⏳ Ожидают: {amount}', '⏳ On their way: {amount}', '⏳ Күтуде: {amount}'),
  balanceHeld: say('🔒 В резерве: {amount}', '🔒 Reserved: {amount}', '🔒 Сақтауда: {amount}'),
  balanceDebt: say('➖ Долг: {amount}', '➖ Owed: {amount}', '➖ Қарыз: {amount}'),
  balanceTier: say('⭐ Уровень: <b>{tier}</b>, {percent} %', '⭐ Level: <b>{tier}</b>, {percent} %', '⭐ Деңгей: <b>{tier}</b>, {percent} %'), // prettier-ignore
  balanceNext: say(
    '⬆️ До уровня «{tier}» — покупок на {missing}',
    '⬆️ Orders of {missing} more bring {tier}',
    '⬆️ «{tier}» деңгейіне дейін {missing} сатып алу қалды',
  ),
  balanceExpiring: say('⏰ До {day}: {amount}', '⏰ Only until {day}: {amount}', '⏰ {day} дейін: {amount}'), // prettier-ignore
  balanceHold: say(
    '🔒 Заказ {order}: {amount}, код {code}, до {until}',
    '🔒 Order {order}: {amount}, code {code}, until {until}',
    '🔒 {order} тапсырысы: {amount}, код {code}, {until} дейін',
  ),
  balanceHoldCart: say(
    '🔒 Корзина: {amount}, код {code}, до {until}',
    '🔒 Your cart: {amount}, code {code}, until {until}',
    '🔒 Себет: {amount}, код {code}, {until} дейін',
  ),
  historyHead: say('📜 История бонусов', '📜 Your bonuses so far', '📜 Бонустар тарихы'),
  historyNone: say('Пока ничего не было.', 'There has been nothing yet.', 'Әзірге ештеңе болған жоқ.'),
  historyLine: say('{day} <b>{amount}</b> {what}', '{day} <b>{amount}</b> {what}', '{day} <b>{amount}</b> {what}'), // prettier-ignore
  historyOrder: say('заказ {order}', 'order {order}', '{order} тапсырысы'),
  entryEarn: say('начислено', 'earned', 'есептелді'),
  entryActivate: say('стали доступны', 'became available', 'қолжетімді болды'),
  entryHold: say('в резерв', 'reserved', 'сақтауға алынды'),
  entryRelease: say('из резерва', 'set free', 'сақтаудан босатылды'),
  entrySpend: say('списано', 'spent', 'жұмсалды'),
  entryExpire: say('сгорели', 'expired', 'күйіп кетті'),
  entryRefund: say('возврат', 'came back', 'қайтарылды'),
  entryReverse: say('отменено', 'taken back', 'кері алынды'),
  entryTransfer: say('перенос', 'transferred', 'ауыстырылды'),
  entryAdjust: say('от магазина', 'by the shop', 'дүкеннен'),
  entryWelcome: say('подарок за знакомство', 'welcome gift', 'танысу сыйлығы'),
  entryBirthday: say('подарок на день рождения', 'birthday gift', 'туған күн сыйлығы'),
  entryReferral: say('за приглашённого друга', 'for a friend', 'шақырылған дос үшін'),
  invite: say(
    '🤝 Ваш код для друзей: <b>{code}</b>',
    '🤝 Your code for friends: <b>{code}</b>',
    '🤝 Достарға арналған кодыңыз: <b>{code}</b>',
  ),
  inviteLink: say('Ссылка: {link}', 'Link: {link}', 'Сілтеме: {link}'),
  inviteCount: say(
    'Пришло друзей: {invited}, заработано: {earned}',
    'Friends so far: {invited}, earned: {earned}',
    'Келген достар: {invited}, табылған бонус: {earned}',
  ),
  inviteNone: say(
    'Приглашений в «{shop}» пока нет.',
    '{shop} has no invitations for now.',
    '«{shop}» дүкенінде әзірге шақыру жоқ.',
  ),

  holdAsk: say(
    '❓ Списать <b>{amount}</b> {bonuses} за заказ {order}?\nКод: <b>{code}</b>, до {until}',
    '❓ Confirm spending <b>{amount}</b> {bonuses} for order {order}?\nCode: <b>{code}</b>, until {until}',
    '❓ {order} тапсырысына <b>{amount}</b> {bonuses} жұмсау керек пе?\nКод: <b>{code}</b>, {until} дейін',
  ),
  holdConfirmed: say(
    '✅ Подтверждено: <b>{amount}</b> {bonuses} за заказ {order}.',
    '✅ Confirmed: <b>{amount}</b> {bonuses} for order {order}.',
    '✅ Расталды: {order} тапсырысына <b>{amount}</b> {bonuses}.',
  ),
  holdDeclined: say(
    '✖️ Не списываем <b>{amount}</b> {bonuses} за заказ {order}: всё остаётся у вас.',
    '✖️ Declined: you keep the <b>{amount}</b> {bonuses} of order {order}.',
    '✖️ Жұмсалмайды: {order} тапсырысының <b>{amount}</b> {bonuses}ы сізде қалды.',
  ),
  holdExpired: say(
    '⌛ Время вышло: <b>{amount}</b> {bonuses} за заказ {order} — всё остаётся у вас.',
    '⌛ Too late: you keep the <b>{amount}</b> {bonuses} of order {order}.',
    '⌛ Уақыт өтті: {order} тапсырысының <b>{amount}</b> {bonuses}ы сізде қалды.',
  ),
  holdReleased: say(
    '↩️ Больше не нужно: <b>{amount}</b> {bonuses} за заказ {order} — всё остаётся у вас.',
    '↩️ No longer needed: you keep the <b>{amount}</b> {bonuses} of order {order}.',
    '↩️ Енді қажет емес: {order} тапсырысының <b>{amount}</b> {bonuses}ы сізде қалды.',
  ),
  holdAskCart: say(
    '❓ Списать <b>{amount}</b> {bonuses} за корзину в «{shop}»?\nКод: <b>{code}</b>, до {until}',
    '❓ Confirm spending <b>{amount}</b> {bonuses} on your cart at {shop}?\nCode: <b>{code}</b>, until {until}',
    '❓ «{shop}» себетіңізге <b>{amount}</b> {bonuses} жұмсау керек пе?\nКод: <b>{code}</b>, {until} дейін',
  ),
  holdConfirmedCart: say(
    '✅ Подтверждено: <b>{amount}</b> {bonuses} за корзину в «{shop}». Вернитесь на сайт.',
    '✅ Confirmed: <b>{amount}</b> {bonuses} on your cart at {shop}. Go back to the site.',
    '✅ Расталды: «{shop}» себетіңізге <b>{amount}</b> {bonuses}. Сайтқа оралыңыз.',
  ),
  holdDeclinedCart: say(
    '✖️ Не списываем <b>{amount}</b> {bonuses} за корзину: всё остаётся у вас.',
    '✖️ Declined: you keep the <b>{amount}</b> {bonuses}.',
    '✖️ Жұмсалмайды: <b>{amount}</b> {bonuses} сізде қалды.',
  ),
  holdExpiredCart: say(
    '⌛ Время вышло: <b>{amount}</b> {bonuses} за корзину — всё остаётся у вас.',
    '⌛ Too late: you keep the <b>{amount}</b> {bonuses}.',
    '⌛ Уақыт өтті: <b>{amount}</b> {bonuses} сізде қалды.',
  ),
  holdReleasedCart: say(
    '↩️ Больше не нужно: <b>{amount}</b> {bonuses} за корзину — всё остаётся у вас.',
    '↩️ No longer needed: you keep the <b>{amount}</b> {bonuses}.',
    '↩️ Енді қажет емес: <b>{amount}</b> {bonuses} сізде қалды.',
  ),
  alertHoldConfirmed: say('Уже подтверждено.', 'It is confirmed already.', 'Расталған.'),
  alertHoldDeclined: say('Вы уже отказались.', 'You have declined it already.', 'Сіз бас тартқансыз.'),
  alertHoldLate: say(
    'Время вышло: бонусы остались у вас.',
    'It is too late: you keep your bonuses.',
    'Уақыт өтті: бонустар сізде қалды.',
  ),
  alertHoldForeign: say(
    'Это не ваше списание.',
    'That is not yours to confirm.',
    'Бұл сіздің жұмсауыңыз емес.',
  ),

  requestReceived: say(
    '📨 Обращение № {number} принято.',
    '📨 Request #{number} received.',
    '📨 № {number} өтініш қабылданды.',
  ),
  requestTaken: say(
    '🙋 Обращением № {number} занимается {agent}.',
    '🙋 {agent} looks after request #{number}.',
    '🙋 № {number} өтінішпен {agent} айналысады.',
  ),
  requestReminder: say(
    '⏰ Мы ждём вашего ответа по обращению № {number}. Вопрос решён — ничего писать не нужно, мы его закроем.',
    '⏰ We wait for your answer to request #{number}. If all is well, write nothing, and we will close it.',
    '⏰ № {number} өтініш бойынша жауабыңызды күтеміз. Бәрі шешілсе, ештеңе жазбаңыз, біз оны жабамыз.',
  ),
  requestSolved: say(
    '✔️ Обращение № {number} решено. Оцените, пожалуйста, нашу помощь. Вопрос остался — просто напишите.',
    '✔️ Request #{number} is solved. How did we do? If it is not over, just write.',
    '✔️ № {number} өтініш шешілді. Көмегімізді бағалаңызшы. Сұрақ қалса, жаза салыңыз.',
  ),
  bonusGiven: say(
    '🎁 <b>+{amount}</b> {bonuses} от поддержки: {reason}',
    '🎁 <b>+{amount}</b> {bonuses} from support: {reason}',
    '🎁 Қолдаудан <b>+{amount}</b> {bonuses}: {reason}',
  ),
  requestReopened: say(
    '🔄 Обращение № {number} снова открыто.',
    '🔄 Request #{number} is open again.',
    '🔄 № {number} өтініш қайта ашылды.',
  ),
  rated: say(
    '⭐ Спасибо! Обращение № {number}: ваша оценка {score} из 5. Изменить её можно в течение суток.',
    '⭐ Thank you! You rated request #{number} {score} of 5, and may change it for a day.',
    '⭐ Рақмет! № {number} өтініш: бағаңыз 5-тен {score}. Оны бір тәулік ішінде өзгертуге болады.',
  ),
  rateComment: say(
    'Хотите добавить комментарий? Ответьте на это сообщение или нажмите кнопку. Всё остальное — новое сообщение в поддержку.',
    'A comment? Reply to this message or press the button. Anything else you write goes to support.',
    'Пікір қосасыз ба? Осы хабарға жауап беріңіз немесе түймені басыңыз. Басқасының бәрі қолдауға барады.',
  ),
  rateWrite: say(
    'Напишите комментарий к оценке.',
    'Write your comment on the rating.',
    'Бағаға пікіріңізді жазыңыз.',
  ),
  rateCommented: say('Спасибо за комментарий!', 'Thank you for the comment!', 'Пікіріңізге рақмет!'),
  rateSkipped: say('Хорошо, без комментария.', 'All right, no comment.', 'Жақсы, пікірсіз.'),
  alertRateLate: say(
    'Оценку уже не изменить.',
    'The rating can be changed no more.',
    'Бағаны енді өзгерту мүмкін емес.',
  ),
  requestsHead: say('📋 Ваши обращения', '📋 Your requests', '📋 Өтініштеріңіз'),
  requestsNone: say(
    'Обращений пока нет. Напишите, и мы ответим.',
    'There are none yet. Write, and we will answer.',
    'Әзірге өтініш жоқ. Жазыңыз, жауап береміз.',
  ),
  requestLine: say(
    '<b>№ {number}</b> {status}: {subject}',
    '<b>#{number}</b> {status}: {subject}',
    '<b>№ {number}</b> {status}: {subject}',
  ),
  requestHere: say('👈 пишете сюда', '👈 you write here', '👈 осында жазасыз'),
  statusNew: say('новое', 'new', 'жаңа'),
  statusInWork: say('в работе', 'in work', 'жұмыста'),
  statusWaiting: say('ждёт вас', 'waits for you', 'сізді күтуде'),
  statusSolved: say('решено', 'solved', 'шешілді'),
  statusClosed: say('закрыто', 'closed', 'жабық'),
  requestCurrent: say(
    'Теперь вы пишете в обращение № {number}.',
    'You write in request #{number} now.',
    'Енді № {number} өтінішке жазасыз.',
  ),
  alertRequestForeign: say('Такого обращения нет.', 'There is no such request.', 'Мұндай өтініш жоқ.'),
  alertRequestClosed: say(
    'Обращение № {number} уже закрыто.',
    'Request #{number} is closed already.',
    '№ {number} өтініш жабылған.',
  ),
  newTopic: say('О чём ваш вопрос?', 'What is it about?', 'Сұрағыңыз не туралы?'),
  newText: say(
    'Напишите, что случилось: это станет новым обращением.',
    'Write what happened: it becomes a new request.',
    'Не болғанын жазыңыз: бұл жаңа өтініш болады.',
  ),
  newTooMany: say(
    'У вас уже {count} открытых обращений. Выберите одно из них или закройте лишние.',
    'You have {count} open requests already. Choose one of them, or close some.',
    'Сізде {count} ашық өтініш бар. Біреуін таңдаңыз немесе артығын жабыңыз.',
  ),
  messageUnsupported: say(
    'Такие сообщения мы пока не умеем передавать. Напишите словами или пришлите файл.',
    'We cannot pass on such a message yet. Write it in words, or send a file.',
    'Мұндай хабарламаны әзірге жеткізе алмаймыз. Сөзбен жазыңыз немесе файл жіберіңіз.',
  ),
  fileTooLarge: say(
    'Файл больше 20 МБ — Telegram не отдаёт такие ботам. Пришлите ссылку или файл поменьше.',
    'The file is larger than 20 MB, which Telegram does not give to bots. Send a link or a smaller one.',
    'Файл 20 МБ-тан үлкен, Telegram оны боттарға бермейді. Сілтеме немесе кішірек файл жіберіңіз.',
  ),
  fileRefused: say(
    'Этот файл передать не получилось: вид или размер не подходит.',
    'This file could not be passed on: its kind or size does not fit.',
    'Бұл файлды жеткізу мүмкін болмады: түрі немесе көлемі сай емес.',
  ),
  messageRefused: say(
    'Это сообщение не принято. Напишите, пожалуйста, иначе.',
    'This message was not taken. Please write it differently.',
    'Бұл хабарлама қабылданбады. Басқаша жазыңызшы.',
  ),

  settings: say(
    '⚙️ Настройки\nЯзык: {language}\nРекламные сообщения: {marketing}',
    '⚙️ Settings\nLanguage: {language}\nAdvertising: {marketing}',
    '⚙️ Баптаулар\nТіл: {language}\nЖарнама хабарламалары: {marketing}',
  ),
  marketingIsOn: say('приходят', 'on', 'келеді'),
  marketingIsOff: say('не приходят', 'off', 'келмейді'),
  languageAsk: say('На каком языке говорить?', 'Which language shall we speak?', 'Қай тілде сөйлесеміз?'),
  languageSet: say('Говорим по-русски.', 'We speak English now.', 'Енді қазақша сөйлесеміз.'),
  marketingOff: say(
    '🔕 Рекламы больше не будет. Сообщения о заказах и бонусах по-прежнему приходят.',
    '🔕 No more advertising. You are still told of orders and bonuses.',
    '🔕 Енді жарнама болмайды. Тапсырыстар мен бонустар туралы хабарламалар келе береді.',
  ),
  marketingOn: say(
    '🔔 Будем присылать предложения.',
    '🔔 We will send you offers.',
    '🔔 Ұсыныстар жіберіп тұрамыз.',
  ),
  unlinkAsk: say(
    'Отвязать бонусный счёт от этого Telegram? Бонусы останутся на счёте.',
    'Unlink the bonus account from this Telegram? The account keeps its bonuses.',
    'Бонус шотын осы Telegram-нан ажырату керек пе? Бонустар шотта қалады.',
  ),
  unlinked: say(
    '🔓 Бонусный счёт отвязан.',
    '🔓 The bonus account is unlinked.',
    '🔓 Бонус шоты ажыратылды.',
  ),
  deleteAsk: say(
    '🗑 Удалить всё, что мы о вас знаем: бонусный счёт, бонусы и переписку? Вернуть это нельзя.',
    '🗑 Delete all that we know of you: the bonus account, its bonuses and what you wrote? It cannot be undone.',
    '🗑 Сіз туралы барлық деректі: бонус шотын, бонустарды және хат алмасуды жою керек пе? Қайтару мүмкін емес.',
  ),
  deleteAskAgain: say(
    'Точно? Бонусы сгорят навсегда.',
    'Are you certain? The bonuses will be gone for good.',
    'Сенімдісіз бе? Бонустар біржола жойылады.',
  ),
  deleted: say(
    'Ваши данные удалены. До свидания!',
    'Your data is deleted. Goodbye!',
    'Деректеріңіз жойылды. Сау болыңыз!',
  ),
  alertPressOld: say(
    'Эта кнопка устарела. Откройте меню: /menu',
    'This button is out of date. Open the menu: /menu',
    'Бұл батырма ескірген. Мәзірді ашыңыз: /menu',
  ),

  groupOpened: say(
    '📨 Обращение <b>№ {number}</b> от {customer}\n{subject}',
    '📨 Request <b>#{number}</b> from {customer}\n{subject}',
    '📨 {customer} жіберген <b>№ {number}</b> өтініш\n{subject}',
  ),
  groupSomebody: say('посетителя', 'a visitor', 'келуші'),
  groupTopic: say('🏷 {topic}', '🏷 {topic}', '🏷 {topic}'),
  groupAnnounced: say('⏰ Всё ещё никто не взял:', '⏰ Still nobody has it:', '⏰ Әлі ешкім алмады:'),
  groupEscalated: say('🚨 Нужна помощь: {why}', '🚨 Help is needed: {why}', '🚨 Көмек керек: {why}'),
  groupPromise: say('обещанный срок прошёл', 'a promise is broken', 'уәде етілген мерзім өтті'),
  groupUnclaimed: say('слишком долго без ответственного', 'nobody has taken it for too long', 'тым ұзақ ешкім алмады'), // prettier-ignore
  groupLoads: say('👥 {loads}', '👥 {loads}', '👥 {loads}'),
  groupTaken: say('✅ Взял(а) {agent}', '✅ Taken by {agent}', '✅ {agent} алды'),
  alertTakenBy: say('Обращение уже у {agent}.', '{agent} has it already.', 'Өтініш {agent} қолында.'),
  alertYours: say('Обращение № {number} ваше.', 'Request #{number} is yours.', '№ {number} өтініш сіздікі.'),
  alertStranger: say(
    'Вы не в команде поддержки. Попросите владельца добавить ваш Telegram: {id}',
    'You are not in the support team. Ask the owner to add your Telegram: {id}',
    'Сіз қолдау тобында жоқсыз. Иесінен Telegram-ыңызды қосуды сұраңыз: {id}',
  ),
  alertOtherGroup: say(
    'Эта группа больше не получает обращений.',
    'This group is told of requests no more.',
    'Бұл топқа енді өтініштер келмейді.',
  ),
  card: say(
    '🗂 <b>№ {number}</b> {status}\n{subject}',
    '🗂 <b>#{number}</b> {status}\n{subject}',
    '🗂 <b>№ {number}</b> {status}\n{subject}',
  ),
  cardCustomer: say('👤 {customer} {contacts}', '👤 {customer} {contacts}', '👤 {customer} {contacts}'),
  cardBalance: say('💰 {balance}, {tier}', '💰 {balance}, {tier}', '💰 {balance}, {tier}'),
  cardNoTier: say('без уровня', 'no level', 'деңгейсіз'),
  cardOrder: say('🛒 {order}: {amount}, {day}', '🛒 {order}: {amount}, {day}', '🛒 {order}: {amount}, {day}'),
  cardSaid: say(
    '🗣 Назвал о себе, не подтверждено: {said}',
    '🗣 Said of itself, not proven: {said}',
    '🗣 Өзі туралы айтқаны, расталмаған: {said}',
  ),
  cardUnknown: say('👤 Покупатель неизвестен', '👤 Nobody knows who it is', '👤 Сатып алушы белгісіз'),

  statusHead: say('🩺 Состояние «{shop}»', '🩺 How {shop} is', '🩺 «{shop}» күйі'),
  statusLine: say('{sign} {part}: {waiting} ждёт, {dead} отложено', '{sign} {part}: {waiting} waiting, {dead} given up', '{sign} {part}: {waiting} күтуде, {dead} қалдырылды'), // prettier-ignore
  statusLag: say('старейшее — {seconds} с', 'the oldest for {seconds} s', 'ең ескісі — {seconds} с'),
  statusFailing: say('не отвечают: {count}', 'not answering: {count}', 'жауап бермейді: {count}'),
  statusProblem: say('⚠️ {problem}', '⚠️ {problem}', '⚠️ {problem}'),
  partOrders: say('Заказы', 'Orders', 'Тапсырыстар'),
  partNotices: say('Уведомления', 'Notices', 'Хабарламалар'),
  partWebhooks: say('Вебхуки', 'Webhooks', 'Вебхуктар'),
  partTelegramIn: say('Telegram, входящие', 'Telegram, incoming', 'Telegram, кіріс'),
  partTelegramOut: say('Telegram, исходящие', 'Telegram, outgoing', 'Telegram, шығыс'),
  partTodoist: say('Todoist', 'Todoist', 'Todoist'),
} satisfies Record<string, Texts>

export type TextKey = keyof typeof TEXTS
export type Values = Readonly<Record<string, string | number>>

/** A text with its values, as Telegram HTML: values are letters, whatever they hold. */
export function writeText(own: OwnTexts, locale: Locale, key: TextKey, values: Values = {}): string {
  return fill(textOf(own, locale, key), values, escapeHtml)
}

/** For buttons and alerts, which know no formatting. */
export function writePlain(own: OwnTexts, locale: Locale, key: TextKey, values: Values = {}): string {
  return fill(textOf(own, locale, key), values, (value) => value)
}

function textOf(own: OwnTexts, locale: Locale, key: TextKey): string {
  return own[key]?.[locale] ?? TEXTS[key][locale]
}

function fill(text: string, values: Values, show: (value: string) => string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? show(String(values[name])) : whole,
  )
}

export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))]
}

/** Which button of the menu somebody pressed: it comes as its words, in whatever language it was shown. */
export function keyOfLabel<Key extends TextKey>(
  own: OwnTexts,
  keys: readonly Key[],
  said: string,
): Key | undefined {
  return keys.find((key) => [TEXTS[key], own[key] ?? {}].some((texts) => Object.values(texts).includes(said)))
}
