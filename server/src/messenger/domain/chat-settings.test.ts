import { describe, expect, it } from 'vitest'
import { FIRST_CHAT_SETTINGS, readChatSettings, type GivenChatSettings } from './chat-settings.ts'

const closedReply = { ru: 'Мы закрыты' }
const open = (...spans: string[]) =>
  spans.map((span) => {
    const [day, from, to] = span.split(' ')
    return { day: day!, from: from!, to: to! }
  })
const hours = (...spans: string[]): GivenChatSettings => ({
  businessHours: { days: open(...spans), closedReply },
})

describe('chat settings', () => {
  it('are complete whatever was left out', () => {
    expect(readChatSettings({})).toEqual(FIRST_CHAT_SETTINGS)
    expect(readChatSettings({ credits: { capacity: 7 } })).toMatchObject({
      credits: { capacity: 7, refillSeconds: 10, projectPerSecond: 2_000 },
    })
    expect(readChatSettings(hours('mon 09:00 18:00'))).toMatchObject({ businessHours: { holidays: [] } })
  })

  it('are the same when what was answered is put back', () => {
    const read = readChatSettings(hours('mon 09:00 18:00'))
    expect(readChatSettings(read as GivenChatSettings)).toEqual(read)
  })

  it('write origins as browsers do', () => {
    const allowedOrigins = [
      'https://Shop.Example.com:443',
      'https://shop.example.com',
      'http://localhost:5173',
      'https://кофе.рф',
    ]
    expect(readChatSettings({ allowedOrigins })).toMatchObject({
      allowedOrigins: ['https://shop.example.com', 'http://localhost:5173', 'https://xn--e1ajmy.xn--p1ai'],
    })
  })

  it.each([
    ['an origin that is none', { allowedOrigins: ['https://a b'] }, 'https://a b is no origin'],
    ['a span that ends before it begins', hours('mon 18:00 09:00'), 'mon 18:00–09:00 does not end'],
    ['a span of nothing', hours('mon 09:00 09:00'), 'mon 09:00–09:00 does not end'],
    ['spans that overlap', hours('mon 12:00 18:00', 'tue 09:00 18:00', 'mon 09:00 12:30'), 'overlap'],
    ['a holiday that never comes', { businessHours: { days: [], closedReply, holidays: ['2027-02-29'] } }, '2027-02-29'], // prettier-ignore
  ])('are refused with %s', (_, given, why) => {
    const read = readChatSettings(given)
    expect(read).toMatchObject({ refused: 'settings-invalid' })
    expect(JSON.stringify(read)).toContain(why)
  })

  it('take spans that touch, whole days, and leap days', () => {
    const given = hours('mon 09:00 12:00', 'mon 12:00 24:00', 'sun 00:00 24:00')
    given.businessHours!.holidays = ['2028-02-29']
    expect(readChatSettings(given)).not.toHaveProperty('refused')
  })
})
