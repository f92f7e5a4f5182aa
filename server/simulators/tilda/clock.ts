export interface TimeSource {
  now(): number
}

export type Clock = ReturnType<typeof movableClock>

const LONGEST_SLEEP_MS = 1000

/** The simulator's time in milliseconds; alarms ring when it passes, whether by itself or by `advance`. */
export function movableClock(source: TimeSource) {
  const alarms = new Set<{ time: number; run: () => void }>()
  let shift = 0
  let timer: NodeJS.Timeout | undefined

  const now = () => source.now() + shift

  const sleep = () => {
    clearTimeout(timer)
    if (alarms.size === 0) return
    const next = Math.min(...[...alarms].map(({ time }) => time))
    timer = setTimeout(ring, Math.min(Math.max(next - now(), 1), LONGEST_SLEEP_MS))
  }

  const ring = () => {
    const time = now()
    const due = [...alarms].filter((alarm) => alarm.time <= time)
    for (const alarm of due.sort((a, b) => a.time - b.time)) if (alarms.delete(alarm)) alarm.run()
    sleep()
  }

  return {
    now,
    advance(milliseconds: number) {
      shift += milliseconds
      ring()
    },
    at(time: number, run: () => void) {
      alarms.add({ time, run })
      sleep()
    },
    stop() {
      alarms.clear()
      clearTimeout(timer)
    },
  }
}
