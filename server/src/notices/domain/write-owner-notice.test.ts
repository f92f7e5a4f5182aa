import { expect, it } from 'vitest'
import { DOUBTS } from './doubts-of-reservations.ts'
import { writeOwnerNotice } from './write-owner-notice.ts'

const recipient = { locale: 'en', shop: 'Tea & <Cups>', timeZone: 'Asia/Almaty' } as const
const payload = {
  url: 'https://a.example/?x=<b>',
  lastError: '503',
  heldCount: 7,
  failedSince: Date.UTC(2026, 0, 2, 20),
}

it('an endpoint that fails is told with its address, since when and what waits', () => {
  expect(writeOwnerNotice({ type: 'endpoint.failing', payload }, recipient)).toBe(
    '⚠️ Tea &amp; &lt;Cups&gt;: the webhook https://a.example/?x=&lt;b&gt; has been failing since Jan 3, 2026, 1:00 AM (503). ' +
      'Nothing is lost: 7 wait, one try every five minutes.',
  )
})

it.each(['ru', 'en', 'kk'] as const)('no place of a template is left open in %s', (locale) => {
  for (const type of [
    'endpoint.failing',
    'endpoint.disabled',
    'endpoint.recovered',
    'limit.reached',
    'books.broken',
    'support.weekly',
  ])
    expect(writeOwnerNotice({ type, payload }, { ...recipient, locale })).not.toMatch(/[{}]|undefined/)
  for (const because of Object.keys(DOUBTS)) {
    const doubted = { ...payload, because, orderId: '7', reservation: 'BONUS22222222', currency: 'RUB' }
    const told = { ...doubted, heldMinor: 50_000, discountMinor: null }
    expect(
      writeOwnerNotice({ type: 'reservation.doubted', payload: told }, { ...recipient, locale }),
    ).toMatch(/BONUS22222222[^{}:]*: [^{}]{20,}$/)
  }
})

it.each([
  ['gone', 'it answered 410'],
  ['failing', 'five days without a success'],
])('switched off as %s says why', (reason, why) => {
  expect(
    writeOwnerNotice({ type: 'endpoint.disabled', payload: { ...payload, reason } }, recipient),
  ).toContain(why)
})

it('what concerns customers alone is not told', () => {
  expect(writeOwnerNotice({ type: 'bonus.awarded', payload }, recipient)).toBeUndefined()
})

it('what the owner was told lately is not told again', () => {
  expect(writeOwnerNotice({ type: 'endpoint.failing', payload: { ...payload, quiet: true } }, recipient)).toBeUndefined() // prettier-ignore
})

it('a week of support is told in the days and figures of the shop', () => {
  const week = {
    from: Date.UTC(2026, 2, 1, 19),
    to: Date.UTC(2026, 2, 8, 19),
    opened: 1_200,
    solved: 7,
    reopened: 0,
  }
  const figures = {
    firstAnswerP50Minutes: 4.25,
    firstAnswerP90Minutes: null,
    firstAnswerKept: 0.955,
    rating: 4.5,
    ratings: 2,
  }
  expect(writeOwnerNotice({ type: 'support.weekly', payload: { ...week, ...figures } }, recipient)).toBe(
    '📊 Tea &amp; &lt;Cups&gt;, support from Mar 2 to Mar 8: 1,200 tickets, 7 solved, 0 reopened. ' +
      'First answer: half within 4.3 min, 90 % within — min; 95.5 % in time. Rated 4.5 (2 votes).',
  )
})
