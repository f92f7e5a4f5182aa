import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startApp, type App } from './app.ts'
import { BadVariable, readConfig, type Config } from './config.ts'
import { findRunning, startInfrastructure, telegramApiRoot, todoistApiRoot } from './infrastructure.ts'
import { DAY_MS } from './kernel/clock.ts'
import { isRefusal, type Refusal } from './kernel/refusal.ts'
import { localSecrets } from './local-secrets.ts'
import { migrate } from './postgres/migrate.ts'
import { createPool } from './postgres/pool.ts'
import { problemWriter } from './http/problem.ts'
import { SECRET_KINDS, type SecretKind } from './projects/domain/project.ts'
import { REFUSALS } from './refusals.ts'
import { MIGRATIONS } from './schema.ts'
import { createLog } from './telemetry/log.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const ACTOR = 'command'
const MOST_ADVANCE_MS = 3_650 * DAY_MS

const USAGE = `tapline-server: the operator's command

  project create --name NAME --currency RUB [--locale ru|en|kk] [--time-zone ZONE] [--country RU] [--sandbox]
  project list
  project show PROJECT
  project pause PROJECT | project activate PROJECT
  project rotate PROJECT ${SECRET_KINDS.join('|')} [--overlap SECONDS] [--force]
  clock advance PROJECT 30d|12h     moves a sandbox's time forward; it never goes back
  inbox dead PROJECT                what failed for good, with its reason
  inbox replay PROJECT ITEM         try it again
  order paid PROJECT ORDER [--storefront tilda]
  books verify PROJECT              replays every customer's ledger and checks the chain
  books prove PROJECT               the same, compared with the last checkpoint; ends with a new one, signed
  books rekey                       a new key signs from now on; the old ones still verify
  migrate                           brings the database up to date

It speaks to DATABASE_URL, or to what "npm start" runs here, or starts that for itself.
Run it as: npm run tapline-server -- project list`

class Misuse extends Error {}
/** The books are not whole: said like an answer, and the exit code tells it. */
class Broken extends Error {}

const LOOK_AGAIN_MS = 200

