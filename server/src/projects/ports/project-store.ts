import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { ClockMove, ProjectClock } from '../domain/project-clock.ts'
import type { AuditEntry, LiveSecret, Project, ProjectSettings, SecretKind } from '../domain/project.ts'

export type ProjectStore = {
  insert(transaction: Transaction, project: Omit<Project, 'createdAt' | 'clockOffsetMs'>): Promise<Project>
  update(
    transaction: Transaction,
    projectId: string,
    change: Partial<ProjectSettings>,
  ): Promise<Project | undefined>
  find(projectId: string): Promise<Project | undefined>
  list(limit: number, cursor: string | undefined): Promise<Page<Project>>

  clock(projectId: string): Promise<(ProjectClock & { sandbox: boolean }) | undefined>
  /** Undefined when nothing was moved: no sandbox, not forward, or too far. Moves at the same time add up. */
  moveClock(transaction: Transaction, projectId: string, move: ClockMove): Promise<ProjectClock | undefined>
  /** Those whose time is not the real one. */
  shifted(): Promise<{ projectId: string; clockOffsetMs: number }[]>

  /** The project that a shown secret belongs to, while the secret lives. */
  findBySecret(kind: SecretKind, secret: string): Promise<Project | undefined>
  liveSecrets(projectId: string, kind: SecretKind): Promise<LiveSecret[]>
  addSecret(transaction: Transaction, projectId: string, kind: SecretKind, secret: string): Promise<void>
  /** Those that live, held until the transaction ends: of two rotations at once the second sees the first. */
  lockSecrets(
    transaction: Transaction,
    projectId: string,
    kind: SecretKind,
  ): Promise<{ expiresAt: Date | null }[]>
  /** Lets the newest secret of a kind live on for so long; those that a rotation before replaced end now. */
  retireSecrets(
    transaction: Transaction,
    projectId: string,
    kind: SecretKind,
    afterSeconds: number,
  ): Promise<Date>

  record(transaction: Transaction, projectId: string, entry: Omit<AuditEntry, 'id' | 'at'>): Promise<void>
  audit(projectId: string, limit: number, cursor: string | undefined): Promise<Page<AuditEntry>>
}
