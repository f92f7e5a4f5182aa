import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync, brotliCompressSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { request } from 'node:http'
import { serveBundles } from './serve-bundles.ts'

let folder: string
let server: Server
let builds = 0

const CHAT = 'console.log("chat, as the loader says it")'
const PANEL = 'export const panel = 1'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tapline-bundles-'))
  await writeFile(join(folder, '..', 'outside.js'), 'secret')
  await writeFile(join(folder, 'left.js'), 'not in the manifest')
  await build({ 'tapline-chat.js': ['tapline-chat.js', CHAT], 'panel.js': ['panel-AAAA2222.js', PANEL] })
  const app = express()
  app.disable('etag')
  app.use(serveBundles({ folder }))
  app.use((_request, response) => void response.status(404).end())
  app.use(
    ((error, _request, response, _next) =>
      void response.status((error as { status: number }).status).end()) as express.ErrorRequestHandler,
  )
  server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
  await rm(join(folder, '..', 'outside.js'))
})

async function build(entries: Record<string, [file: string, text: string]>) {
  for (const [file, text] of Object.values(entries)) {
    await writeFile(join(folder, file), text)
    await writeFile(join(folder, `${file}.gz`), gzipSync(text))
    await writeFile(join(folder, `${file}.br`), brotliCompressSync(text))
  }
  const manifest = Object.fromEntries(Object.entries(entries).map(([name, [file]]) => [name, file]))
  await writeFile(join(folder, 'bundles.json'), JSON.stringify(manifest))
  builds += 1
  await utimes(join(folder, 'bundles.json'), builds, builds)
}

/** As it stands on the line: nothing is normalised, decompressed or followed. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = server.address() as AddressInfo
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) }),
        )
      })
        .once('error', reject)
        .end()
    },
  )
}

it('a stable name is kept for minutes, a hashed one for a year, by pages of any origin', async () => {
  const stable = await ask('/js/tapline-chat.js')
  expect(stable).toMatchObject({
    status: 200,
    headers: {
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'accept-encoding',
    },
  })
  expect(stable.body.toString()).toBe(CHAT)
  expect(stable.headers['content-encoding']).toBeUndefined()
  const hashed = await ask('/js/panel-AAAA2222.js')
  expect(hashed).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'public, max-age=31536000, immutable' },
  })
})

it('is sent as small as the browser takes it', async () => {
  const brotli = await ask('/js/tapline-chat.js', { 'accept-encoding': 'gzip, deflate, br' })
  expect(brotli.headers['content-encoding']).toBe('br')
  expect(brotliDecompressSync(brotli.body).toString()).toBe(CHAT)
  const gzip = await ask('/js/tapline-chat.js', { 'accept-encoding': 'gzip;q=1.0, br;q=0' })
  expect(gzip.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(gzip.body).toString()).toBe(CHAT)
  const head = await ask('/js/tapline-chat.js', {}, 'HEAD')
  expect(head).toMatchObject({ status: 200, body: Buffer.alloc(0) })
})

it('is not sent again to whoever has it, and anew after a build', async () => {
  const { headers } = await ask('/js/tapline-chat.js')
  const etag = String(headers.etag)
  expect(await ask('/js/tapline-chat.js', { 'if-none-match': `"other", W/${etag}` })).toMatchObject({
    status: 304,
    headers: { etag, 'cache-control': headers['cache-control'] },
    body: Buffer.alloc(0),
  })
  await build({
    'tapline-chat.js': ['tapline-chat.js', `${CHAT};`],
    'panel.js': ['panel-BBBB3333.js', PANEL],
  })
  const anew = await ask('/js/tapline-chat.js', { 'if-none-match': etag })
  expect(anew.status).toBe(200)
  expect(anew.body.toString()).toBe(`${CHAT};`)
})

it('a loader that a browser has kept finds the panel of today', async () => {
  await build({ 'tapline-chat.js': ['tapline-chat.js', CHAT], 'panel.js': ['panel-CCCC4444.js', PANEL] })
  expect(await ask('/js/panel-AAAA2222.js')).toMatchObject({
    status: 302,
    headers: {
      location: '/js/panel-CCCC4444.js',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    },
  })
  expect((await ask('/js/panel-CCCC4444.js')).status).toBe(200)
})

it.each([
  '/js/left.js',
  '/js/bundles.json',
  '/js/tapline-chat.js.gz',
  '/js/other.js',
  '/js/other-AAAA2222.js',
  '/js/constructor-AAAA2222.js',
  '/js/../outside.js',
  '/js/..%2Foutside.js',
  '/js/..%5Coutside.js',
  '/js/%2e%2e%2foutside.js',
  '/js/tapline-chat.js%00',
  '/js/a/tapline-chat.js',
  '/js/',
])('%s is not found', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 404, body: Buffer.alloc(0) })
})
