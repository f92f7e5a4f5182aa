const WORDS = {
  en: {
    title: 'Telegram simulator',
    subtitle: 'Messages of your bots, live',
    newCustomer: 'New customer',
    chats: 'Chats',
    noChats: 'Nobody has been written to yet. Messages appear here by themselves.',
    outage: 'Telegram is down',
    outageHint: 'Every call of the bot fails until you switch this off',
    offline: 'Telegram is down: nothing reaches the bot, the bot reaches nobody',
    pickChat: 'Choose a customer to see the phone as they do',
    back: 'Back to the chats',
    messages: 'Messages',
    message: 'Message',
    send: 'Send',
    start: 'START',
    restart: 'RESTART BOT',
    block: 'Block bot',
    unblock: 'Unblock',
    blocked: 'blocked',
    deactivated: 'deleted account',
    stranger: 'not started',
    phoneOf: (name, id) => `${name}’s phone · id ${id}`,
    edited: 'edited',
    empty: 'No messages yet',
    name: 'Name',
    language: 'Language',
    cancel: 'Cancel',
    create: 'Create',
    service: 'Service message',
    noContact: 'The simulator does not answer',
    opensLink: 'Link: ',
    fresh: 'new',
    newGroup: 'New group',
    customer: 'Customer',
    group: 'Group',
    groupTitle: 'Title',
    members: 'Members',
    topics: 'With topics',
    promoted: 'The bot is an administrator',
    groupOf: (bot, id) => `id ${id} · group with @${bot}`,
    speaksAs: 'Write as',
    attach: 'Attach',
    reply: 'Reply',
    edit: 'Edit',
    remove: 'Delete',
    replyTo: (name) => `Reply to ${name}`,
    editing: 'Editing',
    typing: 'typing…',
    commands: 'Commands',
    keyboard: 'Buttons of the bot',
    sharePhone: 'Share your phone number?',
    share: 'Share',
    ok: 'OK',
    photo: 'Photo',
    document: 'File',
    video: 'Video',
    animation: 'GIF',
    voice: 'Voice message',
    audio: 'Audio',
    video_note: 'Video message',
    sticker: 'Sticker',
    location: 'Location',
    venue: 'Place',
    contact: 'Contact',
    poll: 'Poll',
    dice: 'Dice',
    future: 'A message this version of Telegram cannot show',
    attachFiles: 'Photos and files',
    attachContact: 'My contact',
    attachForeign: 'Somebody else’s contact',
    attachLocation: 'Location',
    attachVoice: 'Voice message',
    attachSticker: 'Sticker',
    attachFuture: 'A kind of message from the future',
    allTopics: 'All',
    newTopic: 'New topic',
    closedTopic: 'closed',
    topicCreated: (name) => `Topic “${name}” created`,
    topicEdited: (name) => `Topic renamed to “${name}”`,
    topicClosed: 'Topic closed',
    topicReopened: 'Topic reopened',
    upgraded: 'The group is a supergroup now: ',
    gone: 'The file is no longer there',
  },
  ru: {
    title: 'Симулятор Telegram',
    subtitle: 'Сообщения ваших ботов, вживую',
    newCustomer: 'Новый покупатель',
    chats: 'Чаты',
    noChats: 'Пока никому не писали. Сообщения появятся здесь сами.',
    outage: 'Telegram не работает',
    outageHint: 'Любой вызов бота падает, пока не выключите',
    offline: 'Telegram не работает: бот не получает и не отправляет ничего',
    pickChat: 'Выберите покупателя, чтобы увидеть его телефон',
    back: 'К списку чатов',
    messages: 'Сообщения',
    message: 'Сообщение',
    send: 'Отправить',
    start: 'СТАРТ',
    restart: 'ПЕРЕЗАПУСТИТЬ БОТА',
    block: 'Заблокировать',
    unblock: 'Разблокировать',
    blocked: 'заблокирован',
    deactivated: 'аккаунт удалён',
    stranger: 'не запускал',
    phoneOf: (name, id) => `${name} · телефон покупателя · id ${id}`,
    edited: 'изменено',
    empty: 'Сообщений пока нет',
    name: 'Имя',
    language: 'Язык',
    cancel: 'Отмена',
    create: 'Создать',
    service: 'Служебное сообщение',
    noContact: 'Симулятор не отвечает',
    opensLink: 'Ссылка: ',
    fresh: 'новое',
    newGroup: 'Новая группа',
    customer: 'Покупатель',
    group: 'Группа',
    groupTitle: 'Название',
    members: 'Участники',
    topics: 'С темами',
    promoted: 'Бот — администратор',
    groupOf: (bot, id) => `id ${id} · группа с @${bot}`,
    speaksAs: 'Писать от имени',
    attach: 'Прикрепить',
    reply: 'Ответить',
    edit: 'Изменить',
    remove: 'Удалить',
    replyTo: (name) => `Ответ: ${name}`,
    editing: 'Изменение',
    typing: 'печатает…',
    commands: 'Команды',
    keyboard: 'Кнопки бота',
    sharePhone: 'Отправить свой номер телефона?',
    share: 'Отправить',
    ok: 'ОК',
    photo: 'Фото',
    document: 'Файл',
    video: 'Видео',
    animation: 'GIF',
    voice: 'Голосовое сообщение',
    audio: 'Аудио',
    video_note: 'Видеосообщение',
    sticker: 'Стикер',
    location: 'Геопозиция',
    venue: 'Место',
    contact: 'Контакт',
    poll: 'Опрос',
    dice: 'Кубик',
    future: 'Эта версия Telegram не умеет показать такое сообщение',
    attachFiles: 'Фото и файлы',
    attachContact: 'Мой контакт',
    attachForeign: 'Чужой контакт',
    attachLocation: 'Геопозиция',
    attachVoice: 'Голосовое сообщение',
    attachSticker: 'Стикер',
    attachFuture: 'Сообщение неизвестного вида',
    allTopics: 'Все',
    newTopic: 'Новая тема',
    closedTopic: 'закрыта',
    topicCreated: (name) => `Создана тема «${name}»`,
    topicEdited: (name) => `Тема теперь называется «${name}»`,
    topicClosed: 'Тема закрыта',
    topicReopened: 'Тема открыта снова',
    upgraded: 'Теперь это супергруппа: ',
    gone: 'Файла больше нет',
  },
}

