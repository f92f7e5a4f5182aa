import type { EventOf, TaplineEvent, TaplineEventType } from '@tapline/client'
import { contract } from '../contract/contract.ts'
import { scramble } from '../shop/ids.ts'
import { dataFor } from './samples.ts'

/** Any part of a value, however deep; lists are given whole. */
export type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Name in keyof T]?: DeepPartial<T[Name]> }
    : T

type CamelCase<Text extends string> = Text extends `${infer Head}.${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Text

/** What surrounds an event's `data`: `id`, `timestamp`, `projectId`, `resource`, `sequence`, `test`. */
export type Envelope = Omit<TaplineEvent, 'type' | 'data'>

/**
 * Makes an event of one type.
 *
 * @param data Parts of `data` that are to be other than in the sample.
 * @param envelope Parts of what surrounds it.
 */
export type EventFactory<Type extends TaplineEventType> = (
  data?: DeepPartial<EventOf<Type>['data']>,
  envelope?: DeepPartial<Envelope>,
) => EventOf<Type>

/** A factory for each type of event, by its name in camel case: `bonus.awarded` is `bonusAwarded`. */
export type EventFactories = { [Type in TaplineEventType as CamelCase<Type>]: EventFactory<Type> }

/** What {@link createEvents} begins with. */
export interface CreateEventsOptions {
  /** Makes the ids other ones; the same seed gives the same. A whole number, 1 when absent. */
  seed?: number
  /** `timestamp` of the first event; each later one is a second later. 2026-01-01T09:00:00Z when absent. */
  startAt?: Date
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const START = Date.parse('2026-01-01T09:00:00Z')
const TYPES = Object.keys(contract.events) as TaplineEventType[]

/**
 * Factories whose events follow each other: ids rise, `sequence` counts per customer, endpoint or project, and each is a
 * second later than the one before.
 *
 * For a single event {@link events} is shorter.
 *
 * @example
 * const make = createEvents({ seed: 7 })
 * const first = make.bonusAwarded({ amount: '100.00' })
 * const second = make.bonusSpent({ amount: '40.00' })
 * second.sequence // 2
 */
export function createEvents({ seed = 1, startAt }: CreateEventsOptions = {}): EventFactories {
  const from = startAt?.getTime() ?? START
  const sequences = new Map<string, number>()
  let made = 0
  return factories((event) => {
    const { type, id } = event.resource
    const sequence = (sequences.get(`${type} ${id}`) ?? 0) + 1
    sequences.set(`${type} ${id}`, sequence)
    made++
    return {
      id: `evt_01MCK${scramble(5, ALPHABET, seed)}${String(made).padStart(16, '0')}`,
      timestamp: new Date(from + (made - 1) * 1_000).toISOString(),
      sequence,
    }
  })
}

/**
 * A factory for each type of event. Each event fits the contract's schema; what is not given is taken from a sample.
 *
 * They keep no count: the same arguments give the same event, id included, and other arguments another id. For events
 * that follow each other take {@link createEvents}.
 *
 * @example
 * const event = events.bonusAwarded({ amount: '100.00' })
 * event.type // 'bonus.awarded'
 * event.data.amount // '100.00'
 */
export const events: EventFactories = /* @__PURE__ */ factories((event) => ({
  id: `evt_01MCK${scramble(21, ALPHABET, JSON.stringify(event))}`,
  timestamp: new Date(START).toISOString(),
  sequence: 1,
}))

type Unplaced = Pick<TaplineEvent, 'type' | 'resource' | 'data'>

function factories(
  place: (event: Unplaced) => Pick<Envelope, 'id' | 'timestamp' | 'sequence'>,
): EventFactories {
  const made = TYPES.map((type) => {
    const factory: EventFactory<TaplineEventType> = (data = {}, envelope = {}) => {
      const unplaced = { type, data: merge(dataFor(type), data) as TaplineEvent['data'] }
      const resource = merge(resourceOf(unplaced.data), envelope.resource ?? {}) as TaplineEvent['resource']
      const projectId = 'prj_01JD3Z8X5T0000000000000000'
      const { id, timestamp, sequence } = place({ ...unplaced, resource })
      const whole = { id, type, timestamp, projectId, resource, sequence, test: type === 'webhook.test' }
      return { ...whole, ...envelope, resource, data: unplaced.data } as TaplineEvent
    }
    return [camelCase(type), factory] as const
  })
  return Object.fromEntries(made) as unknown as EventFactories
}

function resourceOf(data: TaplineEvent['data']): TaplineEvent['resource'] {
  if ('customerId' in data) return { type: 'customer', id: data.customerId, version: 1 }
  if ('endpointId' in data) return { type: 'endpoint', id: data.endpointId, version: null }
  if ('inboxItemId' in data)
    return { type: 'order', id: data.orderId === null ? data.inboxItemId : `${data.storefront}/${data.orderId}`, version: null } // prettier-ignore
  return { type: 'project', id: 'prj_01JD3Z8X5T0000000000000000', version: null }
}

/** `undefined` changes nothing; a list or a text takes the place of what was there. */
function merge(value: object, changes: object): object {
  const merged = { ...value } as Record<string, unknown>
  for (const [name, change] of Object.entries(changes) as [string, unknown][]) {
    if (change === undefined) continue
    const was = merged[name]
    merged[name] = isRecord(was) && isRecord(change) ? merge(was, change) : change
  }
  return merged
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function camelCase(type: string): string {
  return type.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase())
}
