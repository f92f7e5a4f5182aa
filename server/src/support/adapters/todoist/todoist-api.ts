import { RetryableError } from '../../../kernel/retryable-error.ts'
import { BoardRefusal, type BoardApi, type CommandResult, type Synced } from '../../ports/board-api.ts'

type Settings = {
  apiRoot: string
  app: { clientId: string; clientSecret: string } | undefined
}

const TIMEOUT_MS = 20_000
const UPLOAD_TIMEOUT_MS = 120_000
const RESOURCES = ['projects', 'sections', 'items', 'notes', 'labels', 'collaborators', 'collaborator_states']
const MOST_REDIRECTS = 3
const FILES_HOST = 'files.todoist.com'

type Json = Record<string, unknown>

/** Todoist over its HTTP API, read tolerantly: what it adds is ignored, what it leaves out has a default. */
export function todoistApi({ apiRoot, app }: Settings): BoardApi {
  async function request(
    token: string | undefined,
    path: string,
    init: RequestInit,
    timeoutMs = TIMEOUT_MS,
  ): Promise<Json> {
    const response = await reach(`${apiRoot}${path}`, {
      ...init,
      headers: {
        ...(init.headers as Json),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.text().catch((error: unknown) => {
      throw new RetryableError('Todoist broke off its answer', { cause: error })
    })
    if (!response.ok) throw refusalOf(response, text)
    return parse(text)
  }

  return {
    async whoAmI(token) {
      const user = await request(token, '/api/v1/user', {})
      const zone = (user.tz_info as Json | undefined)?.timezone
      return { id: str(user.id), name: str(user.full_name), timeZone: typeof zone === 'string' ? zone : null }
    },

    async sync(token, { syncToken, commands }) {
      const body = {
        ...(syncToken === undefined ? {} : { sync_token: syncToken, resource_types: RESOURCES }),
        commands: commands.map(({ type, uuid, tempId, args }) => ({
          type,
          uuid,
          ...(tempId === null ? {} : { temp_id: tempId }),
          args,
        })),
      }
      return readSync(
        await request(token, '/api/v1/sync', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      )
    },

    async upload(token, { name, type, bytes }) {
      const form = new FormData()
      form.append('file_name', name)
      form.append('file', new Blob([bytes], { type }), name)
      return request(token, '/api/v1/uploads', { method: 'POST', body: form }, UPLOAD_TIMEOUT_MS)
    },

    async download(token, url, mostBytes) {
      const own = URL.canParse(url) ? new URL(url) : undefined
      // An address from anywhere may stand in a comment, and is not asked from here.
      if (own === undefined || !isFile(own, apiRoot)) return 'elsewhere'
      let target = own
      for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
        // The token is for Todoist alone: where it sends us on to must not get it.
        const isTheirs = isFile(target, apiRoot)
        const response = await reach(target.href, {
          redirect: 'manual',
          headers: isTheirs ? { authorization: `Bearer ${token}` } : {},
          signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
        })
        const next = response.headers.get('location')
        if (response.status >= 300 && response.status < 400 && next !== null) {
          target = new URL(next, target)
          // Never from a proven host to one that proves nothing: so are the addresses inside of clouds.
          if (target.protocol !== own.protocol) return 'elsewhere'
          continue
        }
        if (response.status === 404) return 'gone'
        if (!response.ok) throw refusalOf(response, '')
        if (Number(response.headers.get('content-length') ?? 0) > mostBytes) return 'too-large'
        return readAtMost(response, mostBytes)
      }
      throw new BoardRefusal(400, 'Todoist sends a download in circles')
    },

    exchangeCode: (code) => tokensFor({ code }),
    refresh: (refreshToken) => tokensFor({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  }

  async function tokensFor(grant: Record<string, string>) {
    if (app === undefined) throw new BoardRefusal(401, 'This host has no Todoist app; give a token instead')
    const { clientId, clientSecret } = app
    const answer = await request(undefined, '/oauth/access_token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        ...grant,
      }).toString(),
    })
    return { token: str(answer.access_token), refreshToken: strOrNull(answer.refresh_token) }
  }
}

async function readAtMost({ body }: Response, mostBytes: number): Promise<Uint8Array | 'too-large'> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.length
      if (size > mostBytes) return 'too-large'
      parts.push(part)
    }
  } catch (error) {
    throw new RetryableError('Todoist broke off a file', { cause: error })
  }
  return Buffer.concat(parts)
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw new RetryableError('Todoist could not be reached', { cause: error })
  }
}

/**
 * Where files lie, and nothing else: whoever comments names the address, and would be sent what the API tells of the account.
 * With another root, in a folder of that host.
 */
