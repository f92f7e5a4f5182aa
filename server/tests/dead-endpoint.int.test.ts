import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startReceiver, type Receiver } from './receiver.fixture.ts'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Created = components['schemas']['CreatedWebhookEndpoint']

const ALIVE = 20
const ORDERS = 60

let tapline: Tapline
let shop: Shop
let dead: Receiver
const alive: Receiver[] = []

beforeAll(async () => {
  tapline = await startTapline({ env: { TAPLINE_WEBHOOK_ALLOW: '127.0.0.1' } })
  shop = await tapline.createShop({}, { basePercent: 10 })
})
afterAll(async () => {
  await Promise.all([dead, ...alive].map((receiver) => receiver.stop()))
  await tapline.stop()
})

async function endpoint(project: Shop): Promise<Receiver> {
  const receiver = await startReceiver()
  const { body } = await tapline.call<Created>('POST', '/v1/webhook-endpoints', project.secretKey, { url: receiver.url, events: ['bonus.awarded'] }) // prettier-ignore
  receiver.expect(body.secret)
  return receiver
}

it('one endpoint that takes everything and never answers delays nobody, and holds few connections', async () => {
  dead = await endpoint(shop)
  let open = 0
  let most = 0
  dead.answers((request) => {
    most = Math.max(most, ++open)
    request.on('close', () => open--)
  })
  // Of the same project and of others.
  const other = await tapline.createShop({}, { basePercent: 10 })
  for (let index = 0; index < ALIVE - 1; index++) alive.push(await endpoint(shop))
  alive.push(await endpoint(other))

  const purchases = Array.from({ length: ORDERS }, (_, index) => ({ email: `a${index}@shop.test`, orderId: `o${index}`, amount: '100' })) // prettier-ignore
  for (const project of [shop, other])
    await project.post({ action: 'batch_purchase', payload: { purchases } }, { prefer: 'wait=10' })
  await eventually(
    () => Promise.resolve(alive.map((receiver) => receiver.ids().size)),
    (counts) => counts.every((count) => count === ORDERS),
    30_000,
  )
  expect(most).toBeLessThanOrEqual(4)
  expect(alive.flatMap(({ unverified }) => unverified)).toEqual([])
})
