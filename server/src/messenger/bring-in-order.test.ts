import { describe, expect, it } from 'vitest'
import { bringInOrder } from './bring-in-order.ts'
import type { ConversationEvent } from './domain/conversation.ts'
import { knowConversations } from './know-conversations.ts'

const KEY = { projectId: 'prj_1', conversationId: 'cnv_1' }
const event = (sequence: number): ConversationEvent => ({
  ...KEY,
  sequence,
  at: new Date(0),
  participantId: null,
  kind: 'status',
  status: 'open',
  subject: null,
})
const turn = () => new Promise((resolve) => setTimeout(resolve, 2))

async function scene({ hasAny = true } = {}) {
  const log: number[] = []
  const pushed: number[] = []
  const asked: [number, number | null][] = []
  const faults: unknown[] = []
  let broken = false
  const conversations = knowConversations({
    standings: async (keys) =>
      keys.map(() => ({ epoch: 1, members: [{ id: 'par_1', kind: 'visitor' as const }] })),
  })
  await conversations.of([KEY])
  const bring = bringInOrder({
    conversations,
    live: { hasAny: () => hasAny, push: ({ sequence }) => pushed.push(sequence), handOn: () => undefined },
    log: {
      events: async ([wish]) => {
        await turn()
        if (broken) throw new Error('away')
        const { after, upTo } = wish!
        asked.push([after, upTo])
        return [log.filter((one) => one > after && one <= (upTo ?? Infinity)).map(event)]
      },
    },
    onFault: (error) => faults.push(error),
  })
  return {
    bring,
    pushed,
    asked,
    faults,
    breakLog: (is: boolean) => (broken = is),
    /** Stored by whoever, told or not. */
    happen: (...sequences: number[]) => log.push(...sequences),
  }
}

describe('events to those who are here', () => {
  it('go straight through while they come in order', async () => {
    const { bring, pushed, asked } = await scene()
    for (const sequence of [4, 5, 6]) bring.event(event(sequence))
    expect(pushed).toEqual([4, 5, 6])
    expect(asked).toEqual([])
  })

  it('go once, however often they are told', async () => {
    const { bring, pushed } = await scene()
    for (const sequence of [4, 5, 5, 4]) bring.event(event(sequence))
    await bring.woken([{ ...KEY, sequence: 5 }])
    await turn()
    expect(pushed).toEqual([4, 5])
  })

  it('wait for what another process wrote before them', async () => {
    const { bring, pushed, happen } = await scene()
    happen(1, 2, 3, 4, 5, 6)
    bring.event(event(1))
    bring.event(event(4))
    bring.event(event(5))
    await bring.woken([{ ...KEY, sequence: 6 }])
    await turn()
    await turn()
    await turn()
    expect(pushed).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('are read when a wake-up tells of them', async () => {
    const { bring, pushed, happen } = await scene()
    bring.known(KEY, 2)
    happen(1, 2, 3, 4)
    await bring.woken([{ ...KEY, sequence: 4 }])
    await turn()
    await turn()
    expect(pushed).toEqual([3, 4])
  })

  it('are not read for nobody', async () => {
    const { bring, asked } = await scene({ hasAny: false })
    await bring.woken([{ ...KEY, sequence: 4 }])
    await turn()
    expect(asked).toEqual([])
  })

  it('come at the next wake-up when the log was away', async () => {
    const { bring, pushed, happen, breakLog, faults } = await scene()
    bring.known(KEY, 0)
    happen(1, 2)
    breakLog(true)
    await bring.woken([{ ...KEY, sequence: 1 }])
    await turn()
    await turn()
    expect([pushed, faults.length]).toEqual([[], 1])
    breakLog(false)
    await bring.woken([{ ...KEY, sequence: 2 }])
    await turn()
    await turn()
    expect(pushed).toEqual([1, 2])
  })
})
