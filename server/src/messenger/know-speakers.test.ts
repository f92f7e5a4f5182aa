import { describe, expect, it } from 'vitest'
import type { Participant } from './domain/conversation.ts'
import { knowSpeakers } from './know-speakers.ts'

const person = (kind: Participant['kind'], more: Partial<Participant> = {}): Participant => ({
  ...{ id: 'par_1', kind, name: null, customerId: null, agentId: null },
  ...more,
})
const customer = person('customer', { customerId: 'cus_1' })

function known(now: Participant | undefined, active = true) {
  const people = { now, asked: 0 }
  const speakers = knowSpeakers({
    participants: { find: async () => (people.asked++, people.now) },
    isActiveAgent: async () => active,
  })
  const of = (kind: Participant['kind']) => speakers.of('prj_1', { participantId: 'par_1', kind })
  return { people, of }
}

describe('whoever was let in', () => {
  it('speaks as what it was let in as', async () => {
    expect(await known(person('visitor')).of('visitor')).toMatchObject({ kind: 'visitor' })
    expect(await known(customer).of('customer')).toMatchObject({ customerId: 'cus_1' })
    expect(await known(person('bot')).of('bot')).toMatchObject({ kind: 'bot' })
  })

  it('as a visitor is nobody where a customer is by now', async () => {
    expect(await known(customer).of('visitor')).toBeUndefined()
  })

  it('as a customer is nobody where only a visitor is', async () => {
    expect(await known(person('visitor')).of('customer')).toBeUndefined()
  })

  it('is nobody when it is gone', async () => {
    expect(await known(undefined).of('customer')).toBeUndefined()
  })

  it('as an agent speaks while the agent is active', async () => {
    const agent = person('agent', { agentId: 'agt_1' })
    expect(await known(agent).of('agent')).toMatchObject({ agentId: 'agt_1' })
    expect(await known(agent, false).of('agent')).toBeUndefined()
  })

  it('became a customer a moment ago: that is seen at once', async () => {
    const { people, of } = known(person('visitor'))
    await of('visitor')
    people.now = customer
    expect(await of('customer')).toMatchObject({ customerId: 'cus_1' })
  })

  it('is asked for once in a second', async () => {
    const { people, of } = known(customer)
    await Promise.all([of('customer'), of('customer')])
    await of('customer')
    expect(people.asked).toBe(1)
  })
})
