import type { ChatError, ChatMessage } from '@tapline/chat'
import { createAttention } from './attention.ts'
import { createBonusesView } from './bonuses-view.ts'
import { createChatView } from './chat-view.ts'
import { dropFiles } from './drop-files.ts'
import { assign, fill, h, sheet } from './element.ts'
import { fitViewport } from './fit-viewport.ts'
import { createHead, type Place } from './head.ts'
import { shelfOf } from './memory.ts'
import { panelLook } from './panel-look.ts'
import { proveByTelegram, type ProvenSession } from './prove.ts'
import { createSettingsView } from './settings-view.ts'
import type { Panel, Shell } from './shell.ts'
import type { Stage } from './stage.ts'
import { createTalk, type Speaker, type Talk } from './talk.ts'
import type { TelegramLink } from './telegram-link.ts'
import { isWord, sayIn } from './texts.ts'
import { trapFocus } from './trap-focus.ts'

/** A request is solved without a word: whoever looks on is asked how it was. */
const LOOK_MS = 60_000
const PHONE = '(max-width: 480px), (max-height: 480px)'

/** The panel: it is made once, when somebody means to use it. */
export function createPanel(shell: Shell): Panel {
  const { settings, root } = shell
  const mayStore = settings.storage !== 'never'
  const phone = matchMedia(PHONE)
  const touch = matchMedia('(pointer: coarse)')
  let talk: Talk
  let speaker: Speaker = { kind: 'visitor' }
  let place: Place = 'chat'
  let isOpen = false
  let drawing = false
  let returnTo: HTMLElement | undefined
  let turn = 0
  let ended = false
  let overflow = ''

  const live = h('div', { class: 'unseen', 'aria-live': 'polite' })
  const stage: Stage = {
    shell,
    get page() {
      return shell.page()
    },
    get locale() {
      return shell.locale()
    },
    get say() {
      return sayIn(shell.locale())
    },
    get talk() {
      return talk
    },
    get isProven() {
      return speaker.kind !== 'visitor'
    },
    announce(text) {
      // Said again, the same words are no change.
      live.textContent = ''
      setTimeout(() => (live.textContent = text), 50)
    },
  }

  const attention = createAttention(() => shelfOf(settings.url, settings.key), mayStore)
  const chatView = createChatView(stage)
  const bonusesView = createBonusesView({ stage, onLink: (link) => void prove(link) })
  const settingsView = createSettingsView({ stage, attention, hasSpoken: chatView.hasSpoken })
  const views = { chat: chatView, bonuses: bonusesView, settings: settingsView }
  const head = createHead({ stage, place: () => place, go, shut: shell.close })
  const body = h('div', { class: 'body', id: 'tapline-view' }, chatView.element)
  const sign = h('div', { class: 'drop', 'aria-hidden': 'true', hidden: true })
  const element = h('div', { class: 'panel', role: 'dialog', 'aria-labelledby': head.id, tabindex: -1, hidden: true }, head.element, body, sign, live) // prettier-ignore
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    if (place === 'settings') go('chat')
    else shell.close()
  })
  dropFiles(element, sign, (files) => {
    if (place !== 'chat') go('chat')
    chatView.take(files)
  })
  trapFocus(element, root)
  const unfit = fitViewport(element)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(panelLook)]
  root.append(element)
  phone.addEventListener('change', draw)
  const look = setInterval(() => {
    if (isOpen && !document.hidden) void chatView.askForRating()
  }, LOOK_MS)
  for (const name of ['online', 'offline']) window.addEventListener(name, drawSoon)

  function draw(): void {
    assign(element, { lang: shell.locale(), 'aria-modal': phone.matches && 'true' })
    const unread = talk.unread()
    shell.unread(isOpen && place === 'chat' && !document.hidden ? 0 : unread)
    // It was read in another tab.
    if (unread === 0) attention.calm()
    if (!isOpen) return
    sign.textContent = stage.say('dropHere')
    head.draw()
    views[place].draw()
    assign(body, place === 'settings' ? { role: undefined, 'aria-labelledby': undefined } : { role: 'tabpanel', 'aria-labelledby': `tapline-tab-${place}` }) // prettier-ignore
  }

  /** Many things change at once; they are drawn once. */
  function drawSoon(): void {
    if (drawing) return
    drawing = true
    queueMicrotask(() => {
      drawing = false
      if (!ended) draw()
    })
  }

  function go(next: Place): void {
    place = next
    if (next === 'settings') settingsView.anew()
    fill(body, views[next].element)
    draw()
    if (next === 'bonuses') void bonusesView.load()
    else if (next === 'settings') views.settings.element.querySelector<HTMLElement>('input,button')?.focus()
    else {
      chatView.toEnd()
      // On a phone the keyboard would cover what is there to be read.
      if (touch.matches) element.focus()
      else chatView.focus()
    }
  }

  function onMessage(message: ChatMessage): void {
    const { say } = stage
    const from = message.sender?.name ?? say('somebody')
    stage.announce(`${from}: ${message.text ?? say('file')}`)
    shell.emit('message', { text: message.text, from: message.sender?.name ?? null, id: message.id })
    if (isOpen) void chatView.askForRating()
    attention.call(message, { title: say('newTitle'), from, file: say('file') }, () => {
      place = 'chat'
      if (isOpen) go('chat')
      else shell.open()
    })
  }

  function onRefused(text: string, error: ChatError): void {
    chatView.giveBack(text, stage.say(isWord(error.code) ? error.code : 'refusedText'))
    shell.emit('refused', { text, code: error.code })
  }

  function begin(next: Speaker): void {
    speaker = next
    let first = true
    talk = createTalk({
      ...{ url: settings.url, key: settings.key, speaker, locale: shell.locale(), mayStore },
      ...{ onMessage, onRefused },
      onChange() {
        drawSoon()
        if (!first || talk.status !== 'online') return
        first = false
        if (isOpen) void chatView.askForRating()
      },
      onEnded: () => swap({ kind: 'visitor' }),
    })
    // Whoever has written before waits for an answer, and so does a customer.
    if (speaker.kind !== 'visitor' || (talk.wasHere() && shell.identity() === undefined))
      void talk.connect().catch(() => undefined)
  }

  function swap(next: Speaker): void {
    if (ended) return
    const held = root.activeElement
    talk.end(next.kind === 'visitor')
    begin(next)
    chatView.anew()
    bonusesView.anew()
    if (place === 'bonuses') void bonusesView.load()
    // What had the focus has gone.
    if (isOpen && held && !root.activeElement) element.focus()
    drawSoon()
    shell.emit('identity', { proven: speaker.kind !== 'visitor' })
  }

  /** Becomes whom the page has named. */
  async function identify(): Promise<void> {
    const own = ++turn
    const source = shell.identity()
    if (source === undefined) return speaker.kind === 'visitor' ? undefined : swap({ kind: 'visitor' })
    try {
      const token = typeof source === 'function' ? await source() : source
      // The page has changed its mind meanwhile.
      if (own === turn) swap({ kind: 'signed', token, renew: source })
    } catch {
      shell.emit('error', { code: 'identity-refused' })
    }
  }

  async function prove({ claim, expiresAt }: TelegramLink): Promise<void> {
    if (!claim) return
    const own = ++turn
    try {
      const session: ProvenSession = await proveByTelegram({
        ...{ url: settings.url, key: settings.key, claim },
        renewal: talk.renewal(),
        until: Date.parse(expiresAt),
        isOver: () => own !== turn,
      })
      if (own === turn) swap({ kind: 'proven', session })
    } catch {
      if (own !== turn) return
      bonusesView.anew()
      if (place === 'bonuses') void bonusesView.load()
      stage.announce(stage.say('proveFailed'))
    }
  }

  begin({ kind: 'visitor' })
  void identify()
  draw()

  return {
    open(): void {
      isOpen = true
      returnTo = (root.activeElement ?? document.activeElement) as HTMLElement
      element.hidden = false
      const { style } = document.documentElement
      overflow = style.getPropertyValue('overflow')
      if (phone.matches) style.setProperty('overflow', 'hidden')
      go(place === 'settings' ? 'chat' : place)
      void chatView.askForRating()
    },
    close(): void {
      isOpen = false
      element.hidden = true
      document.documentElement.style.setProperty('overflow', overflow)
      const target =
        returnTo?.isConnected && returnTo !== document.body
          ? returnTo
          : root.querySelector<HTMLElement>('.bubble')
      target?.focus({ preventScroll: true })
      draw()
    },
    send: (text) => chatView.say(text),
    identify: () => void identify(),
    redraw: drawSoon,
    destroy(): void {
      ended = true
      // Whatever waits for somebody's word waits no more.
      turn++
      clearInterval(look)
      talk.end()
      chatView.end()
      attention.end()
      unfit()
      phone.removeEventListener('change', draw)
      for (const name of ['online', 'offline']) window.removeEventListener(name, drawSoon)
      element.remove()
    },
  }
}
