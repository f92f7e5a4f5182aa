import type { Item } from '../domain/item.ts'

const KEPT_MS = 30_000
const MOST = 20_000

/** A signal that comes again within half a minute is acknowledged and goes no further. */
export function forgetRepeats({ now = () => Date.now() }: { now?: () => number } = {}) {
  const seen = new Map<string, number>()
  return {
    name: 'forget-repeats',
    batch: 256,
    run(items: Item[]): Item[] {
      return items.filter(({ projectId, speaker, signal, reply }) => {
        const key = `${projectId} ${speaker.participantId} ${signal!.clientId}`
        const isRepeat = (seen.get(key) ?? 0) > now()
        if (isRepeat)
          reply.acknowledge({ messageId: null, sequence: null, at: new Date(now()), repeated: true })
        else {
          seen.delete(key)
          seen.set(key, now() + KEPT_MS)
          if (seen.size > MOST) seen.delete(seen.keys().next().value!)
        }
        return !isRepeat
      })
    },
  }
}
