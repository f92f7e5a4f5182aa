import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bounded } from '../bounded.ts'
import { movableClock, type TimeSource } from './clock.ts'
import { controls, type Controls } from './controls.ts'
import { faults } from './faults.ts'
import { orderWebhooks } from './order-webhooks.ts'
import { servePage } from './page/serve-page.ts'
import { serveControls } from './serve-controls.ts'
import { serveSite } from './serve-site.ts'
import { USUAL_SITE, type Site } from './site.ts'
import type { Tilda } from './tilda.ts'

export interface TildaSimulatorOptions {
  port?: number
  host?: string
  clock?: TimeSource
  site?: Partial<Site>
}

export interface TildaSimulator extends Controls {
  url: string
  port: number
  stop(): Promise<void>
}

/** A site made with Tilda, with a shop and a cart to use, whose orders go to a webhook; controls steer it. */
export async function startTildaSimulator({
  port = 0,
  host = '127.0.0.1',
  clock: source = { now: () => Date.now() },
  site = {},
}: TildaSimulatorOptions = {}): Promise<TildaSimulator> {
  const clock = movableClock(source)
  const tilda: Tilda = {
    site: { ...structuredClone(USUAL_SITE), ...structuredClone(site) },
    clock,
    faults: faults(),
    calls: bounded(2000),
    webhooks: orderWebhooks(clock),
    orders: new Map(),
    uses: new Map(),
  }
  const steering = controls(tilda)

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://simulator')
    if (url.pathname.startsWith('/control/')) return serveControls(steering, url.pathname, request, response)
    if (await serveSite(tilda, url, request, response)) return
    if (request.method === 'GET' && servePage(tilda, url.pathname, response)) return
    response.writeHead(404, { 'Content-Type': 'text/plain' })
    response.end('Not found')
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify({ message: 'ERROR', error: String(error) }))
    })
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = (server.address() as AddressInfo).port

  return {
    ...steering,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    async stop() {
      tilda.webhooks.stop()
      clock.stop()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
