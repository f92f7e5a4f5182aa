import type { LookupAddress } from 'node:dns'
import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type AddressInfo, type LookupFunction, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { buildConnector } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { parseAllowance, type Allowance } from '../../domain/allowance.ts'
import type { Sender, SendOutcome } from '../../ports/sender.ts'
import { guardedSender } from './guarded-sender.ts'
import { certificate, key } from './tls.fixture.ts'

type Options = Omit<Parameters<typeof guardedSender>[0], 'allow'>

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

function sender(allow: string, options: Options = {}): Sender {
  const sending = guardedSender({
    allow: parseAllowance(allow) as Allowance,
    totalTimeoutMs: 5_000,
    ...options,
  })
  closing.push(() => sending.close())
  return sending
}

const post = (through: Sender, url: string, body = '{}') =>
  through.send({ url, headers: { 'content-type': 'application/json', 'webhook-id': 'evt_1' }, body })

async function listen(server: Server | HttpServer, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  closing.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

const http = (listener: RequestListener, host?: string) =>
  listen(createHttpServer({ maxHeaderSize: 200_000 }, listener), host)
const raw = (onConnection: (socket: Socket) => void) => listen(createServer(onConnection))

/** A server that answers every request with these bytes. */
const saying = (bytes: string | Buffer, after?: (socket: Socket) => void) =>
  raw((socket) => {
    socket.once('data', () => {
      socket.write(bytes)
      after?.(socket)
    })
  })

async function answerTo(bytes: string | Buffer, after?: (socket: Socket) => void): Promise<SendOutcome> {
  const port = await saying(bytes, after)
  return post(sender('127.0.0.1', { totalTimeoutMs: 700 }), `http://127.0.0.1:${port}/`)
}

/** The pool takes a connection back a turn after its answer has ended. */
const returned = () => new Promise((resolve) => setImmediate(resolve))

const until = async (condition: () => boolean) => {
  const deadline = Date.now() + 5_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('It did not come to that.')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('an endpoint that works', () => {
  it('is given the body and the headers, and its answer is kept', async () => {
    const seen: unknown[] = []
    const port = await http((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { host, 'webhook-id': id, 'content-type': type } = request.headers
        seen.push(request.method, request.url, host, id, type, Buffer.concat(chunks).toString())
        response.writeHead(201, { 'x-shop': 'yes', 'set-cookie': 'session=1' }).end('thanks, привет')
      })
    })
    const outcome = await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/hooks?a=b`, '{"a":"ж"}')
    expect(seen).toEqual([
      'POST',
      '/hooks?a=b',
      `127.0.0.1:${port}`,
      'evt_1',
      'application/json',
      '{"a":"ж"}',
    ])
    expect(outcome).toMatchObject({ status: 201, error: null, address: '127.0.0.1', retryAfterMs: null })
    expect(outcome.responseBody).toBe('thanks, привет')
    expect(outcome.responseHeaders).toMatchObject({ 'x-shop': 'yes' })
    expect(outcome.responseHeaders).not.toHaveProperty('set-cookie')
    expect(outcome.durationMs).toBeGreaterThanOrEqual(0)
  })

  it('is asked under its name, at the address of that name', async () => {
    const port = await http((request, response) => response.end(request.headers.host))
    const sending = sender('hooks.example', { resolveName: async () => ['127.0.0.1'] })
    const outcome = await post(sending, `http://hooks.example:${port}/`)
    expect(outcome).toMatchObject({
      status: 200,
      address: '127.0.0.1',
      responseBody: `hooks.example:${port}`,
    })
  })

  it('is asked at the next address of its name when one does not answer', async () => {
    const port = await http((_, response) => response.end())
    const sending = sender('hooks.example', { resolveName: async () => ['127.0.0.3', '127.0.0.1'] })
    const outcome = await post(sending, `http://hooks.example:${port}/`)
    expect(outcome).toMatchObject({ status: 200, address: '127.0.0.1' })
  })

  it('is asked over one connection again and again', async () => {
    let connections = 0
    const server = createHttpServer((_, response) => void response.end())
    server.on('connection', () => connections++)
    const port = await listen(server)
    const sending = sender('127.0.0.1')
    for (let times = 0; times < 5; times++) {
      await post(sending, `http://127.0.0.1:${port}/`)
      await returned()
    }
    expect(connections).toBe(1)
  })
})

