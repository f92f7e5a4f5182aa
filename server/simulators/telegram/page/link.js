import { element } from './element.js'
import { keyOf, store } from './store.js'
import { inLanguage } from './words.js'

export function linkNode(address, className, ...children) {
  const inside = deepLink(address)
  if (!inside && !/^(https?|tg):\/\//i.test(address)) return element('span', className, ...children)
  const link = element('a', className, ...children)
  link.href = inside ?? address
  if (!inside) {
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
  }
  return link
}

/** The page's own address of a link that opens a bot, by Telegram's t.me or by the simulator's. */
export function deepLink(address) {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const isOpener = url.hostname === 't.me' || url.origin === location.origin
  const isBot = store.state?.bots.some(({ username }) => url.pathname === `/${username}`)
  if (!isOpener || !isBot || !url.searchParams.has('start')) return undefined
  const start = `${url.pathname}?start=${encodeURIComponent(url.searchParams.get('start'))}`
  return inLanguage(`${start}#${store.open ? keyOf(store.open) : ''}`)
}
