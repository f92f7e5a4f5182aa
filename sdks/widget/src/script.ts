import { loadWidget, type Widget } from './load-widget.ts'
import type { Settings } from './shell.ts'

/** The file name of the panel beside this script; the build says it. */
declare const __TAPLINE_PANEL__: string

type Command = [name: keyof Widget, ...values: unknown[]]
type Global = { TaplineChat?: Command[] | (Widget & { push(...commands: Command[]): void }) }

const script = (document.currentScript ??
  document.querySelector('script[data-key][src*="tapline-chat"]')) as HTMLScriptElement | null

function start({ dataset, src }: HTMLScriptElement): void {
  const page = window as unknown as Global
  const before = page.TaplineChat
  // The tag stands twice in some pages; the first one has the chat.
  if (before && !Array.isArray(before)) return
  const { key, url, locale, theme, side, colour, identity, storage, bubble } = dataset
  if (!key) return console.error('Tapline: the script tag needs data-key="pk_…".')
  const settings: Settings = {
    ...{ key, locale, theme, side, colour, identity, storage, bubble: bubble !== 'none' },
    url: (url ?? new URL(src).origin).replace(/\/+$/, ''),
  }
  if (colour && !/^#[0-9a-f]{6}$/i.test(colour)) settings.colour = undefined

  if (!customElements.get('tapline-chat')) customElements.define('tapline-chat', class extends HTMLElement {})
  const found = document.querySelector<HTMLElement>('tapline-chat')
  const element = found ?? document.createElement('tapline-chat')
  const widget = loadWidget(element, settings, new URL(__TAPLINE_PANEL__, src).href)

  const run = ([name, ...values]: Command): void => {
    if (Object.hasOwn(widget, name)) (widget[name] as (...all: unknown[]) => void)(...values)
    else console.error(`Tapline: there is no "${name}".`)
  }
  page.TaplineChat = Object.assign(widget, {
    push: (...commands: Command[]) => commands.forEach(run),
    destroy: ((destroy) => () => {
      destroy()
      script?.remove()
      delete page.TaplineChat
    })(widget.destroy),
  })
  const mount = (): void => {
    if (!found) document.body.append(element)
    before?.forEach(run)
  }
  if (document.body) mount()
  else document.addEventListener('DOMContentLoaded', mount)
}

if (script) start(script)
