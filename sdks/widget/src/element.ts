type Child = Node | string | false | null | undefined
type Listener = (event: never) => void

/** An attribute, a listener when its name begins with `on`, or nothing where the value is false or absent. */
type Value = string | number | boolean | Listener | undefined

/** Makes an element out of attributes, listeners and children; text is only ever text. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  values: { [name: string]: Value } = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  assign(element, values)
  put(element, children)
  return element
}

export function assign(element: Element, values: { [name: string]: Value }): void {
  for (const name of Object.keys(values)) {
    const value = values[name]
    if (typeof value === 'function')
      element.addEventListener(name.slice(2), value as unknown as EventListener)
    else if (value === false || value === undefined) element.removeAttribute(name)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
}

function put(element: Element, children: Child[]): void {
  for (let index = 0; index < children.length; index++) {
    const child = children[index]
    if (child !== false && child != null) element.append(child)
  }
}

/** The children of an element, instead of those that it had. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren()
  put(element, children)
}

const SVG = 'http://www.w3.org/2000/svg'

/** A picture of lines on 24 by 24, seen and not read. */
export function icon(path: string, filled = false): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  const line = document.createElementNS(SVG, 'path')
  assign(svg, { viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false', class: filled ? 'icon filled' : 'icon' }) // prettier-ignore
  assign(line, { d: path })
  svg.append(line)
  return svg
}

/** A style sheet that no policy for inline styles can forbid. */
export function sheet(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(text)
  return made
}
