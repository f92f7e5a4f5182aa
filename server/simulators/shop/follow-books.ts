import type { ShopSettings } from './settings.ts'

/** What happened in the project, newest first, and whether the support desk was asked and has answered. */
export type Books = {
  events: readonly { id: string; type: string; timestamp: string; data: unknown }[]
  isAsked: boolean
  isAnswered: boolean
}

const EVERY_MS = 700
const SHOWN = 40

/** Told to whoever watches, whenever it has changed. Asks Tapline only while somebody does. */
export function followBooks({ apiUrl, secretKey }: ShopSettings) {
  const watchers = new Set<(books: Books) => void>()
  let told = ''
  let isAsking = false

  async function ask<T>(path: string): Promise<T[]> {
    const response = await fetch(`${apiUrl}${path}`, { headers: { authorization: `Bearer ${secretKey}` } })
    if (!response.ok) throw new Error(`${path} was refused: ${response.status}`)
    return ((await response.json()) as { data: T[] }).data
  }

  async function look(): Promise<void> {
    if (watchers.size === 0 || isAsking) return
    isAsking = true
    try {
      const [events, tickets] = await Promise.all([
        ask<Books['events'][number]>(`/v1/events?limit=${SHOWN}`),
        ask<{ firstAnswerAt: string | null }>(`/v1/tickets?limit=${SHOWN}`),
      ])
      const books: Books = {
        events,
        isAsked: tickets.length > 0,
        isAnswered: tickets.some(({ firstAnswerAt }) => firstAnswerAt !== null),
      }
      const state = JSON.stringify([events[0]?.id, books.isAsked, books.isAnswered])
      if (state === told) return
      told = state
      for (const tell of watchers) tell(books)
    } catch {
      // Tapline is starting or gone; the next look tells.
    } finally {
      isAsking = false
    }
  }
  const timer = setInterval(() => void look(), EVERY_MS)

  return {
    watch(tell: (books: Books) => void): () => void {
      watchers.add(tell)
      told = ''
      return () => void watchers.delete(tell)
    },
    stop() {
      clearInterval(timer)
      watchers.clear()
    },
  }
}
