import type { Problem, ProblemCode } from './contract.ts'

const ERROR = Symbol.for('tapline.error')
const NETWORK_ERROR = Symbol.for('tapline.network-error')

// A server may send more; an Error has members of its own.
const FIELDS = 'type title status detail code requestId details errors inboxItemId'.split(
  ' ',
) as (keyof Problem)[]

/** How a request went that did not succeed. */
export interface Attempted {
  /** What it was sent with, if it took one: send it again with the same key, and it has one effect. */
  idempotencyKey: string | undefined
  /** How often it was sent. */
  attempts: number
}

/**
 * The server's answer when it is not a success: the problem document, as an `Error` that can be thrown.
 *
 * Methods return it as `error` and do not throw it; {@link Pages} throw it, for there is nowhere to return it to.
 * Decide by `code`. `message` is the problem's `detail`, a sentence for people in their language.
 *
 * An answer that is no problem document, such as the HTML page of a proxy, comes as the code `unexpected-answer`.
 *
 * @example
 * const { data, error } = await tapline.createHold({ customer: { id }, orderId: '1002', amount: '100.00' })
 * if (error?.code === 'insufficient-bonuses') return offerLess()
 * if (error) throw error
 */
export class TaplineError extends Error implements Attempted {
  override readonly name = 'TaplineError'
  /** Stable; compare with this. */
  declare readonly code: ProblemCode
  /** Of the answer. */
  declare readonly status: number
  /** Address of the code's description. */
  declare readonly type: string
  declare readonly title: string
  /** What happened and what to do about it. */
  declare readonly detail: string
  /** Names the request in the server's log. Undefined when something before the server answered. */
  declare readonly requestId: string | undefined
  /** Figures that belong to the code. */
  declare readonly details: Problem['details']
  /** Which fields were wrong. */
  declare readonly errors: Problem['errors']
  /** The entry of the project's log that tells of this request. */
  declare readonly inboxItemId: string | undefined
  declare readonly idempotencyKey: string | undefined
  declare readonly attempts: number

  /** Made by the client; make one yourself only in tests. */
  constructor(problem: Omit<Problem, 'requestId'> & { requestId: string | undefined }, attempted: Attempted) {
    super(problem.detail)
    for (const field of FIELDS) Object.assign(this, { [field]: problem[field] })
    Object.assign(this, attempted)
    mark(this, ERROR)
  }
}

/**
 * There was no answer: the network failed or the time was up, at every attempt. Whether the server did what it was
 * asked is not known; repeat it with the same `idempotencyKey` to find out. `cause` is the last attempt's exception.
 *
 * @example
 * try {
 *   await tapline.createHold(hold, { idempotencyKey })
 * } catch (fault) {
 *   if (!isTaplineNetworkError(fault)) throw fault
 *   await repeatLater(hold, fault.idempotencyKey)
 * }
 */
export class TaplineNetworkError extends Error implements Attempted {
  override readonly name = 'TaplineNetworkError'
  declare readonly idempotencyKey: string | undefined
  declare readonly attempts: number

  /** Made by the client; make one yourself only in tests. */
  constructor(message: string, { cause, ...attempted }: Attempted & { cause: unknown }) {
    super(message, { cause })
    Object.assign(this, attempted)
    mark(this, NETWORK_ERROR)
  }
}

/**
 * Whether it is a {@link TaplineError}. Unlike `instanceof` it holds where one program has loaded the package twice,
 * as ESM and as CommonJS.
 */
export const isTaplineError = (value: unknown): value is TaplineError => has(value, ERROR)

/** Whether it is a {@link TaplineNetworkError}; see {@link isTaplineError}. */
export const isTaplineNetworkError = (value: unknown): value is TaplineNetworkError =>
  has(value, NETWORK_ERROR)

function mark(error: Error, brand: symbol): void {
  Object.defineProperty(error, brand, { value: true })
}

function has(value: unknown, brand: symbol): boolean {
  return typeof value === 'object' && value !== null && brand in value
}
