type MaybePromise<Value> = Value | Promise<Value>

/**
 * Where a chat keeps what must survive a reload: messages that wait, and who the visitor is. Each value has a key of its
 * own, so that several tabs can write without harming each other.
 */
export interface ChatStorage {
  /** Every value whose key begins with `prefix`. */
  load(prefix: string): MaybePromise<Record<string, string>>
  set(key: string, value: string): MaybePromise<void>
  remove(key: string): MaybePromise<void>
}

const under = (prefix: string, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key.startsWith(prefix)))

const storageIn = (values: Record<string, string>): ChatStorage => ({
  load: (prefix) => under(prefix, values),
  set: (key, value) => void (values[key] = value),
  remove: (key) => void delete values[key],
})

/** Keeps values as long as the program runs. */
export function memoryStorage(): ChatStorage {
  return storageIn({})
}

/**
 * Keeps values in the browser. It is synchronous: a message that was written just before the tab closed is there the
 * next time. Where the browser forbids it, values are kept in memory.
 */
export function webStorage(): ChatStorage {
  try {
    const web = (globalThis as unknown as { localStorage: Record<string, string> }).localStorage
    // Throws where there is none.
    Object.keys(web)
    return storageIn(web)
  } catch {
    // The page may not: it is sandboxed, or its visitor has switched storage off.
    return memoryStorage()
  }
}

/** A {@link ChatStorage} under a prefix. Without consent, what is set before `allow` stays in memory until then. */
export function createShelf(storage: ChatStorage, consent: boolean | undefined, prefix: string) {
  const values = new Map<string, string>()
  let allowed = consent === true
  const write = async (key: string): Promise<void> => {
    if (!allowed) return
    const value = values.get(key)
    try {
      await (value === undefined ? storage.remove(prefix + key) : storage.set(prefix + key, value))
    } catch {
      // Full or forbidden: the value lives as long as the page.
    }
  }
  function allow(): void {
    if (allowed || consent === false) return
    allowed = true
    for (const key of values.keys()) void write(key)
  }
  return {
    values,
    allow,
    /** What was kept the last time; whoever finds something was allowed to. */
    async load(): Promise<void> {
      if (consent === false) return
      const stored = Object.entries(await storage.load(prefix))
      for (const [key, value] of stored) values.set(key.slice(prefix.length), value)
      if (stored.length > 0) allow()
    },
    set(key: string, value: string): void {
      values.set(key, value)
      void write(key)
    },
    remove(key: string): void {
      values.delete(key)
      void write(key)
    },
  }
}

export type Shelf = ReturnType<typeof createShelf>
