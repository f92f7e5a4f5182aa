import { TEXTS, variablesOf, type OwnTexts, type TextKey } from './texts.ts'

const TAGS = /^(?:b|i|u|s|code|pre|blockquote|tg-spoiler|strong|em|a)$/
const TOKEN = /<(\/?)([a-z-]+)((?: [^<>]*)?)>|[<>]|&(?!(?:lt|gt|amp|quot|#\d{1,7});)/g

/** What is wrong with texts of a project's own: the first thing, or undefined. */
export function checkTexts(own: OwnTexts): string | undefined {
  for (const [key, texts] of Object.entries(own)) {
    if (!Object.hasOwn(TEXTS, key)) return `there is no text ${key}`
    const known = variablesOf(TEXTS[key as TextKey].en)
    for (const [locale, text] of Object.entries(texts)) {
      if (text === undefined) continue
      const unknown = variablesOf(text).find((name) => !known.includes(name))
      if (unknown !== undefined) return `${key} in ${locale} has no {${unknown}}`
      if (!isPlain(key) && !isHtml(text)) return `${key} in ${locale} is not the HTML of Telegram`
    }
  }
  return undefined
}

function isPlain(key: string): boolean {
  return key.startsWith('button') || key.startsWith('alert')
}

/** Source: core.telegram.org/bots/api#html-style. */
function isHtml(text: string): boolean {
  const open: string[] = []
  for (const [, closes, tag, attributes] of text.matchAll(TOKEN)) {
    if (tag === undefined || !TAGS.test(tag)) return false
    if (closes === '/') {
      if (attributes !== '' || open.pop() !== tag) return false
    } else if (tag === 'a' ? !/^ href="[^"]*"$/.test(attributes!) : attributes !== '') return false
    else open.push(tag)
  }
  return open.length === 0
}
