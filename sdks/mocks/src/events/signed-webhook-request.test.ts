import { generateSecret, verifyWebhook } from '@tapline/signing'
import { expect, test } from 'vitest'
import { events } from './event-factories.ts'
import { signedWebhookRequest, type SignedWebhookRequestOptions } from './signed-webhook-request.ts'

const secret = generateSecret()
const event = events.bonusAwarded()

async function receive(options: Partial<SignedWebhookRequestOptions>) {
  const request = await signedWebhookRequest(event, { secret, ...options })
  const body = new Uint8Array(await request.arrayBuffer())
  return { request, text: new TextDecoder().decode(body), verified: verifyWebhook({ headers: request.headers, body, secrets: [secret] }) } // prettier-ignore
}

test('what Tapline would send, and a receiver takes it', async () => {
  const { request, text, verified } = await receive({ url: 'https://shop.test/hook' })
  expect(verified).toMatchObject({ verified: true, id: event.id })
  expect([request.method, request.url]).toEqual(['POST', 'https://shop.test/hook'])
  expect(request.headers.get('content-type')).toBe('application/json')
  expect(JSON.parse(text)).toEqual(event)
})

test('during a rotation each secret gives a signature', async () => {
  const { request, verified } = await receive({ secret: [generateSecret(), secret] })
  expect(request.headers.get('webhook-signature')!.split(' ')).toHaveLength(2)
  expect(verified.verified).toBe(true)
})

test.each([
  ['body', 'no-matching-signature'],
  ['signature', 'no-matching-signature'],
  ['timestamp', 'timestamp-too-old'],
  ['unsigned', 'missing-header'],
] as const)('tampered with: %s', async (tamper, reason) => {
  expect((await receive({ tamper })).verified).toMatchObject({ verified: false, reason })
})

test('an hour before a moment that is given', async () => {
  const { request } = await receive({ tamper: 'timestamp', timestamp: 1_800_000_000 })
  expect(request.headers.get('webhook-timestamp')).toBe('1799996400')
})
