import { median } from './report.ts'
import type { Started } from './processes.ts'

const EVERY_MS = 250

/** What a process has of the memory, over time. */
export function watchMemory({ residentMb }: Pick<Started, 'residentMb'>) {
  const seen = [residentMb()]
  const timer = setInterval(() => seen.push(residentMb()), EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      const quarter = Math.ceil(seen.length / 4)
      return {
        mostMb: Math.max(...seen),
        /** Medians of each quarter of the time: the last ones are alike where it is flat. */
        quartersMb: [0, 1, 2, 3].map((number) => {
          const part = seen.slice(number * quarter, (number + 1) * quarter)
          return median(part.length > 0 ? part : seen.slice(-1))
        }),
      }
    },
  }
}
