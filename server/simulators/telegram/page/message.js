import { attachmentNode, kindOf } from './attachments.js'
import { control } from './control.js'
import { button, element } from './element.js'
import { formatted } from './formatting.js'
import { keysNode } from './keys.js'
import { current, scene, speaker, store, time } from './store.js'
import { words } from './words.js'

const QUICK_REACTIONS = ['👍', '❤', '🔥', '👎']

const authorOf = (message) => message.from.first_name
export const textOf = (message) => message.text ?? message.caption ?? ''
export const summaryOf = (message) => textOf(message) || words[kindOf(message)] || serviceText(message)

export const isService = (message) => message.text === undefined && kindOf(message) === undefined

export function serviceNode(message) {
  return element('div', 'service', element('span', '', serviceText(message)))
}

/** One message: a bubble, what can be done with it once it is chosen, and its buttons. */
export function postNode(message, { choose, startReply, startEdit }) {
  const isMine = message.from.id === speaker()
  const bubble = element('div', 'bubble')
  if (current().chat.type !== 'private') {
    const line = [isMine ? '' : authorOf(message), topicOf(message)].filter(Boolean).join(' · ')
    if (line) bubble.append(element('span', 'author', line))
  }
  const answered = message.reply_to_message
  if (answered && !answered.forum_topic_created) bubble.append(quoteNode(answered))
  const attachment = attachmentNode(message)
  if (attachment) bubble.append(attachment)
  const text = textOf(message)
  if (text) {
    const entities = message.entities ?? message.caption_entities ?? []
    bubble.append(element('span', 'words', ...formatted(text, entities)))
  }
  bubble.append(element('span', 'when', (message.edit_date ? `${words.edited} ` : '') + time(message.date)))
  if (message.reactions.length > 0) {
    bubble.append(
      element('span', 'reactions', ...message.reactions.map((emoji) => element('span', '', emoji))),
    )
  }
  bubble.addEventListener('click', (event) => {
    if (!event.target.closest('a, .spoiler:not(.open)') && String(window.getSelection()) === '')
      choose(message)
  })

  const isChosen = store.selected === message.message_id
  const className = ['post', isMine && 'mine', isChosen && 'chosen', message.media_group_id && 'joined']
  const post = element('div', className.filter(Boolean).join(' '), bubble)
  post.dataset.id = message.message_id
  if (isChosen) post.append(actionsNode(message, isMine, { choose, startReply, startEdit }))
  if (message.reply_markup) post.append(keysNode(message))
  return post
}

export function topicOf({ message_thread_id: id }) {
  return store.topic ? undefined : store.state.open.topics.find((topic) => topic.id === id)?.name
}

function quoteNode(answered) {
  const quote = element(
    'span',
    'quote',
    element('b', '', authorOf(answered)),
    element('span', '', summaryOf(answered)),
  )
  quote.addEventListener('click', (event) => {
    event.stopPropagation()
    document
      .querySelector(`[data-id="${answered.message_id}"]`)
      ?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  })
  return quote
}

function actionsNode(message, isMine, { choose, startReply, startEdit }) {
  const at = () => ({ ...scene(), messageId: message.message_id })
  const react = (emoji) => {
    void control('react', { ...at(), emoji: message.reactions.includes(emoji) ? [] : [emoji] })
    choose(message)
  }
  const actions = element(
    'div',
    'actions',
    button('', words.reply, () => startReply(message)),
  )
  if (isMine && kindOf(message) !== 'contact' && textOf(message)) {
    actions.append(button('', words.edit, () => startEdit(message)))
  }
  if (isMine) actions.append(button('', words.remove, () => control('delete-message', at())))
  actions.append(...QUICK_REACTIONS.map((emoji) => button('emoji', emoji, () => react(emoji))))
  return actions
}

function serviceText(message) {
  if (message.forum_topic_created) return words.topicCreated(message.forum_topic_created.name)
  if (message.forum_topic_edited) return words.topicEdited(message.forum_topic_edited.name)
  if (message.forum_topic_closed) return words.topicClosed
  if (message.forum_topic_reopened) return words.topicReopened
  const id = message.migrate_to_chat_id ?? message.migrate_from_chat_id
  return id ? words.upgraded + id : words.service
}