describe('TLS', () => {
  const secure = () =>
    listen(createHttpsServer({ cert: certificate, key }, (_, response) => void response.end('ok')))
  const resolveName = async () => ['127.0.0.1']

  it('is spoken with whoever has a certificate of that name', async () => {
    const port = await secure()
    const sending = sender('hooks.example', { resolveName, ca: certificate })
    expect(await post(sending, `https://hooks.example:${port}/`)).toMatchObject({
      status: 200,
      error: null,
      address: '127.0.0.1',
      responseBody: 'ok',
    })
    expect(await post(sending, `https://hooks.example.:${port}/`)).toMatchObject({ status: 200 })
  })

  it.each([
    ['nobody trusts its certificate', 'hooks.example', undefined],
    ['its certificate is for another', 'other.example', certificate],
  ])('fails when %s', async (_, name, ca) => {
    const port = await secure()
    const outcome = await post(sender(name, { resolveName, ca }), `https://${name}:${port}/`)
    expect(outcome).toMatchObject({ status: null, error: 'tls-failed', address: '127.0.0.1' })
  })

  it('fails when the other side does not speak it', async () => {
    const port = await http((_, response) => response.end())
    const outcome = await post(sender('127.0.0.1'), `https://127.0.0.1:${port}/`)
    expect(outcome).toMatchObject({ status: null, error: 'tls-failed' })
  })

  it('ends in time when the other side never says hello', async () => {
    const port = await raw(() => undefined)
    const outcome = await post(sender('127.0.0.1', { totalTimeoutMs: 300 }), `https://127.0.0.1:${port}/`)
    expect(outcome).toMatchObject({ status: null, error: 'timeout' })
    expect(outcome.durationMs).toBeLessThan(2_000)
  })
})

describe('what may not be reached', () => {
  const spellings = [
    ...[
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '0177.0.0.1',
      '127.0.0.1.',
      '0',
      '0.0.0.0',
    ],
    ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]'],
    ...[
      'localhost',
      'LOCALHOST',
      'localhost.',
      'shop.localhost',
      '①②⑦.0.0.1',
      '127。0。0。1',
      '%31%32%37.0.0.1',
    ],
  ]

  it.each(spellings)('%s', async (spelling) => {
    let connections = 0
    const server = createServer(() => connections++)
    const port = await listen(server)
    // All there is to refuse it is the address: any name of that port would do.
    for (const url of [
      `https://${spelling}:${port}/`,
      `http://${spelling}:${port}/`,
      `https://${spelling}/`,
    ]) {
      expect(await post(sender('198.51.100.1'), url)).toMatchObject({
        status: null,
        error: 'address-refused',
        responseBody: null,
      })
    }
    expect(connections).toBe(0)
  })

  it.each([
    'http://shop.example/',
    'https://shop.example:8080/',
    'https://me:secret@shop.example/',
    'gopher://x',
    '',
  ])('%s, without asking for its address', async (url) => {
    const resolveName = () => Promise.reject(new Error('It was asked for.'))
    expect(await post(sender('', { resolveName }), url)).toMatchObject({ error: 'address-refused' })
  })

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '::1',
    '::ffff:127.0.0.1',
    'fd00::1',
    '0.0.0.0',
    '::',
  ])('a name that resolves to %s', async (address) => {
    const outcome = await post(sender('', { resolveName: async () => [address] }), 'https://shop.example/')
    expect(outcome).toMatchObject({ status: null, error: 'address-refused', address: null })
  })

  it('of the addresses of a name the private ones', async () => {
    const resolveName = async () => ['127.0.0.9', '::1', '127.0.0.1', '10.0.0.1']
    // 127.0.0.1 stands for the public one here.
    const dialled: string[] = []
    const dial: Options['dial'] = (options) => {
      const { lookup } = options as { lookup: LookupFunction }
      const listening: LookupFunction = (name, how, done) =>
        lookup(name, how, (error, addresses, family) => {
          dialled.push(...(addresses as LookupAddress[]).map(({ address }) => address))
          done(error, addresses, family)
        })
      return buildConnector({ ...options, lookup: listening })
    }
    const sending = sender('127.0.0.1,[::1]:1', {
      resolveName,
      dial,
      connectTimeoutMs: 1_000,
      ca: certificate,
    })
    expect(await post(sending, 'https://shop.example:8443/')).toMatchObject({ address: '127.0.0.1' })
    expect(dialled).toEqual(['127.0.0.1'])
  })

  it('an address that a name got after it was found good', async () => {
    let connections = 0
    const server = createHttpServer({ keepAlive: false }, (_, response) => {
      response.setHeader('connection', 'close').end()
    })
    server.on('connection', () => connections++)
    const port = await listen(server, '127.0.0.2')
    const answers = [['127.0.0.2'], ['127.0.0.1']]
    const resolveName = async () => answers.shift() ?? []
    const sending = guardedSenderOnNamedPort(resolveName, port)
    expect(await post(sending, 'https://shop.example/')).toMatchObject({ status: 200, address: '127.0.0.2' })
    expect(await post(sending, 'https://shop.example/')).toMatchObject({ error: 'address-refused' })
    expect(connections).toBe(1)
  })

  it('a peer that is not who the lookup said', async () => {
    let bytes = 0
    const port = await raw((socket) => socket.on('data', (chunk) => (bytes += chunk.length)))
    // The lookup answers with a public address; the connection ends up at home.
    const dial: Options['dial'] = (options) => (target, done) =>
      buildConnector({ ...options, lookup: undefined })(
        { ...target, protocol: 'http:', hostname: '127.0.0.1', port: String(port) },
        done,
      )
    const sending = sender('', { dial, resolveName: async () => ['93.184.216.34'] })
    expect(await post(sending, 'https://shop.example/')).toMatchObject({
      status: null,
      error: 'address-refused',
    })
    expect(bytes).toBe(0)
  })

  /** 127.0.0.2 stands for a public address; whatever port is asked for, it is this one, without TLS. */
  function guardedSenderOnNamedPort(resolveName: Options['resolveName'], port: number): Sender {
    const dial: Options['dial'] = (options) => (target, done) =>
      buildConnector(options)({ ...target, protocol: 'http:', port: String(port) }, done)
    return sender('127.0.0.2', { resolveName, dial })
  }
})

