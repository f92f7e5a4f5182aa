export type FaultEffect =
  | { answer: { status: number; body?: unknown; headers?: Record<string, string> } }
  | 'drop-before-processing'
  | 'drop-after-processing'

/** One scripted misfortune for the next `times` matching calls; without `effect` it only delays. */
export interface Fault {
  times: number
  method?: string
  /** A part of the path: `/sync`, `/comments`. */
  path?: string
  /** A type of command that the call must carry: `item_add`. */
  command?: string
  delayMs?: number
  effect?: FaultEffect
}

/** One command of a call is refused, the others are done. */
export interface CommandFault {
  times: number
  type?: string
  status?: number
}

export const RANDOM_EFFECTS = [
  'drop-before-processing',
  'drop-after-processing',
  'delay',
  '500',
  '429',
] as const

export type RandomEffect = (typeof RANDOM_EFFECTS)[number]

export interface RandomFaults {
  percent: number
  effects: RandomEffect[]
  seed?: number
}

interface Request {
  method: string
  path: string
  commands: string[]
}

const MOST_FAULTS = 1000
const LONGEST_DELAY_MS = 300

export type Faults = ReturnType<typeof faults>

/** What goes wrong next: what was scripted first, then chance, which is seeded. */
export function faults() {
  let planned: Fault[] = []
  let plannedCommands: CommandFault[] = []
  let random: (RandomFaults & { next(): number }) | undefined

  const scripted = ({ method, path, commands }: Request): Fault | undefined => {
    const fault = planned.find(
      (candidate) =>
        (candidate.method === undefined || candidate.method.toUpperCase() === method) &&
        (candidate.path === undefined || path.includes(candidate.path)) &&
        (candidate.command === undefined || commands.includes(candidate.command)),
    )
    if (!fault) return undefined
    if (--fault.times <= 0) planned = planned.filter((other) => other !== fault)
    return { ...fault }
  }

  const byChance = (): Fault | undefined => {
    if (!random || random.next() * 100 >= random.percent) return undefined
    const effect = random.effects[Math.floor(random.next() * random.effects.length)]
    const times = 1
    if (effect === undefined) return undefined
    if (effect === 'delay') return { times, delayMs: Math.ceil(random.next() * LONGEST_DELAY_MS) }
    if (effect === '500') return { times, effect: { answer: { status: 500 } } }
    if (effect === '429')
      return { times, effect: { answer: { status: 429, headers: { 'Retry-After': '1' } } } }
    return { times, effect }
  }

  return {
    plan(fault: Fault) {
      if (planned.length >= MOST_FAULTS) throw new Error(`The simulator holds ${MOST_FAULTS} faults at most`)
      planned.push({ ...fault })
    },
    planCommand(fault: CommandFault) {
      if (plannedCommands.length >= MOST_FAULTS)
        throw new Error(`The simulator holds ${MOST_FAULTS} faults at most`)
      plannedCommands.push({ ...fault })
    },
    inject(input: RandomFaults) {
      random = input.percent > 0 ? { ...input, next: seeded(input.seed ?? 1) } : undefined
    },
    clear() {
      planned = []
      plannedCommands = []
      random = undefined
    },
    take: (request: Request): Fault | undefined => scripted(request) ?? byChance(),
    takeForCommand(type: string): CommandFault | undefined {
      const fault = plannedCommands.find((each) => each.type === undefined || each.type === type)
      if (fault && --fault.times <= 0) plannedCommands = plannedCommands.filter((each) => each !== fault)
      return fault
    },
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (a linear congruential generator). */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
