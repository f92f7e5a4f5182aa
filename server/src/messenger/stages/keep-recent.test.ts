import { describe, expect, it } from 'vitest'
import type { ConversationEvent } from '../domain/conversation.ts'
import { recentEvents } from './keep-recent.ts'

const KEY = { projectId: 'prj_1', conversationId: 'cnv_1' }
const event = (
  sequence: number,
  kind: 'status' | 'deleted' = 'status',
  conversationId = 'cnv_1',
): ConversationEvent => {
  const happened = { ...KEY, conversationId, sequence, at: new Date(0), participantId: null }
  return kind === 'status'
    ? { ...happened, kind, status: 'open', subject: null }
    : { ...happened, kind, messageId: 'msg_1' }
}
const top = (sequence: number, epoch = 1) => ({ sequence, epoch })
const sequences = (events: ConversationEvent[] | undefined) => events?.map(({ sequence }) => sequence)

describe('recent events', () => {
  it('are all there is, or nothing', () => {
    const recent = recentEvents()
    for (let sequence = 5; sequence <= 9; sequence++) recent.add(event(sequence), 1)
    expect(sequences(recent.after(KEY, 6, top(9)))).toEqual([7, 8, 9])
    expect(sequences(recent.after(KEY, 4, top(9)))).toEqual([5, 6, 7, 8, 9])
    expect(recent.after(KEY, 3, top(9))).toBeUndefined()
    // Another process wrote the tenth.
    expect(recent.after(KEY, 6, top(10))).toBeUndefined()
  })

  it('have no hole', () => {
    const recent = recentEvents()
    for (const sequence of [1, 2, 4]) recent.add(event(sequence), 1)
    expect(recent.after(KEY, 1, top(4))).toBeUndefined()
    expect(sequences(recent.after(KEY, 3, top(4)))).toEqual([4])
  })

  it('are forgotten when something was taken back, and after a while', () => {
    let now = 0
    const recent = recentEvents({ now: () => now })
    recent.add(event(1), 1)
    recent.add(event(2, 'deleted'), 1)
    expect(recent.after(KEY, 0, top(2))).toBeUndefined()
    recent.add(event(3), 1)
    expect(sequences(recent.after(KEY, 2, top(3)))).toEqual([3])
    now += 300_001
    expect(recent.after(KEY, 2, top(3))).toBeUndefined()
  })

  it('are of one epoch: what was erased meanwhile is not in the log any more', () => {
    const recent = recentEvents()
    recent.add(event(1), 1)
    expect(recent.after(KEY, 0, top(1, 2))).toBeUndefined()
    recent.add(event(2), 1)
    recent.add(event(3), 2)
    expect(recent.after(KEY, 1, top(3, 2))).toBeUndefined()
    expect(sequences(recent.after(KEY, 2, top(3, 2)))).toEqual([3])
  })

  it('are a hundred for each conversation, and bounded over all', () => {
    const recent = recentEvents()
    for (let sequence = 1; sequence <= 150; sequence++) recent.add(event(sequence), 1)
    expect(recent.after(KEY, 49, top(150))).toBeUndefined()
    expect(recent.after(KEY, 50, top(150))).toHaveLength(100)
    for (let count = 0; count < 60_000; count++) recent.add(event(1, 'status', `cnv_${count}x`), 1)
    expect(recent.after(KEY, 50, top(150))).toBeUndefined()
    expect(recent.after({ ...KEY, conversationId: 'cnv_59999x' }, 0, top(1))).toHaveLength(1)
  })
})
