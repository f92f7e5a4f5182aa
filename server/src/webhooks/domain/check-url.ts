import { refuse, type Refusal } from '../../kernel/refusal.ts'
import { allowsAddress, allowsName, hostOf, isLocalhost, type Allowance } from './allowance.ts'
import { isPublic, parseIp } from './ip-address.ts'

const MAX_LENGTH = 2_000
const DEFAULT_PORTS: Record<string, number> = { 'https:': 443, 'http:': 80 }
const PUBLIC_PORTS = [443, 8443]

type Because = 'malformed' | 'not-https' | 'port' | 'credentials' | 'private-address' | 'too-long'

/** The address as it will be called, in one spelling, or why no event may go there. What a name resolves to is judged when it is called. */
export function checkUrl(url: string, allow: Allowance): { url: string } | Refusal<'webhook-url-refused'> {
  const because = (why: Because) => refuse('webhook-url-refused', { because: why })
  const given = url.trim()
  if (given.length > MAX_LENGTH) return because('too-long')
  // A URL would repair what is missing and drop what is invisible: then it is not what the shop sees.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(given) || !/^[a-z][a-z\d+.-]*:\/\/[^/\\?#]/i.test(given))
    return because('malformed')
  if (!URL.canParse(given)) return because('malformed')

  const parsed = new URL(given)
  const defaultPort = DEFAULT_PORTS[parsed.protocol]
  if (defaultPort === undefined) return because('not-https')
  if (parsed.username !== '' || parsed.password !== '') return because('credentials')
  const host = hostOf(parsed)
  if (host === undefined) return because('malformed')
  parsed.hash = ''
  // Of the root's dot certificates know nothing.
  parsed.hostname = parsed.hostname.replace(/\.$/, '')
  if (parsed.href.length > MAX_LENGTH) return because('too-long')

  const port = parsed.port === '' ? defaultPort : Number(parsed.port)
  const address = isLocalhost(host) ? parseIp('127.0.0.1') : parseIp(host)
  const allowed =
    allowsName(allow, { host, port }) || (address !== undefined && allowsAddress(allow, address, port))
  if (allowed) return { url: parsed.href }
  if (address !== undefined && !isPublic(address)) return because('private-address')
  if (parsed.protocol !== 'https:') return because('not-https')
  if (!PUBLIC_PORTS.includes(port)) return because('port')
  return { url: parsed.href }
}
