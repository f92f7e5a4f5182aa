import type { LookupFunction, Socket } from 'node:net'
import { Client, type buildConnector, type Dispatcher } from 'undici'
import { mayReach, type Allowance, type Target } from '../../domain/allowance.ts'
import { parseIp } from '../../domain/ip-address.ts'
import { asConnectFailed, ConnectFailed } from './connect-failed.ts'
import type { ResolveName } from './resolve-name.ts'

type Dial = (options: buildConnector.BuildOptions) => buildConnector.connector

export type Guard = {
  allow: Allowance
  resolveName: ResolveName
  /** Certificates to trust besides the system's. */
  ca: string | undefined
  connectTimeoutMs: number
  /** Makes the connector of one connection: undici's. */
  dial: Dial
}

/** What is known of the connection that one request went over. */
export class Trace {
  #client: GuardedClient | undefined
  #reused: Socket | undefined
  #bytesBefore = 0

  /** Called when a connection takes the request. */
  begin(client: GuardedClient): void {
    this.#client = client
    this.#reused = client.socket
    this.#bytesBefore = client.socket?.bytesRead ?? 0
  }

  get address(): string | null {
    return this.#client?.address ?? null
  }

  /** It went over a connection that had served before, and not a byte came back: the other side had hung up by then. */
  wasStale(): boolean {
    return this.#reused !== undefined && this.#reused.bytesRead === this.#bytesBefore
  }
}

/** One connection. Whatever it is told, it reaches only what may be reached. */
export class GuardedClient extends Client {
  /** The one that stands. */
  socket: Socket | undefined
  /** The address last tried. */
  address: string | null = null

  constructor(origin: string | URL, guard: Guard) {
    const seen = (address: string) => void (this.address = address)
    const connect = guardedConnector(guard, seen)
    super(origin, {
      pipelining: 1,
      keepAliveTimeout: 10_000,
      keepAliveMaxTimeout: 30_000,
      maxHeaderSize: 16_384,
      // The sender has one time limit for all of it.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) => {
        connect(options, (...result) => {
          if (result[0] === null) this.#stands(result[1])
          callback(...result)
        })
      },
    })
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if ('opaque' in options && options.opaque instanceof Trace) options.opaque.begin(this)
    return super.dispatch(options, handler)
  }

  #stands(socket: Socket): void {
    this.socket = socket
    socket.once('close', () => {
      if (this.socket === socket) this.socket = undefined
    })
  }
}

/**
 * A host that is an address is judged itself: no lookup is asked about it. Of a name only those addresses are tried that may
 * be reached. And whoever answers in the end is judged again, whatever the lookup had said.
 */
export function guardedConnector(guard: Guard, seen: (address: string) => void): buildConnector.connector {
  return (options, callback) => {
    const secure = options.protocol === 'https:'
    const host = options.hostname.replace(/^\[|\]$/g, '')
    const port = options.port === '' ? (secure ? 443 : 80) : Number(options.port)
    const target = { host, port }
    if (parseIp(host) !== undefined) {
      if (!mayReach(guard.allow, target, host)) {
        callback(refused(host), null)
        return
      }
      seen(host)
    }
    const connect = guard.dial({
      timeout: guard.connectTimeoutMs,
      lookup: guardedLookup(guard, target, seen),
      autoSelectFamily: true,
      maxCachedSessions: 0,
      ...(guard.ca === undefined ? {} : { ca: guard.ca }),
    })
    connect({ ...options, hostname: host }, (...[error, socket]) => {
      if (error !== null) {
        callback(asConnectFailed(error, secure), null)
        return
      }
      const peer = socket.remoteAddress ?? ''
      if (!mayReach(guard.allow, target, peer)) {
        socket.destroy()
        callback(refused(peer), null)
        return
      }
      seen(peer)
      callback(null, socket)
    })
  }
}

function guardedLookup(
  { allow, resolveName }: Guard,
  target: Target,
  seen: (address: string) => void,
): LookupFunction {
  return (_name, options, callback) => {
    resolveName(target.host).then(
      (addresses) => {
        const reachable = addresses
          .filter((address) => mayReach(allow, target, address))
          .map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
        const [first] = reachable
        if (first === undefined) {
          callback(addresses.length === 0 ? unknown(target.host) : refused(target.host), [])
          return
        }
        seen(first.address)
        if (options.all === true) callback(null, reachable)
        else callback(null, first.address, first.family)
      },
      () => callback(unknown(target.host), []),
    )
  }
}

const refused = (where: string) =>
  new ConnectFailed('address-refused', `${where} is not of the public internet`)
const unknown = (name: string) => new ConnectFailed('name-not-found', `${name} has no address`)
