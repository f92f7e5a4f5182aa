import { h, icon, sheet } from './element.ts'
import { greetingAt } from './greetings.ts'
import { greetingLook } from './greeting-look.ts'
import { CROSS } from './icons.ts'
import { inLocale } from './locale.ts'
import type { Shell } from './shell.ts'
import { watchPath } from './watch-path.ts'

const GREETED = 'tapline-greeted'
const TICK_MS = 1_000
const SHUT = { ru: 'Скрыть сообщение', en: 'Hide this message', kk: 'Хабарды жасыру' }

interface Needs {
  shell: Shell
  /** Whether nobody is to be greeted now. */
  isBusy(): boolean
  /** Somebody is about to answer. */
  onIntent(): void
}

/** Says what the shop has set, beside the bubble and each thing once: by path, time and hours. */
export function createGreeter({ shell, isBusy, onIntent }: Needs) {
  const { root, locale, page } = shell
  const said = new Set<number>()
  let since = performance.now()
  let greeting: HTMLElement | undefined

  function hush(): void {
    greeting?.remove()
    greeting = undefined
  }
  function shut(): void {
    hush()
    stop()
    try {
      // For the visit; nothing is written before that.
      sessionStorage.setItem(GREETED, '1')
    } catch {
      // It stays shut on this page.
    }
  }

  /** Who has come by it is not called again on the next page. */
  function answered(): void {
    shell.open()
    shut()
  }

  function say(text: string): void {
    hush()
    const answer = h(
      'button',
      { class: 'say', type: 'button', onclick: answered, onpointerenter: onIntent },
      text,
    )
    const close = h('button', { class: 'shut', type: 'button', 'aria-label': SHUT[locale()], onclick: shut }, icon(CROSS)) // prettier-ignore
    greeting = h('div', { class: 'hello', role: 'status', lang: locale() }, answer, close)
    root.append(greeting)
    shell.emit('greeting', { text })
  }

  function tick(): void {
    const { widget, chat, locale: usual } = page()
    const greetings = widget.greetings ?? []
    if (isBusy() || greetings.length === said.size) return
    const seconds = (performance.now() - since) / 1_000
    const index = greetingAt(greetings, said, { path: location.pathname, seconds, open: chat.open })
    if (index === undefined) return
    said.add(index)
    const text = inLocale(greetings[index]!.text, locale(), usual)
    if (text !== undefined) say(text)
  }

  let clock: ReturnType<typeof setInterval> | undefined
  let stopWatching = (): void => undefined
  function stop(): void {
    clearInterval(clock)
    stopWatching()
  }
  if (!wasShut()) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(greetingLook)]
    clock = setInterval(tick, TICK_MS)
    stopWatching = watchPath(() => {
      since = performance.now()
      hush()
    })
  }
  return { hush, stop }
}

export type Greeter = ReturnType<typeof createGreeter>

function wasShut(): boolean {
  try {
    return sessionStorage.getItem(GREETED) !== null
  } catch {
    return false
  }
}
