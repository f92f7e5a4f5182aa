import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const CHROMIUM = '/usr/bin/chromium'
const WEB = {
  ...{ fetch, Request, Response, Headers, FormData, URL, URLSearchParams, AbortController, AbortSignal },
  ...{ DOMException, TextEncoder, TextDecoder, crypto, atob, btoa, setTimeout, clearTimeout },
}

let bundle: string
let server: Server
let url: string
const seen: string[] = []

/** The client as a bundler puts it together, against a server that answers anybody. */
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('index.ts', import.meta.url))],
    conditions: ['tapline-source'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'client',
    target: 'es2022',
  })
  bundle = outputFiles[0]!.text
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${String(request.headers.authorization)}`)
    response.writeHead(200, {
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*, authorization',
    })
    response.end(JSON.stringify({ basePercent: 5, id: 'inb_1', status: 'accepted' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

describe('with nothing but what the web has', () => {
  const run = (code: string, globals: object = {}): unknown =>
    vm.runInNewContext(`${bundle}\n${code}`, { ...WEB, ...globals })

  it('a method, a signed order and an error work', async () => {
    const all = run(`
      const tapline = client.createTapline({
        secretKey: 'sk_of_the_tests', baseUrl: '${url}',
        webhookUrl: '${url}/api/webhook/x', signingSecrets: ['whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz'],
      });
      (async () => [
        (await tapline.getProgram()).data.basePercent,
        (await tapline.purchase({ email: 'a@b.test', orderId: '1', amount: 1 })).data.status,
        await tapline.getOrder({ orderId: '..' }).catch((error) => error.message),
      ])()
    `) as Promise<unknown[]>
    expect(await all).toEqual([5, 'accepted', expect.stringMatching(/^orderId is missing/)])
    expect(seen).toContain('GET /v1/program Bearer sk_of_the_tests')
  })

  it('a secret key in a page is refused', () => {
    const code = `client.createTapline({ secretKey: 'sk_of_the_tests', baseUrl: '${url}' })`
    expect(() => run(code, { window: {}, document: {} })).toThrow(/^In a browser everybody can read/)
  })
})

it.skipIf(!existsSync(CHROMIUM))(
  'in Chromium: a publishable key works, a secret one is refused',
  async () => {
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu'],
    })
    try {
      const page = await browser.newPage()
      await page.goto(url)
      await page.addScriptTag({ content: bundle })
      const make = (key: string) =>
        page.evaluate<string>(
          `(async () => String((await client.createTapline({ ${key}, baseUrl: '${url}' }).getProgram()).data.basePercent))().catch((error) => error.message)`,
        )
      expect(await make(`publishableKey: 'pk_x'`)).toBe('5')
      expect(await make(`secretKey: 'sk_x'`)).toMatch(/^In a browser everybody can read/)
    } finally {
      await browser.close()
    }
  },
)
