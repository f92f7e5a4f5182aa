import { createServer, type AddressInfo } from 'node:net'
import type { components } from '@tapline/openapi'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runCommand, startCommand, type DeveloperCommand } from './developer-command.fixture.ts'
import { startReceiver, type Receiver } from './receiver.fixture.ts'
import { createDatabase, eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Event = components['schemas']['Event']
type Endpoint = components['schemas']['CreatedWebhookEndpoint']

const NOWHERE = 'evt_01JD3Z8X5T0000000000000000'
const PROGRAM = { basePercent: 10, activationDelayDays: 0 }

let tapline: Tapline
let shop: Shop
let stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  tapline = await startTapline({ env: { TAPLINE_WEBHOOK_ALLOW: '127.0.0.1' } })
})
afterAll(() => tapline.stop())
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()))
  stops = []
})

async function openShop(): Promise<void> {
  shop = await tapline.createShop({}, PROGRAM)
}
const settings = (more: Record<string, string> = {}) => ({
  TAPLINE_URL: tapline.url,
  TAPLINE_SECRET_KEY: shop.secretKey,
  ...more,
})
const run = (...args: string[]) => runCommand(args, settings())
const buy = (orderId: string, email = 'anna@example.com', through = shop) =>
  through.post({ action: 'purchase', payload: { email, orderId, amount: '1000' } }, { prefer: 'wait=10' })

/** Not before it follows. */
async function listen(args: string[] = [], more?: Record<string, string>): Promise<DeveloperCommand> {
  const command = startCommand(['listen', ...args], settings(more))
  stops.push(command.stop)
  await eventually(() => Promise.resolve(command.err()), (text) => text.includes('Ctrl-C')) // prettier-ignore
  return command
}
const secretOf = (command: DeveloperCommand) => /TAPLINE_WEBHOOK_SECRET=(\S+)/.exec(command.err())![1]!

async function receive(port?: number): Promise<Receiver> {
  const receiver = await startReceiver({ port })
  stops.push(receiver.stop)
  return receiver
}
const arrived = (receiver: Receiver, count: number) =>
  eventually(() => Promise.resolve(receiver.types()), (types) => types.length >= count, 20_000) // prettier-ignore
