import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuse } from '../kernel/refusal.ts'
import { RetryableError } from '../kernel/retryable-error.ts'
import type { AnswerOnce, KeyedRequest } from './answer-once.ts'
import { errorHandler } from './error-handler.ts'
import type { Handlers } from './handlers.ts'
import { httpError } from './http-error.ts'
import { problemWriter } from './problem.ts'
import { serveContract, type Contract, type Guards } from './serve-contract.ts'

const say = (status: number) => ({ status, detail: { en: 'x', ru: 'x', kk: 'x' } })
const write = problemWriter({
  'internal-error': say(500),
  unauthorized: say(401),
  'project-paused': say(403),
  'rate-limited': say(429),
})

const THING = {
  type: 'object',
  required: ['kind'],
  properties: { kind: { type: 'string' }, size: { type: 'integer', default: 7 } },
}

function contractWith(schema: object = THING, more: object = {}): Contract {
  const answer = {
    200: { description: 'Done', content: { 'application/json': { schema: { type: 'object' } } } },
  }
  const takes = (required: boolean) => ({ required, content: { 'application/json': { schema } } })
  const guarded = { security: [{ key: [] }] }
  return {
    openapi: '3.1.0',
    info: { title: 'Test', version: '1' },
    paths: {
      '/things': {
        get: {
          operationId: 'listThings',
          ...guarded,
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 10 } }],
          responses: answer,
        },
        post: { operationId: 'createThing', ...guarded, requestBody: takes(true), responses: answer },
        patch: { operationId: 'changeThing', ...guarded, requestBody: takes(false), responses: answer },
      },
      '/things/{name}': {
        get: {
          operationId: 'getThing',
          parameters: [
            { name: 'name', in: 'path', required: true, schema: { type: 'string', maxLength: 20 } },
          ],
          responses: answer,
        },
      },
    },
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    ...more,
  } as unknown as Contract
}

const echo = async (request: object) => ({ status: 200, body: { ...request, caller: undefined } })
const HANDLERS = { listThings: echo, createThing: echo, changeThing: echo, getThing: echo }
const NEVER: AnswerOnce = () => Promise.reject(new Error('No operation here takes a key'))
const guarded = (admit: Guards[string]['admit']): Guards => ({ key: { prefix: '', admit } })
const OPEN = guarded(async () => ({ caller: { projectId: 'p', locale: 'en' } }))

const servers: Server[] = []
/** With every default; the tests that need no other share it. */
let usual: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  usual = await serve()
})
afterAll(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve).closeAllConnections())
})

async function serve(
  options: {
    contract?: ReturnType<typeof contractWith>
    guards?: typeof OPEN
    handlers?: object
    answerOnce?: AnswerOnce
  } = {},
) {
  const { contract = contractWith(), guards = OPEN, handlers = HANDLERS, answerOnce = NEVER } = options
  const faults: unknown[] = []
  const app = express()
  app.use((_request, response, next) => {
    response.locals.requestId = 'req_1'
    next()
  })
  app.use(
    await serveContract({
      contract,
      handlers: handlers as unknown as Handlers,
      guards,
      answerOnce,
      write,
      fallbackLocale: 'en',
      validateResponses: false,
    }),
  )
  app.use((_request, _response, next) => next(httpError(404, 'not-found')))
  app.use(errorHandler({ write, fallbackLocale: 'en', onFault: (error) => faults.push(error) }))
  const server = createServer(app)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ask = async (
    method: string,
    path: string,
    body?: string | Uint8Array,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: 'Bearer x', ...headers },
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>),
    }
  }
  return { ask, url, faults }
}

describe('what stops the start', () => {
  it('an operation without a handler', async () => {
    const { getThing: _getThing, ...others } = HANDLERS
    await expect(serve({ handlers: others })).rejects.toThrow('No handler for getThing')
  })

  it('a security scheme without a guard', async () => {
    await expect(serve({ guards: {} })).rejects.toThrow('No guard for the security scheme key')
  })

  it("an Idempotency-Key that is nobody's", async () => {
    const key = { name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } }
    const contract = contractWith(THING, { components: { parameters: { Key: key } } })
    contract.paths['/things/{name}']!.get!.parameters!.push({ $ref: '#/components/parameters/Key' })
    await expect(serve({ contract })).rejects.toThrow('getThing takes an Idempotency-Key')
  })

  it.each([
    ['no document of OpenAPI', contractWith(THING, { openapi: 'three' })],
    ['a document without info', contractWith(THING, { info: undefined })],
    ['a reference to nowhere', contractWith({ $ref: '#/components/schemas/Nowhere' })],
    ['a schema that is none', contractWith({ type: 'object', properties: { kind: { type: 'strin' } } })],
    [
      'a pattern that is none',
      contractWith({ type: 'object', properties: { kind: { type: 'string', pattern: '(' } } }),
    ],
  ])('%s', async (_, contract) => {
    await expect(serve({ contract })).rejects.toThrow()
  })

  it('nothing in a contract that is whole', async () => {
    expect(await usual.ask('GET', '/things')).toMatchObject({ status: 200 })
  })
})

