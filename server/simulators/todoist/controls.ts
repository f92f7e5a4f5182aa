import type { NewApp } from './apps.ts'
import type { CallFilter } from './calls.ts'
import { RANDOM_EFFECTS, type CommandFault, type Fault, type RandomFaults } from './faults.ts'
import * as items from './item-acts.ts'
import type { Item } from './items.ts'
import * as notes from './note-acts.ts'
import type { Note } from './notes.ts'
import * as projects from './project-acts.ts'
import * as sections from './section-acts.ts'
import type { Settings } from './settings.ts'
import type { Todoist } from './todoist.ts'
import type { NewUser, Token, User } from './users.ts'
import { EVENT_EFFECTS, type WebhookFault } from './webhooks.ts'

export interface NewAttachment {
  name: string
  type?: string
  /** The bytes, as base64. */
  base64: string
}

interface OfTask {
  taskId: string
}

interface By {
  /** Who does it; without it, whoever owns the project. */
  by?: string
}

export type Controls = ReturnType<typeof controls>

/** What a test or a person can make happen, as the agents with their uids and as the world around them. */
export function controls(todoist: Todoist) {
  const { users, webhooks, faults, feed } = todoist
  const user = (uid: string): User => users.find(uid) ?? unknown(`user ${uid}`)
  const task = (id: string): Item => todoist.items.find(id) ?? unknown(`task ${id}`)
  const note = (id: string): Note => todoist.notes.find(id) ?? unknown(`comment ${id}`)
  const board = (id: string) => todoist.projects.find(id) ?? unknown(`project ${id}`)
  const doer = (by: string | undefined, projectId: string) => user(by ?? board(projectId).ownerId)
  const ofTask = ({ taskId, by }: OfTask & By) => doer(by, task(taskId).project_id)
  const ofSection = ({ sectionId, by }: { sectionId: string } & By) =>
    doer(by, (todoist.sections.find(sectionId) ?? unknown(`section ${sectionId}`)).project_id)

  const upload = (uid: string, { name, type, base64 }: NewAttachment) =>
    todoist.files.add({
      ownerId: uid,
      name,
      type: type ?? 'application/octet-stream',
      bytes: Buffer.from(base64, 'base64'),
    })

  return {
    createUser(input: NewUser = {}) {
      const created = users.create(input)
      projects.makeInbox(todoist, created)
      feed.changed()
      return {
        uid: created.id,
        name: created.fullName,
        email: created.email,
        inboxProjectId: created.inboxProjectId,
      }
    },
    /** With a `clientId` it is as if the user had let the app in: its events come too. */
    createToken: ({
      uid,
      ...input
    }: {
      uid: string
      token?: string
      clientId?: string
      scopes?: string[]
    }): string => users.letIn(user(uid).id, input).token,
    revokeToken({ token }: { token: string }) {
      const found: Token = users.token(token) ?? unknown('such token')
      found.revoked = true
    },
    registerApp: (input: NewApp) => todoist.apps.register(checkedApp(input, todoist.settings)),

    createProject: ({ uid, ...input }: { uid: string; name: string; viewStyle?: string }) =>
      projects.addProject(todoist, user(uid), { name: input.name, view_style: input.viewStyle ?? 'board' })
        .project,
    /** Waiting or not, the person is in afterwards. */
    shareProject({ projectId, uid }: { projectId: string; uid: string }) {
      const shared = board(projectId)
      const owner = user(shared.ownerId)
      projects.shareProject(todoist, owner, projectId, user(uid))
      if (shared.people.get(uid) !== 'active') projects.join(todoist, owner, shared, user(uid))
    },
    leaveProject: ({ projectId, uid }: { projectId: string; uid: string }) =>
      projects.leave(todoist, board(projectId), user(uid)),
    deleteProject: ({ projectId, by }: { projectId: string } & By) =>
      projects.deleteProject(todoist, doer(by, projectId), projectId),

    createSection: ({ projectId, name, by }: { projectId: string; name: string } & By) =>
      sections.addSection(todoist, doer(by, projectId), { project_id: projectId, name }),
    renameSection: (input: { sectionId: string; name: string } & By) =>
      sections.updateSection(todoist, ofSection(input), input.sectionId, { name: input.name }),
    deleteSection: (input: { sectionId: string } & By) =>
      sections.deleteSection(todoist, ofSection(input), input.sectionId),

    createTask: ({
      projectId,
      by,
      ...input
    }: { projectId: string; content: string; description?: string; sectionId?: string } & By) =>
      items.addItem(todoist, doer(by, projectId), {
        content: input.content,
        description: input.description,
        ...(input.sectionId === undefined ? { project_id: projectId } : { section_id: input.sectionId }),
      }),
    renameTask: (input: OfTask & By & { content: string }) =>
      items.updateItem(todoist, ofTask(input), input.taskId, { content: input.content }),
    setPriority: (input: OfTask & By & { priority: number }) =>
      items.updateItem(todoist, ofTask(input), input.taskId, { priority: input.priority }),
    setLabels: (input: OfTask & By & { labels: string[] }) =>
      items.updateItem(todoist, ofTask(input), input.taskId, { labels: input.labels }),
    setDue: (input: OfTask & By & { due: string | null }) =>
      items.updateItem(todoist, ofTask(input), input.taskId, { due_string: input.due ?? 'no date' }),
    assign: (input: OfTask & By & { uid: string | null }) =>
      items.updateItem(todoist, ofTask(input), input.taskId, { responsible_uid: input.uid }),
    moveTask: (input: OfTask & By & { sectionId?: string | null; projectId?: string }) =>
      items.moveItem(
        todoist,
        ofTask(input),
        input.taskId,
        typeof input.sectionId === 'string'
          ? { section_id: input.sectionId }
          : { project_id: input.projectId ?? task(input.taskId).project_id },
      ),
    completeTask: (input: OfTask & By) => items.closeItem(todoist, ofTask(input), input.taskId),
    reopenTask: (input: OfTask & By) => items.reopenItem(todoist, ofTask(input), input.taskId),
    deleteTask: (input: OfTask & By) => items.deleteItem(todoist, ofTask(input), input.taskId),

    addComment: ({
      uid,
      taskId,
      content,
      attachment,
    }: OfTask & { uid: string; content?: string; attachment?: NewAttachment }) =>
      notes.addNote(todoist, user(uid), {
        item_id: taskId,
        content: content ?? '',
        ...(attachment && { file_attachment: upload(uid, attachment).attachment }),
      }),
    editComment: ({ commentId, content, by }: { commentId: string; content: string } & By) =>
      notes.updateNote(todoist, user(by ?? note(commentId).posted_uid), commentId, { content }),
    deleteComment: ({ commentId, by }: { commentId: string } & By) =>
      notes.deleteNote(todoist, user(by ?? note(commentId).posted_uid), commentId),

    failNext: (fault: Fault) => faults.plan(fault),
    failNextCommand: (fault: CommandFault) => faults.planCommand(fault),
    failNextEvent(fault: WebhookFault) {
      if (fault.effect !== undefined) mustBeOneOf(EVENT_EFFECTS, fault.effect)
      webhooks.fail(fault)
    },
    injectFaults(input: RandomFaults) {
      for (const effect of input.effects) mustBeOneOf(RANDOM_EFFECTS, effect)
      faults.inject(input)
    },
    /** A signed event of any kind: an unknown one, one of somebody else's, one with keys of tomorrow. */
    sendEvent({ clientId, event, body }: { clientId: string; event: string; body: object }) {
      const app = todoist.apps.find(clientId) ?? unknown(`app ${clientId}`)
      webhooks.send(app, event, JSON.stringify({ event_name: event, version: app.version, ...body }))
    },
    clearFaults() {
      faults.clear()
      webhooks.clearFaults()
    },
    changeSettings(changes: Partial<Settings>): Settings {
      if (changes.plan !== undefined) mustBeOneOf(['free', 'paid'], changes.plan)
      Object.assign(todoist.settings, changes)
      feed.changed()
      return { ...todoist.settings }
    },
    advanceClock: ({ milliseconds }: { milliseconds: number }) => todoist.clock.advance(milliseconds),

    calls: (filter: CallFilter = {}) => todoist.calls.find(filter),
    clearCalls: () => todoist.calls.clear(),
    deliveries: () => webhooks.deliveries(),
    leakedTokens: () => todoist.files.leakedTokens(),
    budget: ({ uid }: { uid: string }) => todoist.budgets.spentBy(user(uid).id),
    /** Everything that is alive: what a test asks at its end. */
    state: () => ({
      users: users.all().map(({ id, fullName, email }) => ({ uid: id, name: fullName, email })),
      projects: todoist.projects
        .all()
        .filter(({ project }) => !project.is_deleted)
        .map((each) => ({
          ...each.project,
          ownerUid: each.ownerId,
          people: Object.fromEntries(each.people),
          sections: todoist.sections.ofBoard(each),
        })),
    }),
    /** With finished ones when asked, in the order of creation. */
    tasks: ({ projectId, finished }: { projectId?: string; finished?: boolean } = {}) =>
      [...todoist.items.each()].filter(
        (item) =>
          !item.is_deleted &&
          (finished === true || !item.checked) &&
          (projectId === undefined || item.project_id === projectId),
      ),
    task: ({ taskId }: OfTask) => task(taskId),
    comments: ({ taskId }: OfTask) => todoist.notes.ofItem(taskId),
  }
}

function checkedApp(app: NewApp, { httpsCallbacksOnly }: Settings): NewApp {
  if (app.callbackUrl === undefined) return app
  const url = URL.canParse(app.callbackUrl) ? new URL(app.callbackUrl) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error('callbackUrl must be an HTTP address')
  if (httpsCallbacksOnly && (url.protocol !== 'https:' || url.port !== '')) {
    throw new Error('callbackUrl must be HTTPS and without a port')
  }
  return app
}

function mustBeOneOf(known: readonly string[], given: string): void {
  if (!known.includes(given)) throw new Error(`${given} must be one of: ${known.join(', ')}`)
}

function unknown(what: string): never {
  throw new Error(`The simulator knows no ${what}`)
}
