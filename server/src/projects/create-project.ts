import type { NewId } from '../kernel/ids.ts'
import type { Locale } from '../kernel/locale.ts'
import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { SECRET_KINDS, type Project, type ProjectRefusalCode, type SecretKind } from './domain/project.ts'
import { isKnownCurrency, isKnownTimeZone } from './domain/regions.ts'
import type { ProjectStore } from './ports/project-store.ts'

export type NewProject = {
  name: string
  currency: string
  locale?: Locale
  timeZone?: string
  defaultCountry?: string
  sandbox?: boolean
}
export type CreatedProject = { project: Project; secrets: Record<SecretKind, string> }

type Dependencies = {
  unitOfWork: UnitOfWork
  projects: ProjectStore
  newId: NewId
  newSecret: (kind: SecretKind) => string
  /** What other contexts set up for a new project, in the same transaction. */
  equip: (transaction: Transaction, projectId: string) => Promise<void>
}

/** Creates a project with one live secret of each kind. Nobody can see these again, but the webhook address. */
export function createProject({ unitOfWork, projects, newId, newSecret, equip }: Dependencies) {
  return async (input: NewProject, actor: string): Promise<CreatedProject | Refusal<ProjectRefusalCode>> => {
    const kazakh = input.currency === 'KZT'
    const timeZone = input.timeZone ?? (kazakh ? 'Asia/Almaty' : 'Europe/Moscow')
    if (!isKnownTimeZone(timeZone)) return refuse('time-zone-unknown', { timeZone })
    if (!isKnownCurrency(input.currency)) return refuse('currency-unknown', { currency: input.currency })

    const secrets = Object.fromEntries(SECRET_KINDS.map((kind) => [kind, newSecret(kind)])) as Record<
      SecretKind,
      string
    >
    const project = await unitOfWork(async (transaction) => {
      const created = await projects.insert(transaction, {
        id: newId('project'),
        name: input.name.trim(),
        currency: input.currency,
        locale: input.locale ?? 'ru',
        timeZone,
        defaultCountry: input.defaultCountry ?? (kazakh ? 'KZ' : 'RU'),
        status: 'active',
        requireSignature: false,
        rateLimitPerMinute: 100,
        disabledFormats: [],
        fieldMap: {},
        blocklist: [],
        tildaApiKeyName: 'Api-Key',
        sandbox: input.sandbox ?? false,
      })
      for (const kind of SECRET_KINDS) await projects.addSecret(transaction, created.id, kind, secrets[kind])
      await equip(transaction, created.id)
      await projects.record(transaction, created.id, {
        action: 'project.created',
        actor,
        details: { name: created.name },
      })
      return created
    })
    return { project, secrets }
  }
}
