import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerJobs } from './processes.ts'

export type ReceiverJob =
  | { kind: 'open'; hung?: boolean }
  /** From the first of these to the last; answers how many seconds that took. */
  | { kind: 'count'; paths: number; each: number }

let count:
  | { wanted: number; seen: Map<string, Set<string>>; first: number; done: (seconds: number) => void }
  | undefined

/** A shop's endpoint that answers at once, or takes everything and never says a word. Repetitions do not count. */
answerJobs<ReceiverJob, number>((job) => (job.kind === 'open' ? open(job.hung === true) : wait(job)))

async function open(hung: boolean): Promise<number> {
  const server = createServer((request, response) => {
    request.resume()
    if (hung) return
    request.on('end', () => {
      response.writeHead(204).end()
      note(request.url!, String(request.headers['webhook-id']))
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function wait({ paths, each }: { paths: number; each: number }): Promise<number> {
  return new Promise((done) => {
    count = { wanted: paths * each, seen: new Map(), first: 0, done }
  })
}

function note(path: string, id: string): void {
  if (count === undefined) return
  const { seen, first, done } = count
  if (first === 0) count.first = performance.now()
  if (!seen.has(path)) seen.set(path, new Set())
  if (seen.get(path)!.has(id)) return
  seen.get(path)!.add(id)
  if (--count.wanted === 0) {
    const seconds = (performance.now() - count.first) / 1_000
    count = undefined
    done(seconds)
  }
}
