import type { Attachment, ChatMessage } from '@tapline/chat'
import { fill, h, icon } from './element.ts'
import { CLOCK, CROSS, DOWN, ONCE, PAPER, TWICE } from './icons.ts'
import { isMine } from './is-mine.ts'
import { dayIn, tagsOf, type Locale } from './locale.ts'
import { linkText, webAddress } from './link-text.ts'
import { sizeOf } from './size.ts'
import type { Stage, View } from './stage.ts'
import { isWord } from './texts.ts'
import { visible } from './visible.ts'

/** So near to the end somebody reads along. */
const NEAR_PX = 80
/** Further apart than that, messages of one person do not stand together. */
const TOGETHER_MS = 5 * 60_000
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{FE0F}|\u{200D}){1,8}$/u

interface Row {
  element: HTMLElement
  drawn: string
}

/** The conversation: everything in order, and what waits at the end. */
export function createMessageList(
  stage: Stage,
  welcome: () => HTMLElement[],
): View & { toEnd(): void; end(): void } {
  const rows = new Map<string, Row>()
  const log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', tabindex: 0, onscroll })
  const more = h('button', { class: 'earlier', type: 'button', onclick: () => void loadEarlier() })
  const down = h(
    'button',
    { class: 'down', type: 'button', hidden: true, onclick: () => toEnd() },
    icon(DOWN),
  )
  const typing = h('div', { class: 'typing', hidden: true })
  const element = h('div', { class: 'talk' }, log, down)
  let loading = false
  let atEnd = true
  let top = 0

  function onscroll(): void {
    const { scrollHeight, scrollTop, clientHeight } = log
    // Only who goes up leaves the end: what is added there, or loads, moves it away by itself.
    if (scrollHeight - scrollTop - clientHeight < NEAR_PX) atEnd = true
    else if (scrollTop < top) atEnd = false
    top = scrollTop
    down.hidden = atEnd
    if (atEnd) seen()
    if (log.scrollTop < NEAR_PX) void loadEarlier()
  }

  /** What stands at the end of an open panel is read. */
  function seen(): void {
    if (atEnd && !document.hidden && element.checkVisibility()) stage.talk.markRead()
  }
  document.addEventListener('visibilitychange', seen)
  // What grows below it hides nothing of the last message.
  const resized = new ResizeObserver(() => atEnd && toEnd())
  resized.observe(log)

  function toEnd(): void {
    log.scrollTop = log.scrollHeight
    top = log.scrollTop
    atEnd = true
    down.hidden = true
    seen()
  }

  async function loadEarlier(): Promise<void> {
    if (loading || !stage.talk.hasEarlier()) return
    loading = true
    const fromEnd = log.scrollHeight - log.scrollTop
    await stage.talk.loadEarlier().catch(() => undefined)
    loading = false
    draw()
    log.scrollTop = log.scrollHeight - fromEnd
  }

  function draw(): void {
    const { talk, say, locale } = stage
    const messages = talk.messages()
    const me = talk.me?.id
    const readBy = talk.readBy()
    const lastMine = messages.findLast((message) => isMine(message, me) && message.sequence)
    const order: HTMLElement[] = []
    const kept = new Set<string>()

    const keep = (key: string, drawn: string, make: () => HTMLElement): void => {
      const row = rows.get(key)
      const next = row?.drawn === drawn ? row : { element: make(), drawn }
      rows.set(key, next)
      kept.add(key)
      order.push(next.element)
    }

    log.setAttribute('aria-label', say('log'))
    more.textContent = say('earlier')
    if (talk.hasEarlier()) order.push(more)
    else for (const [index, line] of welcome().entries()) keep(`welcome ${index}`, line.outerHTML, () => line)

    let day = ''
    messages.forEach((message, index) => {
      const at = new Date(message.createdAt)
      if (at.toDateString() !== day) {
        day = at.toDateString()
        const label = dayOf(at, locale, say)
        keep(`day ${day}`, label, () => h('div', { class: 'day' }, label))
      }
      const before = messages[index - 1]
      const joins =
        before !== undefined &&
        (isMine(before, me) ? isMine(message, me) : before.sender!.id === message.sender?.id) &&
        at.getTime() - Date.parse(before.createdAt) < TOGETHER_MS &&
        new Date(before.createdAt).toDateString() === day
      const mine = isMine(message, me)
      const state = !mine
        ? ''
        : message.sequence === null
          ? 'waiting'
          : message === lastMine
            ? message.sequence <= readBy
              ? 'read'
              : 'sent'
            : ''
      const key = `${mine ? 'me' : message.sender!.id} ${message.clientId}`
      const drawn = JSON.stringify([message.text, message.attachment, message.reactions, message.editedAt, message.deletedAt, state, joins, locale]) // prettier-ignore
      keep(key, drawn, () => rowOf(message, { mine, joins, state }))
    })
    for (const upload of talk.uploads()) {
      const { id, file, share, error } = upload
      keep(`upload ${id}`, `${share} ${error?.code} ${locale}`, () => {
        const called = visible(file.name)
        const words = error
          ? say(isWord(error.code) ? error.code : 'uploadFailed', { name: called })
          : say('uploading', { name: called, share: Math.round(share * 100) })
        const bar = h('progress', { max: 1, value: share, 'aria-label': words })
        const away = h('button', { class: 'tiny', type: 'button', 'aria-label': `${say('remove')}: ${called}`, onclick: () => talk.drop(id) }, icon(CROSS)) // prettier-ignore
        return h('div', { class: error ? 'upload failed' : 'upload' }, icon(PAPER), h('div', {}, h('span', {}, words), !error && bar), away) // prettier-ignore
      })
    }
    const writers = talk.typing()
    typing.hidden = writers.length === 0
    const words = say('typing', { name: visible(writers[0]?.name ?? say('somebody')) })
    // Drawn anew the dots would begin anew.
    if (typing.textContent !== words)
      fill(typing, h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), words)
    order.push(typing)

    for (const [key, row] of rows)
      if (!kept.has(key)) {
        row.element.remove()
        rows.delete(key)
      }
    place(log, order)
    if (atEnd) toEnd()
    else down.hidden = false
    // What does not fill the view cannot be scrolled for more.
    if (log.clientHeight > 0 && log.scrollHeight <= log.clientHeight) void loadEarlier()
    down.setAttribute('aria-label', say('newest'))
  }

  function rowOf(
    message: ChatMessage,
    { mine, joins, state }: { mine: boolean; joins: boolean; state: string },
  ): HTMLElement {
    const { say, locale } = stage
    const { text, attachment, sender, createdAt, editedAt, deletedAt, reactions } = message
    const at = new Date(createdAt)
    const name = mine ? say('you') : visible(sender?.name ?? say('somebody'))
    const time = at.toLocaleTimeString(tagsOf(locale), { timeStyle: 'short' })
    const loud = text !== null && !attachment && EMOJI_ONLY.test(text)
    const body = deletedAt
      ? h('p', { class: 'gone' }, say('deleted'))
      : text && h('p', { class: loud ? 'loud' : 'text', dir: 'auto' }, ...linkText(text))
    const stateWord = state && say(state as 'sent')
    return h(
      'div',
      { class: `row ${mine ? 'mine' : 'theirs'}${joins ? ' joins' : ''}${loud ? ' bare' : ''}` },
      // What sight gets from side and colour, hearing gets in words.
      h('span', { class: joins || mine ? 'unseen' : 'who' }, name),
      h('div', { class: 'said' }, attachment && !deletedAt && fileOf(attachment), body),
      reactions.length > 0 && h('div', { class: 'reactions' }, reactions.map(({ emoji }) => emoji).join(' ')),
      h(
        'div',
        { class: 'meta' },
        h('time', { datetime: createdAt }, time),
        editedAt && !deletedAt && ` · ${say('edited')}`,
        state && h('span', { class: `state ${state}`, role: 'img', 'aria-label': stateWord, title: stateWord }, icon({ waiting: CLOCK, sent: ONCE, read: TWICE }[state]!)), // prettier-ignore
      ),
    )
  }

  function fileOf({ url: given, name: called, size, type, id }: Attachment): HTMLElement {
    const { talk, locale } = stage
    const name = visible(called)
    const url = given && webAddress(given)
    const link = h('a', {
      class: 'file',
      target: '_blank',
      rel: 'noopener noreferrer',
      href: url ?? undefined,
    })
    const plain = (): void =>
      fill(link, icon(PAPER), h('span', {}, name, h('small', {}, sizeOf(size, locale))))
    if (!url || !/^image\/(png|jpe?g|gif|webp|avif)$/.test(type)) return (plain(), link)
    let again = true
    const image = h('img', { src: url, alt: name, loading: 'lazy', decoding: 'async' })
    image.addEventListener('load', () => atEnd && toEnd())
    image.addEventListener('error', () => {
      if (!again) return plain()
      // Its address works for an hour.
      again = false
      void talk.chat
        .call<Attachment>('GET', `/v1/conversations/${talk.id}/attachments/${id}`)
        .then((fresh) => {
          const next = fresh.url && webAddress(fresh.url)
          if (!next) return plain()
          link.href = image.src = next
        })
        .catch(plain)
    })
    link.classList.add('picture')
    link.append(image)
    return link
  }

  return {
    ...{ element, draw, toEnd },
    end(): void {
      document.removeEventListener('visibilitychange', seen)
      resized.disconnect()
    },
  }
}

/** Brings the children into an order and touches none that stands right. */
function place(parent: HTMLElement, order: HTMLElement[]): void {
  let at: ChildNode | null = parent.firstChild
  for (const element of order) {
    if (element === at) at = at.nextSibling
    else parent.insertBefore(element, at)
  }
  while (at) {
    const next: ChildNode | null = at.nextSibling
    at.remove()
    at = next
  }
}

function dayOf(at: Date, locale: Locale, say: Stage['say']): string {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000)
  if (days === 0) return say('today')
  return days === 1 ? say('yesterday') : dayIn(at, locale)
}
