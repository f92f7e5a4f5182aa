import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parseAllowance, type Allowance } from './webhooks/domain/allowance.ts'

export const ROLES = ['api', 'gateway', 'worker', 'relay', 'scheduler'] as const
export type Role = (typeof ROLES)[number]

export type Config = {
  production: boolean
  port: number
  host: string
  /** Without a slash at the end. */
  publicUrl: string
  /** What Express calls "trust proxy": hops, or addresses and networks. */
  trustProxy: number | string[] | false
  roles: readonly Role[]
  databaseUrl: string | undefined
  redisUrl: string | undefined
  /** Of all our keys, so that several installations can share a Redis. */
  redisPrefix: string
  poolSize: number
  workerConcurrency: number
  operatorToken: string | undefined
  encryptionKeys: Buffer[]
  dataDirectory: string
  /** Where the scripts of pages are, as the build made them. */
  bundlesDirectory: string
  demo: boolean
  shopPort: number
  tildaSitePort: number
  telegram: {
    apiRoot: string | undefined
    demoToken: string | undefined
    simulatorPort: number
    /** `auto`: by webhook where the public address is https. */
    delivery: 'auto' | 'webhook' | 'polling'
  }
  todoist: {
    apiRoot: string | undefined
    /** Connected to the demo project at the first start. */
    demoToken: string | undefined
    simulatorPort: number
    /** The host's app: whoever has none asks without being woken, and connects by token only. */
    clientId: string | undefined
    clientSecret: string | undefined
    pollSeconds: number
  }
  /** Where files of the chat are kept, when not in the data directory. */
  s3:
    | {
        endpoint: string
        bucket: string
        region: string
        accessKeyId: string
        secretAccessKey: string
        pathStyle: boolean
      }
    | undefined
  /** What the storage shows when it tells of an upload. */
  storageWebhookToken: string | undefined
  bodyDays: number
  eventDays: number
  /** Where events may go besides the public internet. */
  webhookAllow: Allowance
  logLevel: string
  searchPath: string
}

type Environment = Readonly<Record<string, string | undefined>>

export class BadVariable extends Error {}

