import { ApiError, notFound } from './api-error.ts'
import { flag, integer, text, words, type Arguments } from './arguments.ts'
import { LIMITS } from './limits.ts'
import { opaqueId } from './opaque-id.ts'
import type { Label } from './labels.ts'
import { isMember } from './projects.ts'
import type { Todoist } from './todoist.ts'
import type { User } from './users.ts'

export function labelFor(todoist: Todoist, actor: User, labelId: string): Label {
  const found = todoist.labels.find(labelId)
  if (!found || found.label.is_deleted || found.ownerId !== actor.id) throw notFound('Label')
  return found.label
}

export function addLabel(todoist: Todoist, actor: User, args: Arguments): Label {
  const own = todoist.labels.ofUser(actor.id)
  if (own.length >= LIMITS.labels) {
    throw new ApiError(403, 'MAX_LIMIT_REACHED', 49, 'Maximum number of labels reached', {
      limit: LIMITS.labels,
    })
  }
  const name = newName(todoist, actor, args)
  const order = integer(args, 'item_order') ?? integer(args, 'order') ?? own.length + 1
  const label: Label = {
    id: opaqueId(),
    name,
    color: text(args, 'color', 32) ?? 'charcoal',
    item_order: order,
    order,
    is_favorite: flag(args, 'is_favorite') ?? false,
    is_deleted: false,
  }
  todoist.labels.add(actor.id, label)
  return changed(todoist, actor, label, 'label:added')
}

/** A new name is carried to every task of the user that has the old one. */
export function updateLabel(todoist: Todoist, actor: User, labelId: string, args: Arguments): Label {
  const label = labelFor(todoist, actor, labelId)
  if (args.name !== undefined && args.name !== label.name) {
    const name = newName(todoist, actor, args)
    replace(todoist, actor, label.name, name)
    label.name = name
  }
  label.color = text(args, 'color', 32) ?? label.color
  label.is_favorite = flag(args, 'is_favorite') ?? label.is_favorite
  label.item_order = integer(args, 'item_order') ?? integer(args, 'order') ?? label.item_order
  label.order = label.item_order
  return changed(todoist, actor, label, 'label:updated')
}

export function deleteLabel(todoist: Todoist, actor: User, labelId: string, keepsOnTasks = false): void {
  const label = labelFor(todoist, actor, labelId)
  if (!keepsOnTasks) replace(todoist, actor, label.name, undefined)
  label.is_deleted = true
  changed(todoist, actor, label, 'label:deleted')
}

function newName(todoist: Todoist, actor: User, args: Arguments): string {
  const name = words(args, 'name', LIMITS.labelName)
  if (todoist.labels.ofUser(actor.id).some((label) => label.name === name)) {
    throw new ApiError(400, 'LABEL_ALREADY_EXISTS', 20, 'Label already exists', { argument: 'name' })
  }
  return name
}

function changed(todoist: Todoist, actor: User, label: Label, event: string): Label {
  todoist.changes.add('labels', label.id, actor.id)
  todoist.announce(actor, event, undefined, label)
  return label
}

function replace(todoist: Todoist, actor: User, name: string, by: string | undefined): void {
  for (const item of todoist.items.each()) {
    if (!item.labels.includes(name)) continue
    const board = todoist.projects.find(item.project_id)
    if (!board || !isMember(board, actor.id)) continue
    item.labels = item.labels.flatMap((each) => (each === name ? (by ?? []) : each))
    todoist.changes.add('items', item.id)
  }
}
