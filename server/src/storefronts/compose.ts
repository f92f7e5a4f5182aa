import { contractChecks } from './adapters/contract-checks.ts'
import { parsePhone } from './adapters/libphonenumber/parse-phone.ts'
import { decodeTildaBody, isTildaProbe } from './adapters/tilda/decode-tilda-body.ts'
import { sameSecret, verifySignature } from './adapters/verify-signature.ts'
import { parseEmail } from './domain/contact.ts'
import type { DoorEngine, DoorInbox, DoorLimiter, DoorProjects } from './ports/door-keeping.ts'
import { requestReader } from './read-request.ts'
import { receive } from './receive.ts'

export type Storefronts = ReturnType<typeof composeStorefronts>

type Dependencies = { projects: DoorProjects; inbox: DoorInbox; engine: DoorEngine; limiter: DoorLimiter; newItemId: () => string }

export function composeStorefronts({ projects, inbox, engine, limiter, newItemId }: Dependencies) {
  const reader = requestReader({ checks: contractChecks, decodeTildaBody, isTildaProbe })
  return {
    receive: receive({
      projects,
      inbox,
      engine,
      limiter,
      reader,
      parsePhone,
      sameSecret,
      verify: verifySignature,
      newId: newItemId,
      elapsedMs: (since) => performance.now() - since,
    }),
    parsePhone,
    parseEmail,
  }
}
