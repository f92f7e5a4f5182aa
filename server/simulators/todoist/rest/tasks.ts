import { ApiError, invalid, missing } from '../api-error.ts'
import { checkedId, id as idIn, type Arguments } from '../arguments.ts'
import * as acts from '../item-acts.ts'
import type { Item } from '../items.ts'
import { boardFor } from '../project-acts.ts'
import { isActive } from '../projects.ts'
import { endpoint, type ApiCall } from './endpoint.ts'
import { pageOf, results } from './page-of.ts'

const LONGEST_PERIOD_MS = 93 * 24 * 60 * 60 * 1000

/** The words of the calls in the words of the commands. */
function asCommand({ assignee_id, order, responsible_uid: _, ...args }: Arguments): Arguments {
  return {
    ...args,
    ...(assignee_id !== undefined && { responsible_uid: assignee_id }),
    ...(order !== undefined && { child_order: order }),
  }
}

export const TASKS = [
  endpoint('GET', 'tasks', (call) => results(call, narrowed(call, active(call)))),
  endpoint('GET', 'tasks/filter', (call) => results(call, filtered(call))),
  endpoint('GET', 'tasks/completed/by_completion_date', completed),
  endpoint('POST', 'tasks', ({ todoist, actor, args }) => acts.addItem(todoist, actor, asCommand(args)), [
    'data:read_write',
    'task:add',
  ]),
  endpoint('GET', 'tasks/:id', ({ todoist, actor }, id) => acts.itemFor(todoist, actor, id).item),
  endpoint('POST', 'tasks/:id', ({ todoist, actor, args }, id) =>
    acts.updateItem(todoist, actor, id, asCommand(args)),
  ),
  endpoint('POST', 'tasks/:id/move', ({ todoist, actor, args }, id) =>
    acts.moveItem(todoist, actor, id, args),
  ),
  endpoint('POST', 'tasks/:id/close', ({ todoist, actor }, id) => void acts.closeItem(todoist, actor, id)),
  endpoint('POST', 'tasks/:id/reopen', ({ todoist, actor }, id) => void acts.reopenItem(todoist, actor, id)),
  endpoint('DELETE', 'tasks/:id', ({ todoist, actor }, id) => acts.deleteItem(todoist, actor, id)),
]

function active({ todoist, actor }: ApiCall): Item[] {
  const open = todoist.projects.ofUser(actor.id).filter(({ project }) => isActive(project))
  return open.flatMap((board) => todoist.items.ofBoard(board))
}

function narrowed({ query, todoist, actor }: ApiCall, items: Item[]): Item[] {
  const projectId = idIn(query, 'project_id')
  const sectionId = idIn(query, 'section_id')
  const parentId = idIn(query, 'parent_id')
  const ids = query.ids === undefined ? undefined : idsIn(query.ids)
  if (projectId !== undefined) boardFor(todoist, actor, projectId)
  return items.filter(
    (item) =>
      (projectId === undefined || item.project_id === projectId) &&
      (sectionId === undefined || item.section_id === sectionId) &&
      (parentId === undefined || item.parent_id === parentId) &&
      (query.label === undefined || item.labels.includes(query.label)) &&
      (ids === undefined || ids.includes(item.id)),
  )
}

/** A JSON array or a list with commas: clients of different age send one or the other. */
function idsIn(given: string): string[] {
  const bare = /^\[.*\]$/.test(given) ? given.slice(1, -1) : given
  return bare.split(',').map((each) => checkedId(each.trim().replace(/^"(.*)"$/, '$1'), 'ids'))
}

/** Of the language of filters only `@label`, `#project` and `search:`, joined by `&`. */
function filtered(call: ApiCall): Item[] {
  const { query, todoist } = call
  if (query.query === undefined || query.query.trim() === '') throw missing('query')
  let found = active(call)
  for (const term of query.query.split('&').map((each) => each.trim())) {
    const [, kind, words = ''] = /^(@|#|search:)\s*(.+)$/.exec(term) ?? []
    if (kind === '@') found = found.filter(({ labels }) => labels.includes(words))
    else if (kind === '#') {
      found = found.filter(({ project_id }) => todoist.projects.find(project_id)!.project.name === words)
    } else if (kind === 'search:') {
      const wanted = words.toLowerCase()
      found = found.filter(({ content }) => content.toLowerCase().includes(wanted))
    } else
      throw new ApiError(400, 'INVALID_SEARCH_QUERY', 50, `The simulator does not know the filter ${term}`)
  }
  return found
}

function completed(call: ApiCall) {
  const { query, todoist, actor } = call
  const since = instant(query, 'since')
  const until = instant(query, 'until')
  if (until - since > LONGEST_PERIOD_MS) throw invalid('until', 'The period is longer than three months')
  const seen = new Set(todoist.projects.ofUser(actor.id).map(({ project }) => project.id))
  const all = [...todoist.items.each()].filter((item) => {
    if (!item.checked || item.is_deleted || !seen.has(item.project_id)) return false
    const at = Date.parse(item.completed_at ?? '')
    return at >= since && at <= until
  })
  all.sort((left, right) => right.completed_at!.localeCompare(left.completed_at!))
  const { rows, next_cursor } = pageOf(call, narrowed(call, all))
  return { items: rows, next_cursor }
}

function instant(query: Record<string, string>, name: string): number {
  const value = query[name]
  if (value === undefined) throw missing(name)
  const time = Date.parse(value)
  if (Number.isNaN(time)) throw invalid(name)
  return time
}