const OPTIONS = {
  name: { type: 'string' },
  currency: { type: 'string' },
  locale: { type: 'string' },
  'time-zone': { type: 'string' },
  country: { type: 'string' },
  overlap: { type: 'string' },
  storefront: { type: 'string' },
  force: { type: 'boolean' },
  sandbox: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

async function run(): Promise<number> {
  const { values, positionals } = parse()
  if (values.help === true || positionals.length === 0) {
    console.log(USAGE)
    return 0
  }
  const name = [positionals.slice(0, 2).join(' '), positionals[0]!].find((known) =>
    Object.hasOwn(VERBS, known),
  )
  const verb = name === undefined ? undefined : VERBS[name]
  if (verb === undefined) throw new Misuse(`There is no command "${positionals.join(' ')}".`)
  const { app, stop } = await connect(readConfig(process.env, ROOT))
  try {
    const outcome = await verb(app, positionals.slice(2), values)
    if (typeof outcome === 'object' && outcome !== null && isRefusal(outcome)) {
      console.error(problemWriter(REFUSALS)(outcome, 'en', { requestId: '' }).detail)
      return 1
    }
    console.log(typeof outcome === 'string' ? outcome : JSON.stringify(outcome, null, 2))
    return 0
  } finally {
    await stop()
  }
}

type Values = ReturnType<typeof parse>['values']
type Verb = (app: App, words: string[], values: Values) => Promise<unknown>

const VERBS: Readonly<Record<string, Verb>> = {
  'project create': async (app, _words, values) => {
    const { name, currency, locale, country, sandbox = false, 'time-zone': timeZone } = values
    if (name === undefined || name.trim() === '' || currency === undefined)
      throw new Misuse('project create needs --name and --currency.')
    if (locale !== undefined && locale !== 'ru' && locale !== 'en' && locale !== 'kk')
      throw new Misuse('--locale is ru, en or kk.')
    const created = await app.projects.create(
      {
        name,
        currency: currency.toUpperCase(),
        sandbox,
        ...(locale === undefined ? {} : { locale }),
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(country === undefined ? {} : { defaultCountry: country.toUpperCase() }),
      },
      ACTOR,
    )
    if (isRefusal(created)) return created
    const { project, secrets } = created
    const { id } = project
    return {
      id,
      name: project.name,
      currency: project.currency,
      sandbox: project.sandbox,
      webhookSecret: secrets['webhook-secret'],
      webhookUrl: app.projects.webhookUrl(secrets['webhook-secret']),
      signingSecret: secrets['signing-secret'],
      secretKey: secrets['secret-key'],
      publishableKey: secrets['publishable-key'],
      tildaApiKey: secrets['tilda-api-key'],
      note: 'These secrets are shown this once.',
    }
  },
  'project list': async (app) => {
    const lines: string[] = []
    let cursor: string | undefined
    do {
      const page = await app.projects.list(200, cursor)
      for (const { id, name, currency, status, sandbox } of page.data)
        lines.push(`${id}  ${status.padEnd(6)}  ${currency}  ${name}${sandbox ? '  (sandbox)' : ''}`)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    return lines.length === 0 ? 'No projects yet.' : lines.join('\n')
  },
  'project show': async (app, [projectId]) => {
    const project = await app.projects.find(need(projectId, 'PROJECT'))
    if (project === undefined) return refused('project-not-found')
    const [address] = await app.projects.liveSecrets(project.id, 'webhook-secret')
    return { ...project, webhookUrl: address === undefined ? null : app.projects.webhookUrl(address.value) }
  },
  'project pause': (app, [projectId]) =>
    app.projects.update(need(projectId, 'PROJECT'), { status: 'paused' }, ACTOR),
  'project activate': (app, [projectId]) =>
    app.projects.update(need(projectId, 'PROJECT'), { status: 'active' }, ACTOR),
  'project rotate': (app, [projectId, kind], { overlap, force }) => {
    if (!SECRET_KINDS.includes(kind as SecretKind))
      throw new Misuse(`project rotate needs one of ${SECRET_KINDS.join(', ')}.`)
    if (overlap !== undefined && !/^\d{1,7}$/.test(overlap))
      throw new Misuse('--overlap is a number of seconds.')
    return app.projects.rotate(
      need(projectId, 'PROJECT'),
      kind as SecretKind,
      { overlapSeconds: overlap === undefined ? undefined : Number(overlap), force },
      ACTOR,
    )
  },
  'clock advance': async (app, [projectId, span]) => {
    const [, count, unit] = /^([1-9]\d{0,4})([dh])$/.exec(need(span, 'How far, 30d or 12h,')) ?? []
    const advanceMs = Number(count) * (unit === 'd' ? DAY_MS : DAY_MS / 24)
    if (!(advanceMs <= MOST_ADVANCE_MS)) throw new Misuse('clock advance takes 30d or 12h, up to ten years.')
    const clock = await app.projects.moveClock(need(projectId, 'PROJECT'), { advanceMs }, ACTOR)
    return isRefusal(clock) ? clock : `It is ${new Date(clock.now).toISOString()} there.`
  },
  'inbox dead': async (app, [projectId]) => {
    if ((await app.projects.find(need(projectId, 'PROJECT'))) === undefined)
      return refused('project-not-found')
    const { data } = await app.inbox.list(need(projectId, 'PROJECT'), { status: 'dead' }, 200, undefined)
    return data.length === 0
      ? 'Nothing failed for good.'
      : data
          .map(
            ({ id, action, orderId, reason }) => `${id}  ${action ?? ''}  ${orderId ?? ''}  ${reason ?? ''}`,
          )
          .join('\n')
  },
  'inbox replay': async (app, [projectId, itemId]) => {
    const item = await app.inbox.replay(need(projectId, 'PROJECT'), need(itemId, 'ITEM'))
    if (item === undefined) return refused('inbox-item-not-found')
    await app.wake(item.projectId)
    return `${item.id} waits for its next try.`
  },
  'order paid': async (app, [projectId, orderId], { storefront = 'api' }) => {
    const key = { storefront, orderId: need(orderId, 'ORDER') }
    const order = await app.loyalty.ledger.order(need(projectId, 'PROJECT'), key)
    if (order === undefined) return refused('order-not-found')
    return app.loyalty.engine.runCommand(projectId!, {
      customerId: order.customerId,
      command: { kind: 'state', ...key, stage: 'paid', cancelled: false, flags: [], notes: {} },
    })
  },
  'books verify': async (app, [projectId]) => {
    if ((await app.projects.find(need(projectId, 'PROJECT'))) === undefined)
      return refused('project-not-found')
    let customers = 0
    const problems: object[] = []
    let cursor: string | undefined
    do {
      const page = await app.customers.list(need(projectId, 'PROJECT'), 200, cursor)
      for (const { id } of page.data) problems.push(...(await app.loyalty.verifyBooks(projectId!, id)))
      customers += page.data.length
      process.stderr.write(`\r${customers} customers checked`)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    process.stderr.write('\n')
    if (problems.length > 0) throw new Broken(JSON.stringify(problems, null, 2))
    return 'The books balance.'
  },
  'books prove': async (app, [project]) => {
    const projectId = need(project, 'PROJECT')
    if ((await app.projects.find(projectId)) === undefined) return refused('project-not-found')
    const { proving, proofs } = app.loyalty
    await proving.start(projectId)
    for (let run = await proofs.run(projectId); run !== undefined; run = await proofs.run(projectId)) {
      process.stderr.write(`\r${run.tree.size} of ${run.accountsTotal} accounts`)
      // A scheduler may have the page that is next.
      if (!(await proving.step(projectId))) await delay(LOOK_AGAIN_MS)
    }
    process.stderr.write('\n')
    const { problems, problemsCount, id, accounts, entries, root, signature, keyId } = (await proofs.newest(
      undefined,
      projectId,
    ))!
    if (problemsCount > 0) throw new Broken(JSON.stringify({ problemsCount, problems }, null, 2))
    return { state: 'intact', checkpoint: id, accounts, entries, root, keyId, signature }
  },
  'books rekey': (app) => app.loyalty.signer.replaceKey(),
  migrate: () => Promise.resolve('The database is up to date.'),
}

async function connect(config: Config): Promise<{ app: App; stop(): Promise<void> }> {
  const log = createLog('error')
  const local = config.databaseUrl === undefined
  const running = local ? await reachable(await findRunning(config.dataDirectory)) : undefined
  const quiet: Config = {
    ...config,
    demo: false,
    roles: [],
    publicUrl: running?.publicUrl ?? config.publicUrl,
  }
  const infrastructure =
    running === undefined
      ? await startInfrastructure(quiet, log, () => undefined)
      : {
          ...running,
          simulators: { telegram: undefined, todoist: undefined },
          stop: () => Promise.resolve(),
        }
  const secrets = local ? await localSecrets(config.dataDirectory) : undefined
  await migrate(infrastructure.databaseUrl, MIGRATIONS)
  const app = await startApp({
    config: quiet,
    databaseUrl: infrastructure.databaseUrl,
    redisUrl: infrastructure.redisUrl,
    telegramApiRoot: telegramApiRoot(config, infrastructure),
    todoistApiRoot: todoistApiRoot(config, infrastructure),
    operatorToken: config.operatorToken ?? secrets?.operatorToken ?? '',
    encryptionKeys:
      config.encryptionKeys.length > 0
        ? config.encryptionKeys
        : [Buffer.from(secrets!.encryptionKey, 'base64')],
    log,
    validateResponses: false,
  })
  return { app, stop: () => app.stop().then(infrastructure.stop) }
}

/** What was announced may have died without taking it back. */
async function reachable<T extends { databaseUrl: string }>(running: T | undefined): Promise<T | undefined> {
  if (running === undefined) return undefined
  const pool = createPool({ url: running.databaseUrl, max: 1, name: 'probe', onIdleError: () => undefined })
  try {
    await pool.query('select 1')
    return running
  } catch {
    return undefined
  } finally {
    await pool.end()
  }
}

function parse() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error))
  }
}

function need(word: string | undefined, what: string): string {
  if (word === undefined) throw new Misuse(`${what} is missing.`)
  return word
}

function refused(code: keyof typeof REFUSALS): Refusal {
  return { refused: code }
}

try {
  process.exitCode = await run()
} catch (error) {
  if (error instanceof Broken) console.log(error.message)
  else if (error instanceof Misuse) console.error(`${error.message}\n\n${USAGE}`)
  else if (error instanceof BadVariable) console.error(error.message)
  else console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof Broken ? 1 : 2
}
