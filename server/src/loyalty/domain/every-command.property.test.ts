import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { anyHistory, anyRules, tellAny } from './any-history.fixture.ts'
import { auditOf } from './books-audit.fixture.ts'
import { openShop } from './shop.fixture.ts'

const seed = Number(process.env.TAPLINE_PROPERTY_SEED ?? 20_260_101)
const factor = Number(process.env.TAPLINE_PROPERTY_FACTOR ?? 1)
const HISTORIES = 700 * factor
const TIMEOUT_MS = 120_000 * Math.max(1, factor)

const setup = fc.record({
  wholeMinor: fc.constantFrom(1, 100),
  keepsEmptyLots: fc.boolean(),
  timeZone: fc.constantFrom('Europe/Moscow', 'Asia/Almaty', 'Europe/Berlin', 'America/New_York'),
})

it('any history of any commands keeps the invariants at every step', { timeout: TIMEOUT_MS }, () => {
  const counts: Record<string, number> = {}
  const count = (name: string) => void (counts[name] = (counts[name] ?? 0) + 1)
  fc.assert(
    fc.property(anyRules, setup, anyHistory(60), (first, shopSetup, happenings) => {
      const shop = openShop(first, shopSetup)
      const audit = auditOf(shop)
      const story: string[] = []
      tellAny(shop, happenings, ({ who, command }) => {
        const { tier } = shop.bookOf(who).account
        const decided = shop.run(who, command)
        const verdict = isRefusal(decided) ? decided.refused : decided.repeated ? 'repeated' : 'accepted'
        story.push(`${new Date(shop.now()).toISOString()} ${who} ${JSON.stringify(command)} ${verdict}`)
        count(`${command.kind} ${verdict}`)
        if (!isRefusal(decided)) for (const { kind, reason } of decided.entries) count(`${kind} ${reason}`)
        const problems = audit(decided, who, tier)
        if (problems.length > 0)
          expect.fail([...problems, JSON.stringify(shop.program()), ...story].join('\n'))
      })
    }),
    { seed, numRuns: HISTORIES, verbose: 0, includeErrorInReport: false },
  )
  // A test that never sees a thing proves nothing about it.
  if (factor >= 1) expect(SEEN.filter((name) => counts[name] === undefined)).toEqual([])
})

const SEEN = [
  'purchase accepted',
  'state accepted',
  'refund accepted',
  'spend accepted',
  'hold accepted',
  'confirm-hold accepted',
  'capture-hold accepted',
  'void-hold accepted',
  'register accepted',
  'adjust accepted',
  'activate-lot accepted',
  'cancel-lot accepted',
  'judge-referral accepted',
  'birthday accepted',
  'forfeit accepted',
  'settle accepted',
  'earn referral',
  'activate scheduled',
  'release expired',
  'refund order',
  'reverse purchase',
  'reverse referral',
]
