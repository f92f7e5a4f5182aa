import type { NewId } from '../kernel/ids.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import type { Vault } from '../vault/vault.ts'
import { clockHandlers } from './adapters/http/clock-handlers.ts'
import { projectHandlers } from './adapters/http/project-handlers.ts'
import { newSecret } from './adapters/new-secret.ts'
import { postgresProjectStore } from './adapters/postgres/postgres-project-store.ts'
import { createProject } from './create-project.ts'
import { projectDirectory } from './find-project.ts'
import { moveClock } from './move-clock.ts'
import { rotateSecret } from './rotate-secret.ts'
import { updateProject } from './update-project.ts'

export type Projects = ReturnType<typeof composeProjects>

type Dependencies = {
  sql: Sql
  /** Asked from inside transactions too: never of the pool that those hold. */
  lookUps: Sql
  unitOfWork: UnitOfWork
  vault: Vault
  newId: NewId
  publicUrl: () => string
  equip: (transaction: Transaction, projectId: string) => Promise<void>
  normaliseContact: (raw: string, country: string) => string
  afterMove: (projectId: string) => Promise<void>
}

export function composeProjects({
  sql,
  lookUps,
  unitOfWork,
  vault,
  newId,
  publicUrl,
  equip,
  normaliseContact,
  afterMove,
}: Dependencies) {
  const projects = postgresProjectStore({ sql, lookUps, vault, newId })
  const directory = projectDirectory(projects)
  const { forget } = directory
  const create = createProject({ unitOfWork, projects, newId, newSecret, equip })
  const update = updateProject({ unitOfWork, projects, forget, normaliseContact })
  const rotate = rotateSecret({ unitOfWork, projects, newSecret, forget })
  const move = moveClock({ unitOfWork, projects, afterMove })
  const webhookUrl = (webhookSecret: string) => `${publicUrl()}/api/webhook/${webhookSecret}`
  return {
    directory,
    create,
    update,
    rotate,
    moveClock: move,
    shifted: projects.shifted,
    webhookUrl,
    find: projects.find,
    list: projects.list,
    liveSecrets: projects.liveSecrets,
    record: projects.record,
    handlers: {
      ...projectHandlers({ projects, create, update, rotate, webhookUrl }),
      ...clockHandlers({ projects, move }),
    },
  }
}
