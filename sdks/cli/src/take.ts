const PAGE = 200

/** The first of a list, however many pages they stand on. */
export async function take<Item>(
  limit: number,
  list: (pageSize: number) => AsyncIterable<Item>,
): Promise<Item[]> {
  const taken: Item[] = []
  for await (const item of list(Math.min(limit, PAGE))) {
    taken.push(item)
    if (taken.length === limit) break
  }
  return taken
}
