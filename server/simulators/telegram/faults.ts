/** One scripted misfortune for the next `times` matching calls; without `effect` it only delays. */
export interface Fault {
  times: number
  method?: string
  chatId?: number
  delayMs?: number
  effect?: FaultEffect
}

export type FaultEffect =
  | { answer: { status: number; body?: unknown; headers?: Record<string, string> } }
  | 'drop-before-processing'
  | 'drop-after-processing'

const MOST_FAULTS = 1000

export type Faults = ReturnType<typeof faults>

export function faults() {
  let planned: Fault[] = []
  return {
    plan(fault: Fault) {
      if (planned.length >= MOST_FAULTS) throw new Error(`The simulator holds ${MOST_FAULTS} faults at most`)
      planned.push({ ...fault })
    },
    planned: () => planned.map((fault) => ({ ...fault })),
    clear() {
      planned = []
    },
    take({ method, chatId }: { method: string; chatId: unknown }): Fault | undefined {
      const fault = planned.find(
        (candidate) =>
          (candidate.method === undefined || candidate.method.toLowerCase() === method.toLowerCase()) &&
          (candidate.chatId === undefined || String(candidate.chatId) === String(chatId)),
      )
      if (!fault) return undefined
      fault.times--
      if (fault.times <= 0) planned = planned.filter((other) => other !== fault)
      return { ...fault }
    },
  }
}
