import { DAY_MS } from '../../../kernel/clock.ts'
import { expect, it } from 'vitest'
import { sessionTokens } from './session-tokens.ts'

const NOW = 1_800_000_000_000
const HOUR_MS = 3_600_000
const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const
const visitor = { projectId: 'prj_1', participantId: 'par_1' }

it('a session is good for an hour, a renewal for 180 days', () => {
  const tokens = sessionTokens([oldKey])
  const { token, expiresAt } = tokens.issue({ ...visitor, kind: 'customer' }, NOW)
  expect(expiresAt).toBe(NOW + HOUR_MS)
  expect(tokens.read(token, NOW + HOUR_MS - 1)).toEqual({ ...visitor, kind: 'customer' })
  expect(tokens.read(token, NOW + HOUR_MS)).toBe('expired')
  const renewal = tokens.renewal(visitor, NOW)
  expect(tokens.readRenewal(renewal, NOW + 180 * DAY_MS - 1)).toEqual(visitor)
  expect(tokens.readRenewal(renewal, NOW + 180 * DAY_MS)).toBeUndefined()
})

it('keys rotate: what an older one signed is good as long as it is in the list', () => {
  const { token } = sessionTokens([oldKey]).issue({ ...visitor, kind: 'visitor' }, NOW)
  expect(sessionTokens([newKey, oldKey]).read(token, NOW)).toEqual({ ...visitor, kind: 'visitor' })
  expect(sessionTokens([newKey]).read(token, NOW)).toBeUndefined()
})

it('fits into a header, and a frame', () => {
  const ids = { projectId: `prj_${'0'.repeat(26)}`, participantId: `par_${'0'.repeat(26)}` }
  const tokens = sessionTokens([oldKey])
  expect(tokens.issue({ ...ids, kind: 'customer' }, NOW).token.length).toBeLessThan(300)
  expect(tokens.renewal(ids, NOW).length).toBeLessThan(600)
})