describe('what the host allows', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', 200],
    ['127.0.0.0/8', '127.0.0.1', 200],
    ['127.0.0.0/8', '2130706433', 200],
    ['127.0.0.0/8', '[::ffff:127.0.0.1]', 200],
    ['localhost', 'localhost', 200],
    ['127.0.0.0/8', 'localhost', 200],
    ['hooks.example', 'hooks.example', 200],
    ['hooks.example', 'HOOKS.example.', 200],
    ['hooks.example', '127.0.0.1', null],
    ['hooks.example', 'shop.example', null],
    ['10.0.0.0/8', '127.0.0.1', null],
  ])('%s allows http://%s: %s', async (allow, host, status) => {
    const port = await http((_, response) => response.end())
    const resolveName = async () => ['127.0.0.1']
    const outcome = await post(sender(allow, { resolveName }), `http://${host}:${port}/`)
    expect(outcome).toMatchObject({ status, error: status === null ? 'address-refused' : null })
  })

  it('this machine, by the name that only this machine knows', async () => {
    const port = await http((_, response) => response.end())
    expect(await post(sender('127.0.0.0/8'), `http://localhost:${port}/`)).toMatchObject({ status: 200 })
  })

  it('a host with a port, on that port only', async () => {
    const port = await http((_, response) => response.end())
    const resolveName = async () => ['127.0.0.1']
    const on = (allowed: number) => post(sender(`hooks:${allowed}`, { resolveName }), `http://hooks:${port}/`)
    expect(await on(port)).toMatchObject({ status: 200 })
    expect(await on(port - 1)).toMatchObject({ error: 'address-refused' })
  })
})

