import { assign, fill, h, icon } from './element.ts'
import type { Locale } from './locale.ts'

export const CHAT = 'M4 11.5a7.5 7.5 0 0 1 7.5-7.5h1a7.5 7.5 0 0 1 0 15H5.5l.9-2.9A7.5 7.5 0 0 1 4 11.5Z'
const DOWN = 'M6 9.5l6 6 6-6'

const WORDS = {
  ru: ['Чат с магазином', 'Закрыть чат', 'непрочитанных: #'],
  en: ['Chat with the shop', 'Close the chat', '# unread'],
  kk: ['Дүкенмен чат', 'Чатты жабу', '# оқылмаған'],
} as const

interface Needs {
  root: ShadowRoot
  locale: () => Locale
  onClick: () => void
  /** Somebody is about to click. */
  onIntent: () => void
}

/** The round button and its badge. */
export function createBubble({ root, locale, onClick, onIntent }: Needs) {
  const badge = h('span', { class: 'badge', hidden: true, 'aria-hidden': 'true' })
  const button = h('button', {
    ...{ class: 'bubble', type: 'button', part: 'bubble', 'aria-expanded': 'false' },
    ...{ onclick: onClick, onpointerenter: onIntent, onfocus: onIntent },
  })
  let unread = 0
  let opened = false

  function draw(): void {
    const [open, close, news] = WORDS[locale()]
    fill(button, icon(opened ? DOWN : CHAT), badge)
    badge.textContent = unread > 99 ? '99+' : String(unread)
    badge.hidden = unread === 0 || opened
    const label = opened ? close : unread > 0 ? `${open}, ${news.replace('#', String(unread))}` : open
    assign(button, { 'aria-label': label, lang: locale(), 'aria-expanded': String(opened) })
  }

  return {
    button,
    draw,
    show(): void {
      // Before the panel: what comes first is reached first.
      root.prepend(button)
    },
    unread(count: number): void {
      unread = count
      draw()
    },
    opened(is: boolean): void {
      opened = is
      draw()
    },
  }
}