function isFile({ host, pathname, protocol }: URL, apiRoot: string): boolean {
  if (protocol === 'https:' && host === FILES_HOST) return true
  const root = new URL(apiRoot)
  return root.host === host && !root.hostname.endsWith('todoist.com') && pathname.startsWith('/files/')
}

function refusalOf(response: Response, text: string): Error {
  const body = safeParse(text)
  const why = typeof body.error === 'string' ? body.error : `Todoist answers ${response.status}`
  const told = Number(
    response.headers.get('retry-after') ?? (body.error_extra as Json | undefined)?.retry_after,
  )
  const retryAfterMs = Number.isFinite(told) && told > 0 ? told * 1_000 : undefined
  if (response.status >= 500)
    return new RetryableError(why, retryAfterMs === undefined ? {} : { retryAfterMs })
  return new BoardRefusal(response.status, why, retryAfterMs)
}

function parse(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Json
  } catch {
    // Told below, with what is no object either.
  }
  throw new RetryableError('Todoist answered something that is no JSON object')
}

function safeParse(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Json) : {}
  } catch {
    return {}
  }
}

function readSync(answer: Json): Synced {
  return {
    token: str(answer.sync_token),
    isFull: answer.full_sync === true,
    results: new Map(
      Object.entries((answer.sync_status ?? {}) as Record<string, unknown>).map(([uuid, result]) => [
        uuid,
        resultOf(result),
      ]),
    ),
    ids: new Map(
      Object.entries((answer.temp_id_mapping ?? {}) as Record<string, string>).map(([temp, id]) => [
        temp,
        String(id),
      ]),
    ),
    items: list(answer.items).map((item) => ({
      id: str(item.id),
      projectId: str(item.project_id),
      sectionId: strOrNull(item.section_id),
      assigneeUid: strOrNull(item.responsible_uid),
      assignedByUid: strOrNull(item.assigned_by_uid),
      completedByUid: strOrNull(item.completed_by_uid),
      due: dueOf(item.due),
      priority: typeof item.priority === 'number' ? item.priority : 1,
      labels: Array.isArray(item.labels) ? item.labels.map(String) : [],
      checked: item.checked === true,
      isDeleted: item.is_deleted === true,
    })),
    notes: list(answer.notes)
      .filter((note) => note.item_id !== undefined && note.item_id !== null)
      .map((note) => ({
        id: str(note.id),
        itemId: str(note.item_id),
        authorUid: str(note.posted_uid),
        content: typeof note.content === 'string' ? note.content : '',
        file: fileOf(note.file_attachment),
        isDeleted: note.is_deleted === true,
      })),
    sections: list(answer.sections).map((section) => ({
      id: str(section.id),
      projectId: str(section.project_id),
      name: str(section.name),
      isDeleted: section.is_deleted === true,
      isArchived: section.is_archived === true,
    })),
    projects: list(answer.projects).map((project) => ({
      id: str(project.id),
      name: str(project.name),
      description: typeof project.description === 'string' ? project.description : '',
      isDeleted: project.is_deleted === true,
      isArchived: project.is_archived === true,
    })),
    members: list(answer.collaborator_states).map((state) => ({
      projectId: str(state.project_id),
      uid: str(state.user_id),
      isActive: state.state === 'active' && state.is_deleted !== true,
    })),
    people: list(answer.collaborators).map((person) => ({
      uid: str(person.id),
      name: str(person.full_name),
      email: str(person.email),
    })),
    labels: list(answer.labels).map((label) => ({
      id: str(label.id),
      name: str(label.name),
      isDeleted: label.is_deleted === true,
    })),
  }
}

function resultOf(result: unknown): CommandResult {
  if (result === 'ok') return 'ok'
  const { error_tag: tag, http_code: status, error } = (result ?? {}) as Json
  return {
    tag: typeof tag === 'string' ? tag : '',
    httpStatus: Number(status ?? 400),
    why: typeof error === 'string' ? error : 'refused',
  }
}

function dueOf(value: unknown): { date: string; isRecurring: boolean } | null {
  if (typeof value !== 'object' || value === null) return null
  const { date, is_recurring: isRecurring } = value as Json
  return typeof date === 'string' ? { date, isRecurring: isRecurring === true } : null
}

function fileOf(value: unknown) {
  if (typeof value !== 'object' || value === null) return null
  const file = value as Json
  if (typeof file.file_url !== 'string' || file.file_url === '') return null
  return {
    name: typeof file.file_name === 'string' ? file.file_name : 'file',
    url: file.file_url,
    type: strOrNull(file.file_type),
    size: typeof file.file_size === 'number' ? file.file_size : null,
    isPending: file.upload_state === 'pending',
  }
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const str = (value: unknown): string => (value === undefined || value === null ? '' : String(value))
const strOrNull = (value: unknown): string | null =>
  value === undefined || value === null ? null : String(value)
