import { expect, it } from 'vitest'
import { tokenSigner } from '../vault/token-signer.ts'
import type { Speaker } from './domain/item.ts'
import { socketTickets } from './socket-tickets.ts'

const speaker: Speaker = {
  participantId: 'par_1',
  kind: 'visitor',
  name: null,
  customerId: null,
  agentId: null,
}

function desk() {
  const used = new Set<string>()
  let now = 1_000
  const tickets = socketTickets({
    signer: tokenSigner([Buffer.alloc(32, 1)], 'ticket'),
    used: { use: async (name) => !used.has(name) && used.add(name) !== undefined },
    speakers: { of: async (_, { participantId }) => (participantId === 'par_gone' ? undefined : speaker) },
    newName: () => `n${used.size}`,
    now: () => now,
  })
  return { tickets, used, later: (ms: number) => (now += ms) }
}

it('a ticket is good for 30 seconds', async () => {
  const { tickets, later } = desk()
  const { ticket, expiresAt } = tickets.issue(speaker, 'prj_1', 'kk')
  expect(expiresAt).toBe(31_000)
  later(29_999)
  expect(await tickets.redeem(ticket)).toEqual({ projectId: 'prj_1', locale: 'kk', speaker })
  const { ticket: late } = tickets.issue(speaker, 'prj_1', 'kk')
  later(30_000)
  expect(await tickets.redeem(late)).toBeUndefined()
})

it('a ticket of somebody who is gone uses nothing up', async () => {
  const { tickets, used } = desk()
  const { ticket } = tickets.issue({ ...speaker, participantId: 'par_gone' }, 'prj_1', 'ru')
  expect(await tickets.redeem(ticket)).toBeUndefined()
  expect(used.size).toBe(0)
})
