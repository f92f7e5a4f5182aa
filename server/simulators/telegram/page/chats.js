import { $, element, paintAvatar } from './element.js'
import { icon } from './icons.js'
import { botOf, keyOf, nameOf, store, time } from './store.js'
import { words } from './words.js'

const seen = new Map()

/** The list of chats; `choose` opens one. */
export function renderChats(choose) {
  const list = $('chats')
  const focused = document.activeElement?.dataset?.key
  const rows = store.state.chats.map((entry) => chatNode(entry, choose))
  list.replaceChildren(...(rows.length > 0 ? rows : [element('p', '', words.noChats)]))
  if (focused) [...list.children].find((row) => row.dataset.key === focused)?.focus()
}

function chatNode(entry, choose) {
  const { chat, last, botId } = entry
  const id = { botId, chatId: chat.id }
  const key = keyOf(id)
  const isOpen = store.open !== null && keyOf(store.open) === key
  if (isOpen || !seen.has(key)) seen.set(key, isOpen ? (last?.id ?? 0) : last?.mine ? last.id : 0)
  const preview = previewOf(last)
  const status = entry.deactivated ? '' : words[entry.standing]

  const row = element('button', 'chat')
  row.type = 'button'
  row.dataset.key = key
  row.setAttribute('aria-current', String(isOpen))
  row.append(
    paintAvatar(element('span'), nameOf(chat), chat.id),
    element('span', 'chat-name', ...(chat.type === 'private' ? [] : [icon('group')]), nameOf(chat)),
    element('span', 'chat-time', last ? time(last.date) : ''),
    element(
      'span',
      'chat-last',
      store.state.bots.length > 1 ? `@${botOf(botId).username}: ${preview}` : preview,
    ),
  )
  const isNew = last && !last.mine && last.id > seen.get(key)
  if (status) row.append(element('span', 'chat-mark off', status))
  else if (isNew) row.append(newMark())
  row.addEventListener('click', () => choose(id))
  return row
}

function previewOf(last) {
  if (!last) return words.empty
  const kind = last.kind && words[last.kind]
  return last.text ? (kind ? `${kind}: ${last.text}` : last.text) : (kind ?? words.service)
}

function newMark() {
  const mark = element('span', 'chat-mark')
  mark.setAttribute('role', 'img')
  mark.setAttribute('aria-label', words.fresh)
  return mark
}
