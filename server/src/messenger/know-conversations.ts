import type { ConversationKey, Standing } from './ports/conversation-store.ts'

type Known = { standing: Standing | undefined; until: number }

const FRESH_MS = 1_000
const MOST = 50_000

export type Conversations = ReturnType<typeof knowConversations>

/** Who takes part where, known for a second, so that rights are checked on every frame and asked for seldom. */
export function knowConversations({
  standings,
  now = () => Date.now(),
}: {
  standings: (keys: readonly ConversationKey[]) => Promise<(Standing | undefined)[]>
  now?: () => number
}) {
  const known = new Map<string, Known>()

  function keep(key: ConversationKey, standing: Standing | undefined): void {
    const name = nameOf(key)
    known.delete(name)
    known.set(name, { standing, until: now() + FRESH_MS })
    if (known.size > MOST) known.delete(known.keys().next().value!)
  }

  return {
    /** One question for all that are not known. */
    async of(keys: readonly ConversationKey[]): Promise<(Standing | undefined)[]> {
      const at = now()
      const fresh = keys.map((key) => known.get(nameOf(key)))
      const missing = new Map<string, ConversationKey>()
      fresh.forEach((entry, index) => {
        if (entry === undefined || entry.until <= at) missing.set(nameOf(keys[index]!), keys[index]!)
      })
      if (missing.size > 0) {
        const wanted = [...missing.values()]
        const found = await standings(wanted)
        wanted.forEach((key, index) => keep(key, found[index]))
      }
      // One that was known may have been forgotten while the others were asked for; that is not the same as not being there.
      return keys.map((key, index) =>
        missing.has(nameOf(key)) ? known.get(nameOf(key))?.standing : fresh[index]!.standing,
      )
    },
    /** As it was known last, which may be a while ago. */
    peek: (key: ConversationKey): Standing | undefined => known.get(nameOf(key))?.standing,
    forget: (key: ConversationKey) => void known.delete(nameOf(key)),
  }
}

export function nameOf({ projectId, conversationId }: ConversationKey): string {
  return `${projectId} ${conversationId}`
}
