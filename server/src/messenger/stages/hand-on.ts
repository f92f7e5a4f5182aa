import type { Item } from '../domain/item.ts'
import type { Conversations } from '../know-conversations.ts'
import type { FanOut, Live, LiveFrame } from '../ports/live.ts'

/** What is worth something now or never goes to those who are there. */
export function handOn({
  live,
  fanOut,
  conversations,
}: {
  live: Live
  fanOut: FanOut
  conversations: Conversations
}) {
  return {
    name: 'hand-on',
    batch: 512,
    run(items: Item[]): Item[] {
      const frames = items.flatMap((item) => frameOf(item) ?? [])
      for (const frame of frames) live.handOn(frame, audienceOf(frame))
      if (frames.length > 0) fanOut.handOn(frames)
      return items
    },
  }

  function audienceOf(frame: LiveFrame) {
    return frame.kind === 'presence' ? [] : (conversations.peek(frame)?.members ?? [])
  }
}

function frameOf({
  projectId,
  conversationId,
  speaker,
  sessionId,
  type,
  signal,
  receipt,
  presence,
}: Item): LiveFrame | undefined {
  const from = { projectId, conversationId, participantId: speaker.participantId }
  if (type === 'typing') return { kind: 'typing', ...from }
  if (signal !== undefined) return { kind: 'signal', ...from, sessionId, ...signal }
  if (receipt !== undefined) return { kind: 'receipt', ...from, ...receipt }
  if (presence !== undefined)
    return { kind: 'presence', projectId, participantId: speaker.participantId, ...presence }
  return undefined
}
