/** The bytes of an IP address: 4, or 16. An IPv4 address written as IPv6 (`::ffff:127.0.0.1`) has 4. */
export type IpAddress = readonly number[]

export type Network = { address: IpAddress; prefix: number }

/** Strict: `127.1` and `0177.0.0.1` are names here; a URL turns them into `127.0.0.1` before anybody asks. */
export function parseIp(text: string): IpAddress | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** `10.0.0.0/8`, or one address. */
export function parseNetwork(text: string): Network | undefined {
  const [addressText = '', prefixText, ...more] = text.split('/')
  const address = parseIp(addressText)
  if (address === undefined || more.length > 0) return undefined
  const bits = address.length * 8
  if (prefixText === undefined) return { address, prefix: bits }
  if (!/^\d{1,3}$/.test(prefixText)) return undefined
  // `::ffff:10.0.0.0/104` counts the 96 bits in front, too.
  const prefix = Number(prefixText) - (bits === 32 && addressText.includes(':') ? 96 : 0)
  return prefix >= 0 && prefix <= bits ? { address, prefix } : undefined
}

export function isInside(address: IpAddress, network: Network): boolean {
  if (address.length !== network.address.length) return false
  return address.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, network.prefix - index * 8))
    return (byte ^ network.address[index]!) >> (8 - bits) === 0
  })
}

/** Whether it can be reached over the public internet: not this machine, not a private network, nothing reserved. */
export function isPublic(address: IpAddress): boolean {
  return !PRIVATE_NETWORKS.some((network) => isInside(address, network))
}

// IANA's special-purpose registries. Those that carry an IPv4 address inside (::/96, 64:ff9b::/96, 2002::/16) would lead
// around the others.
export const PRIVATE_RANGES = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // Not in the registry: what answers to the machines of one cloud alone.
  '168.63.129.16/32',
  ...[
    '::/96',
    '::/128',
    '::1/128',
    '::ffff:0:0:0/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
  ],
  ...[
    '2001:db8::/32',
    '2002::/16',
    '3fff::/20',
    '5f00::/16',
    'fc00::/7',
    'fe80::/10',
    'fec0::/10',
    'ff00::/8',
  ],
]

const PRIVATE_NETWORKS = PRIVATE_RANGES.map((range) => parseNetwork(range)!)

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined
  const bytes = parts.map(Number)
  return bytes.every((byte) => byte <= 255) ? bytes : undefined
}

function parseIpv6(text: string): IpAddress | undefined {
  // A zone names an interface of this machine, never another address.
  const bare = text.replace(/%[^%]*$/, '')
  const halves = bare.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, index) => groupsOf(half, index === halves.length - 1))
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  const missing = 16 - head.length - (tail?.length ?? 0)
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined
  const bytes = [...head, ...Array.from({ length: missing }, () => 0), ...(tail ?? [])]
  return isMapped(bytes) ? bytes.slice(12) : bytes
}

function groupsOf(half: string, last: boolean): number[] | undefined {
  if (half === '') return []
  const bytes: number[] = []
  const groups = half.split(':')
  for (const [index, group] of groups.entries()) {
    if (group.includes('.')) {
      const embedded = last && index === groups.length - 1 ? parseIpv4(group) : undefined
      if (embedded === undefined) return undefined
      bytes.push(...embedded)
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined
      const value = parseInt(group, 16)
      bytes.push(value >> 8, value & 255)
    }
  }
  return bytes
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255
}
