import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { signBody } from './index.ts'
import vectors from '../vectors.json' with { type: 'json' }

const folder = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(`${folder}README.md`, 'utf8')

test("PHP's hash_hmac, keyed with the text of the secret, is signBody", async () => {
  expect(readme).toContain("hash_hmac('sha256', $body, $secret)")
  const key = (text: string) =>
    crypto.subtle.importKey('raw', Buffer.from(text), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  for (const { secret, body } of vectors.bodySignature.sign) {
    if (body === undefined) continue
    const mac = await crypto.subtle.sign('HMAC', await key(secret), Buffer.from(body))
    expect(signBody({ body, secret })).toBe(Buffer.from(mac).toString('hex'))
  }
})

test('the reasons in the table are the reasons there are', () => {
  const listed = [...readme.matchAll(/^\| `([a-z]+-[a-z-]+)` /gm)].map((match) => match[1]!).sort()
  const reasons = vectors.webhook.verify.map(({ expect }) => ('reason' in expect ? expect.reason! : ''))
  expect(listed).toEqual([...new Set(reasons)].filter(Boolean).sort())
})
