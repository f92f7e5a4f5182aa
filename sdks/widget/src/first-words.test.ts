import { expect, it } from 'vitest'
import { createFirstWords } from './first-words.ts'

it('first words are kept in order until they are sent, also where nothing may be kept', () => {
  const words = createFirstWords('tapline:', false)
  const one = words.add('One')
  words.add('Two')
  expect(words.all().map(({ text }) => text)).toEqual(['One', 'Two'])
  words.remove(one.id)
  expect(words.all().map(({ text }) => text)).toEqual(['Two'])
  expect(one.id).toMatch(/^[\w.:-]{8,64}$/)
})
