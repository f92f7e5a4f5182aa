import { jsonOf } from './json.ts'

/** What is used of `sessionStorage`. */
export interface BonusesStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export type Shelf = ReturnType<typeof createShelf>

/**
 * Values that outlive a reload, in a tab. Nothing is written before `allow`: that is when the shopper has acted. Where
 * the browser forbids it, values live as long as the page.
 */
export function createShelf(storage: BonusesStorage | undefined, prefix: string) {
  const values = new Map<string, unknown>()
  let allowed = false
  const write = (value: unknown, name: string) => {
    if (!allowed) return
    try {
      if (value === undefined) storage?.removeItem(prefix + name)
      else storage?.setItem(prefix + name, jsonOf(value))
    } catch {
      // Full, or forbidden.
    }
  }
  return {
    allow(): void {
      allowed = true
      values.forEach(write)
    },
    read<Value>(name: string): Value | undefined {
      if (values.has(name)) return values.get(name) as Value | undefined
      try {
        const text = storage?.getItem(prefix + name)
        if (text) {
          // Whoever finds something was allowed to.
          allowed = true
          return JSON.parse(text) as Value
        }
      } catch {
        // Forbidden, or not ours.
      }
      return undefined
    },
    set(name: string, value: unknown): void {
      values.set(name, value)
      write(value, name)
    },
  }
}
