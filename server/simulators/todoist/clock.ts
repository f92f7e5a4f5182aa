export interface TimeSource {
  now(): number
}

export type Clock = ReturnType<typeof movableClock>

interface Alarm {
  time: number
  run: () => void
}

const LONGEST_SLEEP_MS = 1000

/** The simulator's time in milliseconds; alarms ring when it passes, whether by itself or by `advance`. */
export function movableClock(source: TimeSource) {
  const alarms = new Set<Alarm>()
  let shift = 0
  let timer: NodeJS.Timeout | undefined

  const now = () => source.now() + shift

  const sleep = () => {
    clearTimeout(timer)
    timer = undefined
    if (alarms.size === 0) return
    let next = Infinity
    for (const { time } of alarms) next = Math.min(next, time)
    // The source may be a test's own clock, which passes without telling us.
    timer = setTimeout(ring, Math.min(Math.max(next - now(), 1), LONGEST_SLEEP_MS))
  }

  const ring = () => {
    const time = now()
    const due = [...alarms].filter((alarm) => alarm.time <= time)
    for (const alarm of due.sort((a, b) => a.time - b.time)) {
      if (alarms.delete(alarm)) alarm.run()
    }
    sleep()
  }

  return {
    now,
    /** As Todoist writes an instant, in microseconds. */
    timestamp: () => new Date(now()).toISOString().replace('Z', '000Z'),
    advance(milliseconds: number) {
      shift += milliseconds
      ring()
    },
    at(time: number, run: () => void): { cancel(): void } {
      const alarm = { time, run }
      alarms.add(alarm)
      sleep()
      return { cancel: () => void alarms.delete(alarm) }
    },
    stop() {
      alarms.clear()
      clearTimeout(timer)
    },
  }
}
