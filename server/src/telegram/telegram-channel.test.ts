import { expect, it, vi } from 'vitest'
import { telegramChannel } from './telegram-channel.ts'

it('many messages that wait for one chat do not keep the bot from the others', async () => {
  vi.useFakeTimers({ now: 1_000_000 })
  try {
    const sent: string[] = []
    const bot = { projectId: 'prj', botId: '1', username: null, token: 't', problem: null, ownerChatId: null }
    const channel = telegramChannel({
      bots: { find: () => Promise.resolve(bot), setProblem: () => Promise.resolve() } as never,
      api: {
        send: (_token: string, address: string) => {
          sent.push(address)
          return Promise.resolve({ outcome: 'sent' as const })
        },
      } as never,
    })
    await channel('prj', 'busy', 'one')
    vi.advanceTimersByTime(100)
    for (let waiting = 0; waiting < 50; waiting++)
      expect(await channel('prj', 'busy', 'more')).toEqual({ outcome: 'paced', afterMs: 950 })
    expect(await channel('prj', 'quiet', 'hello')).toEqual({ outcome: 'sent' })
    expect(sent).toEqual(['busy', 'quiet'])
  } finally {
    vi.useRealTimers()
  }
})
