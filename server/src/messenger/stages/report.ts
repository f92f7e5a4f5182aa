import type { Item } from '../domain/item.ts'

const EVERY_MS = 5_000

/** What the pipeline tells of itself, to the log: of each kind a sample, with how many there were. */
export function report({
  tell,
  now = () => Date.now(),
}: {
  tell: (what: NonNullable<Item['report']> & { times: number }) => void
  now?: () => number
}) {
  const silent = new Map<string, { until: number; times: number }>()
  return {
    name: 'report',
    batch: 256,
    run(items: Item[]): Item[] {
      for (const { report: told } of items) {
        const key = Object.values(told!).join(' ')
        const known = silent.get(key)
        const times = (known?.times ?? 0) + 1
        if (known !== undefined && known.until > now()) known.times = times
        else {
          silent.set(key, { until: now() + EVERY_MS, times: 0 })
          tell({ ...told!, times })
        }
      }
      return items
    },
  }
}
