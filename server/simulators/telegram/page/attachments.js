import { element } from './element.js'
import { icon } from './icons.js'
import { linkNode } from './link.js'
import { store } from './store.js'
import { words } from './words.js'

const KINDS = ['photo', 'video', 'animation', 'voice', 'audio', 'video_note', 'sticker', 'document']
const OTHERS = ['venue', 'location', 'contact', 'poll', 'dice', 'hologram']

/** The kind of message, or undefined when it is words alone. */
export function kindOf(message) {
  const kind = [...KINDS, ...OTHERS].find((candidate) => candidate in message)
  return kind === 'hologram' ? 'future' : kind
}

export function attachmentNode(message) {
  const kind = kindOf(message)
  switch (kind) {
    case undefined:
      return undefined
    case 'photo':
      return pictureNode(message.photo.at(-1), words.photo)
    case 'sticker':
      return pictureNode(message.sticker, message.sticker.emoji ?? words.sticker)
    case 'location':
    case 'venue':
      return placeNode(message)
    case 'contact':
      return cardNode(kind, message.contact.first_name, `+${message.contact.phone_number.replace(/^\+/, '')}`)
    case 'dice':
      return element('div', 'huge', message.dice.emoji, ` ${message.dice.value}`)
    case 'poll':
      return cardNode(kind, message.poll.question, message.poll.options.map(({ text }) => text).join(' · '))
    case 'future':
      return cardNode(kind, words.future, '')
    default:
      return fileNode(kind, message[kind])
  }
}

function pictureNode(file, name) {
  const picture = element('img', 'picture')
  picture.src = addressOf(file)
  picture.alt = name
  if (file.width && file.height) {
    picture.width = Math.min(file.width, 320)
    picture.height = Math.round((picture.width / file.width) * file.height)
  }
  const link = element('a', 'picture-link', picture)
  link.href = addressOf(file)
  link.target = '_blank'
  picture.addEventListener('error', () => link.replaceWith(cardNode('document', name, words.gone)))
  return link
}

function fileNode(kind, file) {
  const name = file.title ?? file.file_name ?? words[kind]
  const duration = file.duration ? `${clock(file.duration)} · ` : ''
  const link = element('a', 'card-link', cardNode(kind, name, duration + sizeOf(file.file_size)))
  link.href = addressOf(file)
  link.target = '_blank'
  return link
}

function placeNode({ location: place, venue }) {
  const where = `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`
  const map = `https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}`
  return linkNode(
    map,
    'card-link',
    cardNode('location', venue?.title ?? words.location, venue?.address ?? where),
  )
}

function cardNode(kind, name, line) {
  return element(
    'span',
    'card',
    element('span', 'card-icon', icon(kind)),
    element('span', 'card-text', element('b', '', name), element('small', '', line)),
  )
}

const addressOf = ({ file_id: id }) => `/control/file?bot=${store.open.botId}&id=${encodeURIComponent(id)}`
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

function sizeOf(bytes = 0) {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
