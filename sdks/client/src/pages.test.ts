import { afterEach, expect, it, vi } from 'vitest'
import { createTapline, TaplineError, TaplineNetworkError } from './index.ts'
import { json, KEYS, problem, script } from './script.fixture.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const query = (url: string) => Object.fromEntries(new URL(url).searchParams)

it('goes through a list, asking for the next page when this one is used up', async () => {
  const { fetch, sent } = script(
    json({ data: [{ id: 'a' }, { id: 'b' }], nextCursor: 'c1' }),
    json({ data: [], nextCursor: 'c2' }),
    json({ data: [{ id: 'c' }], nextCursor: null }),
  )
  const tapline = createTapline({ ...KEYS, fetch })
  const seen: string[] = []
  const all = tapline.listCustomers.all({ limit: 2 })
  expect(sent).toHaveLength(0)
  for await (const { id } of all) {
    seen.push(id)
    if (id === 'a') expect(sent).toHaveLength(1)
  }
  expect(seen).toEqual(['a', 'b', 'c'])
  expect(sent.map(({ url }) => query(url))).toEqual([
    ...[{ limit: '2' }, { limit: '2', cursor: 'c1' }, { limit: '2', cursor: 'c2' }],
  ])
})

it('or page by page from a cursor, and stops when the loop does', async () => {
  const { fetch, sent } = script(json({ data: [{ id: 'a' }], nextCursor: 'next' }))
  for await (const { data, nextCursor } of createTapline({ ...KEYS, fetch }).listInbox.pages({
    cursor: 'mine',
  })) {
    expect([data.length, nextCursor]).toEqual([1, 'next'])
    break
  }
  expect(sent.map(({ url }) => query(url))).toEqual([{ cursor: 'mine' }])
})

it('throws what a method would have returned', async () => {
  const { fetch } = script(json({ data: [{ id: 'a' }], nextCursor: 'x' }), problem(400, 'invalid-request'))
  const seen: string[] = []
  const read = async () => {
    for await (const { id } of createTapline({ ...KEYS, fetch }).listCustomers.all()) seen.push(id)
  }
  await expect(read()).rejects.toBeInstanceOf(TaplineError)
  expect(seen).toEqual(['a'])
})

it('follows events for ever, from where it stands, through an outage', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  const lost = new TypeError('fetch failed')
  const { fetch, sent } = script(
    json({ data: [], position: 7 }),
    json({ data: [{ type: 'bonus.awarded', id: 'evt_1' }], position: 9 }),
    lost,
    lost,
    lost,
    problem(503, 'unavailable'),
    problem(503, 'unavailable'),
    problem(503, 'unavailable'),
    json({ data: [{ type: 'bonus.spent', id: 'evt_2' }], position: 12 }),
    problem(401, 'unauthorized'),
  )
  const seen: string[] = []
  const read = (async () => {
    for await (const event of createTapline({ ...KEYS, fetch }).followEvents.all()) seen.push(event.id)
  })()
  const ended = expect(read).rejects.toMatchObject({ code: 'unauthorized' })
  await vi.runAllTimersAsync()
  await ended
  expect(seen).toEqual(['evt_1', 'evt_2'])
  expect(sent.map(({ url }) => query(url))).toEqual([
    {},
    { after: '7', waitSeconds: '25' },
    ...Array<object>(7).fill({ after: '9', waitSeconds: '25' }),
    { after: '12', waitSeconds: '25' },
  ])
})

it('but an outage at the beginning is told', async () => {
  const { fetch } = script(new TypeError('fetch failed'))
  const feed = createTapline({ ...KEYS, fetch, maxRetries: 0 }).followEvents.pages()
  await expect(feed.next()).rejects.toBeInstanceOf(TaplineNetworkError)
})

it('gives the position to go on from, and ends with the signal', async () => {
  const { fetch, sent } = script(json({ data: [], position: 5 }))
  const abort = new AbortController()
  const feed = createTapline({ ...KEYS, fetch }).followEvents.pages({ after: 3 }, { signal: abort.signal })
  expect((await feed.next()).value).toEqual({ data: [], position: 5 })
  expect(query(sent[0]!.url)).toEqual({ after: '3', waitSeconds: '25' })
  abort.abort(new Error('enough'))
  await expect(feed.next()).rejects.toThrow('enough')
})
