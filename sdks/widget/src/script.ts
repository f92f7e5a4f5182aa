import { loadWidget, type Widget } from './load-widget.ts'
import type { Settings } from './shell.ts'

/** The file name of the panel beside this script; the build says it. */
declare const __TAPLINE_PANEL__: string

type Command = [name: keyof Widget, ...values: unknown[]]
type Face = Record<keyof Widget, (...values: unknown[]) => unknown> & { push(...commands: Command[]): void }

const IDLE_MS = 2_000
const METHODS = ['open', 'close', 'toggle', 'send', 'identify', 'logout', 'setLocale', 'on', 'off', 'destroy'] as const // prettier-ignore

// An image or a form of the page may have taken the name.
const script =
  document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : document.querySelector<HTMLScriptElement>('script[data-key][src*="tapline-chat"]')

/** Takes commands at once, and puts the widget into the page when that is idle or a command needs it. */
function start({ dataset, src }: HTMLScriptElement): void {
  const global = window as unknown as { TaplineChat?: Command[] | Face }
  const before = global.TaplineChat
  // The tag stands twice in some pages; the first one has the chat.
  if (typeof before?.push === 'function' && !Array.isArray(before)) return
  const { key, url, locale, theme, side, colour, identity, storage, bubble } = dataset
  if (!key) return console.error('Tapline: the script tag needs data-key="pk_…".')
  // A form of that name is no queue.
  const queue = Array.isArray(before) ? before : []
  let widget: Widget | undefined

  function wake(): Widget {
    if (widget) return widget
    const settings: Settings = {
      ...{ key: key!, locale, theme, side, identity, storage, bubble: bubble !== 'none' },
      colour: colour && /^#[0-9a-f]{6}$/i.test(colour) ? colour : undefined,
      url: url?.replace(/\/+$/, '') ?? src.split('/', 3).join('/'),
    }
    // It takes its shadow root without being defined, and no behaviour of its own needs it to be.
    const found = document.querySelector<HTMLElement>('tapline-chat')
    const element = found ?? document.createElement('tapline-chat')
    widget = loadWidget(element, settings, () => new URL(__TAPLINE_PANEL__, src).href)
    if (!found) document.body.append(element)
    queue.splice(0).forEach(run)
    return widget
  }

  function run([name, ...values]: Command): unknown {
    if (!METHODS.includes(name)) return console.error(`Tapline: there is no "${String(name)}".`)
    if (!document.body) return void queue.push([name, ...values])
    return (wake()[name] as (...all: unknown[]) => unknown)(...values)
  }
  const face = { push: (...commands: Command[]) => commands.forEach(run) } as Face
  for (const name of METHODS) face[name] = (...values) => run([name, ...values])
  face.destroy = () => {
    widget?.destroy()
    script!.remove()
    delete global.TaplineChat
  }
  const begin = (): void => {
    if (global.TaplineChat === face) wake()
  }
  const whenIdle = (): void =>
    // Safari has no idle callbacks.
    void ('requestIdleCallback' in window
      ? requestIdleCallback(begin, { timeout: IDLE_MS })
      : setTimeout(begin, 200))

  global.TaplineChat = face
  if (document.body) whenIdle()
  else document.addEventListener('DOMContentLoaded', whenIdle)
}

if (script) start(script)
