import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createDatabase } from '../server/tests/tapline.fixture.ts'

const server = fileURLToPath(new URL('../server', import.meta.url))
const data = mkdtempSync(join(tmpdir(), 'tapline-built-'))
const running: ChildProcess[] = []

beforeAll(() => {
  const tsup = fileURLToPath(new URL('../node_modules/tsup/dist/cli-default.js', import.meta.url))
  execFileSync(process.execPath, [tsup, '--silent'], { cwd: server })
})

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

/** As in the image: nothing but what the build made and the installed packages. */
function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: server,
    env: { NODE_ENV: 'production', PORT: '0', TAPLINE_DATA_DIRECTORY: data, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  return {
    child,
    output: () => output,
    exited: once(child, 'exit') as Promise<[number | null, string | null]>,
  }
}

it('without its settings the built server says which one is missing', async () => {
  const { output, exited } = start({})
  expect(await exited).toEqual([1, null])
  expect(output()).toMatch(/^TAPLINE_OPERATOR_TOKEN must be set when NODE_ENV is production/)
})

it('the built server answers, holds its pages and stops when told, and writes nothing to the disk', async () => {
  const database = await createDatabase()
  try {
    const { child, output, exited } = start({
      DATABASE_URL: database.url,
      REDIS_URL: inject('redisUrl'),
      TAPLINE_REDIS_PREFIX: 'built',
      TAPLINE_OPERATOR_TOKEN: 'operator-token-of-the-tests',
      TAPLINE_ENCRYPTION_KEYS: Buffer.alloc(32, 5).toString('base64'),
    })
    const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0]
    await expect.poll(address, { timeout: 15_000, message: 'the address that it serves' }).toBeDefined()
    for (const path of ['/readyz', '/openapi.json', '/docs', '/docs/redoc.js', '/docs/problems']) {
      const response = await fetch(`${address()}${path}`)
      expect({ path, status: response.status }).toEqual({ path, status: 200 })
      await response.arrayBuffer()
    }
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    expect(readdirSync(data)).toEqual([])
  } finally {
    await database.drop()
  }
})
