import { createComposer } from './composer.ts'
import { createContactCard } from './contact-card.ts'
import { fill, h } from './element.ts'
import { isMine } from './is-mine.ts'
import { webAddress } from './link-text.ts'
import { inLocale } from './locale.ts'
import { createMessageList } from './message-list.ts'
import { createRatingCard } from './rating-card.ts'
import type { Stage, View } from './stage.ts'
import type { Contact } from './talk.ts'
import { isWord } from './texts.ts'

interface MyRequest {
  request: { number: number; asksForRating: boolean; score: number | null } | null
}

const ASK_AGAIN_MS = 10_000

/** Talks; asks for consent and a contact where the shop wants them, and afterwards how it was. */
export function createChatView(stage: Stage) {
  const slot = h('div', { class: 'slot' })
  const consent = h('div', { class: 'consent', hidden: true })
  const agree = h('input', {
    type: 'checkbox',
    id: 'tapline-consent',
    onchange: () => (agreed = agree.checked),
  })
  const list = createMessageList(stage, welcome)
  const composer = createComposer({ stage, maySend, onSent })
  const element = h('div', { class: 'view chat' }, list.element, slot, consent, composer.element)
  let agreed = false
  // What was shown last in the slot, so that nobody's typing is thrown away.
  let shown = ''
  let contactDone = false
  let rating: 'none' | 'asked' | 'done' = 'none'
  let askedAt = 0
  let consented = ''

  const hasSpoken = (): boolean => stage.talk.messages().some((message) => isMine(message, stage.talk.me?.id))

  function welcome(): HTMLElement[] {
    const { page, locale, say } = stage
    const own = inLocale(page.widget.welcome, locale, page.locale)
    return [
      h(
        'div',
        { class: 'welcome' },
        h('p', { class: 'big' }, own ?? say('hello')),
        !own && h('p', {}, say('helloMore')),
      ),
    ]
  }

  /** What is needed before the first word. */
  function maySend(): boolean {
    const { widget } = stage.page
    if (widget.consent && !agreed && !hasSpoken()) {
      composer.complain(stage.say('agreeFirst'))
      agree.focus()
      return false
    }
    if (wantsContact() === 'before' && widget.preChat?.required) {
      slot.querySelector<HTMLElement>('input')?.focus()
      return false
    }
    return true
  }

  function onSent(): void {
    stage.shell.spoken()
    // Who goes on has read the thanks.
    if (rating === 'done') rating = 'none'
    draw()
    list.toEnd()
  }

  function wantsContact(): 'before' | 'away' | undefined {
    const { page, isProven } = stage
    if (contactDone || isProven) return undefined
    if (page.widget.preChat && !hasSpoken()) return 'before'
    // Out of hours the answer comes when nobody looks any more.
    return !page.chat.open && page.widget.offlineForm !== false && hasSpoken() ? 'away' : undefined
  }

  function contactCard(when: 'before' | 'away'): HTMLElement {
    const { preChat } = stage.page.widget
    return createContactCard({
      stage,
      fields: when === 'before' ? preChat!.fields : ['email', 'phone'],
      required: when === 'before' && preChat!.required === true,
      onSaved(contact: Contact) {
        contactDone = true
        stage.talk.tell(contact)
        stage.announce(stage.say('contactSaved'))
        draw()
        composer.focus()
      },
      onSkipped() {
        contactDone = true
        draw()
        composer.focus()
      },
    })
  }

  function ratingCard(): HTMLElement {
    return createRatingCard(stage, (score, comment) => {
      rating = 'done'
      stage.announce(stage.say('rateThanks'))
      draw()
      composer.focus()
      const { chat, id } = stage.talk
      chat.call('PUT', `/v1/me/conversations/${id}/rating`, { score, comment }).then(
        () => stage.shell.emit('rated', { score }),
        () => {
          // It is asked for again the next time.
          rating = 'none'
          draw()
        },
      )
    })
  }

  /** Whether what was asked is solved, at most every ten seconds. */
  async function askForRating(): Promise<void> {
    const { talk } = stage
    if (!talk.id || talk.status !== 'online' || Date.now() - askedAt < ASK_AGAIN_MS) return
    askedAt = Date.now()
    try {
      const { request } = await talk.chat.call<MyRequest>('GET', `/v1/me/conversations/${talk.id}/request`)
      const next = request?.asksForRating && request.score === null ? 'asked' : 'none'
      if (rating === 'done' && next === 'asked') return
      rating = next
      draw()
    } catch {
      // No rating without the server's word.
    }
  }

  function drawSlot(): void {
    const when = wantsContact()
    const next = rating === 'asked' ? 'rating' : rating === 'done' ? 'thanks' : (when ?? '')
    const key = `${next} ${stage.locale}`
    if (key === shown) return
    shown = key
    if (next === 'rating') fill(slot, ratingCard())
    else if (next === 'thanks') fill(slot, h('div', { class: 'card thanks' }, stage.say('rateThanks')))
    else if (when) fill(slot, contactCard(when))
    else fill(slot)
  }

  function drawConsent(): void {
    const { page, locale, say } = stage
    const wish = page.widget.consent
    consent.hidden = !wish || hasSpoken()
    if (consent.hidden || !wish) return
    const text = inLocale(wish.text, locale, page.locale) ?? say('consent')
    const url = wish.url && webAddress(wish.url)
    // Drawn anew it would take the focus away.
    if (consented === `${text} ${url}`) return
    consented = `${text} ${url}`
    fill(
      consent,
      agree,
      h('label', { for: agree.id }, text),
      url && h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, say('policy')),
    )
  }

  function draw(): void {
    const { talk, say } = stage
    list.draw()
    composer.draw()
    drawConsent()
    drawSlot()
    composer.disable(talk.refused !== undefined)
    if (talk.refused) composer.complain(say(isWord(talk.refused.code) ? talk.refused.code : 'cannot'))
  }

  return {
    ...{ element, draw, askForRating, hasSpoken },
    focus: composer.focus,
    take: composer.take,
    toEnd: list.toEnd,
    end: list.end,
    /** Says something for the page. */
    say(text: string): void {
      const words = text.trim()
      if (words && !(maySend() && composer.say(words))) composer.giveBack(words)
    },
    giveBack(text: string, why: string): void {
      composer.giveBack(text)
      composer.complain(why)
    },
    /** Another talk has begun. */
    anew(): void {
      contactDone = false
      rating = 'none'
      askedAt = 0
      shown = ''
    },
  } satisfies View & Record<string, unknown>
}
