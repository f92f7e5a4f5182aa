import { $, element } from './element.js'
import { isService, postNode, serviceNode, topicOf } from './message.js'
import { day, keyOf, speaker, store } from './store.js'
import { words } from './words.js'

let shownChat = ''
const drawn = new Map()

/** Draws the messages of the open chat; those that are as they were keep their place on the page. */
export function renderMessages(actions) {
  const open = store.state.open
  if (!open || keyOf(open) !== keyOf(store.open)) return
  const list = $('messages')
  const chat = `${keyOf(open)}/${speaker()}/${store.topic}`
  const isNewChat = chat !== shownChat
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80
  if (isNewChat) drawn.clear()
  shownChat = chat

  const messages = open.messages.filter(
    (message) => !store.topic || message.message_thread_id === store.topic,
  )
  const nodes = []
  let lastDay = ''
  for (const message of messages) {
    if (day(message.date) !== lastDay) {
      lastDay = day(message.date)
      nodes.push(drawOnce(lastDay, '', () => element('div', 'day', element('span', '', lastDay))))
    }
    const look = JSON.stringify([message, store.selected === message.message_id, topicOf(message)])
    nodes.push(
      drawOnce(message.message_id, look, () =>
        isService(message) ? serviceNode(message) : postNode(message, actions),
      ),
    )
  }
  if (nodes.length === 0) {
    nodes.push(drawOnce('empty', '', () => element('div', 'service', element('span', '', words.empty))))
  }
  putInto(list, nodes)
  const kept = new Set(nodes)
  for (const [key, { node }] of drawn) if (!kept.has(node)) drawn.delete(key)
  if (isNewChat || wasAtEnd) list.scrollTop = list.scrollHeight
}

function drawOnce(key, look, draw) {
  const before = drawn.get(key)
  if (before?.look === look) return before.node
  const node = draw()
  drawn.set(key, { look, node })
  return node
}

// Nodes that stay are not touched, or what is selected and focused in them would be lost.
function putInto(list, nodes) {
  const wanted = new Set(nodes)
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove()
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null)
  })
}
