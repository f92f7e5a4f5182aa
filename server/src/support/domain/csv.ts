export type Cell = string | number | boolean | null

const MARK = '\ufeff'

/**
 * A table for spreadsheets: with a byte order mark, so that they read it as UTF-8. What somebody wrote is never a formula,
 * whatever it begins with.
 */
export function csv(head: readonly string[], lines: readonly (readonly Cell[])[]): string {
  return MARK + [head, ...lines].map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const text = /^\s*[=+\-@]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