const KEY_BYTES = 32
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** Reads the environment once; a bad value stops the start with a sentence that says which and why. */
export function readConfig(environment: Environment, root: string): Config {
  const text = (name: string) => environment[name]?.trim() || undefined
  const bad = (name: string, why: string): never => {
    throw new BadVariable(`${name} ${why}. See .env.example for what it means.`)
  }
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const value = text(name)
    if (value === undefined) return fallback
    if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most) {
      bad(name, `must be a whole number from ${least} to ${most}, it is "${value}"`)
    }
    return Number(value)
  }
  const url = (name: string, protocols: string[]): string | undefined => {
    const value = text(name)
    if (value === undefined) return undefined
    const protocol = URL.canParse(value) ? new URL(value).protocol : ''
    if (!protocols.includes(protocol))
      bad(name, `must be an address that begins with ${protocols.join('// or ')}//`)
    return value.replace(/\/+$/, '')
  }
  const flag = (name: string, fallback: boolean): boolean => {
    const value = text(name)
    if (value === undefined) return fallback
    if (value !== 'true' && value !== 'false') bad(name, `must be true or false, it is "${value}"`)
    return value === 'true'
  }

  const production = text('NODE_ENV') === 'production'
  const port = whole('PORT', 8080, 0, 65_535)
  const host = text('TAPLINE_HOST') ?? '127.0.0.1'
  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:'])
  const redisUrl = url('REDIS_URL', ['redis:', 'rediss:'])
  const local = databaseUrl === undefined
  const operatorToken = text('TAPLINE_OPERATOR_TOKEN')
  if (operatorToken !== undefined && operatorToken.length < 24)
    bad('TAPLINE_OPERATOR_TOKEN', 'must have at least 24 characters; make one with: openssl rand -base64 32')
  if (production && operatorToken === undefined)
    bad('TAPLINE_OPERATOR_TOKEN', 'must be set when NODE_ENV is production')
  if (production && local)
    bad(
      'DATABASE_URL',
      'must be set when NODE_ENV is production: the private Postgres is for trying things out',
    )
  const encryptionKeys = (text('TAPLINE_ENCRYPTION_KEYS') ?? '').split(',').filter(Boolean).map((key, index) => {
    const bytes = Buffer.from(key.trim(), 'base64')
    if (bytes.length !== KEY_BYTES) bad('TAPLINE_ENCRYPTION_KEYS', `must be base64 of ${KEY_BYTES} bytes each, separated by commas; key ${index + 1} has ${bytes.length} bytes`)
    return bytes
  }) // prettier-ignore
  if (!local && encryptionKeys.length === 0)
    bad(
      'TAPLINE_ENCRYPTION_KEYS',
      'must be set with DATABASE_URL: without it the secrets in that database cannot be read; make one with: openssl rand -base64 32',
    )

  const delivery = text('TAPLINE_TELEGRAM_DELIVERY') ?? 'auto'
  if (delivery !== 'auto' && delivery !== 'webhook' && delivery !== 'polling')
    bad('TAPLINE_TELEGRAM_DELIVERY', `must be auto, webhook or polling, it is "${delivery}"`)

  const redisPrefix = text('TAPLINE_REDIS_PREFIX') ?? 'tapline'
  if (!/^[\w.-]{1,40}$/.test(redisPrefix))
    bad('TAPLINE_REDIS_PREFIX', 'may hold letters, digits, dots, dashes and underscores, at most 40')

  const storageWebhookToken = text('TAPLINE_STORAGE_WEBHOOK_TOKEN')
  if (storageWebhookToken !== undefined && !/^[\x21-\x7e]{24,300}$/.test(storageWebhookToken))
    bad(
      'TAPLINE_STORAGE_WEBHOOK_TOKEN',
      'must have 24 to 300 characters and no blanks; make one with: openssl rand -base64 32',
    )
  const s3Endpoint = url('TAPLINE_S3_ENDPOINT', ['http:', 'https:'])
  const s3Bucket = text('TAPLINE_S3_BUCKET')
  if (s3Bucket !== undefined && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(s3Bucket))
    bad('TAPLINE_S3_BUCKET', 'must be the name of a bucket: small letters, digits, dots and dashes')
  const s3Region = text('TAPLINE_S3_REGION') ?? 'us-east-1'
  if (!/^[a-z0-9-]{2,40}$/.test(s3Region))
    bad(
      'TAPLINE_S3_REGION',
      'must be the name of a region, such as ru-central1; most that are no AWS take us-east-1',
    )
  const s3AccessKeyId = text('TAPLINE_S3_ACCESS_KEY_ID')
  const s3SecretAccessKey = text('TAPLINE_S3_SECRET_ACCESS_KEY')
  const s3PathStyle = flag('TAPLINE_S3_PATH_STYLE', true)
  const s3Needed = {
    TAPLINE_S3_ENDPOINT: s3Endpoint,
    TAPLINE_S3_BUCKET: s3Bucket,
    TAPLINE_S3_ACCESS_KEY_ID: s3AccessKeyId,
    TAPLINE_S3_SECRET_ACCESS_KEY: s3SecretAccessKey,
  }
  const s3Set = Object.entries(s3Needed).filter(([, value]) => value !== undefined)
  const s3Missing = Object.entries(s3Needed).filter(([, value]) => value === undefined)
  if (s3Set.length > 0 && s3Missing.length > 0)
    bad(s3Set[0]![0], `is set, and ${s3Missing.map(([name]) => name).join(', ')} must be set with it`)

  const roles = (text('TAPLINE_ROLES') ?? ROLES.join(',')).split(',').map((role) => role.trim()) as Role[]
  for (const role of roles)
    if (!ROLES.includes(role)) bad('TAPLINE_ROLES', `names "${role}"; the roles are ${ROLES.join(', ')}`)
  const logLevel = text('TAPLINE_LOG_LEVEL') ?? 'info'
  if (!LOG_LEVELS.includes(logLevel))
    bad('TAPLINE_LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}, it is "${logLevel}"`)

  return {
    production,
    port,
    host,
    publicUrl:
      url('TAPLINE_PUBLIC_URL', ['http:', 'https:']) ??
      `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`,
    trustProxy: trustProxy(text('TAPLINE_TRUST_PROXY'), bad),
    roles,
    databaseUrl,
    redisUrl,
    redisPrefix,
    poolSize: whole('TAPLINE_POOL_SIZE', 16, 4, 500),
    workerConcurrency: whole('TAPLINE_WORKER_CONCURRENCY', 4, 1, 64),
    operatorToken,
    encryptionKeys,
    dataDirectory: text('TAPLINE_DATA_DIRECTORY') ?? join(root, '.data'),
    bundlesDirectory: text('TAPLINE_BUNDLES_DIRECTORY') ?? join(root, 'server/bundles'),
    demo: flag('TAPLINE_DEMO', local),
    shopPort: whole('TAPLINE_SHOP_PORT', 8083, 0, 65_535),
    tildaSitePort: whole('TAPLINE_TILDA_SITE_PORT', 8084, 0, 65_535),
    telegram: {
      apiRoot: url('TAPLINE_TELEGRAM_API_ROOT', ['http:', 'https:']),
      demoToken: text('TAPLINE_TELEGRAM_TOKEN'),
      simulatorPort: whole('TAPLINE_TELEGRAM_SIMULATOR_PORT', 8081, 0, 65_535),
      delivery: delivery as Config['telegram']['delivery'],
    },
    todoist: {
      apiRoot: url('TAPLINE_TODOIST_API_ROOT', ['http:', 'https:']),
      demoToken: text('TAPLINE_TODOIST_TOKEN'),
      simulatorPort: whole('TAPLINE_TODOIST_SIMULATOR_PORT', 8082, 0, 65_535),
      clientId: text('TAPLINE_TODOIST_CLIENT_ID'),
      clientSecret: text('TAPLINE_TODOIST_CLIENT_SECRET'),
      pollSeconds: whole('TAPLINE_TODOIST_POLL_SECONDS', 20, 1, 3_600),
    },
    s3:
      s3Missing.length > 0
        ? undefined
        : {
            endpoint: s3Endpoint!,
            bucket: s3Bucket!,
            region: s3Region,
            accessKeyId: s3AccessKeyId!,
            secretAccessKey: s3SecretAccessKey!,
            pathStyle: s3PathStyle,
          },
    storageWebhookToken,
    bodyDays: whole('TAPLINE_BODY_DAYS', 30, 1, 3_650),
    eventDays: whole('TAPLINE_EVENT_DAYS', 30, 6, 3_650),
    webhookAllow: webhookAllow(text('TAPLINE_WEBHOOK_ALLOW'), bad),
    logLevel,
    searchPath: environment.PATH ?? '/usr/local/bin:/usr/bin:/bin',
  }
}

function trustProxy(
  value: string | undefined,
  bad: (name: string, why: string) => never,
): Config['trustProxy'] {
  if (value === undefined || value === 'false') return false
  if (/^\d{1,2}$/.test(value)) return Number(value)
  const parts = value.split(',').map((part) => part.trim())
  const known = /^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i
  if (!parts.every((part) => known.test(part))) {
    bad(
      'TAPLINE_TRUST_PROXY',
      'must be the number of proxies in front, or their addresses separated by commas ("true" would let anybody name any address)',
    )
  }
  return parts
}

function webhookAllow(
  value: string | undefined,
  bad: (name: string, why: string) => never,
): Config['webhookAllow'] {
  const allow = parseAllowance(value ?? '')
  if ('bad' in allow)
    return bad(
      'TAPLINE_WEBHOOK_ALLOW',
      `must be host names, addresses or networks separated by commas, with a port if need be; "${allow.bad}" is none of them`,
    )
  return allow
}

export function newEncryptionKey(): Buffer {
  return randomBytes(KEY_BYTES)
}
