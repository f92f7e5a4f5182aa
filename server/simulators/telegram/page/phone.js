import { bindComposer, forgetContext, renderCommands, startEdit, startReply, write } from './composer.js'
import { renderChats } from './chats.js'
import { ask, control, whenControlled } from './control.js'
import { $, button, element, paintAvatar, toast } from './element.js'
import { renderReplyKeyboard } from './keys.js'
import { deepLink } from './link.js'
import { renderMessages } from './messages.js'
import { bindNewcomers } from './newcomers.js'
import { botOf, current, keyOf, nameOf, speaker, store } from './store.js'
import { fillWords, followLanguage, inLanguage, isChosen, language, words } from './words.js'

const RELOAD_EVERY_MS = 120
const TYPING_ENDS_MS = 5200

let isLoading = false
let isStale = false
let typingTimer

async function load() {
  if (isLoading) {
    isStale = true
    return
  }
  isLoading = true
  try {
    const query = new URLSearchParams()
    const { open, press } = store
    if (open) {
      query.set('bot', open.botId)
      query.set('chat', open.chatId)
    }
    if (press) query.set('press', press)
    const asked = open && keyOf(open)
    store.state = await ask(`state?${query}`)
    if (asked === (store.open && keyOf(store.open))) render()
    openForLink()
  } catch {
    toast(words.noContact)
  }
  setTimeout(() => {
    isLoading = false
    if (isStale) {
      isStale = false
      void load()
    }
  }, RELOAD_EVERY_MS)
}

/** Shown beside a shop it is one customer's phone, who need not be chosen first. */
function openForLink() {
  if (!isChosen || store.payload === null || store.open) return
  const bot = store.state.bots.find(({ username }) => location.pathname === `/${username}`)
  const own = store.state.chats.filter(({ botId, chat }) => botId === bot?.id && chat.type === 'private')
  const [first] = own.sort((left, right) => left.chat.id - right.chat.id)
  if (first) choose({ botId: first.botId, chatId: first.chat.id })
}

function render() {
  const { state } = store
  $('outage').checked = state.settings.outage
  $('offline').hidden = !state.settings.outage
  renderChats(choose)
  renderTalk()
  if (store.press && state.answer) {
    store.press = null
    showAnswer(state.answer)
  }
}

function showAnswer({ text, url, showAlert }) {
  if (url) {
    const inside = deepLink(url)
    if (inside) return location.assign(inside)
    return toast(words.opensLink + url)
  }
  if (!text) return
  if (!showAlert) return toast(text)
  $('alert-text').textContent = text
  $('alert-dialog').showModal()
}

function renderTalk() {
  const entry = current()
  $('talk').hidden = !entry
  $('nobody').hidden = Boolean(entry)
  $('app').classList.toggle('talking', Boolean(entry))
  if (!entry) return

  const bot = botOf(entry.botId)
  const isPrivate = entry.chat.type === 'private'
  const isBlocked = entry.standing === 'blocked'
  const open = store.state.open && keyOf(store.state.open) === keyOf(store.open) ? store.state.open : null
  $('bot-name').textContent = isPrivate ? bot.firstName : nameOf(entry.chat)
  $('bot-line').textContent = open?.isTyping
    ? words.typing
    : isPrivate
      ? words.phoneOf(nameOf(entry.chat), entry.chat.id)
      : words.groupOf(bot.username, entry.chat.id)
  $('bot-line').classList.toggle('typing', Boolean(open?.isTyping))
  clearTimeout(typingTimer)
  if (open?.isTyping) typingTimer = setTimeout(load, TYPING_ENDS_MS)
  paintAvatar(
    $('bot-avatar'),
    isPrivate ? bot.firstName : nameOf(entry.chat),
    isPrivate ? bot.id : entry.chat.id,
  )
  $('block').hidden = !isPrivate || entry.standing === 'stranger' || entry.deactivated
  $('block').textContent = isBlocked ? words.unblock : words.block
  $('block').classList.toggle('danger', !isBlocked)

  const needsStart = isPrivate && (store.payload !== null || isBlocked || entry.standing === 'stranger')
  $('start').hidden = !needsStart || entry.deactivated
  $('start').textContent = isBlocked ? words.restart : words.start
  $('composer').hidden = needsStart || entry.deactivated
  if (!open) return
  renderSpeakers(open)
  renderTopics(entry, open)
  renderReplyKeyboard($('composer').hidden ? null : open.replyKeyboard, write)
  renderCommands(open.commands)
  renderMessages({ choose: select, startReply: reply, startEdit: edit })
}