const said = (command: DeveloperCommand, text: string) =>
  eventually(() => Promise.resolve(command.err()), (all) => all.includes(text), 20_000) // prettier-ignore

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('tapline listen', () => {
  it('forwards what happens, signed with the secret that it prints, and tells of each in a line', async () => {
    await openShop()
    await buy('before')
    const receiver = await receive()
    const command = await listen(['--forward', receiver.url])
    receiver.expect(secretOf(command))
    for (const order of ['1', '2', '3']) await buy(order)
    await arrived(receiver, 3)
    const events = receiver.received.map(({ event }) => event)
    expect(events.map(({ data }) => (data as { orderId: string }).orderId)).toEqual(['1', '2', '3'])
    expect(receiver.unverified).toEqual([])
    // What is forwarded is the event itself.
    const { body } = await tapline.call<Event>('GET', `/v1/events/${events[0]!.id}`, shop.secretKey)
    expect(events[0]).toEqual(body)
    expect(receiver.received[0]!.id).toBe(body.id)

    const customer = await shop.customer({ email: 'anna@example.com' })
    await eventually(() => Promise.resolve(command.lines()), (lines) => lines.length === 3) // prettier-ignore
    expect(command.lines()[0]).toMatch(
      new RegExp(
        `^\\d\\d:\\d\\d:\\d\\d  bonus.awarded  ${body.id}  ${customer.id}  order 1  → 204 in \\d+ ms$`,
      ),
    )
  })

  it('has the same secret at the next start, and another for another project', async () => {
    await openShop()
    const first = await run('listen', '--print-secret')
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toMatch(/^whsec_[\w+/]{43}=\n$/)
    expect(await run('listen', '--print-secret')).toEqual(first)
    await openShop()
    expect((await run('listen', '--print-secret')).out).not.toBe(first.out)
  })

  it('keeps to the order of each customer, and lets none wait for another', async () => {
    await openShop()
    const receiver = await receive()
    const command = await listen(['--forward', receiver.url, '--events', 'bonus.*'])
    receiver.expect(secretOf(command))
    let held: (() => void) | undefined
    receiver.answers((_request, response, event) => {
      const answer = () => response.writeHead(204).end()
      const { orderId } = event.data as { orderId: string }
      if (orderId === 'slow-0') held = answer
      else answer()
    })
    for (const order of ['slow-0', 'slow-1', 'slow-2']) await buy(order)
    await arrived(receiver, 1)
    for (const order of ['quick-0', 'quick-1']) await buy(order, 'boris@example.com')
    await arrived(receiver, 3)
    const orders = () => receiver.received.map(({ event }) => (event.data as { orderId: string }).orderId)
    expect(orders()).toEqual(['slow-0', 'quick-0', 'quick-1'])
    held!()
    await arrived(receiver, 5)
    expect(orders().slice(3)).toEqual(['slow-1', 'slow-2'])
    expect(receiver.types()).not.toContain('customer.created')
  })

  it('takes a secret of yours, and prints JSON for programs', async () => {
    await openShop()
    const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
    const receiver = await receive()
    receiver.expect(secret)
    receiver.answers(503)
    const command = await listen(['--forward', receiver.url, '--secret', secret, '--json'])
    expect(command.err()).not.toContain('whsec_')
    await run('trigger', 'tier.changed')
    const [line] = await eventually(() => Promise.resolve(command.lines()), (lines) => lines.length === 1) // prettier-ignore
    expect(JSON.parse(line!)).toEqual({
      event: receiver.received[0]!.event,
      forwarded: { status: 503, tookMs: expect.any(Number), attempts: 1, error: null },
    })
    expect(receiver.unverified).toEqual([])
  })

  it(
    'goes on through a restart of the server: nothing missed, nothing twice',
    { timeout: 90_000 },
    async () => {
      const database = await createDatabase()
      const port = await freePort()
      const prefix = 'cli-restart'
      const start = () => startTapline({ database, prefix, env: { PORT: String(port) } })
      let followed = await start()
      // Another process of the same service, which stays.
      const other = await startTapline({ database, prefix })
      try {
        const project = await other.createShop({}, PROGRAM)
        const receiver = await receive()
        const command = startCommand(['listen', '--forward', receiver.url, '--events', 'bonus.awarded'], {
          TAPLINE_URL: followed.url,
          TAPLINE_SECRET_KEY: project.secretKey,
        })
        stops.push(command.stop)
        await said(command, 'Ctrl-C')
        receiver.expect(secretOf(command))
        await buy('0', 'anna@example.com', project)
        await arrived(receiver, 1)
        await followed.stop()
        for (const order of ['1', '2', '3']) await buy(order, 'anna@example.com', project)
        await said(command, `Tapline at ${followed.url} does not answer (connection refused)`)
        followed = await start()
        await said(command, `Tapline at ${followed.url} answers again.`)
        await buy('4', 'anna@example.com', project)
        await arrived(receiver, 5)
        const orders = receiver.received.map(({ event }) => (event.data as { orderId: string }).orderId)
        expect(orders).toEqual(['0', '1', '2', '3', '4'])
        expect(await command.interrupt()).toMatchObject({ code: 0 })
      } finally {
        await followed.stop()
        await other.stop()
        await database.drop()
      }
    },
  )

  it('keeps an event for a target that is not up yet', async () => {
    await openShop()
    const port = await freePort()
    const command = await listen(['--forward', `http://127.0.0.1:${port}/hooks`])
    await run('trigger', 'bonus.awarded')
    await said(command, `Nobody answers at http://127.0.0.1:${port}/hooks (connection refused).`)
    const receiver = await receive(port)
    receiver.expect(secretOf(command))
    await arrived(receiver, 1)
    await said(command, 'answers again')
    const { code, err } = await command.interrupt()
    expect(code).toBe(0)
    expect(err).toContain('Stopped. Events: 1, taken (2xx): 1, refused: 0, not delivered: 0.')
  })

  it('stops at Ctrl-C with a count and a position to go on from', async () => {
    await openShop()
    const receiver = await receive()
    const command = await listen(['--forward', receiver.url])
    const secret = secretOf(command)
    receiver.expect(secret)
    await run('trigger', 'bonus.awarded', '--times', '2')
    await arrived(receiver, 2)
    receiver.answers(400)
    await run('trigger', 'tier.changed')
    await arrived(receiver, 3)
    await eventually(() => Promise.resolve(command.lines()), (lines) => lines.length === 3) // prettier-ignore
    const { code, err } = await command.interrupt()
    expect(code).toBe(0)
    expect(err).toContain('Stopped. Events: 3, taken (2xx): 2, refused: 1, not delivered: 0.')
    const since = /--since (\d+)/.exec(err)![1]!

    receiver.answers(204)
    await run('trigger', 'hold.expired')
    const again = await listen(['--forward', receiver.url, '--since', since])
    expect(secretOf(again)).toBe(secret)
    await arrived(receiver, 4)
    expect(receiver.types().slice(3)).toEqual(['hold.expired'])
  })

  it('interrupted while an event is on its way does not count it as done', async () => {
    await openShop()
    const receiver = await receive()
    const command = await listen(['--forward', receiver.url])
    receiver.expect(secretOf(command))
    receiver.answers(() => undefined)
    await run('trigger', 'bonus.awarded')
    await arrived(receiver, 1)
    const { code, err } = await command.interrupt()
    expect(code).toBe(0)
    expect(err).toContain('Stopped. Events: 1, taken (2xx): 0, refused: 0, not delivered: 1.')
    receiver.answers(204)
    const since = /--since (\d+)/.exec(err)![1]!
    await listen(['--forward', receiver.url, '--since', since])
    await arrived(receiver, 2)
    expect(receiver.ids().size).toBe(1)
  })

  it.each([
    [['--forward', 'localhost:3000/hooks'], 'as in http://localhost:3000/hooks.'],
    [['--forward', '3000'], 'as in http://localhost:3000.'],
    [['--forward', 'ftp://127.0.0.1/x'], 'as in http://127.0.0.1/x.'],
    [['--forward', 'http://a:b@127.0.0.1/'], 'holds a user or password'],
    [['--events', 'bonus.award'], 'There is no event bonus.award.\nDid you mean bonus.awarded?'],
    [['--secret', 'whsec_short'], '--secret: secrets[0] '],
    [['--since', 'yesterday'], '--since is a whole number'],
  ])('%j is told before anything is asked', async (args, sentence) => {
    await openShop()
    const { code, out, err } = await run('listen', ...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(sentence)
    expect(err).toContain('See: tapline listen --help')
  })
})

describe('tapline trigger', () => {
  it('prints the sample and has it delivered', async () => {
    await openShop()
    const { code, out } = await run('trigger', 'bonus.awarded')
    expect(code).toBe(0)
    const event = JSON.parse(out) as Event
    expect(event).toMatchObject({ type: 'bonus.awarded', test: true, projectId: shop.id })
    const listed = await tapline.call<{ data: Event[] }>('GET', '/v1/events', shop.secretKey)
    expect(listed.body.data).toEqual([event])
  })

  it('of an unknown type says which exist, the nearest first', async () => {
    await openShop()
    const { code, out, err } = await run('trigger', 'bonus.awardd')
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(
      /^There is no event bonus.awardd.\nDid you mean bonus.awarded\? These exist:\n {2}bonus.awarded\n/,
    )
    expect(err).toContain('\n  webhook.test\n')
  })
})

describe('what there is', () => {
  it('stands in tables: events, one event, endpoints, deliveries, a replay', async () => {
    await openShop()
    const receiver = await receive()
    const { body: endpoint } = await tapline.call<Endpoint>('POST', '/v1/webhook-endpoints', shop.secretKey, { url: receiver.url, events: ['bonus.*'] }) // prettier-ignore
    receiver.expect(endpoint.secret)
    await buy('A 7')
    await arrived(receiver, 1)
    const { event } = receiver.received[0]!
    const customer = await shop.customer({ email: 'anna@example.com' })

    const events = await run('events')
    expect(events.out.split('\n').map((line) => line.split(/ {2,}/).slice(1, 5))).toEqual([
      ['TYPE', 'ID', 'CUSTOMER', 'ORDER'],
      ['bonus.awarded', event.id, customer.id, 'A 7'],
      ['customer.created', expect.stringMatching(/^evt_/), customer.id, '-'],
      [],
    ])
    const narrowed = await run('events', '--type', 'bonus.awarded', '--customer', customer.id, '--json')
    expect(narrowed.out.trim().split('\n').map((line) => JSON.parse(line) as Event)).toEqual([event]) // prettier-ignore
    expect((await run('events', '--limit', '1')).out.trim().split('\n')).toHaveLength(2)
    expect(await run('events', '--type', 'tier.changed')).toMatchObject({ code: 0, out: '' })

    const shown = await eventually(
      () => run('events', 'show', event.id),
      ({ out }) => out.includes('delivered'),
    )
    expect(JSON.parse(shown.out.slice(0, shown.out.indexOf('\n}\n') + 2))).toEqual(event)
    expect(shown.out).toContain(endpoint.id)

    const endpoints = await run('endpoints')
    expect(endpoints.out).toMatch(
      new RegExp(`^ID .*\n${endpoint.id}  enabled  ok .* bonus\\.\\*  ${receiver.url}\n$`),
    )
    const replayed = await run('events', 'replay', event.id, '--endpoint', endpoint.id, '--json')
    expect(JSON.parse(replayed.out)).toMatchObject({ eventId: event.id, endpointId: endpoint.id })
    await arrived(receiver, 2)
    const delivered = await eventually(
      () => run('deliveries', '--endpoint', endpoint.id, '--status', 'delivered'),
      ({ out }) => out.trim().split('\n').length === 2,
    )
    expect(delivered.out).toContain(`delivered  bonus.awarded  ${event.id}  ${endpoint.id}`)
    expect(await run('deliveries', '--status', 'failed')).toMatchObject({ code: 0, out: '' })
  })

  it('and what there is not is told in the words of the server, in your language', async () => {
    await openShop()
    const english = await run('events', 'show', NOWHERE)
    expect([english.code, english.out]).toEqual([1, ''])
    expect(english.err).toMatch(/\(event-not-found, req_\w+\)\n$/)
    expect(english.err).not.toMatch(/[а-я]/)
    const russian = await runCommand(['events', 'show', NOWHERE], settings({ LANG: 'ru_RU.UTF-8' }))
    expect(russian.err).toMatch(/[а-я]{3}.*\(event-not-found, req_\w+\)\n$/)
  })
})

describe('a key', () => {
  it('that is unknown, missing or of another kind is told with what to do, and never shown', async () => {
    await openShop()
    const wrong = `sk_${'x'.repeat(43)}`
    const without = (key: string) => runCommand(['listen'], settings({ TAPLINE_SECRET_KEY: key }))
    const unknown = await without(wrong)
    expect(unknown.code).toBe(1)
    expect(unknown.err).toContain(`Tapline at ${tapline.url} does not know this key.`)
    expect(unknown.err).not.toContain(wrong)
    expect(await without('')).toMatchObject({ code: 2, err: expect.stringContaining('Put it into TAPLINE_SECRET_KEY') }) // prettier-ignore
    const publishable = await without(shop.publishableKey)
    expect(publishable).toMatchObject({ code: 2, err: expect.stringContaining('publishable key') })
    const russian = await runCommand(['events'], { LC_ALL: 'ru_RU.UTF-8', TAPLINE_URL: tapline.url })
    expect(russian.err).toContain('Нет секретного ключа.')
  })

  it('in arguments is taken, with a warning', async () => {
    await openShop()
    const args = ['events', '--json', '--url', tapline.url, '--key', shop.secretKey]
    expect(await runCommand(args)).toEqual({
      code: 0,
      out: '',
      err: expect.stringContaining('TAPLINE_SECRET_KEY is the safer place'),
    })
  })

  it('in the wrong place is not repeated', async () => {
    await openShop()
    // Not even as a shop's own word.
    await buy(shop.secretKey)
    expect(await run('events')).toMatchObject({ code: 0, out: expect.stringMatching(/ {2}sk_… {2}-\n/) })
    for (const args of [
      [shop.secretKey],
      ['trigger', shop.secretKey],
      ['events', 'show', shop.secretKey],
      ['listen', '--forward', shop.secretKey],
    ]) {
      // prettier-ignore
      const { code, out, err } = await run(...args)
      expect(code).toBeGreaterThan(0)
      expect(out + err).not.toContain(shop.secretKey)
    }
  })
})

it('a server that is not there is told in a sentence', async () => {
  await openShop()
  const url = `http://127.0.0.1:${await freePort()}`
  const { code, err } = await runCommand(['listen'], settings({ TAPLINE_URL: url }))
  expect([code, err]).toEqual([1, `Tapline does not answer at ${url}: connection refused. Is it running, and is TAPLINE_URL right?\n`]) // prettier-ignore
})
