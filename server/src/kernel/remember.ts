import { systemClock } from './clock.ts'

export type Remembered<T> = ((key: string) => Promise<T>) & { forget(key?: string): void }

/** Keeps answers for a while, bounded, and shares one look-up among those who ask at the same time. Failures are not kept. */
export function remember<T>(
  find: (key: string) => Promise<T>,
  {
    forMs,
    most = 10_000,
    now = () => systemClock.now(),
  }: { forMs: number; most?: number; now?: () => number },
): Remembered<T> {
  const known = new Map<string, { answer: Promise<T>; until: number }>()
  const ask = (key: string): Promise<T> => {
    const hit = known.get(key)
    if (hit !== undefined && hit.until > now()) return hit.answer
    const answer = find(key)
    const entry = { answer, until: now() + forMs }
    known.delete(key)
    known.set(key, entry)
    if (known.size > most) known.delete(known.keys().next().value!)
    answer.catch(() => known.get(key) === entry && known.delete(key))
    return answer
  }
  return Object.assign(ask, {
    forget: (key?: string) => (key === undefined ? known.clear() : void known.delete(key)),
  })
}
