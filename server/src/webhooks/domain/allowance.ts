import { isInside, isPublic, parseIp, parseNetwork, type IpAddress, type Network } from './ip-address.ts'

/** One destination that the host of this server trusts. `port` null: all of them. */
type Allowed = { name: string; port: number | null } | { network: Network; port: number | null }

/** Where events may go besides the public internet. */
export type Allowance = readonly Allowed[]

export type Target = { host: string; port: number }

const MAX_NAME = 253

/** Host names, `host:port`, addresses, networks, separated by commas; the entry that is none of them is told. */
export function parseAllowance(text: string): Allowance | { bad: string } {
  const allowed: Allowed[] = []
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue
    const one = parseEntry(entry)
    if (one === undefined) return { bad: entry }
    allowed.push(one)
  }
  return allowed
}

/** A name is trusted whatever it resolves to. */
export function allowsName(allow: Allowance, { host, port }: Target): boolean {
  return allow.some((one) => 'name' in one && one.name === host && (one.port ?? port) === port)
}

/** Whether somebody who runs this server has written the name down, or it is this machine. */
export function isTrusted(allow: Allowance, name: string): boolean {
  return isLocalhost(name) || allow.some((one) => 'name' in one && one.name === name)
}

export function isLocalhost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost')
}

export function allowsAddress(allow: Allowance, address: IpAddress, port: number): boolean {
  return allow.some(
    (one) => 'network' in one && isInside(address, one.network) && (one.port ?? port) === port,
  )
}

/** Whether a connection that was asked for under this name may go to this address. What is no address is refused. */
export function mayReach(allow: Allowance, target: Target, address: string): boolean {
  const ip = parseIp(address)
  if (ip === undefined) return false
  return isPublic(ip) || allowsName(allow, target) || allowsAddress(allow, ip, target.port)
}

/** The host as it is compared: without the brackets of IPv6 and the dot of the root; undefined when it is no name. */
export function hostOf(url: URL): string | undefined {
  const bracketed = /^\[(.*)\]$/.exec(url.hostname)
  if (bracketed !== null) return bracketed[1]
  const host = url.hostname.replace(/\.$/, '')
  const labels = host.split('.')
  const named = host.length <= MAX_NAME && labels.every((label) => label.length >= 1 && label.length <= 63)
  return named ? host : undefined
}

function parseEntry(entry: string): Allowed | undefined {
  const network = parseNetwork(entry)
  if (network !== undefined) return { network, port: null }
  // A URL knows every way to write a host. What else it would take is no host.
  if (/[/\\@?#\s]/.test(entry) || !URL.canParse(`http://${entry}`)) return undefined
  const url = new URL(`http://${entry}`)
  const host = hostOf(url)
  if (host === undefined || !/^[a-z0-9_.:-]+$/.test(host)) return undefined
  const written = /:(\d+)$/.exec(entry.replace(/^\[.*\]/, ''))
  const port = written === null ? null : Number(written[1])
  if (port === 0) return undefined
  const address = parseIp(host)
  return address === undefined
    ? { name: host, port }
    : { network: { address, prefix: address.length * 8 }, port }
}