describe('a guard', () => {
  it.each([
    ['a refusal', () => Promise.resolve(refuse('project-paused')), 403, 'project-paused'],
    [
      'a refusal to wait for',
      () => Promise.resolve(refuse('rate-limited', { limit: 1, retryAfterSeconds: 9 })),
      429,
      'rate-limited',
    ],
    ['a thrown 403', () => Promise.reject(httpError(403, 'forbidden')), 403, 'forbidden'],
    ['a thrown 409', () => Promise.reject(httpError(409, 'request-in-progress')), 409, 'request-in-progress'],
    ['a thrown 429', () => Promise.reject(httpError(429, 'rate-limited')), 429, 'rate-limited'],
    [
      'a database that is away',
      () => Promise.reject(new RetryableError('away', { retryAfterMs: 2_000 })),
      503,
      'unavailable',
    ],
    ['a fault', () => Promise.reject(new Error('secret of ours')), 500, 'internal-error'],
  ])('keeps the status of %s', async (_, decide, status, code) => {
    const { ask, faults } = await serve({ guards: guarded(decide) })
    const answer = await ask('GET', '/things')
    expect(answer).toMatchObject({ status, body: { status, code } })
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(answer.headers.get('retry-after')).toBe(
      { 503: '2', 429: code === 'rate-limited' && _.startsWith('a refusal') ? '9' : null }[status] ?? null,
    )
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    expect(faults).toHaveLength(status >= 500 ? 1 : 0)
  })

  it('decides before the body is read', async () => {
    const { ask } = await serve({ guards: guarded(() => Promise.resolve(refuse('unauthorized'))) })
    expect(await ask('POST', '/things', '{broken')).toMatchObject({ status: 401 })
    expect(await ask('GET', '/things?unknown=1')).toMatchObject({ status: 401 })
  })

  it('is not passed by another spelling of the address or the method', async () => {
    const { url } = await serve({ guards: guarded(() => Promise.resolve(refuse('unauthorized'))) })
    for (const path of [
      '/things',
      '/things/',
      '/THINGS',
      '/Things',
      '//things',
      '/./things',
      '/%74hings',
      '/things?',
      '/things#x',
      '/things;x',
      '/things/%2e%2e/things',
      '/x/../things',
    ]) {
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS', 'PROPFIND']) {
        const status = await new Promise<number>((resolve, reject) => {
          const { port } = new URL(url)
          httpRequest(
            { host: '127.0.0.1', port, method, path, headers: { 'content-length': '0' } },
            (response) => resolve(response.resume().statusCode!),
          )
            .on('error', reject)
            .end()
        })
        expect([401, 404, 405, 400], `${method} ${path}`).toContain(status)
      }
    }
  })
})

describe('an Idempotency-Key', () => {
  it('reaches the store and the handler, of the operation that takes one', async () => {
    const contract = contractWith()
    const { post, patch } = contract.paths['/things']!
    post!.parameters = [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } }]
    for (const operation of [post!, patch!]) operation['x-tapline-secret-answer'] = true
    const seen: KeyedRequest[] = []
    const { ask } = await serve({
      contract,
      answerOnce: async (request, work) => {
        seen.push(request)
        return { outcome: await work(), replayed: false }
      },
    })
    const headers = { 'content-type': 'application/json', 'idempotency-key': '"a-key"' }
    const { body } = await ask('POST', '/things', '{"kind":"x"}', headers)
    expect(body).toMatchObject({ idempotencyKey: 'a-key', body: { kind: 'x', size: 7 } })
    const { body: without } = await ask('PATCH', '/things', '{"kind":"x"}', headers)
    expect(without).not.toHaveProperty('idempotencyKey')
    expect(seen).toEqual([
      {
        projectId: 'p',
        key: 'a-key',
        operationId: 'createThing',
        path: {},
        query: {},
        body: { kind: 'x', size: 7 },
        secret: true,
      },
    ])
  })
})

