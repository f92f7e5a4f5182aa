import { forgetOldest } from './bounded.ts'

export interface Group {
  id: number
  title: string
  supergroup: boolean
  members: Set<number>
  bots: Map<number, 'member' | 'kicked' | 'left'>
  migratedTo: number | undefined
}

export interface NewGroup {
  id?: number
  title?: string
  supergroup?: boolean
  members?: number[]
}

const MOST_GROUPS = 1000
const FIRST_ID = 5001

export type Groups = ReturnType<typeof groups>

export function groups() {
  const known = new Map<number, Group>()
  let nextId = FIRST_ID

  const add = (group: Group) => {
    known.set(group.id, group)
    forgetOldest(known, MOST_GROUPS)
    return group
  }

  return {
    find: (id: number) => known.get(id),
    all: () => [...known.values()],
    create({ id, title = 'Group', supergroup = false, members = [] }: NewGroup): Group {
      return add({
        id: id ?? (supergroup ? supergroupId(nextId++) : -nextId++),
        title,
        supergroup,
        members: new Set(members),
        bots: new Map(),
        migratedTo: undefined,
      })
    },
    upgrade(group: Group): Group {
      const upgraded = add({ ...group, id: supergroupId(-group.id), supergroup: true })
      group.migratedTo = upgraded.id
      return upgraded
    },
  }
}

export function groupChatOf(group: Group) {
  return { id: group.id, type: group.supergroup ? 'supergroup' : 'group', title: group.title }
}

function supergroupId(id: number): number {
  return -1_000_000_000_000 - id
}
