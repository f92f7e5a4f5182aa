/** A label belongs to one user; tasks carry names of labels, whether anybody has them or not. */
export interface Label {
  id: string
  name: string
  color: string
  item_order: number
  /** The same number under the name that the REST calls use. */
  order: number
  is_favorite: boolean
  is_deleted: boolean
}

export type Labels = ReturnType<typeof labels>

export function labels() {
  const byId = new Map<string, { label: Label; ownerId: string }>()
  return {
    add: (ownerId: string, label: Label) => void byId.set(label.id, { label, ownerId }),
    find: (labelId: string) => byId.get(labelId),
    ofUser: (userId: string) =>
      [...byId.values()]
        .filter(({ label, ownerId }) => ownerId === userId && !label.is_deleted)
        .map(({ label }) => label),
  }
}
