import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  startStorageSimulator,
  type StorageSimulator,
} from '../simulators/storage/start-storage-simulator.ts'
import { problemWriter } from '../src/http/problem.ts'
import { diskStore } from '../src/messenger/adapters/disk/disk-store.ts'
import { addressSigner } from '../src/messenger/adapters/disk/sign-address.ts'
import { fileRoutes } from '../src/messenger/adapters/http/file-routes.ts'
import { s3Store, StorageUnavailable } from '../src/messenger/adapters/s3/s3-store.ts'
import type { AttachmentStore } from '../src/messenger/ports/attachment-store.ts'
import { REFUSALS } from '../src/refusals.ts'

type Subject = {
  store: AttachmentStore
  /** Time goes by for its addresses. */ pass(ms: number): void
  stop(): Promise<void>
}

const HOUR_MS = 3_600_000
const BYTES = Buffer.from('0123456789'.repeat(1_000))
const SERVED = { name: 'Счёт.png', type: 'image/png', shown: true }
const UPLOAD = 'uploads/prj_1/att_1'
const FILE = 'files/prj_1/att_1/v1'

async function onDisk(): Promise<Subject> {
  const directory = await mkdtemp(join(tmpdir(), 'tapline-store-'))
  let base = ''
  let aheadMs = 0
  const store = diskStore({
    directory,
    addresses: addressSigner([Buffer.alloc(32, 1)]),
    publicUrl: () => base,
    now: () => Date.now() + aheadMs,
  })
  const app = express()
  const write = problemWriter(REFUSALS)
  app.use(fileRoutes({ store, onUpload: async () => undefined, write, fallbackLocale: 'en' }))
  app.use(((error: { status?: number }, _request, response, _next) => void response.status(error.status ?? 500).end()) as express.ErrorRequestHandler) // prettier-ignore
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    store,
    pass: (ms) => void (aheadMs += ms),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function inBucket(): Promise<Subject> {
  const simulator = await startStorageSimulator()
  const store = s3Store({ ...settingsOf(simulator), now: () => Date.now() })
  return { store, pass: (ms) => void simulator.advanceClock(ms), stop: simulator.stop }
}

function settingsOf({ url, bucket, region, accessKeyId, secretAccessKey }: StorageSimulator) {
  return { endpoint: url, bucket, region, accessKeyId, secretAccessKey, pathStyle: true }
}

describe.each([
  ['on a disk', onDisk],
  ['in a bucket', inBucket],
])('a store %s', (_, start) => {
  let subject: Subject
  let store: AttachmentStore
  beforeAll(async () => {
    subject = await start()
    store = subject.store
  })
  afterAll(() => subject.stop())

  const put = async (bytes: Uint8Array, size = bytes.length) => {
    const target = await store.uploadTarget({ key: UPLOAD, size, expiresAt: Date.now() + HOUR_MS })
    const answer = await fetch(target.url, { method: target.method, headers: target.headers, body: bytes as Uint8Array<ArrayBuffer> }) // prettier-ignore
    await answer.arrayBuffer()
    return answer.status
  }
  const load = async (key: string, headers: Record<string, string> = {}) =>
    fetch(await store.downloadUrl({ key, served: SERVED, now: Date.now() }), { headers })

  it('knows nothing of what is not there', async () => {
    expect(await store.head(UPLOAD)).toBeUndefined()
    expect(await store.readStart(UPLOAD, 'v1', 10)).toBeUndefined()
    expect(await store.keep('v1', { from: UPLOAD, to: FILE, served: SERVED })).toBe(false)
    await store.remove([UPLOAD, FILE])
    await store.clean(Date.now())
    expect((await load(FILE)).status).toBe(404)
  })

  it('takes exactly as many bytes as announced', async () => {
    expect(await put(BYTES, BYTES.length - 1)).toBeGreaterThanOrEqual(400)
    expect(await put(BYTES, BYTES.length + 1)).toBeGreaterThanOrEqual(400)
    expect(await store.head(UPLOAD)).toBeUndefined()
    expect(await put(BYTES)).toBe(200)
    expect(await store.head(UPLOAD)).toMatchObject({ size: BYTES.length })
  })

  it('reads its start', async () => {
    const { version } = (await store.head(UPLOAD))!
    expect(Buffer.from((await store.readStart(UPLOAD, version, 12))!).toString()).toBe('012345678901')
    expect((await store.readStart(UPLOAD, version, 99_999))!.length).toBe(BYTES.length)
    expect(await store.readStart(UPLOAD, `${version}0`, 12)).toBeUndefined()
  })

  it('keeps the version that was looked at, again and again', async () => {
    const { version } = (await store.head(UPLOAD))!
    expect(await store.keep(`${version}0`, { from: UPLOAD, to: FILE, served: SERVED })).toBe(false)
    for (let time = 0; time < 2; time++)
      expect(await store.keep(version, { from: UPLOAD, to: FILE, served: SERVED })).toBe(true)
    expect(await store.head(FILE)).toMatchObject({ size: BYTES.length })
    await store.remove([UPLOAD])
    expect(await store.head(UPLOAD)).toBeUndefined()
  })

  it('leaves a kept file as it is, whatever is uploaded afterwards', async () => {
    expect(await put(Buffer.from('other'))).toBe(200)
    const loaded = await load(FILE)
    expect(loaded.status).toBe(200)
    expect(Buffer.from(await loaded.arrayBuffer()).equals(BYTES)).toBe(true)
  })

  it('gives it out by an address, whole and in part, under its name and type', async () => {
    const whole = await load(FILE)
    expect((await whole.arrayBuffer()).byteLength).toBe(BYTES.length)
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(BYTES.length),
      'content-disposition': `inline; filename="____.png"; filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82.png`,
      'accept-ranges': 'bytes',
    })
    const part = await load(FILE, { range: 'bytes=5-7' })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, `bytes 5-7/${BYTES.length}`, '567']) // prettier-ignore
    const beyond = await load(FILE, { range: 'bytes=99999-' })
    await beyond.arrayBuffer()
    expect(beyond.status).toBe(416)
  })

  it('gives the same address for a while, good for an hour at least', async () => {
    const at = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
    const urlAt = (now: number) => store.downloadUrl({ key: FILE, served: SERVED, now })
    expect(await urlAt(at + 1)).toBe(await urlAt(at + HOUR_MS - 1))
    expect(await urlAt(at + 1)).not.toBe(await urlAt(at + HOUR_MS))
    expect((await fetch(await urlAt(Date.now() - 3 * HOUR_MS))).status).toBeGreaterThanOrEqual(400)
  })

  it('cleans up uploads of long ago, and no file', async () => {
    await put(BYTES)
    await store.clean(Date.now() - HOUR_MS)
    expect(await store.head(UPLOAD)).toBeDefined()
    await store.clean(Date.now() + 1_000)
    expect(await store.head(UPLOAD)).toBeUndefined()
    expect(await store.head(FILE)).toBeDefined()
  })

  it('takes what is at hand and reads it out again, whole', async () => {
    await store.put(UPLOAD, BYTES)
    expect(await store.head(UPLOAD)).toMatchObject({ size: BYTES.length })
    const pieces: Uint8Array[] = []
    for await (const piece of (await store.read(UPLOAD))!) pieces.push(piece)
    expect(Buffer.concat(pieces).equals(BYTES)).toBe(true)
    expect(await store.read('files/prj_1/att_1/none')).toBeUndefined()
    await store.remove([UPLOAD])
  })

  it('removes what it is told to', async () => {
    await store.remove([FILE])
    expect(await store.head(FILE)).toBeUndefined()
    expect((await load(FILE)).status).toBe(404)
  })

  it('takes and gives nothing by an address that is changed or over', async () => {
    const { url, headers } = await store.uploadTarget({
      key: UPLOAD,
      size: 3,
      expiresAt: Date.now() + HOUR_MS,
    })
    const send = async (to: string) => (await fetch(to, { method: 'PUT', headers, body: 'abc' })).status
    const changed = (address: string) => address.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect(await send(changed(url))).toBeGreaterThanOrEqual(400)
    expect(await store.head(UPLOAD)).toBeUndefined()
    expect(await send(url)).toBe(200)
    const { version } = (await store.head(UPLOAD))!
    await store.keep(version, { from: UPLOAD, to: FILE, served: SERVED })
    const file = await store.downloadUrl({ key: FILE, served: SERVED, now: Date.now() })
    expect((await fetch(changed(file))).status).toBeGreaterThanOrEqual(400)
    expect((await fetch(file)).status).toBe(200)
    subject.pass(2 * HOUR_MS + 1)
    expect(await send(url)).toBeGreaterThanOrEqual(400)
    expect((await fetch(file)).status).toBeGreaterThanOrEqual(400)
  })
})

