import { isSound } from './tidy-shelf.ts'

/** What was said before there is a conversation to say it in. */
export interface FirstWord {
  id: string
  text: string
  at: number
}

/**
 * Keeps first words until they are sent, over a reload too: whoever has said something has agreed to that. Where nothing
 * may be kept they live as long as the page.
 */
export function createFirstWords(prefix: string, mayStore: boolean) {
  const own = new Map<string, FirstWord>()
  const keyOf = (id: string): string => `${prefix}first:${id}`

  function stored(): FirstWord[] {
    if (!mayStore) return []
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(keyOf('')))
      return keys
        .map((key) => [key.slice(prefix.length), localStorage.getItem(key)!] as const)
        .filter(([name, value]) => isSound(name, value))
        .map(([, value]) => JSON.parse(value) as FirstWord)
    } catch {
      return []
    }
  }

  return {
    add(text: string): FirstWord {
      const word = { id: crypto.randomUUID(), text, at: Date.now() }
      own.set(word.id, word)
      try {
        if (mayStore) localStorage.setItem(keyOf(word.id), JSON.stringify(word))
      } catch {
        // Full or forbidden.
      }
      return word
    },
    all(): FirstWord[] {
      const words = new Map([...own, ...stored().map((word) => [word.id, word] as const)])
      return [...words.values()].sort((one, other) => one.at - other.at)
    },
    remove(id: string): void {
      own.delete(id)
      try {
        localStorage.removeItem(keyOf(id))
      } catch {
        // It was never there.
      }
    },
  }
}
