import type { Refusal } from '../kernel/refusal.ts'
import { contractChecks } from './adapters/contract-checks.ts'
import { parsePhone } from './adapters/libphonenumber/parse-phone.ts'
import { decodeTildaBody, isTildaProbe } from './adapters/tilda/decode-tilda-body.ts'
import { sameSecret, verifySignature } from './adapters/verify-signature.ts'
import { admit } from './admit.ts'
import { awaitResults } from './await-results.ts'
import { claimOrders } from './claim-orders.ts'
import { parseEmail } from './domain/contact.ts'
import type { DoorEngine, DoorInbox, DoorLimiter, DoorProjects } from './ports/door-keeping.ts'
import { requestReader } from './read-request.ts'
import { receive } from './receive.ts'

export type Storefronts = ReturnType<typeof composeStorefronts>

type Dependencies = {
  projects: DoorProjects
  inbox: DoorInbox
  engine: DoorEngine
  limiter: DoorLimiter
  newItemId: () => string
  statusOf: (refusal: Refusal) => number
}

export function composeStorefronts({ projects, inbox, engine, limiter, newItemId, statusOf }: Dependencies) {
  const reader = requestReader({ checks: contractChecks, decodeTildaBody, isTildaProbe })
  return {
    receive: receive({
      projects,
      verify: verifySignature,
      admit: admit({ reader, limiter, sameSecret }),
      limiter,
      reader,
      parsePhone,
      claimOrders: claimOrders(inbox),
      awaitResults: awaitResults({ engine, inbox }),
      inbox,
      engine,
      newId: newItemId,
      statusOf,
      elapsedMs: (since) => performance.now() - since,
    }),
    parsePhone,
    parseEmail,
  }
}
