import { expect, it } from 'vitest'
import type { ConversationEvent, StoredMessage } from './contract.ts'
import { createLog, receive, takeAnswer } from './conversation-log.ts'

const message = (sequence: number, text: string): StoredMessage => ({
  ...{ id: `msg_${sequence}`, sequence, sender: { id: 'par_1', kind: 'visitor', name: null }, text },
  ...{ clientId: `client-${sequence}`, attachment: null, replyTo: null, reactions: [], createdAt: '' },
  ...{ editedAt: null, deletedAt: null },
})
const base = { conversationId: 'cnv_1', at: '', participantId: 'par_1' }
const said = (sequence: number, text = `${sequence}`): ConversationEvent => ({
  ...{ ...base, sequence, kind: 'message', message: message(sequence, text) },
})
const edited = (sequence: number, of: number, text: string): ConversationEvent => ({
  ...{ ...base, sequence, kind: 'edited', messageId: `msg_${of}`, text },
})
const answer = (events: ConversationEvent[], top: number, previous: number | null = null) => ({
  ...{ conversationId: 'cnv_1', epoch: 1, top, events, limited: previous !== null, previous },
})

it('holds back a bounded number of events that came too early', () => {
  const log = createLog('cnv_1', 1, 0)
  for (let sequence = 2; sequence < 1_000; sequence++) receive(log, [said(sequence)])
  expect(log.held.size).toBe(256)
  expect(receive(log, [said(1)])).toHaveLength(257)
  expect([log.last, log.top, log.held.size]).toEqual([257, 999, 0])
})

it('a change of a message that a page on its way brings as it was before is not lost', () => {
  const log = createLog('cnv_1', 1, 2)
  receive(log, [edited(3, 1, 'new')])
  takeAnswer(log, answer([said(1, 'old'), said(2)], 2), 0, 2)
  expect(log.messages.map(({ text }) => text)).toEqual(['new', '2'])
})

it('a change that a later page brings does not undo a later change, nor hide one of something else', () => {
  const log = createLog('cnv_1', 1, 0)
  receive(log, [said(1, 'first')])
  const react = (sequence: number, emoji: string, on: boolean): ConversationEvent => ({
    ...{ ...base, sequence, kind: 'reacted', messageId: 'msg_1', emoji, on },
  })
  takeAnswer(log, answer([edited(4, 1, 'last'), react(5, '👍', false)], 5, 3), 1)
  takeAnswer(log, answer([react(2, '👍', true), react(3, '❤️', true)], 5), 1, 3)
  expect(log.messages).toMatchObject([
    { text: 'last', reactions: [{ emoji: '❤️', participantIds: ['par_1'] }] },
  ])
  expect(log.holes).toEqual([])
})
