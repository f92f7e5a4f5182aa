import { remember } from '../kernel/remember.ts'
import { RetryableError } from '../kernel/retryable-error.ts'
import type { LiveSecret, Project, SecretKind } from './domain/project.ts'
import type { ProjectStore } from './ports/project-store.ts'

export type KnownProject = { project: Project; signingSecrets: string[]; tildaApiKeys: string[] }

export type ProjectDirectory = {
  bySecret(kind: SecretKind, secret: string): Promise<KnownProject | undefined>
  /** After a change in this process. */
  forget(): void
}

const FRESH_MS = 1_000
const MAX_LOOKUPS = 32
const MAX_WAITING = 1_000

/**
 * Who a secret belongs to, kept for a second: a pause or a rotation reaches every process within it.
 * Look-ups together are bounded, so that guesses cannot flood the database.
 */
export function projectDirectory(projects: ProjectStore): ProjectDirectory {
  let running = 0
  const queue: (() => void)[] = []

  async function lookUp(kind: SecretKind, secret: string): Promise<KnownProject | undefined> {
    if (queue.length >= MAX_WAITING)
      throw new RetryableError('Too many unknown secrets at once', { retryAfterMs: 1_000 })
    if (running >= MAX_LOOKUPS) await new Promise<void>((resolve) => queue.push(resolve))
    running++
    try {
      const project = await projects.findBySecret(kind, secret)
      if (project === undefined) return undefined
      const [signing, tilda] = await Promise.all([
        projects.liveSecrets(project.id, 'signing-secret'),
        projects.liveSecrets(project.id, 'tilda-api-key'),
      ])
      const values = (secrets: LiveSecret[]) => secrets.map(({ value }) => value)
      return { project, signingSecrets: values(signing), tildaApiKeys: values(tilda) }
    } finally {
      running--
      queue.shift()?.()
    }
  }

  const known = remember(
    (key) => {
      const end = key.indexOf(' ')
      return lookUp(key.slice(0, end) as SecretKind, key.slice(end + 1))
    },
    { forMs: FRESH_MS },
  )
  return { bySecret: (kind, secret) => known(`${kind} ${secret}`), forget: known.forget }
}
