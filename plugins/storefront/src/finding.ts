/** One thing that `tapline.diagnose()` has looked at, in the language of the page. */
export interface Finding {
  check: string
  /** Null where there is nothing to judge, or no way to know before something above is mended. */
  ok: boolean | null
  /** What was found. */
  detail: string
  /** What to do about it, where `ok` is false; else empty. */
  todo: string
}

/** What is to be done is said where something is wrong. */
export const finding = (check: string, ok: boolean | null, detail = '', todo = ''): Finding => ({
  ...{ check, ok, detail },
  todo: ok === false ? todo : '',
})

/** Prints a table, and below it a sentence for each that is to be mended: in a table they would be cut off. */
export function printFindings(findings: Finding[]): void {
  const rows: Record<string, { ok: string; detail: string }> = {}
  for (const { check, ok, detail } of findings) rows[check] = { ok: markOf(ok), detail }
  console.table(rows)
  for (const { check, todo } of findings) if (todo) console.warn(`✗ ${check}: ${todo}`)
}

export const markOf = (ok: boolean | null): '' | '✓' | '✗' => (ok === null ? '' : ok ? '✓' : '✗')
