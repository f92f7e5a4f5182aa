import { createBubble } from './bubble.ts'
import { bubbleLook } from './bubble-look.ts'
import { paletteOf } from './contrast.ts'
import { sheet } from './element.ts'
import { createEvents } from './events.ts'
import type { Greeter } from './greeter.ts'
import { languageOf, localeOf } from './locale.ts'
import { hasSpoken, shelfOf } from './memory.ts'
import { loadPage, UNKNOWN_PAGE } from './page-info.ts'
import type { IdentitySource, Panel, Settings, Shell } from './shell.ts'

const USUAL_COLOUR = '#1f6feb'
const PATIENCE_MS = 1_000

interface PanelModule {
  createPanel(shell: Shell): Panel
}

/** Puts the bubble into the page, and brings the panel when somebody means to use it. */
export function loadWidget(element: HTMLElement, settings: Settings, panelUrl: () => string) {
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
  const look = sheet(bubbleLook)
  const colours = sheet('')
  root.adoptedStyleSheets = [look, colours]

  const dark = matchMedia('(prefers-color-scheme: dark)')
  const events = createEvents(element)
  let page = UNKNOWN_PAGE
  let wanted = settings.locale
  let identity: IdentitySource | undefined = settings.identity
  let loading: Promise<Panel> | undefined
  let panel: Panel | undefined
  let isOpen = false
  let unread = 0
  let spoken = false
  let greeter: Greeter | undefined
  let ended = false

  const locale = () =>
    languageOf(wanted) ??
    languageOf(document.documentElement.lang) ??
    localeOf(...navigator.languages, page.locale)
  const bubble = createBubble({ root, locale, onClick: () => toggle(), onIntent: () => void bring() })

  function draw(): void {
    const { colour, theme = 'auto', side = 'right' } = page.widget
    const { accent, onAccent, onLight, onDark } = paletteOf(settings.colour ?? colour ?? USUAL_COLOUR)
    colours.replaceSync(
      `:host{--accent:${accent};--on-accent:${onAccent};--on-light:${onLight};--on-dark:${onDark}}`,
    )
    const wish = settings.theme ?? theme
    element.setAttribute('theme', wish === 'auto' ? (dark.matches ? 'dark' : 'light') : wish)
    element.setAttribute('side', settings.side ?? side)
    bubble.draw()
    panel?.redraw()
  }

  const shell: Shell = {
    ...{ settings, element, root, locale, emit: events.emit, open: () => open(), close: () => close() },
    page: () => page,
    identity: () => identity,
    unread(count) {
      if (count === unread) return
      unread = count
      bubble.unread(count)
      events.emit('unread', { count })
    },
    spoken() {
      spoken = true
      greeter?.hush()
    },
  }

  /** The panel, once. */
  function bring(): Promise<Panel> {
    loading ??= (import(panelUrl()) as Promise<PanelModule>).then(
      ({ createPanel }) => {
        if (ended) throw new Error('The widget was taken away.')
        return (panel = createPanel(shell))
      },
      (fault: unknown) => {
        // It may be there the next time.
        loading = undefined
        throw fault
      },
    )
    loading.catch(() => undefined)
    return loading
  }

  function open(): void {
    if (isOpen || ended) return
    isOpen = true
    if (!element.hasAttribute('theme')) draw()
    bubble.opened(true)
    greeter?.hush()
    bring().then(
      (brought) => isOpen && brought.open(),
      () => {
        isOpen = false
        bubble.opened(false)
        events.emit('error', { code: 'panel-unreachable' })
      },
    )
    events.emit('open')
  }
  function close(): void {
    if (!isOpen) return
    isOpen = false
    bubble.opened(false)
    panel?.close()
    events.emit('close')
  }
  const toggle = (): void => (isOpen ? close() : open())

  async function start(): Promise<void> {
    const asked = loadPage(settings.url, settings.key)
      .then((told) => {
        // Nothing could be said or answered here: no bubble promises it.
        if (typeof told === 'string') return refused(told)
        page = told ?? page
        return ended || draw()
      })
      .catch(() => {
        page = UNKNOWN_PAGE
        draw()
      })
    // A server that is slow or away keeps nobody from the bubble.
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
    if (ended) return
    spoken ||= hasSpoken(shelfOf(settings.url, settings.key))
    if (!element.hasAttribute('theme')) draw()
    if (settings.bubble) bubble.show()
    await asked
    if (settings.bubble && page.widget.greetings?.length) void greet()
    // Somebody who has written before waits for an answer.
    if (spoken || identity !== undefined) void bring()
    events.emit('ready')
  }
  /** Most shops greet nobody. */
  async function greet(): Promise<void> {
    const part = await import('./greeter.ts').catch(() => undefined)
    if (part && !ended)
      greeter = part.createGreeter({ shell, isBusy: () => spoken || isOpen, onIntent: () => void bring() })
  }
  dark.addEventListener('change', draw)
  void start()

  function identify(source: IdentitySource | undefined): void {
    identity = source
    if (panel) panel.identify()
    else if (source !== undefined) void bring()
  }

  /** Whatever waits for the page or the panel from then on waits for nothing. */
  function refused(why: string): Promise<unknown> {
    console.error('Tapline: ' + why)
    events.emit('error', { code: 'page-refused' })
    destroy()
    return (loading = new Promise(() => undefined))
  }
  function destroy(): void {
    ended = true
    close()
    greeter?.stop()
    dark.removeEventListener('change', draw)
    panel?.destroy()
    element.remove()
  }

  return {
    ...{ open, close, toggle, on: events.on, off: events.off },
    send: (text: string): void => void bring().then((brought) => brought.send(String(text))),
    identify: (source: IdentitySource): void => identify(source),
    logout: (): void => identify(undefined),
    setLocale(next: string): void {
      wanted = next
      draw()
    },
    destroy,
  }
}

export type Widget = ReturnType<typeof loadWidget>
