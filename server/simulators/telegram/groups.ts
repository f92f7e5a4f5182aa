import { forgetOldest } from '../bounded.ts'

export type Membership = 'member' | 'administrator' | 'kicked' | 'left'

export interface Topic {
  id: number
  name: string
  iconColor: number
  isClosed: boolean
}

export interface AdministratorRights {
  canManageTopics: boolean
  canDeleteMessages: boolean
}

export interface Group {
  id: number
  title: string
  supergroup: boolean
  members: Set<number>
  bots: Map<number, Membership>
  /** Of bots that are administrators. */
  rights: Map<number, AdministratorRights>
  isForum: boolean
  topics: Map<number, Topic>
  migratedTo: number | undefined
}

export interface NewGroup {
  id?: number
  title?: string
  supergroup?: boolean
  /** A supergroup with topics. */
  forum?: boolean
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
    create({ id, title = 'Group', forum = false, supergroup = forum, members = [] }: NewGroup): Group {
      if (forum && !supergroup) throw new Error('Only a supergroup can have topics')
      return add({
        id: id ?? (supergroup ? supergroupId(nextId++) : -nextId++),
        title,
        supergroup,
        rights: new Map(),
        isForum: forum,
        topics: new Map(),
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
  return {
    id: group.id,
    type: group.supergroup ? 'supergroup' : 'group',
    title: group.title,
    ...(group.isForum && { is_forum: true }),
  }
}

export function isAdministrator(group: Group, botId: number): boolean {
  return group.bots.get(botId) === 'administrator'
}

export function isInGroup(group: Group, botId: number): boolean {
  return ['member', 'administrator'].includes(group.bots.get(botId) ?? 'left')
}

function supergroupId(id: number): number {
  return -1_000_000_000_000 - id
}
