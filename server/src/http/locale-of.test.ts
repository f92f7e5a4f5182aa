import { expect, it } from 'vitest'
import { localeOf } from './locale-of.ts'

it.each([
  ['ru', 'ru'],
  ['RU-ru', 'ru'],
  ['kk-KZ,ru;q=0.9,en;q=0.8', 'kk'],
  ['de, en;q=0.5', 'en'],
  ['en;q=0.5, ru;q=0.9', 'ru'],
  ['en;q=0.5, ru', 'ru'],
  ['ru;q=0, en;q=0.1', 'en'],
  ['ru ; q=0.2 , kk ;q=0.3', 'kk'],
  ['en;level=1;q=0.4, kk;q=0.3', 'en'],
  ['en, ru', 'en'],
  ['en;q=abc', 'en'],
])('%j means %s', (header, locale) => {
  expect(localeOf(header)).toBe(locale)
})

it.each([
  undefined,
  '',
  '*',
  'de',
  'de,fr;q=0.3',
  'ru;q=0',
  'russian',
  ';q=1',
  ',,,',
  '__proto__',
  ['ru', 'en'],
])('%j names none of ours', (header) => {
  expect(localeOf(header)).toBeUndefined()
})

it('reads no more of a long header than it must', () => {
  expect(localeOf(`${'de,'.repeat(100_000)}ru`)).toBeUndefined()
})
