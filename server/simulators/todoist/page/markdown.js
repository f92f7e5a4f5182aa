const SAFE_LINK = /^(https?:|mailto:|tg:)/i
const INLINE =
  /`([^`\n]+)`|\*\*([^\n]+?)\*\*|__([^\n]+?)__|~~([^\n]+?)~~|\*([^*\n]+)\*|(?<!\w)_([^_\n]+)_(?!\w)|\[([^\]\n]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>]+[^\s<>.,;:!?)\]}'"])/

/** Bold, italic, struck, code and links of a line, as nodes and never as HTML. */
export function markdownInline(text) {
  const nodes = []
  let rest = text
  for (;;) {
    const match = INLINE.exec(rest)
    if (!match) break
    if (match.index > 0) nodes.push(rest.slice(0, match.index))
    const [whole, code, bold, bolder, struck, italic, slanted, label, target, address] = match
    if (code !== undefined) nodes.push(node('code', code))
    else if (bold ?? bolder) nodes.push(node('strong', ...markdownInline(bold ?? bolder)))
    else if (struck) nodes.push(node('s', ...markdownInline(struck)))
    else if (italic ?? slanted) nodes.push(node('em', ...markdownInline(italic ?? slanted)))
    else if (address) nodes.push(link(address, address))
    else if (SAFE_LINK.test(target)) nodes.push(link(target, ...markdownInline(label)))
    else nodes.push(whole)
    rest = rest.slice(match.index + whole.length)
  }
  if (rest) nodes.push(rest)
  return nodes
}

function node(tag, ...children) {
  const made = document.createElement(tag)
  made.append(...children)
  return made
}

function link(target, ...children) {
  const made = node('a', ...children)
  made.href = target
  made.target = '_blank'
  made.rel = 'noopener noreferrer'
  return made
}

/** Paragraphs, lists, quotes and fenced code of a text, as nodes. */
export function markdownBlocks(text) {
  const blocks = []
  const lines = text.split('\n')
  const take = (matches) => {
    const taken = []
    while (lines.length > 0 && matches(lines[0])) taken.push(lines.shift())
    return taken
  }
  while (lines.length > 0) {
    const line = lines[0]
    if (line.trim() === '') lines.shift()
    else if (line.startsWith('```')) {
      lines.shift()
      const code = take((each) => !each.startsWith('```'))
      lines.shift()
      blocks.push(node('pre', node('code', code.join('\n'))))
    } else if (/^[-*•]\s/.test(line)) {
      const items = take((each) => /^[-*•]\s/.test(each))
      blocks.push(node('ul', ...items.map((each) => node('li', ...markdownInline(each.slice(2))))))
    } else if (/^\d+[.)]\s/.test(line)) {
      const items = take((each) => /^\d+[.)]\s/.test(each)).map((each) => each.replace(/^\d+[.)]\s/, ''))
      blocks.push(node('ol', ...items.map((each) => node('li', ...markdownInline(each)))))
    } else if (line.startsWith('>')) {
      const quoted = take((each) => each.startsWith('>')).map((each) => each.replace(/^>\s?/, ''))
      blocks.push(node('blockquote', ...markdownBlocks(quoted.join('\n'))))
    } else if (/^#{1,6}\s/.test(line)) {
      blocks.push(node('h4', ...markdownInline(lines.shift().replace(/^#+\s/, ''))))
    } else {
      const said = [
        lines.shift(),
        ...take((each) => each.trim() !== '' && !/^(```|>|[-*•]\s|\d+[.)]\s|#{1,6}\s)/.test(each)),
      ]
      const paragraph = document.createElement('p')
      said.forEach((each, at) => {
        if (at > 0) paragraph.append(document.createElement('br'))
        paragraph.append(...markdownInline(each))
      })
      blocks.push(paragraph)
    }
  }
  return blocks
}
