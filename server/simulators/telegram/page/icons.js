const PATHS = {
  document: 'M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5',
  video: 'M4 6h11v12H4zM15 10l5-3v10l-5-3',
  animation: 'M4 5h16v14H4zM8 5v14M16 5v14M4 12h16',
  voice: 'M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6 11a6 6 0 0 0 12 0M12 17v4',
  audio:
    'M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  video_note: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM10.5 9l4.5 3-4.5 3z',
  sticker: 'M6 4h12a2 2 0 0 1 2 2v8l-6 6H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM20 14h-4a2 2 0 0 0-2 2v4',
  location: 'M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21zM12 7.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  contact: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20a7.5 6 0 0 1 15 0z',
  poll: 'M6 20v-8M12 20V5M18 20v-5',
  future: 'M12 3v6M12 15v6M3 12h6M15 12h6M6 6l3 3M15 15l3 3M18 6l-3 3M9 15l-3 3',
  phone: 'M8 2.5h8v19H8zM11 18.5h2',
  group:
    'M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM3 19a6 5 0 0 1 12 0zM15.5 5.5a3 3 0 0 1 0 6M17.5 14.5a5 4.5 0 0 1 3.5 4.5',
}
const SVG = 'http://www.w3.org/2000/svg'

/** A drawing beside words that say the same, so it is hidden from who listens to the page. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', PATHS[name] ?? PATHS.document)
  svg.append(path)
  return svg
}
