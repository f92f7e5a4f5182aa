/** What happens to one more item when the buffer is full. */
export type Overflow = 'wait' | 'drop-newest' | 'drop-oldest' | 'latest-by-key' | 'reject'

export type BufferPolicy = { items: number; bytes: number; overflow: Overflow }

export type Offered = 'taken' | 'dropped' | 'rejected'

/** Where a buffer tells what it does. All figures are of one buffer. */
export type BufferMeter = {
  dropped(reason: 'full' | 'replaced' | 'closed'): void
  /** From put to taken, of the oldest item of a batch. */
  waited(ms: number): void
  blocked(ms: number): void
  batch(size: number): void
}

type Settings<T> = {
  policy: BufferPolicy
  weigh: (item: T) => number
  /** Only the latest item of a key counts, where the policy is `latest-by-key`. */
  keyOf?: (item: T) => string
  /** Hears of every item that will not be delivered. */
  onDrop?: (item: T, reason: 'full' | 'replaced' | 'closed') => void
  meter?: BufferMeter
  now?: () => number
}

export type BoundedBuffer<T> = ReturnType<typeof boundedBuffer<T>>

const HIGH = 0.8
const LOW = 0.5
const COMPACT_AT = 1_024

/**
 * A queue between two stages that can never hold more than it may, in items and in bytes. One item larger than all of the
 * bytes still passes when the buffer is empty: it would never pass otherwise.
 */
export function boundedBuffer<T>({
  policy,
  weigh,
  keyOf,
  onDrop,
  meter,
  now = () => performance.now(),
}: Settings<T>) {
  const { items: mostItems, bytes: mostBytes, overflow } = policy
  if (overflow === 'latest-by-key' && keyOf === undefined) throw new Error('latest-by-key needs a key')
  let slots: (Slot<T> | undefined)[] = []
  let first = 0
  let depth = 0
  let bytes = 0
  let closed = false
  let wakeTaker: (() => void) | undefined
  const putters: (() => void)[] = []
  const byKey = new Map<string, Slot<T>>()
  const calmed: (() => void)[] = []

  const isFull = (weight: number) => depth > 0 && (depth >= mostItems || bytes + weight > mostBytes)
  const fill = () => Math.max(depth / mostItems, bytes / mostBytes)

  function push(item: T, weight: number): void {
    const slot = { item, weight, at: now() }
    slots.push(slot)
    depth++
    bytes += weight
    if (overflow === 'latest-by-key') byKey.set(keyOf!(item), slot)
    const wake = wakeTaker
    wakeTaker = undefined
    wake?.()
  }

  function shift(): Slot<T> {
    const slot = slots[first]!
    slots[first++] = undefined
    if (first >= COMPACT_AT && first * 2 >= slots.length) {
      slots = slots.slice(first)
      first = 0
    }
    depth--
    bytes -= slot.weight
    if (overflow === 'latest-by-key') byKey.delete(keyOf!(slot.item))
    return slot
  }

  function drop(item: T, reason: 'full' | 'replaced' | 'closed'): 'dropped' {
    meter?.dropped(reason)
    onDrop?.(item, reason)
    return 'dropped'
  }

  function letIn(): void {
    for (const wake of putters.splice(0)) wake()
    if (fill() <= LOW) for (const tell of calmed.splice(0)) tell()
  }

  return {
    /** Never waits: where the policy is to wait, a full buffer rejects, and `put` is the way in. */
    offer(item: T): Offered {
      if (closed) return drop(item, 'closed')
      const weight = weigh(item)
      if (overflow === 'latest-by-key') {
        const known = byKey.get(keyOf!(item))
        if (known !== undefined) {
          // It keeps the place of the one that it replaces: what changes often must not starve.
          drop(known.item, 'replaced')
          bytes += weight - known.weight
          known.item = item
          known.weight = weight
          while (depth > 1 && bytes > mostBytes) drop(shift().item, 'full')
          return 'taken'
        }
      }
      if (isFull(weight)) {
        if (overflow === 'wait' || overflow === 'reject') return 'rejected'
        if (overflow === 'drop-newest') return drop(item, 'full')
        while (isFull(weight)) drop(shift().item, 'full')
      }
      push(item, weight)
      return 'taken'
    },

    /** Waits for room, in the order of the callers. */
    async put(item: T): Promise<Offered> {
      const weight = weigh(item)
      let waitedFrom: number | undefined
      while (!closed && isFull(weight)) {
        waitedFrom ??= now()
        await new Promise<void>((resolve) => putters.push(resolve))
      }
      if (waitedFrom !== undefined) meter?.blocked(now() - waitedFrom)
      if (closed) return drop(item, 'closed')
      push(item, weight)
      return 'taken'
    },

    /** The next items, at once; none when there are none. */
    takeMany(most: number): T[] {
      if (depth === 0) return []
      const oldest = slots[first]!.at
      const taken: T[] = []
      while (depth > 0 && taken.length < most) taken.push(shift().item)
      meter?.waited(now() - oldest)
      meter?.batch(taken.length)
      letIn()
      return taken
    },

    /** Resolves when there is something to take, or nothing will come any more. One taker only. */
    async ready(): Promise<boolean> {
      if (depth === 0 && !closed) await new Promise<void>((resolve) => (wakeTaker = resolve))
      return depth > 0
    },

    /** Calls once when the buffer has emptied to its low mark; at once when it is there already. */
    whenCalm(tell: () => void): void {
      if (fill() <= LOW) tell()
      else calmed.push(tell)
    },

    /** What is inside may still be taken; nothing more comes in. */
    close(): void {
      closed = true
      letIn()
      for (const tell of calmed.splice(0)) tell()
      wakeTaker?.()
      wakeTaker = undefined
    },

    depth: () => depth,
    bytes: () => bytes,
    fill,
    isHigh: () => fill() >= HIGH,
  }
}

type Slot<T> = { item: T; weight: number; at: number }
