import { expect, it } from 'vitest'
import { deliver } from './deliver.ts'
import type { Claimed, DeliveryStore } from './ports/delivery-store.ts'
import type { SendOutcome } from './ports/sender.ts'

type Wish = Parameters<DeliveryStore['claim']>[0]

const answered = (more: Partial<SendOutcome> = {}): SendOutcome => ({
  status: 204,
  error: null,
  durationMs: 10,
  address: '127.0.0.1',
  responseHeaders: {},
  responseBody: '',
  retryAfterMs: null,
  ...more,
})

/** Endless work of some endpoints; each request is answered when the test says so. */
function post(endpoints: { projectId: string; endpointId: string }[]) {
  const sent: { endpointId: string; answer: (outcome: SendOutcome) => void }[] = []
  const wishes: Wish[] = []
  const released: string[] = []
  let serial = 0
  const delivering = deliver({
    deliveries: {
      claim: (wish) => {
        wishes.push(wish)
        const due = endpoints.filter(({ projectId }) => !wish.fullProjects.includes(projectId))
        const claimed = due.flatMap(({ projectId, endpointId }) =>
          Array.from({ length: Math.max(0, wish.shares[endpointId] ?? wish.share) }, (): Claimed => ({
            projectId,
            endpointId,
            id: `whd_${serial++}`,
            eventId: 'evt',
            url: 'https://shop.example',
            secrets: [{ value: 'whsec_', expiresAt: null }],
            body: '{}',
            probe: false,
          })),
        ) // prettier-ignore
        return Promise.resolve({ claimed: claimed.slice(0, wish.room), more: true })
      },
      release: (deliveries) => {
        released.push(...deliveries.map(({ id }) => id))
        return Promise.resolve()
      },
    },
    sender: {
      send: ({ headers }) =>
        new Promise((answer) => sent.push({ endpointId: headers['x-endpoint'] ?? '', answer })),
      close: () => Promise.resolve(),
    },
    sign: () => ({}),
    settle: () => Promise.resolve(),
    now: () => 0,
    userAgent: 'test',
    onRoom: () => undefined,
    onFault: (error) => expect.fail(String(error)),
    onSent: () => undefined,
  })
  return { sent, wishes, released, delivering }
}

const answerAll = async (sent: { answer: (outcome: SendOutcome) => void }[], outcome: SendOutcome) => {
  for (const { answer } of sent.splice(0)) answer(outcome)
  await new Promise((resolve) => setImmediate(resolve))
}
const one = [{ projectId: 'prj_1', endpointId: 'whe_1' }]

it('an endpoint that answers gets more at once, one that answers slowly does not', async () => {
  for (const [durationMs, most] of [
    [10, 64],
    [3_000, 2],
  ] as const) {
    // prettier-ignore
    const { sent, delivering } = post(one)
    let reached = 0
    for (let round = 0; round < 80; round++) {
      await delivering.next()
      reached = Math.max(reached, sent.length)
      await answerAll(sent, answered({ durationMs }))
    }
    expect(reached).toBe(most)
  }
})

it('silence halves what an endpoint has at once down to one, and what was at hand for it is given back', async () => {
  const { sent, released, delivering } = post(one)
  for (let round = 0; round < 30; round++) {
    await delivering.next()
    await answerAll(sent, answered())
  }
  await delivering.next()
  expect(sent.length).toBeGreaterThan(10)
  for (let round = 0; round < 12; round++) {
    await answerAll(sent, answered({ status: null, error: 'timeout', durationMs: 15_000 }))
    await delivering.next()
  }
  expect(sent).toHaveLength(1)
  expect(released.length).toBeGreaterThan(10)
})

it('a project with a quarter of all places gets no more until some are free', async () => {
  const many = Array.from({ length: 200 }, (_, index) => ({
    projectId: 'prj_many',
    endpointId: `whe_${index}`,
  }))
  const { sent, wishes, delivering } = post([...many, { projectId: 'prj_few', endpointId: 'whe_few' }])
  for (let round = 0; round < 6; round++) await delivering.next()
  expect(wishes.at(-1)!.fullProjects).toEqual(['prj_many'])
  expect(delivering.inFlight()).toBeLessThan(600)
  await answerAll(sent, answered())
  await delivering.next()
  expect(wishes.at(-1)!.fullProjects).toEqual([])
})

it('what is at hand when it stops is given back', async () => {
  const { sent, released, delivering } = post(one)
  for (let round = 0; round < 30; round++) {
    await delivering.next()
    await answerAll(sent, answered())
  }
  await delivering.next()
  const atHand = delivering.inFlight() - sent.length
  const drained = delivering.drained()
  await answerAll(sent, answered())
  await drained
  expect(atHand).toBeGreaterThan(0)
  expect(released).toHaveLength(atHand)
})
