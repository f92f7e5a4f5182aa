import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { signWebhook } from '@tapline/signing'
import { answerJobs } from './processes.ts'
import { bodyOf, purchaseOf, quoteOf } from './purchases.ts'

export type LoadJob =
  /** Builds and signs the requests of a round, before any clock runs. */
  | {
      kind: 'prepare'
      from: number
      count: number
      customers: number
      webhookSecret: string
      signingSecret: string
    }
  /** Quotes of the customers and goods of the purchases, of several shops in turn: each may ask so much a minute. */
  | { kind: 'prepare-quotes'; from: number; count: number; customers: number; secretKeys: string[] }
  /** The cheapest that the server answers. */
  | { kind: 'prepare-health'; count: number }
  /** Sends them all, each connection the next one as soon as it has its answer. */
  | { kind: 'closed'; port: number; connections: number }
  /** Sends them at their intended times, whatever the answers do; a latency counts from the intended time. */
  | { kind: 'open'; port: number; connections: number; perSecond: number }

export type Load = {
  accepted: number
  others: string[]
  seconds: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

const SHOWN_OTHERS = 5
let requests: Buffer[] = []
let expected = 202

answerJobs<LoadJob, Load | undefined>(async (job) => {
  if (job.kind === 'prepare') return prepare(job)
  if (job.kind === 'prepare-quotes') return prepareQuotes(job)
  if (job.kind === 'prepare-health') return prepareHealth(job.count)
  const connections = await Promise.all(
    Array.from({ length: job.connections }, () => openConnection(job.port)),
  )
  const load =
    job.kind === 'closed' ? await closedLoop(connections) : await openLoop(connections, job.perSecond)
  for (const { close } of connections) close()
  return load
})

function prepare({
  from,
  count,
  customers,
  webhookSecret,
  signingSecret,
}: Extract<LoadJob, { kind: 'prepare' }>): undefined {
  const timestamp = new Date()
  expected = 202
  requests = Array.from({ length: count }, (_, index) => {
    const body = bodyOf(purchaseOf(from + index, customers))
    const headers = {
      host: 'door.example',
      'user-agent': 'shop/1.0',
      accept: 'application/json',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...signWebhook({ id: `msg_${from + index}`, timestamp, body, secrets: [signingSecret] }),
    }
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('') // prettier-ignore
    return Buffer.from(`POST /api/webhook/${webhookSecret} HTTP/1.1\r\n${head}\r\n${body}`)
  })
}

function prepareQuotes({
  from,
  count,
  customers,
  secretKeys,
}: Extract<LoadJob, { kind: 'prepare-quotes' }>): undefined {
  expected = 200
  requests = Array.from({ length: count }, (_, index) => {
    const body = quoteOf(purchaseOf(from + index, customers))
    const head = [
      'POST /v1/quotes HTTP/1.1',
      'host: api.example',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      `authorization: Bearer ${secretKeys[index % secretKeys.length]}`,
    ]
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
  })
}

function prepareHealth(count: number): undefined {
  expected = 200
  requests = Array.from({ length: count }, () =>
    Buffer.from('GET /healthz HTTP/1.1\r\nhost: api.example\r\n\r\n'),
  )
}

async function closedLoop(connections: Connection[]): Promise<Load> {
  const tally = newTally()
  let next = 0
  const began = performance.now()
  await Promise.all(
    connections.map(async ({ send }) => {
      while (next < requests.length) {
        const sentAt = performance.now()
        tally.count(await send(requests[next++]!), sentAt)
      }
    }),
  )
  return tally.close(performance.now() - began)
}

async function openLoop(connections: Connection[], perSecond: number): Promise<Load> {
  const tally = newTally()
  const free = [...connections]
  const began = performance.now()
  const intendedAt = (index: number) => began + (index * 1_000) / perSecond
  let due = 0
  let sent = 0
  let answered = 0
  await new Promise<void>((resolve, reject) => {
    const sendDue = () => {
      while (sent < due && free.length > 0) {
        // In turn: a server hangs up on a connection that it hears nothing from.
        const connection = free.shift()!
        const index = sent++
        connection.send(requests[index]!).then((answer) => {
          tally.count(answer, intendedAt(index))
          free.push(connection)
          if (++answered === requests.length) resolve()
          else sendDue()
        }, reject)
      }
    }
    const tick = () => {
      while (due < requests.length && intendedAt(due) <= performance.now()) due++
      sendDue()
      if (due < requests.length) setTimeout(tick, 1)
    }
    tick()
  })
  return tally.close(performance.now() - began)
}

type Answer = { status: number; text: string }
type Connection = { send: (request: Buffer) => Promise<Answer>; close: () => void }

async function openConnection(port: number): Promise<Connection> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  let text = ''
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    const headEnd = text.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1])
    if (text.length < headEnd + 4 + length) return
    const answer = { status: Number(text.slice(9, 12)), text }
    text = ''
    if (waiting === undefined) throw new Error(`An answer that nobody asked for:\n${answer.text}`)
    const { resolve } = waiting
    waiting = undefined
    resolve(answer)
  })
  const fail = (error?: Error) => waiting?.reject(error ?? new Error('The server closed the connection'))
  socket.on('error', fail).on('close', () => fail())
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

function newTally() {
  const latencies: number[] = []
  const others: string[] = []
  let accepted = 0
  return {
    count({ status, text }: Answer, since: number) {
      latencies.push(performance.now() - since)
      if (status === expected) accepted++
      else if (others.length < SHOWN_OTHERS) others.push(text)
    },
    close(ms: number): Load {
      latencies.sort((left, right) => left - right)
      const share = (part: number) =>
        latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))]!
      return {
        accepted,
        others,
        seconds: ms / 1_000,
        p50Ms: share(0.5),
        p99Ms: share(0.99),
        maxMs: latencies.at(-1)!,
      }
    },
  }
}
