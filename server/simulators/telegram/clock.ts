export interface TimeSource {
  now(): number
}

export interface MovableClock extends TimeSource {
  advance(milliseconds: number): void
  at(time: number, run: () => void): { cancel(): void }
  stop(): void
}

interface Alarm {
  time: number
  run: () => void
}

const CHECK_EVERY_MS = 50

/** The simulator's time in milliseconds; alarms ring when it passes, whether by itself or by `advance`. */
export function movableClock(source: TimeSource): MovableClock {
  const alarms = new Set<Alarm>()
  let shift = 0
  let timer: NodeJS.Timeout | undefined

  const now = () => source.now() + shift

  const ring = () => {
    const due = [...alarms].filter((alarm) => alarm.time <= now())
    for (const alarm of due.sort((a, b) => a.time - b.time)) {
      if (alarms.delete(alarm)) alarm.run()
    }
    if (alarms.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }

  return {
    now,
    advance(milliseconds) {
      shift += milliseconds
      ring()
    },
    at(time, run) {
      const alarm = { time, run }
      alarms.add(alarm)
      timer ??= setInterval(ring, CHECK_EVERY_MS)
      return { cancel: () => void alarms.delete(alarm) }
    },
    stop() {
      alarms.clear()
      clearInterval(timer)
      timer = undefined
    },
  }
}
