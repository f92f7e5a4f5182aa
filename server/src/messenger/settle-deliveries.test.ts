import { describe, expect, it } from 'vitest'
import { judge, MOST_ATTEMPTS } from './settle-deliveries.ts'

const due = (attempts = 0, lagging = [{ participantId: 'par_a', received: 4 }]) => ({
  projectId: 'prj_1',
  conversationId: 'cnv_1',
  sequence: 9,
  attempts,
  lagging,
})
const outcome = (...args: Parameters<typeof judge>) => judge(...args).outcome

describe('what is to be done with a conversation that somebody has not received', () => {
  it('nothing, when everybody has', () => expect(outcome(due(3, []), 'unknown')).toBe('delivered'))
  it('nothing, when whoever lags behind is known to be away', () => {
    expect(outcome(due(), new Set(['par_a', 'par_b']))).toBe('absent')
    expect(judge(due(2), new Set(['par_a'])).plan).toMatchObject({ attempts: 0, againInMs: null })
  })
  it('another try when they are there, and when nobody knows', () => {
    expect(outcome(due(), new Set())).toBe('again')
    expect(outcome(due(), 'unknown')).toBe('again')
  })
  it('never the end while nobody knows who is there', () =>
    expect(judge(due(MOST_ATTEMPTS - 1), 'unknown')).toMatchObject({
      outcome: 'again',
      letters: [],
      plan: { attempts: 7, againInMs: 256_000 },
    }))
  it('later and later, and never later than five minutes', () => {
    const waits = Array.from(
      { length: MOST_ATTEMPTS - 1 },
      (_, attempts) => judge(due(attempts), 'unknown').plan.againInMs,
    )
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000])
  })
  it('gives up at last, and says what is missing to whom', () =>
    expect(judge(due(MOST_ATTEMPTS - 1), new Set())).toMatchObject({
      outcome: 'dead',
      plan: { againInMs: null },
      letters: [
        { participantId: 'par_a', fromSequence: 5, toSequence: 9, reason: 'not-received', attempts: 8 },
      ],
    }))
})
