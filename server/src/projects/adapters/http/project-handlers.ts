import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import type { createProject } from '../../create-project.ts'
import type { Project } from '../../domain/project.ts'
import type { ProjectStore } from '../../ports/project-store.ts'
import type { rotateSecret } from '../../rotate-secret.ts'
import type { updateProject } from '../../update-project.ts'

type Dependencies = {
  projects: ProjectStore
  create: ReturnType<typeof createProject>
  update: ReturnType<typeof updateProject>
  rotate: ReturnType<typeof rotateSecret>
  webhookUrl: (webhookSecret: string) => string
}

type Operations =
  'createProject' | 'listProjects' | 'getProject' | 'updateProject' | 'rotateSecret' | 'listAudit'

const PAGE = 50
const ACTOR = 'operator'

export function projectHandlers({
  projects,
  create,
  update,
  rotate,
  webhookUrl,
}: Dependencies): Pick<Handlers, Operations> {
  /** The webhook secret is an address: its owner may read it again. */
  async function withAddress(project: Project): Promise<components['schemas']['Project']> {
    const [newest] = await projects.liveSecrets(project.id, 'webhook-secret')
    return newest === undefined
      ? present(project)
      : { ...present(project), webhookUrl: webhookUrl(newest.value) }
  }

  return {
    createProject: async ({ body }) => {
      const created = await create(body, ACTOR)
      if (isRefusal(created)) return created
      const { project, secrets } = created
      const webhookSecret = secrets['webhook-secret']
      return {
        status: 201,
        body: {
          ...present(project),
          webhookSecret,
          webhookUrl: webhookUrl(webhookSecret),
          signingSecret: secrets['signing-secret'],
          secretKey: secrets['secret-key'],
          publishableKey: secrets['publishable-key'],
          tildaApiKey: secrets['tilda-api-key'],
        },
      }
    },

    listProjects: async ({ query }) => {
      const { data, nextCursor } = await projects.list(query.limit ?? PAGE, query.cursor)
      return { status: 200, body: { data: data.map(present), nextCursor } }
    },

    getProject: async ({ path }) => {
      const project = await projects.find(path.projectId)
      return project === undefined
        ? refuse('project-not-found')
        : { status: 200, body: await withAddress(project) }
    },

    updateProject: async ({ path, body }) => {
      const updated = await update(path.projectId, body, ACTOR)
      return isRefusal(updated) ? updated : { status: 200, body: await withAddress(updated) }
    },

    rotateSecret: async ({ path, body }) => {
      const rotation = await rotate(path.projectId, path.secretKind, body ?? {}, ACTOR)
      if (isRefusal(rotation)) return rotation
      const { kind, secret, previousExpiresAt } = rotation
      const address = kind === 'webhook-secret' ? { webhookUrl: webhookUrl(secret) } : {}
      return {
        status: 201,
        body: { kind, secret, ...address, previousExpiresAt: previousExpiresAt.toISOString() },
      }
    },

    listAudit: async ({ path, query }) => {
      if ((await projects.find(path.projectId)) === undefined) return refuse('project-not-found')
      const { data, nextCursor } = await projects.audit(path.projectId, query.limit ?? PAGE, query.cursor)
      const shown = data.map(({ id, action, actor, details, at }) => ({
        id,
        action,
        actor,
        details,
        at: at.toISOString(),
      }))
      return { status: 200, body: { data: shown, nextCursor } }
    },
  }
}

function present({
  clockOffsetMs: _clockOffsetMs,
  createdAt,
  ...project
}: Project): components['schemas']['Project'] {
  return { ...project, createdAt: createdAt.toISOString() }
}
