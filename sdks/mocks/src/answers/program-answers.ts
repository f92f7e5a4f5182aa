import type { Answer } from '../http/request.ts'
import { presentProgram, readProgram } from '../shop/program.ts'
import { isRefusal, refuse, type Refusal } from '../shop/refusal.ts'
import { DAY_MS, type Shop } from '../shop/state.ts'
import { settleTime } from '../shop/books/settle-time.ts'

export const getProgram: Answer<'getProgram'> = ({ state }) => ({
  status: 200,
  body: presentProgram(state.programs.at(-1)!, state.currency),
})

export const putProgram: Answer<'putProgram'> = (shop, { body }) => {
  const refusal = publish(shop, body)
  if (refusal !== undefined) return refusal
  const { programs, currency } = shop.state
  return { status: 200, body: presentProgram(programs.at(-1)!, currency) }
}

/** The same rules again make no new version. */
export function publish(shop: Shop, input: Parameters<typeof readProgram>[0]): Refusal | undefined {
  const { programs, currency } = shop.state
  const rules = readProgram(input, currency)
  if (isRefusal(rules)) return rules
  const { version = 0, publishedAt: _publishedAt, ...current } = programs.at(-1) ?? {}
  if (JSON.stringify(rules) !== JSON.stringify(current))
    programs.push({ ...rules, version: version + 1, publishedAt: shop.now() })
  return undefined
}

export const getSandboxClock: Answer<'getSandboxClock'> = (shop) => ({ status: 200, body: clock(shop) })

export const moveSandboxClock: Answer<'moveSandboxClock'> = (shop, { body }) => {
  const { advanceSeconds = 0, advanceDays = 0, to } = body
  const now = shop.now()
  const byMs = to === undefined ? advanceSeconds * 1_000 + advanceDays * DAY_MS : Date.parse(to) - now
  if (byMs <= 0) return refuse('clock-not-forward', { now: new Date(now).toISOString() })
  shop.state.offsetMs += byMs
  settleTime(shop)
  return { status: 200, body: clock(shop) }
}

function clock({ state, now }: Shop) {
  return { now: new Date(now()).toISOString(), offsetSeconds: state.offsetMs / 1_000 }
}
