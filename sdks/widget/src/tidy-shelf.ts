const NAME = /^[\w.:-]{1,64}$/
const RENEWAL = /^[\w.-]{1,600}$/
const MAX_LETTERS = 4_000
/** The last moment that a date can be. */
const LAST_MS = 8.64e15

/**
 * Takes off a shelf what cannot have been put there by a chat. All scripts of a page write into the same storage, and a
 * browser may have kept half of a value: nothing of that may keep anybody from talking.
 */
export function tidyShelf(prefix: string): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(prefix) && !isSound(key.slice(prefix.length), localStorage.getItem(key)!))
        localStorage.removeItem(key)
  } catch {
    // Nothing is kept here.
  }
}

/** Whether a value can be read as what its name says. Names that are not known are left alone. */
export function isSound(name: string, value: string): boolean {
  if (name === 'device') return NAME.test(value)
  if (name === 'renewal') return RENEWAL.test(value)
  const [kind, id] = name.split(':')
  return kind === 'q' ? isMessage(value, id, 'clientId') : kind !== 'first' || isMessage(value, id, 'id')
}

function isMessage(value: string, id: string | undefined, idName: string): boolean {
  try {
    const told = JSON.parse(value) as Record<string, unknown>
    const { text, at, conversationId, replyTo } = told
    return (
      told[idName] === id &&
      NAME.test(id!) &&
      typeof text === 'string' &&
      text.trim() !== '' &&
      text.length <= MAX_LETTERS &&
      typeof at === 'number' &&
      Math.abs(at) < LAST_MS &&
      (idName === 'id' || NAME.test(String(conversationId))) &&
      (replyTo === undefined || NAME.test(String(replyTo)))
    )
  } catch {
    return false
  }
}
