import { createHmac, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { answerJobs } from './processes.ts'

export type EventsBaselineJob = { port: number; bodies: string[]; connections: number }

const KEY = randomBytes(32)

/** The same bodies, signed and posted over kept connections: no database, no log, no retry. */
answerJobs<EventsBaselineJob, number>(async ({ port, bodies, connections }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < bodies.length) await post(agent, port, next, bodies[next++]!)
    }),
  )
  agent.destroy()
  return (performance.now() - began) / 1_000
})

function post(agent: Agent, port: number, index: number, body: string): Promise<void> {
  const id = `evt_${index}`
  const timestamp = Math.floor(Date.now() / 1_000)
  const signature = createHmac('sha256', KEY).update(`${id}.${timestamp}.${body}`).digest('base64')
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: '/baseline',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
      },
      (response) => {
        response.resume()
        response.on('end', resolve)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
