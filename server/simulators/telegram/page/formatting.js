import { element } from './element.js'
import { linkNode } from './link.js'

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
export function formatted(text, entities, from = 0, to = text.length) {
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
