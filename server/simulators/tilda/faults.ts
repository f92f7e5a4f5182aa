/** One scripted misfortune for the next `times` calls of the page whose path holds `path`; without `effect` a delay. */
export interface Fault {
  times: number
  path?: string
  delayMs?: number
  effect?: 'drop' | { status: number; body?: unknown }
}

const MOST_FAULTS = 1000

/** What goes wrong next, in the order in which it was asked for. */
export function faults() {
  let planned: Fault[] = []
  return {
    plan(fault: Fault) {
      if (planned.length >= MOST_FAULTS) throw new Error(`The simulator holds ${MOST_FAULTS} faults at most`)
      planned.push({ ...fault })
    },
    take(path: string): Fault | undefined {
      const fault = planned.find((each) => each.path === undefined || path.includes(each.path))
      if (fault && --fault.times <= 0) planned = planned.filter((other) => other !== fault)
      return fault
    },
    clear() {
      planned = []
    },
  }
}