const wanted = new URLSearchParams(location.search).get('lang')
/** Whoever shows the page beside others has chosen its language; then everybody's Telegram speaks it. */
export const isChosen = Object.hasOwn(WORDS, wanted ?? '')
export const language = isChosen ? wanted : /^(ru|uk|be|kk)/i.test(navigator.language) ? 'ru' : 'en'
export const words = WORDS[language]

/** An address of this page, in the same language. */
export function inLanguage(path) {
  if (!isChosen) return path
  const [before, hash] = path.split('#')
  return `${before}${before.includes('?') ? '&' : '?'}lang=${language}${hash === undefined ? '' : `#${hash}`}`
}

/** Whoever shows the page may choose another one meanwhile. */
export function followLanguage() {
  window.addEventListener('message', ({ data }) => {
    const next = data?.lang
    if (!Object.hasOwn(WORDS, next) || next === language) return
    const there = new URL(location.href)
    there.searchParams.set('lang', next)
    location.replace(there)
  })
}

/** Puts the words of the page's language where the document asks for them. */
export function fillWords() {
  document.documentElement.lang = language
  document.title = words.title
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = words[node.dataset.t]
  for (const node of document.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', words[node.dataset.label])
    if (node.tagName === 'BUTTON') node.title = words[node.dataset.label]
  }
  for (const node of document.querySelectorAll('[data-placeholder]')) {
    node.placeholder = words[node.dataset.placeholder]
  }
}
