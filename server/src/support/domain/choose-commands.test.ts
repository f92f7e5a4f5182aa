import { describe, expect, it } from 'vitest'
import type { Command } from './board-command.ts'
import { isMarked, type Board, type Task } from './board.ts'
import { chooseCommands } from './choose-commands.ts'

const BOARD = {
  boardId: 'b',
  sections: { b: { new: 's-new', 'in-work': 's-work' } },
  members: { b: ['1'] },
} as unknown as Board

const task = (ticketId: string, more: Partial<Task> = {}): Task => ({
  ticketId,
  taskId: `task-${ticketId}`,
  tempId: `temp-${ticketId}`,
  boardId: 'b',
  section: 'new',
  assigneeUid: null,
  assignedAt: null,
  priority: 1,
  labels: [],
  checked: false,
  due: null,
  recurringOn: null,
  movedBy: null,
  written: 0,
  ...more,
})

let count = 0
const command = (type: Command['type'], ticketId: string, more: Partial<Command> = {}): Command => ({
  key: `k${++count}`,
  id: `${count}`,
  uuid: `u${count}`,
  ticketId,
  type,
  args: {},
  tempId: null,
  uploadId: null,
  messageId: null,
  conversationId: null,
  attempts: 0,
  ...more,
})

function choose(
  ready: Command[],
  tasks: Task[] = [],
  more: { comments?: [string, string][]; most?: number } = {},
) {
  const { sent, idle } = chooseCommands(ready, {
    board: BOARD,
    tasks: new Map(tasks.map((one) => [one.ticketId, one])),
    comments: new Map(more.comments),
    most: more.most ?? 100,
  })
  return { sent: sent.map(({ wire }) => wire), idle: idle.map((one) => one.why) }
}

describe('commands of one request', () => {
  it('name a task by its temporary id where it is made in the same request, and wait where it is not', () => {
    const made = task('t', { taskId: null })
    const add = command('item_add', 't', { tempId: 'temp-t', args: { section: 'new', responsible_uid: '2' } })
    const note = command('note_add', 't', { args: { content: 'x', mentions: ['1', '2'] } })
    const { sent } = choose([add, note], [made])
    expect(sent.map(({ args }) => args)).toMatchObject([
      { project_id: 'b', section_id: 's-new' },
      { item_id: 'temp-t', uids_to_notify: ['1'] },
    ])
    expect(sent[0]!.args).not.toHaveProperty('responsible_uid')
    expect(isMarked(sent[1]!.args.content as string)).toBe(true)
    expect(choose([note], [made])).toEqual({ sent: [], idle: [] })
  })

  it('show one message of a ticket at a time, and other tickets beside it', () => {
    const [first, second] = ['m1', 'm2'].map((messageId) => command('note_add', 't', { messageId }))
    const move = command('item_move', 't', { args: { section: 'in-work' } })
    const other = command('note_add', 'o', { messageId: 'm3' })
    const { sent } = choose([move, first!, second!, other], [task('t'), task('o')])
    expect(sent.map(({ uuid }) => uuid)).toEqual([move.uuid, first!.uuid, other.uuid])
    expect(sent[0]!.args).toEqual({ id: 'task-t', section_id: 's-work' })
  })

  it('leave out what there is nothing to do for', () => {
    const { sent, idle } = choose(
      [
        command('item_add', 't', { tempId: 'an older one' }),
        command('item_update', 't', { args: { responsible_uid: '2' } }),
        command('note_update', 't', { messageId: 'unknown' }),
        command('item_complete', 'nobody'),
      ],
      [task('t')],
    )
    expect(sent).toEqual([])
    expect(idle).toHaveLength(4)
  })

  it('change the comment that shows a message, and take a task from somebody', () => {
    const edit = command('note_update', 't', { messageId: 'm', args: { content: '```\ncode\n```' } })
    const free = command('item_update', 'o', { args: { responsible_uid: null } })
    const { sent } = choose([edit, free], [task('t'), task('o')], { comments: [['m', 'note-9']] })
    expect(sent[0]!.args).toMatchObject({
      id: 'note-9',
      content: expect.stringMatching(/```\n[^\n]+$/) as string,
    })
    expect(sent[1]!.args).toEqual({ id: 'task-o', responsible_uid: null })
  })

  it('are as many as fit', () => {
    const many = Array.from({ length: 9 }, (_, index) => command('item_complete', `t${index}`))
    const tasks = many.map(({ ticketId }) => task(ticketId))
    expect(choose(many, tasks, { most: 4 }).sent).toHaveLength(4)
    const large = many.map((one) => ({
      ...one,
      type: 'item_update' as const,
      args: { description: 'я'.repeat(100_000) },
    }))
    expect(choose(large, tasks).sent).toHaveLength(3)
    const [huge] = large
    expect(choose([{ ...huge!, args: { description: 'я'.repeat(400_000) } }], tasks).sent).toHaveLength(1)
  })
})
