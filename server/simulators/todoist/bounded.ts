/** Keeps the newest items and forgets the oldest, in amortised constant time. */
export function bounded<Item>(limit: number) {
  let items: Item[] = []
  return {
    push(item: Item) {
      items.push(item)
      if (items.length >= limit * 2) items = items.slice(-limit)
    },
    all: (): Item[] => items.slice(-limit),
    clear() {
      items = []
    },
  }
}

/** Drops the oldest entries of an insertion-ordered map. */
export function forgetOldest<Key>(map: Map<Key, unknown>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) return
    map.delete(key)
  }
}
