import { h } from './element.ts'
import type { Words } from './words.ts'

interface Shown {
  lead: string
  code: string
  /** Absent where the bot could not be asked for: its message comes all the same. */
  bot: { url: string; qr(): Promise<SVGSVGElement | undefined> } | undefined
  cancel: () => void
}

/** The way into Telegram: a button here, a picture for the camera of a phone, and the code that stands on both. */
export function telegramPart({ texts }: Words, { lead, code, bot, cancel }: Shown): HTMLElement {
  const figure = bot && h('figure', { 'aria-hidden': 'true' }, h('figcaption', {}, texts.scan))
  void bot?.qr().then((picture) => (picture ? figure!.prepend(picture) : figure!.remove()))
  return h(
    'div',
    { class: 'box side', part: 'box' },
    h(
      'div',
      { class: 'col' },
      h('p', {}, lead),
      h('p', { class: 'row' }, h('span', { class: 'dim' }, texts.code), h('span', { class: 'code' }, code)),
      h(
        'div',
        { class: 'row' },
        bot &&
          h(
            'a',
            {
              id: 'open',
              class: 'go main',
              part: 'button',
              href: bot.url,
              target: '_blank',
              rel: 'noopener',
            },
            texts.open,
          ),
        h('button', { id: 'cancel', type: 'button', class: 'link', click: cancel }, texts.cancel),
      ),
    ),
    figure,
  )
}
