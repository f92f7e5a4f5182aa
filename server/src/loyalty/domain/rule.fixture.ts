import { expect, it } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Decision } from './decision.ts'
import type { Rules } from './program.ts'
import { openShop, type Standing, type Step } from './shop.fixture.ts'

/** What the last step answered and left behind. `entries` and `events` are those of that step alone. */
export type Then = {
  refused?: string | object
  result?: object
  repeated?: boolean
  order?: object
  entries?: string[]
  events?: string[]
  /** All that ever happened. */
  effects?: string[]
  hold?: object
  anna?: Partial<Standing>
  boris?: Partial<Standing>
}

export function rule(text: string, given: Partial<Rules>, when: Step[], then: Then): void {
  it(text, () => {
    const shop = openShop(given)
    const last = when.map((step) => step(shop)).at(-1)
    if (typeof then.refused === 'string') expect(last).toMatchObject({ refused: then.refused })
    else if (then.refused !== undefined) expect(last).toEqual(then.refused)
    else if (last !== undefined && isRefusal(last)) expect.fail(`refused: ${JSON.stringify(last)}`)
    const decision = last as Decision
    if (then.result !== undefined) expect(decision.result).toMatchObject(then.result)
    if (then.order !== undefined) expect(decision.order).toMatchObject(then.order)
    if (then.hold !== undefined) expect(decision.result.hold).toMatchObject(then.hold)
    if (then.repeated !== undefined)
      expect(decision).toMatchObject({ repeated: true, entries: [], events: [] })
    if (then.entries !== undefined) expect(decision.entries.map(inShort)).toEqual(then.entries)
    if (then.events !== undefined) expect(decision.events.map(({ type }) => type)).toEqual(then.events)
    if (then.effects !== undefined)
      expect(shop.entries.flatMap(({ effect }) => effect ?? [])).toEqual(then.effects)
    if (then.anna !== undefined) expect(shop.standing('anna')).toMatchObject(then.anna)
    if (then.boris !== undefined) expect(shop.standing('boris')).toMatchObject(then.boris)
  })
}

function inShort({ customerId, kind, reason, amountMinor }: Decision['entries'][number]): string {
  return `${customerId} ${kind} ${reason} ${amountMinor}`
}
