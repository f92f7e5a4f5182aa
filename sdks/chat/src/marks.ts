import type { LooseFrame } from './contract.ts'

const GAP_MS = 250

/** Says how far we are: at once, then the latest at most four times a second for each conversation. */
export function createMarks(send: (frame: LooseFrame) => void) {
  const latest = new Map<string, LooseFrame>()
  const resting = new Set<string>()

  function flush(key: string): void {
    const frame = latest.get(key)
    if (frame === undefined) return void resting.delete(key)
    latest.delete(key)
    resting.add(key)
    send(frame)
    setTimeout(() => flush(key), GAP_MS)
  }

  return (type: 'received' | 'read', conversationId: string, sequence: number): void => {
    const key = type + conversationId
    latest.set(key, { type, conversationId, sequence })
    if (!resting.has(key)) flush(key)
  }
}
