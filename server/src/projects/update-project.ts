import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Project, ProjectRefusalCode, ProjectSettings } from './domain/project.ts'
import { isKnownTimeZone } from './domain/regions.ts'
import type { ProjectStore } from './ports/project-store.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  projects: ProjectStore
  forget: () => void
  /** As the door writes contacts: only so does a blocked one meet its like. What is no contact stays as it is. */
  normaliseContact: (raw: string, country: string) => string
}

/** Changes settings. This process follows at once, the others within the directory's second. */
export function updateProject({ unitOfWork, projects, forget, normaliseContact }: Dependencies) {
  return async (
    projectId: string,
    wish: Partial<ProjectSettings>,
    actor: string,
  ): Promise<Project | Refusal<ProjectRefusalCode>> => {
    const country = wish.defaultCountry ?? (await projects.find(projectId))?.defaultCountry ?? ''
    const blocklist = wish.blocklist?.map((contact) => normaliseContact(contact, country))
    const change = blocklist === undefined ? wish : { ...wish, blocklist }
    if (change.timeZone !== undefined && !isKnownTimeZone(change.timeZone)) {
      return refuse('time-zone-unknown', { timeZone: change.timeZone })
    }
    const updated = await unitOfWork(async (transaction) => {
      const project = await projects.update(transaction, projectId, change)
      if (project !== undefined) {
        await projects.record(transaction, projectId, { action: 'project.updated', actor, details: change })
      }
      return project
    })
    forget()
    return updated ?? refuse('project-not-found', { projectId })
  }
}
