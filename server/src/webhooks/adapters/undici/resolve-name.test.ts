import { createSocket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { resolveBySystem, resolveInDns } from './resolve-name.ts'

const A = 1
const AAAA = 28
const NO_SUCH_NAME = 3

type Records = { [A]?: number[][]; [AAAA]?: number[][] }

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A name server that knows these names; it says nothing of the others when it is `silent`. */
async function nameServer(names: Record<string, Records>, silent = false): Promise<string[]> {
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const end = query.indexOf(0, 12)
    const labels: string[] = []
    for (let at = 12; at < end; at += 1 + query[at]!)
      labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!))
    const type = query.readUInt16BE(end + 1)
    const records = names[labels.join('.')]
    if (records === undefined && silent) return
    const found = records?.[type as typeof A] ?? []
    const answers = found.map((bytes) =>
      Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, bytes.length, ...bytes]),
    )
    const header = Buffer.from(query.subarray(0, 12))
    header.writeUInt16BE(0x8180 | (records === undefined ? NO_SUCH_NAME : 0), 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(answers.length, 6)
    header.writeUInt32BE(0, 8)
    socket.send(Buffer.concat([header, query.subarray(12, end + 5), ...answers]), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  closing.push(() => socket.close())
  return [`127.0.0.1:${socket.address().port}`]
}

const V6 = [0x26, 6, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0x11]

describe('resolveInDns', () => {
  it('gives the addresses of both kinds', async () => {
    const servers = await nameServer({ 'shop.example': { [A]: [[1, 2, 3, 4], [10, 0, 0, 1]], [AAAA]: [V6] } }) // prettier-ignore
    expect(await resolveInDns('shop.example', servers)).toEqual(['1.2.3.4', '10.0.0.1', '2606:4700::1111'])
  })

  it('is content with one kind', async () => {
    const servers = await nameServer({
      'four.example': { [A]: [[1, 2, 3, 4]] },
      'six.example': { [AAAA]: [V6] },
    })
    expect(await resolveInDns('four.example', servers)).toEqual(['1.2.3.4'])
    expect(await resolveInDns('six.example', servers)).toEqual(['2606:4700::1111'])
  })

  it('finds none where there is no such name', async () => {
    expect(await resolveInDns('nowhere.example', await nameServer({}))).toEqual([])
  })

  it('gives up on a silent name server before a connection would', async () => {
    const servers = await nameServer({}, true)
    const begun = performance.now()
    expect(await resolveInDns('shop.example', servers)).toEqual([])
    expect(performance.now() - begun).toBeLessThan(4_500)
  })
})

describe('resolveBySystem', () => {
  it('knows this machine', async () => {
    const addresses = await resolveBySystem('localhost')
    expect(addresses.some((address) => address === '127.0.0.1' || address === '::1')).toBe(true)
  })

  it('finds none where there is no such name', async () => {
    expect(await resolveBySystem(`${'a'.repeat(64)}.invalid`)).toEqual([])
  })
})
