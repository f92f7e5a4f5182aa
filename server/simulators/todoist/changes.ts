export const RESOURCES = [
  'projects',
  'sections',
  'items',
  'notes',
  'labels',
  'collaborators',
  'collaborator_states',
  'user',
] as const

export type Resource = (typeof RESOURCES)[number]

export interface Change {
  resource: Resource
  id: string
  /** Who learns of it now; everybody who can see it when undefined. */
  onlyFor: string | undefined
}

const MOST_CHANGES = 100_000

export type Changes = ReturnType<typeof changes>

/** What has changed, in order; a version is a place in it. */
export function changes() {
  let log: Change[] = []
  let forgotten = 0

  return {
    version: () => forgotten + log.length,
    add(resource: Resource, id: string, onlyFor?: string) {
      log.push({ resource, id, onlyFor })
      if (log.length < MOST_CHANGES * 2) return
      log = log.slice(-MOST_CHANGES)
      forgotten += MOST_CHANGES
    },
    /** Undefined when the version is unknown or too old to be told from. */
    since(version: number): Change[] | undefined {
      if (version < forgotten || version > forgotten + log.length) return undefined
      return log.slice(version - forgotten)
    },
  }
}
