import { seededRandom } from './random.ts'

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

/** A misfortune for the next `times` updates: how they come to a webhook or to getUpdates. */
export interface UpdateFault {
  times: number
  effect: UpdateEffect
  chatId?: number
  delayMs?: number
}

export const UPDATE_EFFECTS = ['duplicate', 'delay', 'drop-answer', 'reorder'] as const
export type UpdateEffect = (typeof UPDATE_EFFECTS)[number]

export const RANDOM_EFFECTS = [
  'drop-before-processing',
  'drop-after-processing',
  'delay',
  'server-error',
  'too-many-requests',
  'duplicate-update',
  'delay-update',
  'drop-update-answer',
  'reorder-update',
] as const
export type RandomEffect = (typeof RANDOM_EFFECTS)[number]

/** Misfortunes that befall `percent` of all calls and updates by chance; the same seed gives the same chance. */
export interface Injection {
  percent: number
  effects?: RandomEffect[]
  seed?: number
  delayMs?: number
}

const USUAL_DELAY_MS = 1000
const MOST_FAULTS = 1000
const UPDATE_EFFECT_OF: Partial<Record<RandomEffect, UpdateEffect>> = {
  'duplicate-update': 'duplicate',
  'delay-update': 'delay',
  'drop-update-answer': 'drop-answer',
  'reorder-update': 'reorder',
}
const CALL_EFFECTS = RANDOM_EFFECTS.filter((effect) => !UPDATE_EFFECT_OF[effect])

export type Faults = ReturnType<typeof faults>

export function faults() {
  let planned: Fault[] = []
  let plannedUpdates: UpdateFault[] = []
  let injection: Required<Injection> | undefined
  let random = seededRandom(1)

  const bounded = (count: number) => {
    if (count >= MOST_FAULTS) throw new Error(`The simulator holds ${MOST_FAULTS} faults at most`)
  }
  // One number for whether and which, so that the same seed tells the same story whatever is asked for.
  const roll = (of: readonly RandomEffect[]): RandomEffect | undefined => {
    const possible = injection?.effects.filter((effect) => of.includes(effect)) ?? []
    if (!injection || possible.length === 0) return undefined
    const share = (random() * 100) / injection.percent
    return share < 1 ? possible[Math.floor(share * possible.length)] : undefined
  }

  return {
    plan(fault: Fault) {
      bounded(planned.length)
      planned.push({ ...fault })
    },
    planForUpdates(fault: UpdateFault) {
      bounded(plannedUpdates.length)
      plannedUpdates.push({ ...fault })
    },
    inject({ percent, effects = CALL_EFFECTS, seed = 1, delayMs = USUAL_DELAY_MS }: Injection) {
      if (!(percent >= 0 && percent <= 100)) throw new Error('percent is from 0 to 100')
      random = seededRandom(seed)
      injection = percent > 0 ? { percent, effects, seed, delayMs } : undefined
    },
    clear() {
      planned = []
      plannedUpdates = []
      injection = undefined
    },
    take({ method, chatId }: { method: string; chatId: unknown }): Fault | undefined {
      const fault = planned.find(
        (candidate) =>
          (candidate.method === undefined || candidate.method.toLowerCase() === method.toLowerCase()) &&
          (candidate.chatId === undefined || String(candidate.chatId) === String(chatId)),
      )
      if (!fault) return randomFault(roll(CALL_EFFECTS), injection?.delayMs)
      fault.times--
      if (fault.times <= 0) planned = planned.filter((other) => other !== fault)
      return { ...fault }
    },
    /** The misfortune that comes now to an update of this chat, if it is one of these. */
    takeForUpdate(effects: UpdateEffect[], chatId: string): UpdateFault | undefined {
      const fault = plannedUpdates.find(
        (candidate) =>
          effects.includes(candidate.effect) &&
          (candidate.chatId === undefined || String(candidate.chatId) === chatId),
      )
      if (fault) {
        fault.times--
        if (fault.times <= 0) plannedUpdates = plannedUpdates.filter((other) => other !== fault)
        return { ...fault }
      }
      const asRandom = RANDOM_EFFECTS.filter((effect) => effects.includes(UPDATE_EFFECT_OF[effect]!))
      const rolled = roll(asRandom)
      const effect = rolled && UPDATE_EFFECT_OF[rolled]
      return effect && { times: 1, effect, delayMs: injection?.delayMs ?? USUAL_DELAY_MS }
    },
  }
}

function randomFault(effect: RandomEffect | undefined, delayMs = USUAL_DELAY_MS): Fault | undefined {
  switch (effect) {
    case 'drop-before-processing':
    case 'drop-after-processing':
      return { times: 1, effect }
    case 'delay':
      return { times: 1, delayMs }
    case 'server-error':
      return { times: 1, effect: scripted(500, 'Internal Server Error') }
    case 'too-many-requests':
      return { times: 1, effect: scripted(429, 'Too Many Requests: retry after 1', 1) }
    default:
      return undefined
  }
}

function scripted(status: number, description: string, retryAfter?: number): FaultEffect {
  const body = { ok: false, error_code: status, description }
  return retryAfter === undefined
    ? { answer: { status, body } }
    : {
        answer: {
          status,
          body: { ...body, parameters: { retry_after: retryAfter } },
          headers: { 'Retry-After': `${retryAfter}` },
        },
      }
}
