import type { Changes } from './changes.ts'
import type { Due } from './due.ts'
import type { Board } from './projects.ts'

/** A task, as Todoist writes it. */
export interface Item {
  id: string
  user_id: string
  project_id: string
  section_id: string | null
  parent_id: string | null
  added_by_uid: string | null
  assigned_by_uid: string | null
  responsible_uid: string | null
  labels: string[]
  deadline: { date: string; lang: string } | null
  duration: { amount: number; unit: string } | null
  is_collapsed: boolean
  checked: boolean
  is_deleted: boolean
  added_at: string
  completed_at: string | null
  completed_by_uid: string | null
  updated_at: string
  due: Due | null
  priority: number
  child_order: number
  content: string
  description: string
  note_count: number
  day_order: number
}

const MOST_FINISHED = 20_000

export type Items = ReturnType<typeof items>

/** All tasks; of the finished ones the oldest are forgotten. */
export function items() {
  const byId = new Map<string, Item>()
  const finished = new Set<string>()
  const childrenOf = new Map<string, Set<string>>()

  const each = () => byId.values()

  return {
    add(item: Item) {
      byId.set(item.id, item)
    },
    find: (id: string) => byId.get(id),
    each,
    ofBoard: (board: Board) => [...board.activeItemIds].map((id) => byId.get(id)!),
    setParent(item: Item, parentId: string | null) {
      if (item.parent_id) childrenOf.get(item.parent_id)?.delete(item.id)
      item.parent_id = parentId
      if (parentId === null) return
      const children = childrenOf.get(parentId) ?? new Set()
      childrenOf.set(parentId, children.add(item.id))
    },
    /** The task and all below it. */
    family(item: Item): Item[] {
      const found = [item]
      for (const member of found) {
        for (const id of childrenOf.get(member.id) ?? []) {
          const child = byId.get(id)
          if (child && !child.is_deleted) found.push(child)
        }
      }
      return found
    },
    finish(item: Item) {
      finished.add(item.id)
      for (const id of finished) {
        if (finished.size <= MOST_FINISHED) return
        finished.delete(id)
        childrenOf.delete(id)
        byId.delete(id)
      }
    },
    revive: (item: Item) => void finished.delete(item.id),
    deleteWhere(matches: (item: Item) => boolean, changes: Changes): Item[] {
      const deleted = [...each()].filter((item) => !item.is_deleted && matches(item))
      for (const item of deleted) {
        item.is_deleted = true
        this.finish(item)
        changes.add('items', item.id)
      }
      return deleted
    },
    moveSection(sectionId: string, from: Board, to: Board, changes: Changes) {
      for (const item of each()) {
        if (item.section_id !== sectionId || item.is_deleted) continue
        item.project_id = to.project.id
        if (from.activeItemIds.delete(item.id)) to.activeItemIds.add(item.id)
        changes.add('items', item.id)
      }
    },
  }
}
