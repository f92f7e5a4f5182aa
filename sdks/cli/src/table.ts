/** Columns as wide as their longest cell, under a line of names. */
export function table(names: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = [names.map((name) => name.toUpperCase()), ...rows.map((row) => row.map(cell))]
  const widths = names.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)))
  return cells
    .map((row) =>
      row
        .map((text, column) => text + ' '.repeat(widths[column]! - [...text].length))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-'
  return printable(String(value))
}

/** What strangers wrote, such as an order's id, must not move the cursor or colour the terminal. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\ufffd')
}

/** An instant as the API writes it, without what nobody reads. */
export function shortTime(instant: string | null): string | null {
  return instant === null ? null : instant.replace(/\.\d+Z$/, 'Z')
}
