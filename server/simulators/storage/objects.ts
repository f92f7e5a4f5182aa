import { createHash } from 'node:crypto'

export interface StoredObject {
  key: string
  bytes: Buffer
  type: string
  disposition: string | undefined
  etag: string
  at: number
}

const MOST_BYTES = 512 * 1_048_576

export type Objects = ReturnType<typeof objects>

/** One bucket in memory, of so many bytes and no more. */
export function objects(now: () => number) {
  const kept = new Map<string, StoredObject>()
  let held = 0

  function remove(key: string): void {
    held -= kept.get(key)?.bytes.length ?? 0
    kept.delete(key)
  }

  return {
    get: (key: string) => kept.get(key),
    put({ key, bytes, type, disposition }: Omit<StoredObject, 'etag' | 'at'>): StoredObject {
      remove(key)
      if (held + bytes.length > MOST_BYTES) throw new Error(`The simulator holds ${MOST_BYTES} bytes at most`)
      const etag = createHash('md5').update(bytes).digest('hex')
      const stored = { key, bytes, type, disposition, etag, at: now() }
      kept.set(key, stored)
      held += bytes.length
      return stored
    },
    remove,
    keys: () => [...kept.keys()].sort(),
    /** As S3 lists: in the order of the keys. */
    list: ({ prefix, after, most }: { prefix: string; after: string; most: number }) =>
      [...kept.values()]
        .filter(({ key }) => key.startsWith(prefix) && key > after)
        .sort((one, other) => (one.key < other.key ? -1 : 1))
        .slice(0, most),
  }
}
