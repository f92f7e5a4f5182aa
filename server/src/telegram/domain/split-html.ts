/** A tag, an entity, or one letter; none of them is ever cut. */
const TOKEN = /<\/?[a-z]+(?: [^<>]*)?>|&(?:lt|gt|amp|quot);|[\s\S]/gu

/**
 * Parts of at most so many letters as Telegram counts them, cut at the ends of paragraphs, lines or words. What is open where
 * it is cut is closed there and opened again. The first may have to be shorter, as what stands under a file.
 */
export function splitHtml(html: string, most: number, mostOfFirst = most): string[] {
  const parts: string[] = []
  let tokens: string[] = []
  let opened: string[] = []
  let length = 0
  let border: { at: number; weight: number } | undefined

  const lengthOf = (token: string) =>
    token.startsWith('<') && token.length > 1
      ? 0
      : token.startsWith('&') && token.length > 1
        ? 1
        : token.length
  const openAfter = (from: readonly string[], some: readonly string[]) => {
    const stack = [...from]
    for (const token of some) {
      if (/^<\/./.test(token)) stack.pop()
      else if (token.startsWith('<') && token.length > 1) stack.push(token)
    }
    return stack
  }
  const cut = (at: number) => {
    const piece = tokens.slice(0, at)
    const left = openAfter(opened, piece)
    const closing = [...left].reverse().map((tag) => `</${/^<([a-z]+)/.exec(tag)![1]}>`)
    const text = `${opened.join('')}${piece.join('')}${closing.join('')}`.trimEnd()
    if (text.replace(/<[^>]*>/g, '').trim() !== '') parts.push(text)
    tokens = tokens.slice(at)
    while (tokens.length > 0 && /^\s$/.test(tokens[0]!)) tokens.shift()
    opened = left
    length = tokens.reduce((sum, token) => sum + lengthOf(token), 0)
    border = undefined
  }

  const mostNow = () => (parts.length === 0 ? mostOfFirst : most)
  for (const [token] of html.matchAll(TOKEN)) {
    if (length + lengthOf(token) > mostNow())
      cut(border !== undefined && border.at > 0 ? border.at : tokens.length)
    tokens.push(token)
    length += lengthOf(token)
    const weight = token === '\n' ? (tokens.at(-2) === '\n' ? 3 : 2) : token === ' ' ? 1 : 0
    const isLate = length > mostNow() / 2
    if (weight > 0 && isLate && weight >= (border?.weight ?? 0)) border = { at: tokens.length, weight }
  }
  cut(tokens.length)
  return parts
}