describe('a bucket that is in trouble', () => {
  let simulator: StorageSimulator
  let store: AttachmentStore
  beforeAll(async () => {
    simulator = await startStorageSimulator()
    store = s3Store({ ...settingsOf(simulator), now: () => Date.now() })
    const client = new AwsClient({ ...simulator, service: 's3', retries: 0 })
    await client.fetch(`${simulator.url}/files/${UPLOAD}`, { method: 'PUT', body: BYTES })
  })
  afterAll(() => simulator.stop())

  it.each([
    ['busy', { status: 503 }],
    ['cut off', 'drop'],
  ] as const)('and %s is asked again later', async (_, effect) => {
    for (const work of [
      () => store.head(UPLOAD),
      () => store.readStart(UPLOAD, 'v', 5),
      () => store.keep('v', { from: UPLOAD, to: FILE, served: SERVED }),
      () => store.put(UPLOAD, BYTES),
      () => store.read(UPLOAD),
      () => store.remove([UPLOAD]),
      () => store.clean(0),
    ]) {
      simulator.failNext({ times: 1, effect })
      await expect(work()).rejects.toBeInstanceOf(StorageUnavailable)
    }
  })

  it('and says so after it began to answer 200 is asked again too', async () => {
    const { version } = (await store.head(UPLOAD))!
    simulator.failNext({ times: 1, operation: 'COPY', effect: 'error-in-200' })
    await expect(store.keep(version, { from: UPLOAD, to: FILE, served: SERVED })).rejects.toBeInstanceOf(StorageUnavailable) // prettier-ignore
  })

  it('and knows our keys no more is a fault that says which status, and no secret', async () => {
    const stranger = s3Store({
      ...settingsOf(simulator),
      secretAccessKey: 'unguessable',
      now: () => Date.now(),
    })
    const error = await stranger
      .keep('v', { from: UPLOAD, to: FILE, served: SERVED })
      .catch((fault: unknown) => fault as Error)
    expect(String(error)).toContain('403 SignatureDoesNotMatch')
    expect(String(error)).not.toContain('unguessable')
    expect(error).not.toBeInstanceOf(StorageUnavailable)
  })

  it('puts the bucket into the host name where that is wanted', async () => {
    const aws = s3Store({ ...settingsOf(simulator), endpoint: 'https://s3.example', pathStyle: false, now: () => Date.now() }) // prettier-ignore
    const { url } = await aws.uploadTarget({ key: UPLOAD, size: 1, expiresAt: Date.now() + 1_000 })
    expect(url.startsWith(`https://files.s3.example/${UPLOAD}?X-Amz-Expires=1&`)).toBe(true)
  })
})

