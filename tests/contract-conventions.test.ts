import contract from '../openapi/generated/openapi.json' with { type: 'json' }
import { expect, it } from 'vitest'

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

it('every POST under /v1, and nothing else, takes an Idempotency-Key', () => {
  const posts = operations.filter(({ path, method }) => path.startsWith('/v1/') && method === 'post')
  const taking = operations.filter(({ parameters = [] }) => parameters.some(({ $ref }) => $ref === KEY))
  expect(posts.length).toBeGreaterThan(1)
  expect(named(taking)).toEqual(named(posts))
})

it('who takes one is a project, whose key it is', () => {
  const taking = operations.filter(({ parameters = [] }) => parameters.some(({ $ref }) => $ref === KEY))
  for (const { security } of taking) expect(security).toEqual([{ secretKey: [] }])
})
