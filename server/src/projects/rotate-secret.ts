import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { ProjectRefusalCode, SecretKind } from './domain/project.ts'
import type { ProjectStore } from './ports/project-store.ts'

export type Rotation = { kind: SecretKind; secret: string; previousExpiresAt: Date }

type Dependencies = {
  unitOfWork: UnitOfWork
  projects: ProjectStore
  newSecret: (kind: SecretKind) => string
  forget: () => void
}

const DAY_SECONDS = 86_400

/** Puts a new secret beside the old one, which lives on for the overlap. */
export function rotateSecret({ unitOfWork, projects, newSecret, forget }: Dependencies) {
  return async (
    projectId: string,
    kind: SecretKind,
    {
      overlapSeconds = DAY_SECONDS,
      force = false,
    }: { overlapSeconds?: number | undefined; force?: boolean | undefined },
    actor: string,
  ): Promise<Rotation | Refusal<ProjectRefusalCode>> => {
    const secret = newSecret(kind)
    const outcome = await unitOfWork<Rotation | Refusal<ProjectRefusalCode>>(async (transaction) => {
      const live = await projects.lockSecrets(transaction, projectId, kind)
      if (live.length === 0) return refuse('project-not-found', { projectId })
      const overlapping = live.find(({ expiresAt }) => expiresAt !== null)
      if (overlapping !== undefined && !force)
        return refuse('rotation-in-progress', { until: overlapping.expiresAt!.toISOString() })
      const previousExpiresAt = await projects.retireSecrets(transaction, projectId, kind, overlapSeconds)
      await projects.addSecret(transaction, projectId, kind, secret)
      await projects.record(transaction, projectId, {
        action: 'secret.rotated',
        actor,
        details: { kind, overlapSeconds, force },
      })
      return { kind, secret, previousExpiresAt }
    })
    forget()
    return outcome
  }
}
