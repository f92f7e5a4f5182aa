import { language, words } from './words.js'

/** What the page knows: the simulator's last state, and what whoever holds the phone is doing. */
export const store = {
  state: null,
  open: null,
  press: null,
  selected: null,
  replyTo: null,
  editing: null,
  speaker: new Map(),
  topic: null,
  payload: new URLSearchParams(location.search).get('start'),
}

export const keyOf = ({ botId, chatId }) => `${botId}/${chatId}`

export function current() {
  const { state, open } = store
  return open && state?.chats.find((entry) => entry.botId === open.botId && entry.chat.id === open.chatId)
}

export const botOf = (botId) => store.state.bots.find((candidate) => candidate.id === botId)

export function nameOf(chat) {
  return chat.title || [chat.first_name, chat.last_name].filter(Boolean).join(' ') || words.deactivated
}

/** Who speaks in the open chat: in a group the one who was chosen, or its first member. */
export function speaker() {
  const { open, state } = store
  if (open.chatId > 0) return open.chatId
  return store.speaker.get(keyOf(open)) ?? state.open?.members[0]?.id
}

/** Where what this person does now is to happen. */
export function scene() {
  const { botId, chatId } = store.open
  return { botId, chatId, personId: speaker() }
}

export const time = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
export const day = (seconds) =>
  new Date(seconds * 1000).toLocaleDateString(language, { day: 'numeric', month: 'long' })
