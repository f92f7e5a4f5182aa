import { control } from './control.js'
import { button, element, $ } from './element.js'
import { icon } from './icons.js'
import { deepLink, linkNode } from './link.js'
import { scene, store } from './store.js'
import { words } from './words.js'

/** The buttons under a message. */
export function keysNode(message) {
  const keys = element('div', 'keys')
  for (const row of message.reply_markup.inline_keyboard) {
    keys.append(element('div', '', ...row.map((key) => keyNode(message, key))))
  }
  return keys
}

function keyNode(message, { text, url, callback_data: data }) {
  if (url) return linkNode(url, 'key', deepLink(url) ? text : `${text} ↗`)
  return button('key', text, async () => {
    const pressed = await control('press-button', { ...scene(), messageId: message.message_id, data })
    if (pressed) store.press = pressed.callbackQueryId
  })
}

let shown = ''
let isUsed = false

/** The buttons that stand where the phone's keyboard would. */
export function renderReplyKeyboard(keyboard, send) {
  const content = JSON.stringify([store.open, keyboard])
  if (content !== shown) {
    isUsed = false
    shown = content
    const rows = (keyboard?.keyboard ?? []).map((row) =>
      element('div', '', ...row.map((key) => replyKeyNode(key, keyboard, send))),
    )
    $('reply-keyboard').replaceChildren(...rows)
    $('text').placeholder = keyboard?.input_field_placeholder ?? words.message
  }
  $('reply-keyboard').hidden = !keyboard || isUsed
  $('keyboard').hidden = !keyboard || !isUsed
}

export function toggleReplyKeyboard() {
  isUsed = !isUsed
  $('reply-keyboard').hidden = isUsed
  $('keyboard').hidden = !isUsed
}

function replyKeyNode({ text, request_contact: asksContact }, { one_time_keyboard: isOnce }, send) {
  const key = button('reply-key', text, async () => {
    const isDone = asksContact ? await shareContact() : await send(text)
    if (isDone && isOnce && !isUsed) toggleReplyKeyboard()
  })
  if (asksContact) key.prepend(icon('phone'))
  return key
}

/** Asks first, as the real one does. */
export function shareContact() {
  const dialog = $('share-dialog')
  $('share-number').textContent = store.state.open?.phone ? `+${store.state.open.phone}` : ''
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener(
      'close',
      () => resolve(dialog.returnValue === 'share' ? control('share-contact', scene()) : null),
      { once: true },
    )
  })
}
