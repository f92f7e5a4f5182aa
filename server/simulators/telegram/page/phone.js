'use strict'

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
  },
}

const language = /^(ru|uk|be|kk)/i.test(navigator.language) ? 'ru' : 'en'
const words = WORDS[language]
const $ = (id) => document.getElementById(id)
const app = $('app')
const payload = new URLSearchParams(location.search).get('start')

let state = null
let open = null
let press = null
let shown = ''
let isLoading = false
let isStale = false
const seen = new Map()

document.documentElement.lang = language
document.title = words.title
for (const node of document.querySelectorAll('[data-t]')) node.textContent = words[node.dataset.t]
for (const node of document.querySelectorAll('[data-label]')) {
  node.setAttribute('aria-label', words[node.dataset.label])
  if (node.tagName === 'BUTTON') node.title = words[node.dataset.label]
}
for (const node of document.querySelectorAll('[data-placeholder]'))
  node.placeholder = words[node.dataset.placeholder]

function element(tag, className, ...children) {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children)
  return node
}

function paintAvatar(node, name, id) {
  node.className = `avatar hue${Math.abs(id) % 7}`
  const parts = name.trim().split(/\s+/)
  const initials = [parts[0], parts[1]].map((part) => (part ? [...part][0] : '')).join('')
  node.textContent = initials.toUpperCase()
  node.setAttribute('aria-hidden', 'true')
  return node
}

const keyOf = ({ botId, chatId }) => `${botId}/${chatId}`
const nameOf = (chat) =>
  chat.title || [chat.first_name, chat.last_name].filter(Boolean).join(' ') || words.deactivated
const time = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
const day = (seconds) =>
  new Date(seconds * 1000).toLocaleDateString(language, { day: 'numeric', month: 'long' })

