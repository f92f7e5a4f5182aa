import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { BadVariable, readConfig } from '../server/src/config.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')

const example = Object.fromEntries(
  read('.env.example')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
)

// The machine's own; nobody sets it for us.
const NOT_A_SETTING = ['PATH']

const SECRET = 'unguessable'
const KEY = Buffer.alloc(32, 1).toString('base64')

/** Values that must stop the start. */
const REFUSED: Record<string, string[]> = {
  PORT: ['http', '70000', '-1', '80.5'],
  TAPLINE_PUBLIC_URL: ['shop.example', 'ftp://shop.example'],
  TAPLINE_TRUST_PROXY: ['true', 'proxy.example'],
  TAPLINE_ROLES: ['api,cook', 'everything'],
  DATABASE_URL: [`mysql://tapline:${SECRET}@localhost/tapline`, SECRET],
  REDIS_URL: [`http://:${SECRET}@localhost`, SECRET],
  TAPLINE_REDIS_PREFIX: ['{a}', 'with space', 'x'.repeat(41)],
  TAPLINE_POOL_SIZE: ['3', '501', 'many'],
  TAPLINE_WORKER_CONCURRENCY: ['0', '65'],
  TAPLINE_OPERATOR_TOKEN: [SECRET],
  TAPLINE_ENCRYPTION_KEYS: [SECRET, `${KEY},${SECRET}`],
  TAPLINE_DEMO: ['yes', '1'],
  TAPLINE_TELEGRAM_API_ROOT: ['api.telegram.org'],
  TAPLINE_TILDA_SITE_PORT: ['65536', 'any'],
  TAPLINE_SHOP_PORT: ['65536', 'any'],
  TAPLINE_TELEGRAM_SIMULATOR_PORT: ['65536', 'any'],
  TAPLINE_TELEGRAM_DELIVERY: ['pigeon'],
  TAPLINE_TODOIST_API_ROOT: ['api.todoist.com'],
  TAPLINE_TODOIST_SIMULATOR_PORT: ['65536', 'any'],
  TAPLINE_TODOIST_POLL_SECONDS: ['0', 'often'],
  TAPLINE_S3_ENDPOINT: ['s3.example', 'http://127.0.0.1:9000'],
  TAPLINE_S3_BUCKET: ['My_Bucket', 'a/b', 'files'],
  TAPLINE_S3_REGION: ['Ru Central'],
  TAPLINE_S3_ACCESS_KEY_ID: [SECRET],
  TAPLINE_S3_SECRET_ACCESS_KEY: [SECRET],
  TAPLINE_S3_PATH_STYLE: ['yes'],
  TAPLINE_STORAGE_WEBHOOK_TOKEN: [SECRET, `${SECRET} with blanks in it, long as it is`],
  TAPLINE_BODY_DAYS: ['0', '3651', 'forever'],
  TAPLINE_EVENT_DAYS: ['5', '3651', 'forever'],
  TAPLINE_WEBHOOK_ALLOW: ['http://hooks', 'hooks:70000', 'hooks,10.0.0.0/33'],
  TAPLINE_LOG_LEVEL: ['loud'],
}
// Any text will do.
const FREE = [
  'NODE_ENV',
  'TAPLINE_HOST',
  'TAPLINE_DATA_DIRECTORY',
  'TAPLINE_BUNDLES_DIRECTORY',
  'TAPLINE_TELEGRAM_TOKEN',
  'TAPLINE_TODOIST_TOKEN',
  'TAPLINE_TODOIST_CLIENT_ID',
  'TAPLINE_TODOIST_CLIENT_SECRET',
]

describe('.env.example', () => {
  it('names every variable that config.ts reads, and no other', () => {
    const source = read('server/src/config.ts')
    const names = [
      ...source.matchAll(/\b(?:text|whole|url|flag)\('([A-Z0-9_]+)'/g),
      ...source.matchAll(/\benvironment\.([A-Z_]+)/g),
    ].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(10)
    const settings = names.filter((name) => !NOT_A_SETTING.includes(String(name)))
    expect(Object.keys(example).sort()).toEqual([...new Set(settings)].sort())
  })

  it('shows the defaults: copied unchanged it changes nothing', () => {
    expect(readConfig(example, root)).toEqual(readConfig({}, root))
  })

  it('has a line of explanation above every variable', () => {
    const blocks = read('.env.example').trim().split('\n\n')
    const unexplained = blocks.filter((block) => !block.startsWith('#'))
    expect(unexplained).toEqual([])
  })
})

describe('a bad value stops the start with a sentence that names the variable', () => {
  it('is tried for every variable that can be wrong', () => {
    expect([...Object.keys(REFUSED), ...FREE].sort()).toEqual(Object.keys(example).sort())
  })

  it.each(Object.entries(REFUSED).flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
    '%s=%s',
    (name, value) => {
      const start = () => readConfig({ [name]: value }, root)
      expect(start).toThrow(BadVariable)
      expect(start).toThrow(new RegExp(`^${name} .{10,}\\. See \\.env\\.example for what it means\\.$`))
      expect(start).not.toThrow(SECRET)
    },
  )

  it.each([
    ['DATABASE_URL', { NODE_ENV: 'production', TAPLINE_OPERATOR_TOKEN: 'x'.repeat(24) }],
    ['TAPLINE_OPERATOR_TOKEN', { NODE_ENV: 'production', DATABASE_URL: 'postgres://localhost/tapline' }],
    ['TAPLINE_ENCRYPTION_KEYS', { DATABASE_URL: 'postgres://localhost/tapline' }],
  ])('%s is missed where it is needed', (name, environment) => {
    expect(() => readConfig(environment, root)).toThrow(new RegExp(`^${name} must be set`))
  })

  it('a storage that is named whole is taken', () => {
    const { s3 } = readConfig(
      {
        TAPLINE_S3_ENDPOINT: 'https://storage.example/',
        TAPLINE_S3_BUCKET: 'files',
        TAPLINE_S3_ACCESS_KEY_ID: 'id',
        TAPLINE_S3_SECRET_ACCESS_KEY: SECRET,
      },
      root,
    )
    expect(s3).toEqual({
      endpoint: 'https://storage.example',
      bucket: 'files',
      region: 'us-east-1',
      accessKeyId: 'id',
      secretAccessKey: SECRET,
      pathStyle: true,
    })
  })

  it('what production needs is enough', () => {
    const config = readConfig(
      {
        NODE_ENV: 'production',
        DATABASE_URL: 'postgres://localhost/tapline',
        TAPLINE_OPERATOR_TOKEN: 'x'.repeat(24),
        TAPLINE_ENCRYPTION_KEYS: `${KEY}, ${KEY}`,
      },
      root,
    )
    expect(config).toMatchObject({ production: true, demo: false })
    expect(config.encryptionKeys).toHaveLength(2)
  })
})
