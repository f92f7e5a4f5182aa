import type { ChatMessage } from '@tapline/chat'
import { expect, it } from 'vitest'
import { transcriptOf } from './transcript.ts'

const message = (text: string | null, more: Partial<ChatMessage> = {}): ChatMessage => ({
  ...{
    conversationId: 'cnv_1',
    id: 'msg_1',
    sequence: 1,
    sender: null,
    clientId: 'c',
    text,
    attachment: null,
  },
  ...{ replyTo: null, reactions: [], createdAt: '2026-03-01T10:00:00.000Z', editedAt: null, deletedAt: null },
  ...more,
})

it('a conversation is plain text: who, when, what, and what was taken back', () => {
  const words = { title: 'Shop', you: 'You', shop: 'The shop', deleted: 'deleted', locale: 'en' } as const
  const olga = { id: 'par_2', kind: 'agent', name: 'Olga' } as const
  const file = {
    id: 'att_1',
    name: 'blue.png',
    size: 1,
    type: 'image/png',
    state: 'ready',
    url: null,
  } as const
  const text = transcriptOf(
    [
      message('Is it in blue?'),
      message(null, { sender: olga, attachment: file }),
      message('Mine', { sender: { ...olga, id: 'par_1' } }),
      message('Mine before I signed in', { sender: { id: 'par_3', kind: 'visitor', name: null } }),
      message(null, { sender: { ...olga, name: null }, deletedAt: '2026-03-01T10:01:00.000Z' }),
    ],
    'par_1',
    words,
  )
  const lines = text.split('\n').map((line) => line.split('  ').at(-1))
  expect(lines).toEqual([
    'Shop',
    '',
    'You: Is it in blue?',
    'Olga: [blue.png]',
    'You: Mine',
    'You: Mine before I signed in',
    'The shop: (deleted)',
    '',
  ])
})
