/** One line of the budgets in the design. `ratio` is ours divided by the baseline of the same run. */
export type Row = {
  row: string
  ours: number
  baseline: number
  unit: string
  must: Limit
  aim: Limit
  /** What the baseline gave on a quiet machine; far below it, the run was disturbed. */
  measuredBaseline: number | undefined
  note: string
}

export type Limit = { ratioAtLeast: number } | { oursAtMost: number } | { oursAtLeast: number }

const DISTURBED_BELOW = 0.6

export function asJson({ row, ours, baseline, unit }: Row): string {
  return JSON.stringify({
    row,
    ours: rounded(ours),
    baseline: rounded(baseline),
    ratio: ratioOf(ours, baseline),
    unit,
  })
}

export function asTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { ours, baseline, unit, must, aim } = row
    const cells = [
      row.row,
      rounded(ours),
      rounded(baseline),
      ratioOf(ours, baseline),
      unit,
      limitOf(must),
      limitOf(aim),
      noteOf(row),
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [
    '| row | ours | baseline | ratio | unit | must | aim | note |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2
}

export type Percentiles = { count: number; p50: number; p95: number; p99: number }

export function percentiles(values: number[]): Percentiles {
  const sorted = [...values].sort((left, right) => left - right)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

export const inWords = ({ count, p50, p95, p99 }: Percentiles) =>
  `p50 ${p50.toFixed(0)}, p95 ${p95.toFixed(0)}, p99 ${p99.toFixed(0)} ms of ${count}`

function noteOf(row: Row): string {
  const { baseline, must, measuredBaseline, note } = row
  const marks = []
  if (measuredBaseline !== undefined && baseline < DISTURBED_BELOW * measuredBaseline) {
    marks.push(`**disturbed**: the baseline should give about ${measuredBaseline}`)
  }
  if (!keeps(row, must)) marks.push('**misses what it must**')
  return [...marks, note].join('; ')
}

function keeps({ ours, baseline }: Row, limit: Limit): boolean {
  if ('oursAtMost' in limit) return ours <= limit.oursAtMost
  return 'oursAtLeast' in limit ? ours >= limit.oursAtLeast : ours / baseline >= limit.ratioAtLeast
}

function limitOf(limit: Limit): string {
  if ('oursAtMost' in limit) return `≤ ${limit.oursAtMost}`
  return 'oursAtLeast' in limit ? `≥ ${limit.oursAtLeast}` : `≥ ${limit.ratioAtLeast}×`
}

function ratioOf(ours: number, baseline: number): number {
  return Math.round((ours / baseline) * 100) / 100
}

function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 10) / 10
}
