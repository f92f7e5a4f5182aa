/** One scripted misfortune for the next `times` matching calls. */
export interface StorageFault {
  times: number
  /** Of a call: `PUT`, `COPY`, `HEAD`, `GET`, `LIST`, `DELETE`. */
  operation?: string
  keyPrefix?: string
  /** What is answered in place of doing it, such as 503; or the line is cut. */
  effect?: { status: number } | 'drop' | 'drop-after-doing' | 'error-in-200'
  delayMs?: number
}

const MOST_FAULTS = 1_000

export type StorageFaults = ReturnType<typeof storageFaults>

export function storageFaults() {
  let planned: StorageFault[] = []
  return {
    plan(fault: StorageFault) {
      if (planned.length >= MOST_FAULTS) throw new Error(`The simulator holds ${MOST_FAULTS} faults at most`)
      planned.push({ ...fault })
    },
    clear() {
      planned = []
    },
    take(operation: string, key: string): StorageFault | undefined {
      const fault = planned.find(
        (one) => (one.operation ?? operation) === operation && key.startsWith(one.keyPrefix ?? ''),
      )
      if (fault === undefined) return undefined
      fault.times--
      if (fault.times <= 0) planned = planned.filter((other) => other !== fault)
      return { ...fault }
    },
  }
}