async function control(name, input) {
  try {
    const response = await fetch(`/control/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(input),
    })
    const answer = await response.json()
    if (answer.error) toast(answer.error)
    void load()
    return answer.error ? null : (answer.result ?? true)
  } catch {
    toast(words.noContact)
    return null
  }
}

async function load() {
  if (isLoading) {
    isStale = true
    return
  }
  isLoading = true
  try {
    const query = new URLSearchParams()
    if (open) {
      query.set('bot', open.botId)
      query.set('chat', open.chatId)
    }
    if (press) query.set('press', press)
    const asked = open && keyOf(open)
    state = await (await fetch(`/control/state?${query}`)).json()
    if (asked === (open && keyOf(open))) render()
  } catch {
    toast(words.noContact)
  }
  setTimeout(() => {
    isLoading = false
    if (isStale) {
      isStale = false
      void load()
    }
  }, 120)
}

function render() {
  $('outage').checked = state.settings.outage
  $('offline').hidden = !state.settings.outage
  renderChats()
  renderTalk()
  if (press && state.answer) {
    press = null
    if (state.answer.text) toast(state.answer.text)
    else if (state.answer.url) toast(words.opensLink + state.answer.url)
  }
}

function renderChats() {
  const list = $('chats')
  const focused = document.activeElement?.dataset?.key
  const rows = state.chats.map((entry) => {
    const id = { botId: entry.botId, chatId: entry.chat.id }
    const key = keyOf(id)
    const isOpen = open !== null && keyOf(open) === key
    if (isOpen || !seen.has(key))
      seen.set(key, isOpen ? (entry.last?.id ?? 0) : entry.last?.mine ? entry.last.id : 0)
    const bot = state.bots.find((candidate) => candidate.id === entry.botId)
    const preview = entry.last ? entry.last.text || words.service : words.empty
    const status = entry.deactivated ? '' : words[entry.standing]

    const row = element('button', 'chat')
    row.type = 'button'
    row.dataset.key = key
    row.setAttribute('aria-current', String(isOpen))
    row.append(
      paintAvatar(element('span'), nameOf(entry.chat), entry.chat.id),
      element('span', 'chat-name', nameOf(entry.chat)),
      element('span', 'chat-time', entry.last ? time(entry.last.date) : ''),
      element('span', 'chat-last', state.bots.length > 1 ? `@${bot.username}: ${preview}` : preview),
    )
    const isNew = entry.last && !entry.last.mine && entry.last.id > seen.get(key)
    if (status) row.append(element('span', 'chat-mark off', status))
    else if (isNew) row.append(newMark())
    row.addEventListener('click', () => choose(id))
    return row
  })
  list.replaceChildren(...(rows.length > 0 ? rows : [element('p', '', words.noChats)]))
  if (focused) [...list.children].find((row) => row.dataset.key === focused)?.focus()
}

function newMark() {
  const mark = element('span', 'chat-mark')
  mark.setAttribute('role', 'img')
  mark.setAttribute('aria-label', words.fresh)
  return mark
}

function current() {
  return open && state.chats.find((entry) => entry.botId === open.botId && entry.chat.id === open.chatId)
}

function renderTalk() {
  const entry = current()
  $('talk').hidden = !entry
  $('nobody').hidden = Boolean(entry)
  app.classList.toggle('talking', Boolean(entry))
  if (!entry) return

  const bot = state.bots.find((candidate) => candidate.id === entry.botId)
  const isPrivate = entry.chat.type === 'private'
  const isBlocked = entry.standing === 'blocked'
  $('bot-name').textContent = isPrivate ? bot.firstName : nameOf(entry.chat)
  $('bot-line').textContent = isPrivate
    ? words.phoneOf(nameOf(entry.chat), entry.chat.id)
    : `@${bot.username}`
  paintAvatar($('bot-avatar'), bot.firstName, bot.id)
  $('block').hidden = !isPrivate || entry.standing === 'stranger' || entry.deactivated
  $('block').textContent = isBlocked ? words.unblock : words.block
  $('block').classList.toggle('danger', !isBlocked)

  const needsStart = isPrivate && (payload !== null || isBlocked || entry.standing === 'stranger')
  $('start').hidden = !needsStart || entry.deactivated
  $('start').textContent = isBlocked ? words.restart : words.start
  $('composer').hidden = needsStart || entry.deactivated
  renderMessages(entry)
}

function renderMessages(entry) {
  const { messages, botId, chatId } = state.open ?? { messages: [] }
  const content = JSON.stringify([botId, chatId, messages])
  if (content === shown || keyOf({ botId, chatId }) !== keyOf(open)) return
  const list = $('messages')
  const isNewChat = !shown.startsWith(JSON.stringify([botId, chatId]).slice(0, -1) + ',')
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80
  shown = content

  const nodes = []
  let lastDay = ''
  for (const message of messages) {
    if (day(message.date) !== lastDay) {
      lastDay = day(message.date)
      nodes.push(element('div', 'day', element('span', '', lastDay)))
    }
    nodes.push(message.text === undefined ? serviceNode(message) : postNode(message, entry))
  }
  if (nodes.length === 0) nodes.push(element('div', 'service', element('span', '', words.empty)))
  list.replaceChildren(...nodes)
  if (isNewChat || wasAtEnd) list.scrollTop = list.scrollHeight
}

function serviceNode(message) {
  const detail = message.migrate_to_chat_id ?? message.migrate_from_chat_id
  return element(
    'div',
    'service',
    element('span', '', detail ? `${words.service}: ${detail}` : words.service),
  )
}

function postNode(message, entry) {
  const isMine = !message.from.is_bot
  const bubble = element('div', 'bubble')
  if (entry.chat.type !== 'private') bubble.append(element('span', 'author', message.from.first_name))
  const when = (message.edit_date ? `${words.edited} ` : '') + time(message.date)
  bubble.append(
    element('span', 'words', ...formatted(message.text, message.entities ?? [])),
    element('span', 'when', when),
  )
  const post = element('div', isMine ? 'post mine' : 'post', bubble)
  if (message.reply_markup) post.append(keysNode(message, entry))
  return post
}

function keysNode(message, entry) {
  const keys = element('div', 'keys')
  for (const row of message.reply_markup.inline_keyboard) {
    const line = element('div')
    for (const button of row) {
      if (button.url) {
        line.append(linkNode(button.url, 'key', `${button.text} ↗`))
        continue
      }
      const key = element('button', 'key', button.text)
      key.type = 'button'
      key.addEventListener('click', async () => {
        const pressed = await control('press-button', {
          botId: entry.botId,
          chatId: entry.chat.id,
          personId: speakerOf(entry),
          messageId: message.message_id,
          data: button.callback_data,
        })
        if (pressed) press = pressed.callbackQueryId
        void load()
      })
      line.append(key)
    }
    keys.append(line)
  }
  return keys
}

const TAGS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
}

const BLOCKS = ['pre', 'blockquote']

// Offsets are UTF-16 units, as in JavaScript strings; text only ever becomes text nodes.
function formatted(text, entities, from = 0, to = text.length) {
  const nodes = []
  let at = from
  let index = 0
  while (index < entities.length) {
    const entity = entities[index]
    const end = Math.min(entity.offset + entity.length, to)
    const inside = []
    index++
    while (index < entities.length && entities[index].offset < end) inside.push(entities[index++])
    if (entity.offset < at) continue
    const isBlock = BLOCKS.includes(TAGS[entity.type])
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset).replace(isBlock ? /\n$/ : '', ''))
    const children = formatted(text, inside, entity.offset, end)
    nodes.push(entityNode(entity, text.slice(entity.offset, end), children))
    at = isBlock && text[end] === '\n' && end < to ? end + 1 : end
  }
  if (at < to) nodes.push(text.slice(at, to))
  return nodes
}

function entityNode(entity, covered, children) {
  if (entity.type === 'text_link') return linkNode(entity.url, '', ...children)
  if (entity.type === 'url') return linkNode(covered, '', ...children)
  if (entity.type === 'spoiler') {
    const node = element('span', 'spoiler', ...children)
    node.addEventListener('click', () => node.classList.add('open'))
    return node
  }
  return element(TAGS[entity.type] ?? 'span', '', ...children)
}

function linkNode(address, className, ...children) {
  if (!/^(https?|tg):\/\//i.test(address)) return element('span', className, ...children)
  const link = element('a', className, ...children)
  link.href = address
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  return link
}

const speakerOf = (entry) => (entry.chat.type === 'private' ? entry.chat.id : entry.firstMember)

function choose(id) {
  open = id
  location.hash = id ? keyOf(id) : ''
  if (state) renderTalk()
  void load()
}

let toastTimer
function toast(text) {
  $('toast').textContent = text
  $('toast').hidden = false
  clearTimeout(toastTimer)
  toastTimer = setTimeout(() => ($('toast').hidden = true), 4000)
}

$('outage').addEventListener('change', (event) =>
  control('change-settings', { outage: event.target.checked }),
)
$('back').addEventListener('click', () => choose(null))
$('block').addEventListener('click', () => {
  const entry = current()
  const name = entry.standing === 'blocked' ? 'unblock' : 'block'
  void control(name, { botId: entry.botId, personId: entry.chat.id })
})
$('start').addEventListener('click', async () => {
  const entry = current()
  const started = await control('press-start', {
    botId: entry.botId,
    personId: entry.chat.id,
    ...(payload !== null && { payload }),
  })
  if (started && payload !== null) location.replace(`/#${keyOf(open)}`)
})
$('composer').addEventListener('submit', async (event) => {
  event.preventDefault()
  const field = $('text')
  const text = field.value
  if (text.trim() === '') return
  field.value = ''
  fit()
  const entry = current()
  const input = { botId: entry.botId, chatId: entry.chat.id, personId: speakerOf(entry), text }
  if (!(await control('write', input))) field.value ||= text
  $('messages').scrollTop = $('messages').scrollHeight
})
$('text').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  $('composer').requestSubmit()
})
function fit() {
  $('text').style.height = 'auto'
  $('text').style.height = `${$('text').scrollHeight}px`
}
$('text').addEventListener('input', fit)

$('new-person').addEventListener('click', () => {
  $('person-language').value = language
  $('person-dialog').showModal()
})
$('person-cancel').addEventListener('click', () => $('person-dialog').close())
$('person-form').addEventListener('submit', async () => {
  const firstName = $('person-name').value.trim()
  if (!firstName) return
  $('person-name').value = ''
  const person = await control('create-person', { firstName, languageCode: $('person-language').value })
  const named = state.bots.find((bot) => location.pathname.slice(1) === bot.username)
  const bot = named ?? state.bots[0]
  if (person && bot) choose({ botId: bot.id, chatId: person.id })
})

const [botId, chatId] = location.hash.slice(1).split('/').map(Number)
if (botId && chatId) open = { botId, chatId }
const events = new EventSource('/control/events')
events.onmessage = () => void load()
void load()
