import { BlockList, isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInside, isPublic, parseIp, parseNetwork, PRIVATE_RANGES } from './ip-address.ts'

fc.configureGlobal({ seed: Number(process.env.TAPLINE_PROPERTY_SEED ?? 20_260_101) })

const familyOf = (text: string) => (text.includes(':') ? 'ipv6' : 'ipv4')

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    list.addSubnet(address, Number(prefix), familyOf(address))
  }
  return list
}

const asIpv4 = (bytes: readonly number[]) => bytes.join('.')
const asIpv6 = (bytes: readonly number[]) =>
  Array.from({ length: 8 }, (_, at) => ((bytes[at * 2]! << 8) | bytes[at * 2 + 1]!).toString(16)).join(':')
const textOf = (bytes: readonly number[]) => (bytes.length === 4 ? asIpv4(bytes) : asIpv6(bytes))

/** The first and the last address of a network and their neighbours outside it. */
function edgesOf(range: string): string[] {
  const { address, prefix } = parseNetwork(range)!
  const bits = BigInt(address.length * 8)
  const all = (1n << bits) - 1n
  const value = address.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const hosts = (1n << (bits - BigInt(prefix))) - 1n
  const bytesOf = (number: bigint) =>
    Array.from(address, (_, at) => Number((number >> (bits - 8n - BigInt(at * 8))) & 255n))
  const first = value & (all ^ hosts)
  return [first - 1n, first, first | hosts, (first | hosts) + 1n]
    .filter((number) => number >= 0n && number <= all)
    .map((number) => textOf(bytesOf(number)))
}

const byte = fc.integer({ min: 0, max: 255 })
const ipv4 = fc.array(byte, { minLength: 4, maxLength: 4 }).map(asIpv4)
const sparse = fc.array(fc.oneof(fc.constantFrom(0, 0, 0, 1, 255, 32, 100), byte), {
  minLength: 16,
  maxLength: 16,
})
const nearby = fc.constantFrom(...PRIVATE_RANGES.flatMap(edgesOf))
const address = fc.oneof(ipv4, fc.ipV4(), fc.ipV6(), sparse.map(asIpv6), nearby, ipv4.map((v4) => `::ffff:${v4}`)) // prettier-ignore

describe('isPublic', () => {
  const blocked = blockListOf(PRIVATE_RANGES)

  it('says of any address what the block list of node says', () => {
    let publicOnes = 0
    fc.assert(
      fc.property(address, (text) => {
        const expected = !blocked.check(text, familyOf(text))
        if (expected) publicOnes++
        expect([text, isPublic(parseIp(text)!)]).toEqual([text, expected])
      }),
      { numRuns: 5_000 },
    )
    expect(publicOnes).toBeGreaterThan(500)
  })

  it.each(PRIVATE_RANGES.flatMap(edgesOf))('agrees about %s, at the edge of a range', (text) => {
    expect(isPublic(parseIp(text)!)).toBe(!blocked.check(text, familyOf(text)))
  })

  it.each([
    ['127.0.0.1', 'this machine'],
    ['0.0.0.0', 'this machine, too'],
    ['10.1.2.3', 'a private network'],
    ['172.31.255.255', 'a private network'],
    ['192.168.0.1', 'a private network'],
    ['100.64.0.1', 'behind the NAT of a carrier'],
    ['169.254.169.254', 'where clouds keep credentials'],
    ['192.0.0.8', 'protocol assignments'],
    ['192.88.99.1', '6to4 relays'],
    ['198.18.0.1', 'benchmarks'],
    ['203.0.113.9', 'documentation'],
    ['224.0.0.1', 'many at once'],
    ['255.255.255.255', 'everybody'],
    ['::', 'this machine'],
    ['::1', 'this machine'],
    ['::127.0.0.1', 'IPv4-compatible'],
    ['::ffff:127.0.0.1', 'IPv4-mapped'],
    ['::ffff:7f00:1', 'IPv4-mapped'],
    ['64:ff9b::7f00:1', 'translated'],
    ['64:ff9b:1::1', 'translated locally'],
    ['100::1', 'thrown away'],
    ['2001:0:7f00:1::', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::', '6to4'],
    ['fd00::1', 'unique local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with its interface'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'many at once'],
  ])('%s is not public: %s', (text) => {
    expect(isPublic(parseIp(text)!)).toBe(false)
  })

  it.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is public',
    (text) => {
      expect(isPublic(parseIp(text)!)).toBe(true)
    },
  )
})

describe('parseIp', () => {
  it('takes what node takes, and nothing else', () => {
    const written = fc.oneof(
      address,
      fc.string(),
      fc.array(fc.constantFrom('0', '1', '255', '256', '01', 'ffff', 'g', ':', '::', '.', '/'), { maxLength: 12 }).map((parts) => parts.join('')),
    ) // prettier-ignore
    fc.assert(
      fc.property(written, (text) => {
        expect([text, parseIp(text) !== undefined]).toEqual([text, isIP(text) !== 0])
      }),
      { numRuns: 10_000 },
    )
  })

  it.each([
    ['1.2.3.4', [1, 2, 3, 4]],
    ['::ffff:1.2.3.4', [1, 2, 3, 4]],
    ['::ffff:102:304', [1, 2, 3, 4]],
    ['0:0:0:0:0:FFFF:1.2.3.4', [1, 2, 3, 4]],
    ['::', Array<number>(16).fill(0)],
    ['1::8', [0, 1, ...Array<number>(12).fill(0), 0, 8]],
    ['fe80::1%lo', [254, 128, ...Array<number>(13).fill(0), 1]],
  ])('%s', (text, bytes) => {
    expect(parseIp(text)).toEqual(bytes)
  })
})

describe('networks', () => {
  const range = fc
    .oneof(
      fc.tuple(ipv4, fc.integer({ min: 0, max: 32 })),
      fc.tuple(sparse.map(asIpv6), fc.integer({ min: 0, max: 128 })),
    )
    .map(([base, prefix]) => `${base}/${prefix}`)

  it('hold the addresses that the block list of node holds', () => {
    let inside = 0
    fc.assert(
      fc.property(range, address, fc.nat(), (network, elsewhere, pick) => {
        const parsed = parseNetwork(network)!
        // node finds IPv4 in networks of IPv6, too (::/0 holds 1.2.3.4); ours are apart.
        fc.pre(familyOf(network) === 'ipv4' ? parsed.address.length === 4 : parsed.address.length === 16)
        const near = edgesOf(network)
        for (const text of [elsewhere, near[pick % near.length]!]) {
          const expected = blockListOf([network]).check(text, familyOf(text))
          if (parseIp(text)!.length !== parsed.address.length) continue
          if (expected) inside++
          expect([network, text, isInside(parseIp(text)!, parsed)]).toEqual([network, text, expected])
        }
      }),
      { numRuns: 3_000 },
    )
    expect(inside).toBeGreaterThan(300)
  })

  it('an address is a network of one', () => {
    expect(isInside(parseIp('10.0.0.1')!, parseNetwork('10.0.0.1')!)).toBe(true)
    expect(isInside(parseIp('10.0.0.2')!, parseNetwork('10.0.0.1')!)).toBe(false)
  })

  it('an IPv4 network may be written as IPv6', () => {
    expect(parseNetwork('::ffff:10.0.0.0/104')).toEqual(parseNetwork('10.0.0.0/8'))
  })

  it.each(['10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '10/8', 'shop.example/8', '::ffff:10.0.0.0/90'])(
    '%s is none',
    (text) => {
      expect(parseNetwork(text)).toBeUndefined()
    },
  ) // prettier-ignore
})
