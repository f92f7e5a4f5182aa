import { describe, expect, it } from 'vitest'
import { dueOf, isMarked, marked, sameLabels, statusOf, titleOf, type Board } from './board.ts'
import type { Ticket } from './ticket.ts'

const ticket = (more: Partial<Ticket>) =>
  ({
    status: 'new',
    mergedInto: null,
    firstAnswerAt: null,
    firstAnswerDueAt: new Date('2026-03-01T10:00:00.000Z'),
    resolutionDueAt: new Date('2026-03-02T10:00:00.500Z'),
    snoozedUntil: null,
    ...more,
  }) as Ticket

describe('a task on a board', () => {
  it('has a title that is nothing but words', () => {
    expect(titleOf({ number: 7, subject: '* @home\n#5  !!1' })).toBe('#7 * @home #5 !!1')
    expect(titleOf({ number: 7, subject: 'x'.repeat(600) })).toHaveLength(500)
    const cut = titleOf({ number: 7, subject: `${'x'.repeat(496)}😀😀` })
    expect(cut).toBe(`#7 ${'x'.repeat(496)}`)
  })

  it('is due when the next promise is', () => {
    expect(dueOf(ticket({}))).toBe('2026-03-01T10:00:00Z')
    expect(dueOf(ticket({ firstAnswerAt: new Date() }))).toBe('2026-03-02T10:00:00Z')
    expect(dueOf(ticket({ snoozedUntil: new Date('2026-04-01T00:00:00Z') }))).toBe('2026-04-01T00:00:00Z')
    expect(dueOf(ticket({ status: 'solved' }))).toBeNull()
  })

  it('knows its section by its meaning and its labels in any order', () => {
    const board = { sections: { b: { new: '1' } } } as unknown as Board
    expect(statusOf(board, 'b', '1')).toBe('new')
    expect([statusOf(board, 'b', '2'), statusOf(board, 'c', '1'), statusOf(board, 'b', null)]).toEqual([
      null,
      null,
      null,
    ])
    expect(sameLabels(['a', 'b'], ['b', 'a'])).toBe(true)
    expect(sameLabels(['a'], ['a', 'b'])).toBe(false)
  })

  it('tells our own comments by what nobody types', () => {
    expect(isMarked(marked('Hello'))).toBe(true)
    expect(isMarked('Hello')).toBe(false)
  })
})
