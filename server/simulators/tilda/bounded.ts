/** Keeps the newest items and forgets the oldest. */
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
