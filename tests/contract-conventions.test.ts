import contract from '../openapi/generated/openapi.json' with { type: 'json' }
import { expect, it } from 'vitest'
import { clientOperations } from '../scripts/client-operations.mjs'
import { REFUSALS } from '../server/src/refusals.ts'

type Operation = { operationId: string; parameters?: { $ref?: string }[]; security?: object[] }

const KEY = '#/components/parameters/IdempotencyKey'
const operations = Object.entries(
  contract.paths as unknown as Record<string, Record<string, Operation>>,
).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([, { operationId }]) => operationId !== undefined)
    .map(([method, operation]) => ({ path, method, ...operation })),
)
const named = (of: typeof operations) => of.map(({ operationId }) => operationId)

/** Each time another secret that ends by itself soon, and none may be stored; or what may be told again anyway, by a storage. */
const UNKEYED = new Set([
  'createVisitorSession',
  'createSocketTicket',
  'receiveStorageEvents',
  'receiveTelegramUpdate',
  'receiveTodoistEvent',
])

it('every POST under /v1, and nothing else, takes an Idempotency-Key', () => {
  const posts = operations.filter(
    ({ path, method, operationId }) =>
      path.startsWith('/v1/') && method === 'post' && !UNKEYED.has(operationId),
  )
  const taking = operations.filter(({ parameters = [] }) => parameters.some(({ $ref }) => $ref === KEY))
  expect(posts.length).toBeGreaterThan(1)
  expect(named(taking)).toEqual(named(posts))
})

it('who gives one is known: a project, or somebody who speaks in it, and the key is theirs', () => {
  const taking = operations.filter(({ parameters = [] }) => parameters.some(({ $ref }) => $ref === KEY))
  const known = new Set(['secretKey', 'session', 'agentToken'])
  // Writes nothing: there is no effect that could come twice.
  const harmless = new Set(['quoteMyOrder'])
  for (const { operationId, security = [] } of taking) {
    const schemes = security.flatMap((scheme) => Object.keys(scheme))
    expect(schemes, operationId).not.toEqual([])
    expect(
      schemes.filter((scheme) => !known.has(scheme) && !harmless.has(operationId)),
      operationId,
    ).toEqual([])
  }
})

it('the contract names every code that a problem may have, and no other', () => {
  const { code } = contract.components.schemas.Problem.properties
  const problems = Object.entries(REFUSALS).filter(([, { status }]) => status >= 400)
  expect([...code['x-tapline-codes']].sort()).toEqual(problems.map(([name]) => name).sort())
})

it('an operation of /v1 has one name for one thing: no parameter is called like a field beside it', () => {
  // The generator of the client's methods refuses such a contract; here it is seen to.
  const broken = structuredClone(contract) as unknown as Parameters<typeof clientOperations>[0]
  const { parameters } = broken.paths['/v1/orders/{orderId}/refunds']!
  parameters!.push({ name: 'refundId', in: 'query' })
  expect(() => clientOperations(broken)).toThrow('refundOrder: refundId would be a parameter and a field')
})
