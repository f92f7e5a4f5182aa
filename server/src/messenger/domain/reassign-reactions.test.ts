import { expect, it } from 'vitest'
import { partReactions, reassignReactions } from './reassign-reactions.ts'

const before = { '👍': ['a', 'from', 'b'], '🎉': ['from', 'into'], '❤️': ['into'], '🙏': ['a'] }

it('reactions of two become those of one, and part again', () => {
  const { reactions, reassigned } = reassignReactions(before, 'from', 'into')
  expect(reactions).toEqual({ '👍': ['a', 'into', 'b'], '🎉': ['into'], '❤️': ['into'], '🙏': ['a'] })
  expect(partReactions(reactions, 'from', 'into', reassigned)).toEqual({ ...before, '🎉': ['into', 'from'] })
})

it('what was taken back since, or came since, stays so', () => {
  const { reassigned } = reassignReactions(before, 'from', 'into')
  const since = { '👍': ['a', 'b'], '😀': ['into'] }
  expect(partReactions(since, 'from', 'into', reassigned)).toEqual(since)
})
