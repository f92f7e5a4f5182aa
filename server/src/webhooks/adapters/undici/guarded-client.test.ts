import { expect, it } from 'vitest'
import { ConnectFailed } from './connect-failed.ts'
import { guardedConnector } from './guarded-client.ts'

const spellings = [
  '127.0.0.1',
  '10.0.0.1',
  '::1',
  '[::1]',
  '[::ffff:7f00:1]',
  '[::ffff:127.0.0.1]',
  '[::7f00:1]',
]

it.each(spellings)('a connector that is asked for %s itself dials nobody', async (hostname) => {
  let dialled = 0
  const connect = guardedConnector(
    {
      allow: [],
      resolveName: () => Promise.reject(new Error('It was asked for.')),
      ca: undefined,
      connectTimeoutMs: 1_000,
      dial: () => (_, callback) => {
        dialled++
        callback(new Error('It was dialled.'), null)
      },
    },
    () => undefined,
  )
  const error = await new Promise((resolve) =>
    connect({ hostname, protocol: 'https:', port: '' }, (...[failure]) => resolve(failure)),
  )
  expect(error).toBeInstanceOf(ConnectFailed)
  expect(error).toMatchObject({ outcome: 'address-refused' })
  expect(dialled).toBe(0)
})
