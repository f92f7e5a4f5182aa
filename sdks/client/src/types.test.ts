import { expect, expectTypeOf, it } from 'vitest'
import type {
  components,
  createTapline,
  DataOf,
  Door,
  EventOf,
  ParamsOf,
  ProblemCode,
  Tapline,
  TaplineError,
  TaplineEvent,
  webhooks,
} from './index.ts'
import contract from '@tapline/openapi/openapi.json' with { type: 'json' }
import { OPERATIONS } from './generated/operations.ts'
import { readOperations } from './read-operations.ts'

type Schemas = components['schemas']

it('an event is one of those that the contract sends, and is narrowed by its type', () => {
  expectTypeOf<TaplineEvent['type']>().toEqualTypeOf<keyof webhooks>()
  expectTypeOf<EventOf<'bonus.awarded'>['data']>().toEqualTypeOf<Schemas['BonusAwardedEvent']['data']>()
})

it('a code completes, and may be a new one', () => {
  expectTypeOf<'order-conflict'>().toExtend<ProblemCode>()
  expectTypeOf<'unexpected-answer'>().toExtend<ProblemCode>()
  expectTypeOf<'of-next-year'>().toExtend<ProblemCode>()
  expectTypeOf<TaplineError['requestId']>().toEqualTypeOf<string | undefined>()
})

it('parameters are what the contract says, in one object', () => {
  expectTypeOf<ParamsOf<'getOrder'>>().toEqualTypeOf<{ orderId: string; storefront?: string }>()
  expectTypeOf<ParamsOf<'createHold'>>().toEqualTypeOf<Schemas['HoldInput']>()
  expectTypeOf<ParamsOf<'captureHold'>['holdId']>().toEqualTypeOf<string>()
  expectTypeOf<ParamsOf<'captureHold'>['amount']>().toEqualTypeOf<Schemas['CaptureInput']['amount']>()
  expectTypeOf<Tapline['getProgram']>().toBeCallableWith()
  expectTypeOf<Tapline['listCustomers']>().toBeCallableWith({ limit: 5 })
  // @ts-expect-error nobody's order
  expectTypeOf<Tapline['getOrder']>().toBeCallableWith({})
  const hold = { customer: {}, orderId: '1', amount: 1 } satisfies ParamsOf<'createHold'>
  // @ts-expect-error an unknown field
  void ({ ...hold, x: 1 } satisfies ParamsOf<'createHold'>)
})

it('so is what is answered', () => {
  expectTypeOf<DataOf<'getOrder'>>().toEqualTypeOf<Schemas['Order']>()
  expectTypeOf<DataOf<'createHold'>>().toEqualTypeOf<Schemas['Hold']>()
  expectTypeOf<DataOf<'deleteTelegram'>>().toEqualTypeOf<undefined>()
  const pages = (tapline: Tapline) => tapline.listCustomers.all()
  expectTypeOf(pages).returns.toEqualTypeOf<AsyncGenerator<Schemas['Customer'], void, undefined>>()
  const feed = (tapline: Tapline) => tapline.followEvents.all()
  expectTypeOf(feed).returns.toEqualTypeOf<AsyncGenerator<Schemas['Event'], void, undefined>>()
})

it('a client has the methods of what it was made with', () => {
  const _make = (create: typeof createTapline) => ({
    keyed: create({ secretKey: '', baseUrl: '' }),
    door: create({ webhookUrl: '' }),
    both: create({ secretKey: '', webhookUrl: '' }),
  })
  type Made = ReturnType<typeof _make>
  expectTypeOf<Made['keyed']>().toEqualTypeOf<Tapline>()
  expectTypeOf<Made['door']>().toEqualTypeOf<Door>()
  expectTypeOf<Made['both']>().toEqualTypeOf<Tapline & Door>()
})

it('every operation of /v1 that takes the secret key has a method, and what shows a secret is not sent again', () => {
  type Described = { operationId?: string; security?: object[]; 'x-tapline-secret-answer'?: boolean; 'x-tapline-raw'?: boolean; 'x-tapline-client'?: boolean } // prettier-ignore
  const described = Object.entries(contract.paths as unknown as Record<string, Record<string, Described>>)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })))
    .filter(({ security = [], ...operation }) => operation['x-tapline-raw'] !== true && operation['x-tapline-client'] !== false && security.some((scheme) => 'secretKey' in scheme)) // prettier-ignore
  const read = readOperations(OPERATIONS)
  expect(read.map(([name, method, path]) => [name, method, path])).toEqual(
    described.map(({ operationId, method, path }) => [operationId, method.toUpperCase(), path]),
  )
  const once = described.filter((one) => one['x-tapline-secret-answer'] === true && one.method === 'post')
  const marked = read.filter(([, , , mark]) => mark === '!')
  expect(marked.map(([name]) => name)).toEqual(once.map(({ operationId }) => operationId))
})
