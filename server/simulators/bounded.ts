export interface Bounded<Item> {
  push(item: Item): void
  all(): Item[]
  clear(): void
}

/** Keeps the newest items and forgets the oldest, in amortised constant time. */
export function bounded<Item>(limit: number): Bounded<Item> {
  let items: Item[] = []
  return {
    push(item) {
      items.push(item)
      if (items.length >= limit * 2) items = items.slice(-limit)
    },
    all: () => items.slice(-limit),
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
