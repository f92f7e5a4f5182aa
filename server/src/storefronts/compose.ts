import type { Refusal } from '../kernel/refusal.ts'
import { contractChecks } from './adapters/contract-checks.ts'
import { parsePhone } from './adapters/libphonenumber/parse-phone.ts'
import { decodeTildaBody, isTildaProbe } from './adapters/tilda/decode-tilda-body.ts'
import { sameSecret, verifySignature } from './adapters/verify-signature.ts'
import { acceptOrders } from './accept-orders.ts'
import { admit } from './admit.ts'
import { awaitResults } from './await-results.ts'
import { claimOrders } from './claim-orders.ts'
import { parseEmail } from './domain/contact.ts'
import { requestLog } from './log-request.ts'
import type { DoorEngine, DoorInbox, DoorLimiter, DoorProjects } from './ports/door-keeping.ts'
import { bodyReader } from './read-body.ts'
import type { Traces } from './ports/traces.ts'
import { requestReader } from './read-request.ts'
import { receive } from './receive.ts'
import { takePart } from './take-part.ts'

export type Storefronts = ReturnType<typeof composeStorefronts>

type Dependencies = {
  projects: DoorProjects
  inbox: DoorInbox
  engine: DoorEngine
  limiter: DoorLimiter
  traces: Traces
  newItemId: () => string
  statusOf: (refusal: Refusal) => number
}

export function composeStorefronts({
  projects,
  inbox,
  engine,
  limiter,
  traces,
  newItemId,
  statusOf,
}: Dependencies) {
  const reader = requestReader({ checks: contractChecks, decodeTildaBody, isTildaProbe })
  const log = requestLog({
    inbox,
    newId: newItemId,
    statusOf,
    elapsedMs: (since) => performance.now() - since,
  })
  return {
    receive: receive({
      projects,
      verify: verifySignature,
      limiter,
      admit: admit({ reader, limiter, sameSecret }),
      reader,
      parsePhone,
      accept: acceptOrders({
        claimOrders: claimOrders(inbox),
        awaitResults: awaitResults({ engine, inbox }),
        inbox,
        engine,
        log,
      }),
      log,
    }),
    parsePhone,
    parseEmail,
    participant: takePart({ traces }),
    ...bodyReader(parsePhone),
  }
}
