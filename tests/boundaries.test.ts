import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const config = join(root, '.dependency-cruiser.cjs')
const rules = (createRequire(import.meta.url)(config) as { forbidden: { name: string }[] }).forbidden

type Import = readonly [file: string, statement: string]

/** What each rule is there to catch. Every file is one violation, of that rule and no other. */
const PLANTED: Record<string, Import[]> = {
  'kernel-imports-nothing': [
    ['server/src/kernel/planted.ts', `import 'node:crypto'`],
    ['server/src/kernel/planted-2.ts', `import '../postgres/sql.ts'`],
  ],
  'domain-is-pure': [
    ['server/src/loyalty/domain/planted.ts', `import 'node:crypto'`],
    ['server/src/loyalty/domain/planted-2.ts', `import type { T } from '../ports/ledger.ts'`],
    ['server/src/loyalty/domain/planted-3.ts', `import '../run-engine.ts'`],
    ['server/src/loyalty/domain/planted-4.ts', `export * from '../../postgres/sql.ts'`],
  ],
  'ports-speak-domain': [
    ['server/src/loyalty/ports/planted.ts', `import type { T } from '../run-engine.ts'`],
    ['server/src/loyalty/ports/planted-2.ts', `import type { T } from '../../postgres/sql.ts'`],
    ['server/src/loyalty/ports/planted-3.ts', `import type { T } from 'node:http'`],
  ],
  'use-cases-know-no-adapter': [
    ['server/src/loyalty/planted.ts', `import './adapters/postgres/postgres-ledger.ts'`],
    ['server/src/loyalty/planted-2.ts', `import type { T } from '../postgres/sql.ts'`],
    ['server/src/loyalty/planted-3.ts', `import 'node:crypto'`],
    ['server/src/loyalty/planted-4.ts', `await import('./adapters/postgres/postgres-ledger.ts')`],
    ['server/src/telegram/bot/planted.ts', `import 'node:crypto'`],
  ],
  'adapters-plug-into-their-own-context': [
    ['server/src/loyalty/adapters/postgres/planted.ts', `import '../../../queue/wake-queue.ts'`],
    ['server/src/loyalty/adapters/postgres/planted-2.ts', `import '../../../../simulators/telegram/main.ts'`],
  ],
  'compose-wires-one-context': [
    ['server/src/messenger/compose.ts', `import '@tapline/signing'`],
    ['server/src/support/compose.ts', `import '../../simulators/telegram/main.ts'`],
    ['server/src/messenger/compose-parts.ts', `import '../../simulators/telegram/main.ts'`],
  ],
  'only-app-composes': [
    ['server/src/planted.ts', `import './loyalty/compose.ts'`],
    ['server/src/loyalty/planted-5.ts', `import './compose.ts'`],
    ['server/src/messenger/planted.ts', `import './compose-parts.ts'`],
    ['server/src/webhooks/compose.ts', `import '../loyalty/compose.ts'`],
    ['server/bench/planted.ts', `import '../src/loyalty/compose.ts'`],
  ],
  'contexts-are-strangers': [
    ['server/src/loyalty/adapters/http/planted.ts', `import '../../../customers/domain/customer.ts'`],
    ['server/src/notices/compose.ts', `import type { T } from '../customers/identify.ts'`],
    ['server/src/loyalty/domain/planted.test.ts', `import '../../customers/domain/customer.ts'`],
  ],
  'mechanisms-know-no-context': [
    ['server/src/postgres/planted.ts', `import type { T } from '../loyalty/domain/decide.ts'`],
    ['server/src/http/planted-8.ts', `import '../../simulators/telegram/main.ts'`],
  ],
  'nothing-reaches-back-to-the-top': [
    ['server/src/http/planted.ts', `import '../refusals.ts'`],
    ['server/src/loyalty/adapters/http/planted-2.ts', `import '../../../app.ts'`],
  ],
  'config-is-read-once': [
    ['server/src/http/planted-2.ts', `import type { Config } from '../config.ts'`],
    ['server/bench/planted-2.ts', `import '../src/config.ts'`],
  ],
  'every-folder-is-known': [['server/src/helpers/planted.ts', `import '../kernel/ids.ts'`]],
  'contract-types-stop-at-the-edge': [
    ['server/src/loyalty/adapters/postgres/planted-3.ts', `import type { T } from '@tapline/openapi'`],
    ['server/src/inbox/planted.ts', `import contract from '@tapline/openapi/openapi.json'`],
  ],
  'knex-and-pg-only-in-postgres': [
    ['server/src/loyalty/adapters/postgres/planted-4.ts', `import knex from 'knex'`],
    ['server/src/inbox/planted-2.ts', `import type { T } from 'pg'`],
  ],
  'bullmq-only-in-queue': [['server/src/inbox/planted-3.ts', `import { Queue } from 'bullmq'`]],
  'ioredis-only-in-redis-and-queue': [['server/src/http/planted-3.ts', `import type { T } from 'ioredis'`]],
  'queue-takes-only-the-type-of-ioredis': [
    ['server/src/queue/planted.ts', `import { Redis } from 'ioredis'`],
  ],
  'express-only-in-http': [
    ['server/src/loyalty/adapters/planted.ts', `import express from 'express'`],
    ['server/src/telemetry/planted.ts', `import 'express-openapi-validator'`],
  ],
  'cors-only-in-http': [['server/src/messenger/adapters/http/planted-cors.ts', `import cors from 'cors'`]],
  'redoc-only-in-http': [['server/src/telemetry/planted-2.ts', `import 'redoc/bundles/redoc.standalone.js'`]],
  'ws-only-in-websocket': [['server/src/http/planted-4.ts', `import 'ws'`]],
  'grammy-only-in-its-adapter': [['server/src/telegram/adapters/planted.ts', `import 'grammy'`]],
  'qr-codes-only-in-their-adapter': [['server/src/telegram/adapters/planted-2.ts', `import 'qrcode'`]],
  'phone-numbers-only-in-their-adapter': [
    ['server/src/storefronts/adapters/planted.ts', `import 'libphonenumber-js/max'`],
  ],
  'logs-and-metrics-only-in-telemetry': [
    ['server/src/http/planted-5.ts', `import 'pino'`],
    ['server/src/queue/planted-2.ts', `import 'prom-client'`],
  ],
  'undici-only-in-its-adapter': [['server/src/webhooks/adapters/planted.ts', `import 'undici'`]],
  'ulid-only-in-vault': [['server/src/inbox/planted-4.ts', `import 'ulid'`]],
  's3-only-in-its-adapter': [['server/src/messenger/adapters/http/planted.ts', `import 'aws4fetch'`]],
  'file-types-only-in-their-adapter': [
    ['server/src/messenger/adapters/http/planted-2.ts', `import 'file-type'`],
  ],
  'embedded-servers-only-in-embedded': [['server/src/redis/planted.ts', `import 'js-redis-server'`]],
  'every-package-has-its-place': [['server/src/http/planted-6.ts', `import 'fast-check'`]],
  'server-uses-only-signing': [['server/src/http/planted-7.ts', `import '@tapline/client'`]],
  'published-code-never-sees-the-server': [
    ['sdks/client/src/planted.ts', `import '@tapline/server/src/kernel/ids.ts'`],
    ['sdks/client/src/planted.test.ts', `import '@tapline/server/src/kernel/ids.ts'`],
  ],
  'simulators-import-nothing-of-src': [
    ['server/simulators/telegram/planted.ts', `import type { T } from '../../src/kernel/ids.ts'`],
  ],
  'todoist-sdk-is-only-a-referee': [
    ['server/simulators/todoist/planted.ts', `import '@doist/todoist-sdk'`],
    ['server/src/support/planted.test.ts', `import type { Task } from '@doist/todoist-sdk'`],
  ],
  'no-relative-path-out-of-a-package': [
    ['sdks/client/src/planted-2.ts', `import '../../signing/src/index.ts'`],
    ['server/tests/planted.ts', `import '../../sdks/client/src/index.ts'`],
  ],
  'no-cycle': [
    ['server/src/http/circle.ts', `import './circle-2.ts'`],
    ['server/src/http/circle-2.ts', `import type { T } from './circle.ts'`],
  ],
  'no-unresolvable-import': [['server/src/http/planted-9.ts', `import './nowhere.ts'`]],
}