describe('the simulator of a storage', () => {
  let simulator: StorageSimulator
  const client = (more: object = {}) => new AwsClient({ ...simulator, service: 's3', retries: 0, ...more })
  const at = (key: string) => `${simulator.url}/files/${key}`
  beforeAll(async () => {
    simulator = await startStorageSimulator()
  })
  afterAll(() => simulator.stop())

  it('lets nobody in without the right signature', async () => {
    const put = { method: 'PUT', body: 'x' }
    expect((await fetch(at('a'), put)).status).toBe(403)
    expect((await client({ secretAccessKey: 'wrong' }).fetch(at('a'), put)).status).toBe(403)
    expect((await client({ accessKeyId: 'wrong' }).fetch(at('a'), put)).status).toBe(403)
    expect((await client({ region: 'eu-north-1' }).fetch(at('a'), put)).status).toBe(400)
    expect(simulator.keys()).toEqual([])
    expect((await client().fetch(at('ключ с пробелом (1)'), put)).status).toBe(200)
    expect(simulator.keys()).toEqual(['ключ с пробелом (1)'])
  })

  it('holds an address to its time, its method and its signed length', async () => {
    const signed = async (method: string, headers: Record<string, string> = {}) => {
      const url = `${at('b')}?X-Amz-Expires=60`
      return (await client().sign(url, { method, headers, aws: { signQuery: true, allHeaders: true } })).url
    }
    const url = await signed('PUT', { 'content-length': '3' })
    const put = async (to: string, body: string) => (await fetch(to, { method: 'PUT', body })).status
    expect(await put(url, 'abcd')).toBe(403)
    expect((await fetch(url)).status).toBe(403)
    expect(await put(url.replace('/b?', '/c?'), 'abc')).toBe(403)
    expect(await put(url.replace('Expires=60', 'Expires=61'), 'abc')).toBe(403)
    expect(await put(url, 'abc')).toBe(200)
    simulator.advanceClock(61_000)
    expect(await put(url, 'abc')).toBe(403)
    expect(simulator.object('b')?.bytes.toString()).toBe('abc')
  })
})
