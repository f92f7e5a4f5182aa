import { qrOf } from './qr.ts'

const SVG = 'http://www.w3.org/2000/svg'
const QUIET = 4

/** A QR code that scales, black on white whatever the colours of the page: cameras want it so. */
export function qrPicture(text: string): SVGSVGElement {
  const rows = qrOf(text)
  const size = rows.length + QUIET * 2
  const svg = document.createElementNS(SVG, 'svg')
  const part = (name: string, attributes: Record<string, string | number>) => {
    const element = document.createElementNS(SVG, name)
    for (const key of Object.keys(attributes)) element.setAttribute(key, String(attributes[key]))
    svg.append(element)
  }
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`)
  svg.setAttribute('shape-rendering', 'crispEdges')
  part('rect', { width: size, height: size, fill: '#fff' })
  let d = ''
  rows.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) d += `M${x + QUIET} ${y + QUIET}h1v1h-1z`
    }),
  )
  part('path', { d, fill: '#000' })
  return svg
}