/** What the rules must leave alone. */
const ALLOWED: Import[] = [
  ['server/src/app.ts', `import './loyalty/compose.ts'; import './config.ts'`],
  ['server/src/create-api.ts', `import '@tapline/openapi/openapi.json'; import './config.ts'`],
  ['server/src/loyalty/compose.ts', `import './adapters/postgres/postgres-ledger.ts'; import 'node:crypto'`],
  ['server/src/loyalty/adapters/postgres/postgres-ledger.ts', `import '../../../postgres/sql.ts'; import '../../run-engine.ts'`],
  ['server/src/loyalty/adapters/http/allowed.ts', `import 'express'; import '@tapline/openapi'`],
  ['server/src/storefronts/adapters/allowed.ts', `import '@tapline/signing'; import 'node:crypto'`],
  ['server/src/loyalty/run-engine.ts', `import './ports/ledger.ts'; import './domain/decide.ts'`],
  ['server/src/loyalty/ports/ledger.ts', `import '../domain/decide.ts'; import '../../kernel/ids.ts'`],
  ['server/src/loyalty/domain/allowed.test.ts', `import 'fast-check'; import 'node:crypto'; import './decide.ts'`],
  ['server/src/embedded/allowed.fixture.ts', `import 'pg'; import 'bullmq'; import 'ioredis'`],
  ['server/src/queue/wake-queue.ts', `import type { Redis } from 'ioredis'; import 'bullmq'`],
  ['server/tests/allowed.int.test.ts', `import '../src/config.ts'; import '../simulators/telegram/main.ts'; import 'pg'`],
  ['server/simulators/todoist/allowed.test.ts', `import '@doist/todoist-sdk'`],
  ['server/bench/allowed.ts', `import 'pg'; import 'express'`],
  ['sdks/client/src/allowed.ts', `import '@tapline/openapi'; import '@tapline/signing'`],
] // prettier-ignore

