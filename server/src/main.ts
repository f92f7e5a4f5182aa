import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startApp } from './app.ts'
import { BadVariable, readConfig } from './config.ts'
import { ensureDemo } from './demo.ts'
import { announce, startInfrastructure, telegramApiRoot, todoistApiRoot } from './infrastructure.ts'
import { localSecrets } from './local-secrets.ts'
import { openShops } from './open-shops.ts'
import { migrate } from './postgres/migrate.ts'
import { MIGRATIONS } from './schema.ts'
import { createLog } from './telemetry/log.ts'
import { welcome } from './welcome.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const STOP_MS = 9_000
const PLAYED_POLL_SECONDS = 1

try {
  await start()
} catch (error) {
  if (error instanceof BadVariable) console.error(error.message)
  else console.error(`Tapline could not start: ${explain(error)}`)
  process.exit(1)
}

function explain(error: unknown): string {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE')
    return `port ${port} is taken. Set PORT to another one, or to 0 for any that is free.`
  return message ?? String(error)
}

async function start(): Promise<void> {
  const config = readConfig(process.env, ROOT)
  const log = createLog(config.logLevel)
  let stopping: Promise<void> | undefined
  const stops: (() => Promise<void>)[] = []
  const stop = (code: number): Promise<void> =>
    (stopping ??= (async () => {
      setTimeout(() => process.exit(1), STOP_MS).unref()
      for (const stopOne of stops.reverse()) await stopOne()
      process.exit(code)
    })())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

  const secrets = config.databaseUrl === undefined ? await localSecrets(config.dataDirectory) : undefined
  const infrastructure = await startInfrastructure(config, log, console.log)
  stops.push(infrastructure.stop)
  void infrastructure.broken.then((what) => {
    if (stopping !== undefined) return
    console.error(`${what}. Stopping; start again to recover.`)
    void stop(1)
  })
  const operatorToken = config.operatorToken ?? secrets?.operatorToken
  if (operatorToken === undefined)
    throw new BadVariable(
      'TAPLINE_OPERATOR_TOKEN must be set with DATABASE_URL. See .env.example for what it means.',
    )

  await migrate(infrastructure.databaseUrl, MIGRATIONS)
  const app = await startApp({
    // A simulator does not mind being asked often, and whoever plays with it does not want to wait.
    config:
      infrastructure.simulators.todoist === undefined
        ? config
        : { ...config, todoist: { ...config.todoist, pollSeconds: PLAYED_POLL_SECONDS } },
    databaseUrl: infrastructure.databaseUrl,
    redisUrl: infrastructure.redisUrl,
    telegramApiRoot: telegramApiRoot(config, infrastructure),
    todoistApiRoot: todoistApiRoot(config, infrastructure),
    operatorToken,
    encryptionKeys:
      config.encryptionKeys.length > 0
        ? config.encryptionKeys
        : [Buffer.from(secrets!.encryptionKey, 'base64')],
    log,
    validateResponses: false,
  })
  stops.push(app.stop)
  if (config.databaseUrl === undefined) {
    const { databaseUrl, redisUrl } = infrastructure
    stops.push(await announce(config.dataDirectory, { databaseUrl, redisUrl, publicUrl: app.url() }))
  }

  const { simulators } = infrastructure
  const tokens = {
    telegram: config.telegram.demoToken ?? simulators.telegram?.token,
    todoist: config.todoist.demoToken ?? simulators.todoist?.token,
    boardUrl: simulators.todoist?.url,
  }
  const demo = config.demo ? await ensureDemo(app, config.dataDirectory, tokens) : undefined
  const shops = demo === undefined ? undefined : await openShops({ app, demo, config, simulators })
  if (shops !== undefined) stops.push(shops.stop)
  console.log(
    welcome({
      url: app.url(),
      roles: config.roles,
      shopUrl: shops?.url,
      tildaUrl: shops?.tildaUrl,
      simulatorUrl: simulators.telegram?.url,
      boardUrl: simulators.todoist?.url,
      operatorToken:
        secrets?.created === true && config.operatorToken === undefined ? operatorToken : undefined,
      simulatorToken: simulators.telegram?.token,
      boardToken: simulators.todoist?.token,
      orderId: String(Date.now() % 100_000_000),
      secretsFile: secrets === undefined ? undefined : join(config.dataDirectory, 'secrets.json'),
      demo: demo && shops && { ...demo, keys: shops.keys },
    }),
  )
}
