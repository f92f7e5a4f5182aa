import { createHash, timingSafeEqual } from 'node:crypto'
import contract from '@tapline/openapi/openapi.json' with { type: 'json' }
import type { Config, Role } from './config.ts'
import type { Admission } from './http/admission.ts'
import { answerOnce } from './http/answer-once.ts'
import { createHttpServer } from './http/create-server.ts'
import { errorHandler } from './http/error-handler.ts'
import type { Handlers } from './http/handlers.ts'
import { pages } from './http/pages.ts'
import type { postgresIdempotencyKeys } from './http/postgres-idempotency-keys.ts'
import type { problemWriter } from './http/problem.ts'
import { serveBundles } from './http/serve-bundles.ts'
import { serveContract, type Contract, type Guards } from './http/serve-contract.ts'
import { storageGuard } from './messenger/adapters/http/storage-guard.ts'
import { projectGuards } from './projects/adapters/http/project-guards.ts'
import { REFUSALS } from './refusals.ts'
import { door } from './storefronts/adapters/http/door.ts'
import type { Logger } from './telemetry/log.ts'
import type { Metrics } from './telemetry/metrics.ts'
import { newId } from './vault/new-id.ts'

type Http = Parameters<typeof createHttpServer>[0]

type Dependencies = {
  roles: ReadonlySet<Role>
  config: Pick<Config, 'bundlesDirectory' | 'storageWebhookToken' | 'trustProxy'>
  operatorToken: string
  validateResponses: boolean
  handlers: Handlers
  admission: Admission
  directory: Parameters<typeof projectGuards>[0]['directory']
  receive: Parameters<typeof door>[0]['receive']
  chat: { refusesOrigin: Parameters<typeof projectGuards>[0]['refusesOrigin']; guards: Guards }
  support: { guards: Guards }
  attachments: { rawRoutes: Http['files'] }
  deliveries: NonNullable<Http['deliveries']>
  idempotencyKeys: ReturnType<typeof postgresIdempotencyKeys>
  metrics: Metrics
  write: ReturnType<typeof problemWriter>
  log: Logger
  onError: (where: string) => (error: unknown) => void
}

const FALLBACK = { fallbackLocale: 'en' } as const

/** Everything that answers over HTTP, for the roles of this process. */
export async function createApi(dependencies: Dependencies) {
  const { roles, config, handlers, admission, chat, support, attachments } = dependencies
  const { idempotencyKeys, metrics, write, log, onError } = dependencies
  const operatorHash = sha256(dependencies.operatorToken)
  return createHttpServer({
    trustProxy: config.trustProxy,
    newRequestId: () => newId('request'),
    door: door({
      ...FALLBACK,
      receive: dependencies.receive,
      write,
      onAnswer: (status, ms) => metrics.door.observe({ status }, ms / 1_000),
    }),
    pages: pages({ contract: contract as unknown as Contract, tellings: REFUSALS }),
    bundles: roles.has('api') ? serveBundles({ folder: config.bundlesDirectory }) : undefined,
    files: attachments.rawRoutes,
    deliveries: dependencies.deliveries,
    contract: await serveContract({
      ...FALLBACK,
      contract: servedBy(roles),
      handlers,
      guards: {
        ...projectGuards({
          directory: dependencies.directory,
          isOperator: (token) => timingSafeEqual(sha256(token), operatorHash),
          admission,
          refusesOrigin: chat.refusesOrigin,
        }),
        ...chat.guards,
        ...support.guards,
        storageToken: storageGuard({ token: config.storageWebhookToken, admission }),
      },
      answerOnce: answerOnce({ keys: idempotencyKeys, onFault: onError('idempotency') }),
      write,
      validateResponses: dependencies.validateResponses,
    }),
    metrics: async () => ({
      contentType: metrics.registry.contentType,
      text: await metrics.registry.metrics(),
    }),
    errors: errorHandler({
      ...FALLBACK,
      write,
      onFault: (error, requestId) => log.error({ err: error, requestId }, 'a request failed'),
    }),
  })
}

/** A gateway alone serves the socket; of HTTP it tells only how it is, and spares the memory of all other operations. */
function servedBy(roles: ReadonlySet<Role>): Contract {
  const whole = structuredClone(contract) as unknown as Contract
  if (roles.has('api')) return whole
  const system = Object.entries(whole.paths).filter(([path]) => path === '/healthz' || path === '/readyz')
  return { ...whole, paths: Object.fromEntries(system) }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