describe('a body', () => {
  it.each([
    ['nothing', undefined],
    ['an empty one', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['a number', '1'],
    ['broken JSON', '{"kind":'],
    ['a wrong one', '{"kind":1}'],
    ['half of one', '{}'],
    ['a prototype', '{"__proto__":{"kind":"x"}}'],
  ])('that is %s is 400', async (_, body) => {
    const { ask, faults } = usual
    const answer = await ask('POST', '/things', body)
    expect(answer).toMatchObject({ status: 400 })
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(faults).toEqual([])
  })

  it('that ends before it begins is 400 too', async () => {
    const { url } = usual
    const status = await new Promise<number>((resolve, reject) => {
      const { port } = new URL(url)
      const request = httpRequest(
        {
          host: '127.0.0.1',
          port,
          method: 'POST',
          path: '/things',
          headers: {
            authorization: 'Bearer x',
            'content-type': 'application/json',
            'transfer-encoding': 'chunked',
          },
        },
        (response) => resolve(response.resume().statusCode!),
      )
      request.on('error', reject).end()
    })
    expect(status).toBe(400)
  })

  it('that need not be there need not be there', async () => {
    const { ask } = usual
    expect(await ask('PATCH', '/things', undefined, {})).toMatchObject({ status: 200, body: {} })
    expect(await ask('PATCH', '/things', '{"kind":"x"}')).toMatchObject({
      status: 200,
      body: { body: { kind: 'x', size: 7 } },
    })
    expect(await ask('PATCH', '/things', 'null')).toMatchObject({ status: 400 })
  })

  it.each([
    ['text/plain', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no type', { 'content-type': '' }],
    ['gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
  ])('of %s is 415', async (_, headers) => {
    const { ask } = usual
    expect(await ask('POST', '/things', Buffer.from('{"kind":"x"}'), headers)).toMatchObject({ status: 415 })
  })

  it('of more than a megabyte is 413', async () => {
    const { ask } = usual
    expect(await ask('POST', '/things', JSON.stringify({ kind: 'x'.repeat(1_100_000) }))).toMatchObject({
      status: 413,
      body: { code: 'body-too-large' },
    })
  })

  it('of JSON may name a charset in any case', async () => {
    const { ask } = usual
    for (const type of [
      'application/json; charset=utf-8',
      'Application/JSON;charset=UTF-8',
      'application/json;v=2',
    ]) {
      expect(await ask('POST', '/things', '{"kind":"ы"}', { 'content-type': type })).toMatchObject({
        status: 200,
        body: { body: { kind: 'ы' } },
      })
    }
  })

  it('of half a character or a NUL never reaches a handler', async () => {
    const { ask } = usual
    for (const body of [
      '{"kind":"\\u0000"}',
      '{"kind":"\\ud83d"}',
      '{"kind":"x","more":{"deep":["\\udc00"]}}',
      '{"kind":"x","\\u0000":1}',
    ]) {
      expect(await ask('POST', '/things', body), body).toMatchObject({ status: 400 })
    }
    expect(await ask('POST', '/things', '{"kind":"\\ud83d\\ude00 \\\\u0000"}')).toMatchObject({
      status: 200,
      body: { body: { kind: '😀 \\u0000' } },
    })
    expect(await ask('GET', '/things/a%00b')).toMatchObject({ status: 400 })
    expect(await ask('GET', '/things/%E0%A4%A')).toMatchObject({ status: 400 })
    expect(await ask('GET', '/things/a%2Fb')).toMatchObject({ status: 200, body: { path: { name: 'a/b' } } })
  })

  it('nested without end is answered', async () => {
    const { ask } = await serve({
      handlers: { ...HANDLERS, createThing: () => Promise.resolve({ status: 200, body: {} }) },
    })
    const answer = await ask(
      'POST',
      '/things',
      `{"kind":"x","more":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    )
    expect([200, 400]).toContain(answer.status)
  })
})

describe('parameters', () => {
  it.each([
    ['/things?unknown=1', 400],
    ['/things?utm_source=vk', 400],
    ['/things?limit=11', 400],
    ['/things?limit=x', 400],
    ['/things?limit=1&limit=2', 400],
    ['/things?limit[a]=1', 400],
    ['/things?limit=10', 200],
    ['/things/' + 'x'.repeat(21), 400],
    ['/nothing', 404],
  ])('GET %s is %i', async (path, status) => {
    const { ask } = usual
    const answer = await ask('GET', path)
    expect(answer.status).toBe(status)
    if (status >= 400) expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  })

  it('of another method are not asked: 405 says which there are', async () => {
    const { ask } = usual
    const answer = await ask('DELETE', '/things')
    expect(answer).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } })
    expect(answer.headers.get('allow')!.split(', ').sort()).toEqual(['GET', 'PATCH', 'POST'])
  })
})

it('2,000 spellings of one content type leave nothing behind', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const { ask } = usual
  const heap = () => {
    collect()
    return process.memoryUsage().heapUsed
  }
  const post = async (from: number, to: number) => {
    for (let at = from; at < to; at += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          ask('POST', '/things', '{"kind":"x"}', { 'content-type': `application/json;v=${at + n}` }),
        ),
      )
    }
  }
  await post(0, 200)
  const before = heap()
  await post(200, 2_200)
  expect((heap() - before) / 2_000).toBeLessThan(2_000)
})
