import { canNotify, type Attention } from './attention.ts'
import { fill, h, icon } from './element.ts'
import { BELL, PLANE, SAVE, SPEAKER } from './icons.ts'
import { inLocale } from './locale.ts'
import type { Stage, View } from './stage.ts'
import { createTelegramLink } from './telegram-link.ts'
import { save, transcriptOf } from './transcript.ts'

interface Needs {
  stage: Stage
  attention: Attention
  hasSpoken: () => boolean
}

/** What a shopper may choose, and take along. */
export function createSettingsView({ stage, attention, hasSpoken }: Needs): View & { anew(): void } {
  const element = h('div', { class: 'view settings' })
  // What was drawn last: drawn anew it would take focus and link away.
  let drawn = ''

  function toggle(name: 'sound' | 'notify', path: string): HTMLElement {
    const { say } = stage
    const input = h('input', {
      type: 'checkbox',
      role: 'switch',
      checked: attention.calls[name],
      onchange: () => void choose(),
    })
    const problem = h('small', { class: 'problem', role: 'alert' })
    async function choose(): Promise<void> {
      let is = input.checked
      if (name === 'notify' && is) is = input.checked = (await Notification.requestPermission()) === 'granted'
      problem.textContent =
        name === 'notify' && !is && Notification.permission === 'denied' ? say('notifyDenied') : ''
      attention.choose({ [name]: is }, hasSpoken())
    }
    return h('label', { class: 'option' }, icon(path), h('span', {}, say(name), problem), input, h('i', { class: 'knob' })) // prettier-ignore
  }

  const action = (words: string, path: string, onclick: () => void): HTMLElement =>
    h('button', { class: 'option', type: 'button', onclick }, icon(path), h('span', {}, words))

  function download(): void {
    const { talk, say, locale, page } = stage
    const title = inLocale(page.widget.title, locale, page.locale) ?? page.name ?? say('chat')
    const words = { title, you: say('you'), shop: say('somebody'), deleted: say('deleted'), locale }
    save(`${location.hostname}-chat.txt`, transcriptOf(talk.messages(), talk.me?.id, words))
  }

  function draw(): void {
    const { say, page, locale } = stage
    const next = `${locale} ${page.telegram} ${hasSpoken()}`
    if (next === drawn) return
    drawn = next
    const intoTelegram = (): void => {
      const card = createTelegramLink({ stage, title: say('telegramTitle'), text: say('telegramText'), button: say('openTelegram') }) // prettier-ignore
      fill(element, card)
      card.focus()
    }
    fill(
      element,
      toggle('sound', SPEAKER),
      canNotify() && toggle('notify', BELL),
      page.telegram && action(say('inTelegram'), PLANE, intoTelegram),
      hasSpoken() && action(say('transcript'), SAVE, download),
    )
  }

  return {
    ...{ element, draw },
    /** The choices again, whatever was shown last. */
    anew(): void {
      drawn = ''
    },
  }
}
