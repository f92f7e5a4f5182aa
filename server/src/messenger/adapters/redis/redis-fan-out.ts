import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { FanOut, LiveFrame } from '../../ports/live.ts'

/** `members`: others take part now. */
type Wake = { projectId: string; conversationId: string; sequence: number; members?: true }
type Parcel = { from: string; wakes?: Wake[]; frames?: LiveFrame[] }

type Settings = {
  /** Publishes. */
  redis: Redis
  /** Listens, and does nothing else. */
  listener: Redis
  prefix: string
  /** A cluster takes a message to the one node of its channel instead of to all. */
  sharded: boolean
  onWakes: (wakes: Wake[]) => void
  onFrames: (frames: LiveFrame[]) => void
  onError: (error: unknown) => void
}

const PARTITIONS = 64
const MOST_WAITING = 5_000

/**
 * Between gateways. One publication brings together what came at the same moment. Redis may lose any of it: whoever misses an
 * event finds out by the relay's look, by the next event or by the next ping.
 */
export function redisFanOut({ redis, listener, prefix, sharded, onWakes, onFrames, onError }: Settings) {
  const me = randomUUID()
  const waiting = new Map<number, Parcel>()
  let size = 0
  const interests = new Map<number, number>()
  const channelOf = (partition: number) => `${prefix}:chat:{${partition}}`

  function parcelFor(projectId: string): Parcel | undefined {
    if (redis.status !== 'ready' || size >= MOST_WAITING) return undefined
    if (waiting.size === 0) setImmediate(flush)
    size++
    const partition = partitionOf(projectId)
    const known = waiting.get(partition)
    if (known !== undefined) return known
    const parcel: Parcel = { from: me }
    waiting.set(partition, parcel)
    return parcel
  }

  function flush(): void {
    const parcels = [...waiting]
    waiting.clear()
    size = 0
    for (const [partition, parcel] of parcels) {
      const text = JSON.stringify(parcel)
      const sent = sharded
        ? redis.spublish(channelOf(partition), text)
        : redis.publish(channelOf(partition), text)
      sent.catch(onError)
    }
  }

  const receive = (_channel: string, text: string) => {
    try {
      const { from, wakes, frames } = JSON.parse(text) as Parcel
      if (from === me) return
      if (wakes !== undefined) onWakes(wakes)
      if (frames !== undefined) onFrames(frames)
    } catch (error) {
      onError(error)
    }
  }
  listener.on(sharded ? 'smessage' : 'message', receive)

  const fanOut: FanOut = {
    wake(events) {
      for (const { projectId, conversationId, sequence, kind } of events) {
        const wake: Wake = { projectId, conversationId, sequence }
        if (kind === 'membership') wake.members = true
        const parcel = parcelFor(projectId)
        if (parcel !== undefined) (parcel.wakes ??= []).push(wake)
      }
    },
    handOn(frames) {
      for (const frame of frames) {
        const parcel = parcelFor(frame.projectId)
        if (parcel !== undefined) (parcel.frames ??= []).push(frame)
      }
    },
  }

  return {
    ...fanOut,
    /** Somebody of this project is here, or no longer is. What was published before it listens is lost. */
    async follow(projectId: string): Promise<void> {
      const partition = partitionOf(projectId)
      const count = (interests.get(partition) ?? 0) + 1
      interests.set(partition, count)
      if (count > 1) return
      await (sharded ? listener.ssubscribe(channelOf(partition)) : listener.subscribe(channelOf(partition)))
    },
    async leave(projectId: string): Promise<void> {
      const partition = partitionOf(projectId)
      const count = (interests.get(partition) ?? 1) - 1
      if (count > 0) return void interests.set(partition, count)
      interests.delete(partition)
      await (sharded
        ? listener.sunsubscribe(channelOf(partition))
        : listener.unsubscribe(channelOf(partition)))
    },
  }
}

function partitionOf(projectId: string): number {
  let hash = 7
  for (let index = 0; index < projectId.length; index++)
    hash = (Math.imul(hash, 31) + projectId.charCodeAt(index)) >>> 0
  return hash % PARTITIONS
}
