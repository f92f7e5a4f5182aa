import { h } from './element.ts'
import { STYLE } from './style.ts'

export type View = ReturnType<typeof openView>
export type Part = Node | string | false | undefined

/** Constructed: a strict policy for styles lets them be. The shop's colours and what is loaded later have their own. */
let sheets: CSSStyleSheet[] | undefined
const sheet = (place: number): CSSStyleSheet => {
  if (!sheets) {
    sheets = [new CSSStyleSheet(), new CSSStyleSheet(), new CSSStyleSheet()]
    sheets[0]!.replaceSync(STYLE)
  }
  return sheets[place]!
}

export const wear = (style: string): void => sheet(2).replaceSync(style)

/** The shop's colour, with black or white on it, whichever reads better. */
export function paint(colour: string): void {
  const value = parseInt(colour.slice(1), 16)
  const linear = (shift: number) => (((value >> shift) & 255) / 255) ** 2.2
  const light = 0.2 * linear(16) + 0.7 * linear(8) + 0.1 * linear(0)
  sheet(1).replaceSync(
    `:host{--accent:var(--tapline-accent,${colour});--on:var(--tapline-on-accent,#${light > 0.18 ? '000' : 'fff'})}`,
  )
}

/** A place of ours inside an element of the shop. What is the same as before is left alone, so that focus and wishes stay. */
export function openView(place: Element, name: string) {
  const host = document.createElement(`tapline-${name}`)
  const root = host.attachShadow({ mode: 'open' })
  sheet(0)
  root.adoptedStyleSheets = sheets!
  const body = h('div', { class: 'body' })
  const live = h('p', { class: 'live', role: 'status' })
  root.append(body, live)
  place.append(host)
  let shown = ''
  return {
    host,
    hide(): void {
      shown = ''
      host.hidden = true
    },
    /** `said` is read out when it is something else than what is shown. */
    show(signature: string, said: string, parts: () => Part[]): void {
      host.hidden = false
      if (signature === shown) return
      shown = signature
      const focused = root.activeElement?.id
      const had = root.activeElement !== null
      body.replaceChildren()
      for (const part of parts()) if (part) body.append(part)
      if (live.textContent !== said) live.textContent = said
      if (had)
        (
          (focused && root.getElementById(focused)) ||
          body.querySelector<HTMLElement>('a,button:not([disabled]),input')
        )?.focus()
    },
  }
}
