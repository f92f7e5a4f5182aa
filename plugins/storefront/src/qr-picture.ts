import { qrOf } from './qr.ts'

const SVG = 'http://www.w3.org/2000/svg'
const QUIET = 4

/** A QR code that scales, black on white whatever the colours of the page: cameras want it so. */
export function qrPicture(text: string): SVGSVGElement {
  const rows = qrOf(text)
  const size = rows.length + QUIET * 2
  const svg = document.createElementNS(SVG, 'svg')
  const draw = (d: string, fill: string) => {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', d)
    path.setAttribute('fill', fill)
    svg.append(path)
  }
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`)
  svg.setAttribute('shape-rendering', 'crispEdges')
  let dark = ''
  for (let y = 0; y < rows.length; y++)
    for (let x = 0; x < rows.length; x++) if (rows[y]![x]) dark += `M${x + QUIET} ${y + QUIET}h1v1h-1z`
  draw(`M0 0h${size}v${size}H0z`, '#fff')
  draw(dark, '#000')
  return svg
}