describe('what cannot be reached', () => {
  it('a port where nobody listens', async () => {
    const server = createServer()
    const port = await listen(server)
    server.close()
    expect(await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/`)).toMatchObject({
      status: null,
      error: 'connection-refused',
      address: '127.0.0.1',
    })
  })

  it.each([
    ['has no address', async () => []],
    ['cannot be asked for', () => Promise.reject(new Error('The name server is down.'))],
  ])('a name that %s', async (_, resolveName) => {
    const outcome = await post(sender('', { resolveName }), 'https://nowhere.example/')
    expect(outcome).toMatchObject({ status: null, error: 'name-not-found', address: null })
  })

  it('a name whose name server is silent, in time', async () => {
    const sending = guardedSender({
      allow: [],
      resolveName: () => new Promise(() => undefined),
      connectTimeoutMs: 200,
    })
    const outcome = await post(sending, 'https://shop.example/')
    expect(outcome).toMatchObject({ status: null, error: 'timeout' })
    expect(outcome.durationMs).toBeLessThan(3_000)
    await sending.close()
  })

  it('a name whose name server is silent, when all of the time is up first', async () => {
    const sending = guardedSender({
      allow: [],
      resolveName: () => new Promise(() => undefined),
      connectTimeoutMs: 1_500,
      totalTimeoutMs: 100,
    })
    const outcome = await post(sending, 'https://shop.example/')
    expect(outcome).toMatchObject({ status: null, error: 'timeout' })
    expect(outcome.durationMs).toBeLessThan(1_000)
    await sending.close()
  })
})

describe('an answer', () => {
  it.each([301, 302, 303, 307, 308])('%i is a failure and is not followed', async (status) => {
    const asked: unknown[] = []
    const port = await http((request, response) => {
      asked.push(request.url)
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
    const outcome = await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/here`)
    expect(outcome).toMatchObject({ status, error: String(status) })
    expect(outcome.responseHeaders).toMatchObject({ location: '/elsewhere' })
    expect(asked).toEqual(['/here'])
  })

  it.each([304, 400, 401, 404, 410, 429, 500, 503, 599])('%i is a failure', async (status) => {
    const port = await http((_, response) => response.writeHead(status).end())
    expect(await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/`)).toMatchObject({
      status,
      error: String(status),
      retryAfterMs: null,
    })
  })

  it('keeps the first 4 KB of its body, without NUL and half a character', async () => {
    const port = await http((_, response) => response.end(`\0a\0${'ж'.repeat(5_000)}`))
    const { responseBody } = await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/`)
    expect(responseBody).toBe(`a${'ж'.repeat(2_046)}`)
  })

  it('may be no text at all', async () => {
    const port = await http((_, response) => response.end(Buffer.from('00ff61fffe62edb081', 'hex')))
    const { responseBody } = await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/`)
    expect(responseBody).toBe('\ufffda\ufffd\ufffdb\ufffd\ufffd\ufffd')
  })

  it('is never inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const port = await http((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )
    const { responseBody, error } = await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/`)
    expect(error).toBeNull()
    expect(responseBody!.length).toBeLessThanOrEqual(4_096)
    expect(responseBody!.startsWith('\u001f\ufffd')).toBe(true)
  })

  it('keeps 50 headers and 500 characters of each', async () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`x-${at}`, 'v']))
    const port = await http((_, response) => {
      response.writeHead(200, { 'x-long': 'v'.repeat(2_000), 'x-twice': ['a', 'b'], ...many }).end()
    })
    const { responseHeaders } = await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/`)
    expect(Object.keys(responseHeaders)).toHaveLength(50)
    expect(responseHeaders['x-long']).toBe('v'.repeat(500))
    expect(responseHeaders['x-twice']).toBe('a, b')
  })

  it('may name its headers as objects name their own', async () => {
    const head =
      'HTTP/1.1 200 OK\r\n__proto__: a\r\nconstructor: b\r\ntoString: c\r\nhasOwnProperty: d\r\ncontent-length: 0\r\n\r\n'
    const outcome = await answerTo(head)
    expect(outcome).toMatchObject({ status: 200, error: null })
    expect(Object.getPrototypeOf(outcome.responseHeaders)).toBe(Object.prototype)
  })

  it('of 100 KB of headers is malformed', async () => {
    const flood = Array.from({ length: 1_000 }, (_, at) => `x-${at}: ${'v'.repeat(90)}\r\n`).join('')
    expect(await answerTo(`HTTP/1.1 200 OK\r\n${flood}\r\n`)).toMatchObject({
      status: null,
      error: 'answer-malformed',
      address: '127.0.0.1',
    })
  })

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['no status', 'HTTP/1.1 OK\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['another version', 'HTTP/9.9 200 OK\r\n\r\n'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nnonsense\r\n\r\n'],
    ['NUL in a header', 'HTTP/1.1 200 OK\r\nx: a\0b\r\ncontent-length: 0\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nab'],
    ['an upgrade that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: ws\r\nconnection: upgrade\r\n\r\n'],
    ['to go on, that nobody asked for', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ])('is malformed: %s', async (_, bytes) => {
    expect(await answerTo(bytes)).toMatchObject({ status: null, error: 'answer-malformed' })
  }) // prettier-ignore

  it('may come after hints', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(20)
    expect(await answerTo(`${hints}HTTP/1.1 204 No Content\r\n\r\n`)).toMatchObject({
      status: 204,
      error: null,
    })
  })

  it.each([
    ['120', 120_000],
    [' 5 ', 5_000],
    ['0', 1_000],
    ['99999999999999999999', 86_400_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 1_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['never GMT', null],
    ['2026-01-01', null],
  ])('asks to wait: %s', async (value, waitMs) => {
    const port = await http((_, response) => response.writeHead(503, { 'retry-after': value }).end())
    const { retryAfterMs } = await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/`)
    expect(retryAfterMs).toBe(waitMs)
  })

  it('asks to wait until a date', async () => {
    const date = new Date(Date.now() + 600_000).toUTCString()
    const port = await http((_, response) => response.writeHead(429, { 'retry-after': date }).end())
    const { retryAfterMs } = await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/`)
    expect(retryAfterMs).toBeGreaterThan(580_000)
    expect(retryAfterMs).toBeLessThanOrEqual(600_000)
  })

  it('that took it does not ask to wait', async () => {
    const port = await http((_, response) => response.writeHead(200, { 'retry-after': '120' }).end())
    expect(await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/`)).toMatchObject({ retryAfterMs: null })
  })
})

