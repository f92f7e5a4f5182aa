import { expect, it } from 'vitest'
import { isSound } from './tidy-shelf.ts'

const ID = '531b9007-31bb-49ec-ad61-65f908430ada'
const QUEUED = { clientId: ID, conversationId: 'cnv_1', text: 'Hello', at: 1_700_000_000_000 }
const queued = (changes: object) => isSound(`q:${ID}`, JSON.stringify({ ...QUEUED, ...changes }))

it('what a chat has kept stays, and so does what is not known', () => {
  expect(queued({})).toBe(true)
  expect(queued({ replyTo: 'msg_1' })).toBe(true)
  expect(isSound(`first:${ID}`, JSON.stringify({ id: ID, text: 'Hello', at: 0 }))).toBe(true)
  expect(isSound('device', ID)).toBe(true)
  expect(isSound('renewal', 'sr_cHJq-X_z.0v5V')).toBe(true)
  expect(isSound('something', '{')).toBe(true)
})

it.each([
  ['half a value', isSound(`q:${ID}`, JSON.stringify(QUEUED).slice(0, 30))],
  ['nothing', isSound(`q:${ID}`, 'null')],
  ['a list', isSound(`first:${ID}`, '[]')],
  ['the name of another', queued({ clientId: 'another-one' })],
  ['no text', queued({ text: undefined })],
  ['a text that is none', queued({ text: { length: 1 } })],
  ['a text that nobody would take', queued({ text: 'x'.repeat(4_001) })],
  ['a time that is none', queued({ at: 'now' })],
  ['a time after the last one', queued({ at: 1e300 })],
  ['a conversation that is none', queued({ conversationId: '../me' })],
  ['the name of what every object has', isSound('q:__proto__', '{"__proto__":{}}')],
  ['a device too long for a greeting', isSound('device', 'x'.repeat(1_000_000))],
  ['a renewal that is a document', isSound('renewal', '<!doctype html>')],
])('%s goes', (_, sound) => expect(sound).toBe(false))
