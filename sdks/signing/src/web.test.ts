import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as identity from './identity.ts'
import * as node from './index.ts'
import * as web from './web/index.ts'

const now = 1_795_223_736

test('both builds have the same verbs; only reading an identity stands apart on Node', () => {
  expect(Object.keys(web).sort()).toEqual([...Object.keys(node), ...Object.keys(identity)].sort())
})

test('nothing that the web build and the fetch adapter reach knows node: or Buffer', () => {
  const seen = new Set<string>()
  const visit = (url: URL) => {
    if (seen.has(url.href)) return
    seen.add(url.href)
    const source = readFileSync(url, 'utf8')
    expect(source, url.pathname).not.toMatch(/from 'node:|\bBuffer[.(]/)
    for (const [, path] of source.matchAll(/from '(\.[^']+)'/g)) visit(new URL(path!, url))
  }
  visit(new URL('web/index.ts', import.meta.url))
  visit(new URL('fetch.ts', import.meta.url))
  expect(seen.size).toBeGreaterThan(readdirSync(new URL('web', import.meta.url)).length)
})

test('each build verifies what the other signs, whatever the bytes', async () => {
  const bytes = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 300 }))
  await fc.assert(
    fc.asyncProperty(bytes, async (body) => {
      const secrets = [web.generateSecret(), node.generateSecret()]
      const options = { id: 'evt_1', timestamp: now, body, secrets }
      const headers = node.signWebhook(options)
      expect(await web.signWebhook(options)).toEqual(headers)
      const received = { headers: { ...headers }, body, secrets: secrets.slice(1), now }
      expect(await web.verifyWebhook(received)).toEqual(node.verifyWebhook(received))
      const signature = await web.signBody({ body, secret: secrets[0]! })
      expect(node.signBody({ body, secret: secrets[0]! })).toBe(signature)
      expect(await web.verifyBodySignature({ body, signature, secrets })).toBe(true)
    }),
  )
})

test('mistakes of the program reject with the same sentences', async () => {
  const body = { parsed: true } as unknown as string
  const secrets = [web.generateSecret()]
  await expect(web.signRequest({ body, secrets })).rejects.toThrow(/^body is Object: pass the raw bytes/)
  await expect(web.verifyWebhook({ headers: {}, body, secrets })).rejects.toThrow(TypeError)
  await expect(web.verifyWebhook({ headers: {}, body: '', secrets: [] })).rejects.toThrow(/^secrets must be/)
  await expect(web.signBody({ body: '', secret: 'short' })).rejects.toThrow(/^secret has 5 characters/)
  await expect(web.signIdentity({ secret: secrets[0]! })).rejects.toThrow(/^externalId, email or phone/)
})
