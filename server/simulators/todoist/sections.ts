import type { Board } from './projects.ts'

export interface Section {
  id: string
  user_id: string
  project_id: string
  name: string
  description: string
  section_order: number
  added_at: string
  updated_at: string
  archived_at: string | null
  is_archived: boolean
  is_deleted: boolean
  is_collapsed: boolean
}

export type Sections = ReturnType<typeof sections>

export function sections() {
  const byId = new Map<string, Section>()
  return {
    add: (section: Section) => void byId.set(section.id, section),
    find: (id: string) => byId.get(id),
    ofBoard: (board: Board) =>
      [...board.sectionIds]
        .map((id) => byId.get(id)!)
        .sort((left, right) => left.section_order - right.section_order),
  }
}