const EMPTY = [
  'server/src/telegram/adapters/postgres/postgres-bots.ts',
  'server/src/kernel/ids.ts',
  'server/src/config.ts',
  'server/src/refusals.ts',
  'server/src/postgres/sql.ts',
  'server/src/loyalty/domain/decide.ts',
  'server/src/customers/domain/customer.ts',
  'server/src/customers/identify.ts',
  'server/simulators/telegram/main.ts',
  'sdks/signing/src/index.ts',
  'sdks/client/src/index.ts',
  'openapi/generated/types.ts',
]

type Violation = { from: string; rule: { name: string }; cycle?: { name: string }[] }
type Report = { summary: { violations: Violation[]; totalCruised: number } }

function cruise(folder: string): Report {
  const command = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const done = spawnSync(process.execPath, [command, '--config', config, '--output-type', 'json', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (!done.stdout.startsWith('{')) throw new Error(`dependency-cruiser gave no report: ${done.stderr}`)
  return JSON.parse(done.stdout) as Report
}

function plant(folder: string): void {
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${text}\nexport type T = 1\n`)
  }
  const link = (target: string, path: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    symlinkSync(target, join(folder, path))
  }
  for (const file of EMPTY) write(file, '')
  for (const [file, statement] of [...ALLOWED, ...Object.values(PLANTED).flat()]) write(file, statement)

  writeFileSync(join(folder, 'package.json'), '{}')
  writeFileSync(join(folder, 'openapi/generated/openapi.json'), '{}')
  const sources = { '.': './src/index.ts' }
  const tapline = {
    openapi: { '.': './generated/types.ts', './openapi.json': './generated/openapi.json' },
    server: { './*': './*' },
    'sdks/signing': sources,
    'sdks/client': sources,
  }
  for (const [path, exports] of Object.entries(tapline)) {
    const name = `@tapline/${path.split('/').at(-1)}`
    writeFileSync(join(folder, path, 'package.json'), JSON.stringify({ name, exports }))
    for (const user of ['server', 'sdks/client']) link(join(folder, path), `${user}/node_modules/${name}`)
  }
  const installed = join(root, 'server/node_modules')
  for (const name of readdirSync(installed)) {
    if (name !== '@tapline' && !name.startsWith('.'))
      link(join(installed, name), `server/node_modules/${name}`)
  }
  link(join(root, 'node_modules/fast-check'), 'server/node_modules/fast-check')
  const ws = join(folder, 'server/node_modules/ws')
  rmSync(ws, { recursive: true, force: true })
  mkdirSync(ws)
  writeFileSync(join(ws, 'package.json'), '{ "name": "ws", "main": "index.js" }')
  writeFileSync(join(ws, 'index.js'), '')
}

it('nothing in the repository crosses a boundary', () => {
  const { violations, totalCruised } = cruise(root).summary
  expect(violations.map(({ from, rule }) => `${rule.name}: ${from}`)).toEqual([])
  expect(totalCruised).toBeGreaterThan(100)
})

describe('a planted violation is caught', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapline-boundaries-'))
  const caught = new Map<string, string[]>()

  beforeAll(() => {
    plant(folder)
    for (const { from, rule, cycle = [] } of cruise(folder).summary.violations) {
      for (const file of new Set([from, ...cycle.map(({ name }) => name)])) {
        caught.set(file, [...new Set([...(caught.get(file) ?? []), rule.name])])
      }
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(rules.map(({ name }) => name))('by %s and by no other rule', (name) => {
    const planted = PLANTED[name] ?? []
    expect(planted, `no violation is planted for ${name}`).not.toEqual([])
    for (const [file, statement] of planted) {
      expect(caught.get(file), `${file}: ${statement}`).toEqual([name])
    }
  })

  it('and what is allowed is left alone', () => {
    const files = new Set(Object.values(PLANTED).flatMap((imports) => imports.map(([file]) => file)))
    expect([...caught.keys()].filter((file) => !files.has(file))).toEqual([])
  })

  it('under a rule that exists', () => {
    const names = rules.map(({ name }) => name)
    expect(Object.keys(PLANTED).filter((name) => !names.includes(name))).toEqual([])
  })
})