describe('an endpoint that takes its time', () => {
  const head = 'HTTP/1.1 200 OK\r\n'

  it.each([
    ['says nothing', ''],
    ['begins to speak', 'HTTP/1.1 2'],
    ['never ends its head', `${head}x-a: b\r\n`],
    ['only ever hints', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
  ])('and %s has timed out', async (_, bytes) => {
    const outcome = await answerTo(bytes)
    expect(outcome).toMatchObject({
      status: null,
      error: 'timeout',
      address: '127.0.0.1',
      responseBody: null,
    })
    expect(outcome.durationMs).toBeGreaterThanOrEqual(690)
    expect(outcome.durationMs).toBeLessThan(3_000)
  })

  it('has taken it once it says so, however slow its body is', async () => {
    const outcome = await answerTo(`${head}content-length: 100\r\n\r\nbegin`)
    expect(outcome).toMatchObject({ status: 200, error: null, responseBody: 'begin' })
    expect(outcome.durationMs).toBeLessThan(3_000)
  })

  it('drips for no longer than the time limit', async () => {
    const outcome = await answerTo(`${head}transfer-encoding: chunked\r\n\r\n`, (socket) => {
      const timer = setInterval(() => socket.write('1\r\na\r\n'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    expect(outcome).toMatchObject({ status: 200, error: null })
    expect(outcome.responseBody).toMatch(/^a+$/)
    expect(outcome.durationMs).toBeLessThan(3_000)
  })

  it('is hung up on when its body does not end', async () => {
    let written = 0
    let gone = false
    const outcome = await answerTo(`${head}\r\n`, (socket) => {
      const more = () => {
        while (!socket.destroyed && socket.write('b'.repeat(16_384))) written += 16_384
      }
      socket.on('drain', more).on('close', () => (gone = true))
      more()
    })
    expect(outcome).toMatchObject({ status: 200, error: null, responseBody: 'b'.repeat(4_096) })
    expect(outcome.durationMs).toBeLessThan(600)
    await until(() => gone)
    expect(written).toBeLessThan(30_000_000)
  })

  it('does not hold up another', async () => {
    const hung = await raw(() => undefined)
    const port = await http((_, response) => response.end())
    const sending = sender('127.0.0.1', { totalTimeoutMs: 1_000 })
    const waiting = Array.from({ length: 100 }, () => post(sending, `http://127.0.0.1:${hung}/`))
    const outcome = await post(sending, `http://127.0.0.1:${port}/`)
    expect(outcome).toMatchObject({ status: 200 })
    expect(outcome.durationMs).toBeLessThan(900)
    const errors = (await Promise.all(waiting)).map(({ error }) => error)
    expect(new Set(errors)).toEqual(new Set(['timeout']))
  })

  it('is asked over no more connections than are allowed, and works again when it does', async () => {
    let open = 0
    let most = 0
    const server = createHttpServer((_, response) => void setTimeout(() => response.end(), 30))
    server.on('connection', (socket) => {
      most = Math.max(most, ++open)
      socket.on('close', () => open--)
    })
    const port = await listen(server)
    const sending = sender('127.0.0.1', { connectionsPerOrigin: 3 })
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => post(sending, `http://127.0.0.1:${port}/`)),
    )
    expect(outcomes.every(({ status }) => status === 200)).toBe(true)
    expect(most).toBe(3)
  })
})

describe('a connection that breaks', () => {
  it.each([
    ['before the answer', '', (socket: Socket) => socket.end()],
    ['by a reset', '', (socket: Socket) => socket.resetAndDestroy()],
    ['within the head', 'HTTP/1.1 200 OK\r\nx-a', (socket: Socket) => socket.end()],
  ])('%s is lost', async (_, bytes, after) => {
    expect(await answerTo(bytes, after)).toMatchObject({
      status: null,
      error: 'connection-lost',
      address: '127.0.0.1',
    })
  })

  it.each([
    ['by a reset', (socket: Socket) => setTimeout(() => socket.resetAndDestroy(), 20)],
    ['half', (socket: Socket) => socket.end()],
  ])('within the body, %s, has told the status', async (_, after) => {
    const outcome = await answerTo('HTTP/1.1 500 Oh\r\ncontent-length: 100\r\n\r\nbegin', after)
    expect(outcome).toMatchObject({ status: 500, error: '500', responseBody: 'begin' })
  })

  /** Answers the first request of every connection, and does `after` at the second. */
  function stale(after: (socket: Socket, connection: number, nth: number) => void) {
    const requests: number[] = []
    const port = raw((socket) => {
      const connection = requests.push(0)
      socket.on('data', () => {
        const nth = ++requests[connection - 1]!
        if (nth === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
        else after(socket, connection, nth)
      })
    })
    return { port, requests }
  }

  it('and was used before is asked for anew, once and at once', async () => {
    const { port, requests } = stale((socket) => socket.destroy())
    const url = `http://127.0.0.1:${await port}/`
    const sending = sender('127.0.0.1')
    expect(await post(sending, url)).toMatchObject({ status: 200 })
    await returned()
    expect(await post(sending, url)).toMatchObject({ status: 200, error: null, address: '127.0.0.1' })
    expect(requests).toEqual([2, 1])
  })

  it('is not taken from the pool again: the others there may be as old', async () => {
    const { port, requests } = stale((socket, connection, nth) => {
      if (connection === 1 && nth === 2) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
      else setTimeout(() => socket.destroy(), 50)
    })
    const url = `http://127.0.0.1:${await port}/`
    const sending = sender('127.0.0.1')
    const twice = () => Promise.all([post(sending, url), post(sending, url)])
    await twice()
    await returned()
    // The first connection is free again when the second hangs up; it would hang up, too.
    expect((await twice()).map(({ error }) => error)).toEqual([null, null])
    expect(requests).toEqual([2, 2, 1])
  })

  it('and was used before is not asked for anew once it has begun to answer', async () => {
    const { port, requests } = stale((socket) => socket.end('HTTP/1.1 '))
    const url = `http://127.0.0.1:${await port}/`
    const sending = sender('127.0.0.1')
    await post(sending, url)
    await returned()
    expect(await post(sending, url)).toMatchObject({ status: null, error: 'connection-lost' })
    expect(requests).toEqual([2])
  })

  it('and is new is not asked for anew', async () => {
    let connections = 0
    const port = await raw((socket) => {
      connections++
      socket.once('data', () => socket.destroy())
    })
    expect(await post(sender('127.0.0.1'), `http://127.0.0.1:${port}/`)).toMatchObject({
      error: 'connection-lost',
    })
    expect(connections).toBe(1)
  })
})

describe('close', () => {
  it('waits for what is under way, and leaves no connection', async () => {
    let answer = (): unknown => undefined
    let open = 0
    const server = createHttpServer((_, response) => void (answer = () => response.end('late')))
    server.on('connection', (socket) => {
      open++
      socket.on('close', () => open--)
    })
    const port = await listen(server)
    const sending = sender('127.0.0.1')
    const sent = post(sending, `http://127.0.0.1:${port}/`)
    await until(() => open === 1)
    await until(() => String(answer).includes('late'))
    const closed = sending.close()
    answer()
    expect(await sent).toMatchObject({ status: 200, responseBody: 'late' })
    await closed
    await until(() => open === 0)
    closing.length = closing.length - 1
  })
})