function renderSpeakers({ members }) {
  $('speakers').hidden = members.length === 0 || $('composer').hidden
  const select = $('speaker')
  const options = members.map(({ id, name }) => {
    const option = element('option', '', name)
    option.value = id
    return option
  })
  if (document.activeElement !== select) select.replaceChildren(...options)
  select.value = String(speaker())
}

function renderTopics({ chat }, { topics }) {
  $('topics').hidden = !chat.is_forum
  if (!chat.is_forum) return
  if (!topics.some(({ id }) => id === store.topic)) store.topic = null
  const tab = (id, name) => {
    const node = button('topic', name, () => {
      store.topic = id
      renderTalk()
    })
    node.setAttribute('aria-pressed', String(store.topic === id))
    return node
  }
  $('topics').replaceChildren(
    tab(null, words.allTopics),
    ...topics.map(({ id, name, isClosed }) => tab(id, isClosed ? `${name} · ${words.closedTopic}` : name)),
    button('topic', `+ ${words.newTopic}`, () => {
      $('topic-name').value = ''
      $('topic-dialog').returnValue = ''
      $('topic-dialog').showModal()
    }),
  )
}

function select(message) {
  store.selected = store.selected === message.message_id ? null : message.message_id
  renderTalk()
}

function reply(message) {
  startReply(message)
  renderTalk()
}

function edit(message) {
  startEdit(message)
  renderTalk()
}

function choose(id) {
  store.open = id
  store.topic = null
  store.selected = null
  forgetContext()
  location.hash = id ? keyOf(id) : ''
  if (store.state) {
    renderChats(choose)
    renderTalk()
  }
  void load()
}

function bind() {
  whenControlled(() => void load())
  bindComposer()
  bindNewcomers(choose)
  $('outage').addEventListener('change', (event) =>
    control('change-settings', { outage: event.target.checked }),
  )
  for (const closer of document.querySelectorAll('[data-close]')) {
    closer.addEventListener('click', () => closer.closest('dialog').close(''))
  }
  $('back').addEventListener('click', () => choose(null))
  $('block').addEventListener('click', () => {
    const { standing, botId, chat } = current()
    void control(standing === 'blocked' ? 'unblock' : 'block', { botId, personId: chat.id })
  })
  $('start').addEventListener('click', async () => {
    const { botId, chat } = current()
    const { payload } = store
    const about = { botId, personId: chat.id, ...(payload !== null && { payload }) }
    const isStarted = await control('press-start', about)
    if (isStarted && payload !== null) location.replace(inLanguage(`/#${keyOf(store.open)}`))
  })
  $('speaker').addEventListener('change', () => {
    store.speaker.set(keyOf(store.open), Number($('speaker').value))
    $('speaker').blur()
    renderTalk()
  })
  $('topic-dialog').addEventListener('close', () => {
    const name = $('topic-name').value.trim()
    if ($('topic-dialog').returnValue !== 'create' || !name) return
    const { botId, chatId } = store.open
    void control('create-topic', { botId, groupId: chatId, personId: speaker(), name })
  })
  window.addEventListener('hashchange', () => {
    const id = chatInHash()
    if (id && (!store.open || keyOf(id) !== keyOf(store.open))) choose(id)
  })
}

function chatInHash() {
  const [botId, chatId] = location.hash.slice(1).split('/').map(Number)
  return botId && chatId ? { botId, chatId } : null
}

/** As the app of each says to the bot. One who was made with a language of its own keeps it. */
async function chooseForPeople() {
  for (const { id, languageCode } of await ask('people')) {
    if (languageCode !== language && ['ru', 'en', null].includes(languageCode))
      await control('change-person', { personId: id, languageCode: language })
  }
}

fillWords()
followLanguage()
if (isChosen) void chooseForPeople()
bind()
store.open = chatInHash()
const events = new EventSource('/control/events')
events.onmessage = () => void load()
void load()
