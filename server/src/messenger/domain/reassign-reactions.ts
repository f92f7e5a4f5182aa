type Reactions = Readonly<Record<string, readonly string[]>>

/** Emoji under which `from` stood; `both`: and `into` too. */
export type Reassigned = { emoji: string; both: boolean }

/** What one reacted is the other's now. Nobody stands twice under one emoji. */
export function reassignReactions(
  reactions: Reactions,
  from: string,
  into: string,
): { reactions: Reactions; reassigned: Reassigned[] } {
  const reassigned: Reassigned[] = []
  const changed = Object.entries(reactions).map(([emoji, ids]) => {
    if (!ids.includes(from)) return [emoji, ids] as const
    const both = ids.includes(into)
    reassigned.push({ emoji, both })
    return [
      emoji,
      both ? ids.filter((id) => id !== from) : ids.map((id) => (id === from ? into : id)),
    ] as const
  })
  return { reactions: Object.fromEntries(changed), reassigned }
}

/** The way back: as far as they still stand, whatever else was reacted since. */
export function partReactions(
  reactions: Reactions,
  from: string,
  into: string,
  reassigned: readonly Reassigned[],
): Reactions {
  const changed = Object.entries(reactions).map(([emoji, ids]) => {
    const one = reassigned.find((given) => given.emoji === emoji)
    if (one === undefined || !ids.includes(into) || ids.includes(from)) return [emoji, ids] as const
    return [emoji, one.both ? [...ids, from] : ids.map((id) => (id === into ? from : id))] as const
  })
  return Object.fromEntries(changed)
}
