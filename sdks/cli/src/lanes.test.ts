import { expect, it } from 'vitest'
import { createLanes } from './lanes.ts'

function opened() {
  const gates = new Map<string, () => void>()
  const began: string[] = []
  const task = (name: string) => () => {
    began.push(name)
    return new Promise<void>((resolve) => gates.set(name, resolve))
  }
  return { began, task, open: (name: string) => gates.get(name)!() }
}
const turnOver = () => new Promise((resolve) => setImmediate(resolve))

it('what has one key runs one after another, others beside it', async () => {
  const lanes = createLanes(8)
  const { began, task, open } = opened()
  await lanes.add('anna', task('anna 1'))
  await lanes.add('anna', task('anna 2'))
  await lanes.add('boris', task('boris 1'))
  await turnOver()
  expect(began).toEqual(['anna 1', 'boris 1'])
  open('anna 1')
  await turnOver()
  expect(began).toEqual(['anna 1', 'boris 1', 'anna 2'])
  open('anna 2')
  open('boris 1')
  await lanes.idle()
})

it('no more than so many are unfinished: the next waits to be taken', async () => {
  const lanes = createLanes(2)
  const { began, task, open } = opened()
  await lanes.add('a', task('a'))
  await lanes.add('a', task('a again'))
  let taken = false
  const third = lanes.add('b', task('b')).then(() => (taken = true))
  await turnOver()
  expect([began, taken]).toEqual([['a'], false])
  open('a')
  await third
  await turnOver()
  expect(began).toEqual(['a', 'a again', 'b'])
})
