import type { Locale } from '../kernel/locale.ts'
import { SECTION_NAMES, SECTION_STATUSES, type Person, type SectionStatus } from './domain/board.ts'
import { BoardRefusal, type BoardApi, type BoardCommand, type Synced } from './ports/board-api.ts'

type Wanted = {
  /** As it was known; found by its marker otherwise, and made where there is none. */
  boardId: string | undefined
  marker: string
  name: string
  sections: Partial<Record<SectionStatus, string>>
  labels: readonly string[]
  /** With whom a new one is shared. */
  shareWith: readonly string[]
  locale: Locale
}

export type Stood = {
  boardId: string
  isNew: boolean
  sections: Partial<Record<SectionStatus, string>>
  members: readonly string[]
  people: Readonly<Record<string, Person>>
  /** Names by id. */
  labels: Readonly<Record<string, string>>
}

export type StandBoard = (token: string, wanted: Wanted) => Promise<Stood>

// Of a hundred commands that a request holds.
const MOST_LABELS = 60
const MOST_SHARED = 20

/**
 * A board as support needs it: found by its id or its marker, sections by their ids or names, and what is missing is made. Doing
 * it again after a lost answer finds what was made. Names that agents have given stay.
 */
export function standBoard({
  api,
  newUuid,
}: {
  api: Pick<BoardApi, 'sync'>
  newUuid: () => string
}): StandBoard {
  const command = (
    type: string,
    args: Record<string, unknown>,
    tempId: string | null = null,
  ): BoardCommand => ({
    type,
    uuid: newUuid(),
    tempId,
    args,
  })

  return async (token, { boardId: known, marker, name, sections, labels, shareWith, locale }) => {
    const seen = await api.sync(token, { syncToken: '*', commands: [] })
    const boards = seen.projects.filter(isThere)
    const found =
      boards.find(({ id }) => id === known) ??
      boards.find(({ description }) => isMarkedBy(description, marker))
    const commands: BoardCommand[] = []
    const boardTemp = newUuid()
    if (found === undefined)
      commands.push(command('project_add', { name, description: marker, view_style: 'board' }, boardTemp))
    const place = found?.id ?? boardTemp

    const there = seen.sections.filter((one) => one.projectId === found?.id && isThere(one))
    const own = SECTION_STATUSES.map((status) => {
      const names: string[] = Object.values(SECTION_NAMES[status])
      const section =
        there.find(({ id }) => id === sections[status]) ?? there.find((one) => names.includes(one.name))
      return { status, id: section?.id, temp: newUuid() }
    })
    for (const { status, id, temp } of own)
      if (id === undefined)
        commands.push(
          command('section_add', { name: SECTION_NAMES[status][locale], project_id: place }, temp),
        )
    const needed = commands.length

    const labelled = labels.slice(0, MOST_LABELS).map((label) => {
      const one = seen.labels.find((each) => each.name === label && !each.isDeleted)
      return { label, id: one?.id, temp: newUuid() }
    })
    for (const { label, id, temp } of labelled)
      if (id === undefined) commands.push(command('label_add', { name: label }, temp))
    if (found === undefined)
      for (const email of shareWith.slice(0, MOST_SHARED))
        commands.push(command('share_project', { project_id: boardTemp, email }))

    const made = commands.length === 0 ? undefined : await api.sync(token, { syncToken: undefined, commands })
    for (const { uuid } of commands.slice(0, needed)) {
      const result = made!.results.get(uuid)
      if (result !== 'ok') throw new BoardRefusal(result?.httpStatus ?? 400, result?.why ?? 'no result')
    }
    const idOf = (id: string | undefined, temp: string) => id ?? made?.ids.get(temp)
    const boardId = idOf(found?.id, boardTemp)!
    const members = seen.members.filter((one) => one.projectId === boardId && one.isActive)
    const uids = new Set(members.map(({ uid }) => uid))
    return {
      boardId,
      isNew: found === undefined,
      sections: Object.fromEntries(own.map(({ status, id, temp }) => [status, idOf(id, temp)])),
      members: [...uids].sort(),
      people: Object.fromEntries(
        seen.people
          .filter(({ uid }) => uids.has(uid))
          .map(({ uid, name: who, email }) => [uid, { name: who, email }]),
      ),
      labels: Object.fromEntries(
        labelled.flatMap(({ label, id, temp }) => {
          const one = idOf(id, temp)
          return one === undefined ? [] : [[one, label]]
        }),
      ),
    }
  }
}

const isThere = ({ isDeleted, isArchived }: Synced['sections'][number] | Synced['projects'][number]) =>
  !isDeleted && !isArchived

/** One marker may begin like another. */
const isMarkedBy = (description: string, marker: string) => description.split(/\s+/).includes(marker)
