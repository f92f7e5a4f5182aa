import { describe, expect, it } from 'vitest'
import { foldEmail, looksAlike, type Person } from './alike.ts'

let next = 0
const person = (known: Partial<Person>): Person => ({
  id: `cus_${next++}`,
  emails: [],
  phones: [],
  telegramId: null,
  name: null,
  birthday: null,
  ...known,
})

describe('one mailbox', () => {
  it.each([
    ['anna@shop.ru', 'anna+friend@shop.ru'],
    ['anna.ivanova@gmail.com', 'annaivanova+1@googlemail.com'],
    ['anna.ivanova@yandex.ru', 'anna-ivanova@ya.ru'],
    ['anna@yandex.kz', 'anna+x@yandex.com.tr'],
    ['Anna@Shop.ru', 'anna@shop.ru'],
  ])('%s is %s', (one, other) => {
    expect(foldEmail(one)).toBe(foldEmail(other))
  })

  it.each([
    ['anna.ivanova@mail.ru', 'annaivanova@mail.ru'],
    ['anna-ivanova@gmail.com', 'anna.ivanova@gmail.com'],
    ['anna@yandex.ru', 'anna@yandex.shop.ru'],
    ['+@shop.ru', '+anna@other.ru'],
    ['anna@notya.ru', 'anna@ya.ru'],
  ])('%s is not %s', (one, other) => {
    expect(foldEmail(one)).not.toBe(foldEmail(other))
  })
})

describe('two customers look like one person', () => {
  it.each<[string, Partial<Person>, Partial<Person>]>([
    ['by an e-mail', { emails: ['x@a.ru', 'anna@shop.ru'] }, { emails: ['anna+2@shop.ru'] }],
    ['by a phone', { phones: ['+79001234567'] }, { phones: ['+79001234567'] }],
    ['by a Telegram id', { telegramId: '7' }, { telegramId: '7' }],
    [
      'by name and birthday',
      { name: 'Алёна  Ким', birthday: '1990-02-28' },
      { name: ' алена ким', birthday: '1990-02-28' },
    ],
  ])('%s', (_, one, other) => {
    expect(looksAlike(person(one), person(other))).toBe(true)
  })

  it.each<[string, Partial<Person>, Partial<Person>]>([
    ['when nothing is known', {}, {}],
    [
      'when the name alone is the same',
      { name: 'Anna', birthday: '1990-02-28' },
      { name: 'Anna', birthday: null },
    ],
    [
      'when the birthday alone is the same',
      { name: 'Anna', birthday: '1990-02-28' },
      { name: 'Vera', birthday: '1990-02-28' },
    ],
    ['when one of them has no name', { birthday: '1990-02-28' }, { name: 'Anna', birthday: '1990-02-28' }],
    ['when both have no name', { birthday: '1990-02-28' }, { birthday: '1990-02-28' }],
  ])('not %s', (_, one, other) => {
    expect(looksAlike(person(one), person(other))).toBe(false)
  })
})
