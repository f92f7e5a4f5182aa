import { fill, h, icon } from './element.ts'
import { PLANE } from './icons.ts'
import type { Stage } from './stage.ts'

interface TelegramLink {
  url: string
  code: string
  claim: string | null
  expiresAt: string
}

interface Needs {
  stage: Stage
  title: string
  text: string
  button: string
  /** A link was made; its claim can be exchanged once somebody has said yes. */
  onMade?: (link: TelegramLink) => void
}

/** A way into Telegram: a button on this device, a QR code for another one, and the code that stands on both. */
export function createTelegramLink({ stage, title, text, button, onMade }: Needs): HTMLElement {
  const place = h('div', { class: 'link', 'aria-live': 'polite' })
  const element = h(
    'div',
    { class: 'card telegram', tabindex: -1 },
    h('h3', {}, title),
    h('p', {}, text),
    place,
  )
  let timer: ReturnType<typeof setTimeout> | undefined

  const again = (words: string): void =>
    fill(place, h('p', { class: 'problem' }, words), h('button', { class: 'main', type: 'button', onclick: anew }, stage.say('another'))) // prettier-ignore

  function anew(): void {
    // The button goes, and what it had with it.
    element.focus()
    void make()
  }

  async function make(): Promise<void> {
    const { say, talk } = stage
    clearTimeout(timer)
    fill(place, h('p', { class: 'soft' }, say('connecting')))
    try {
      await talk.connect()
      const link = await talk.chat.call<TelegramLink>('POST', '/v1/telegram-links', {}, crypto.randomUUID())
      if (!/^https?:/.test(link.url)) return again(say('linkFailed'))
      fill(
        place,
        h(
          'a',
          { class: 'main', href: link.url, target: '_blank', rel: 'noopener noreferrer' },
          icon(PLANE),
          button,
        ),
        h('p', { class: 'code' }, say('code'), ' ', h('strong', {}, link.code)),
      )
      timer = setTimeout(() => again(say('expired')), Date.parse(link.expiresAt) - Date.now())
      onMade?.(link)
      const { qrOf } = await import('./qr.ts')
      if (place.querySelector('a'))
        place.append(h('p', { class: 'soft scan' }, say('scan')), qrOf(link.url, say('qr')))
    } catch {
      if (!place.querySelector('a')) again(say('linkFailed'))
    }
  }

  void make()
  return element
}

export type { TelegramLink }
