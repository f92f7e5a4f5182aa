import { createHash, timingSafeEqual } from 'node:crypto'
import type { Admission } from '../../../http/admission.ts'
import type { Guard } from '../../../http/serve-contract.ts'

type Settings = {
  /** What the storage shows; nobody is let in without one. */
  token: string | undefined
  admission: Admission
}

/** Lets the storage in, and whoever guesses only so often. */
export function storageGuard({ token, admission }: Settings): Guard {
  const expected = token === undefined ? undefined : sha256(token)
  return {
    prefix: '',
    admit: async (bearer, { remoteAddress }) =>
      bearer !== undefined && expected !== undefined && timingSafeEqual(sha256(bearer), expected)
        ? { caller: { projectId: '', locale: 'en' } }
        : admission.wrong(remoteAddress),
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
