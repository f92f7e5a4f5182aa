import type { operations } from '@tapline/openapi'
import type { DataOf, ParamsOf } from './contract.ts'
import type { TaplineError } from './tapline-error.ts'

/** What may be said of one call. */
export interface CallOptions {
  /**
   * Of a POST: the same request with the same key has one effect and one answer, for 24 hours. 1 to 255 visible ASCII
   * characters. One is made for each call when absent, which covers the call's own retries; give one that you have
   * stored, such as your order's id, to cover a crash of your program too.
   */
  idempotencyKey?: string
  /** Ends the call, also between attempts; it rejects with the signal's reason. */
  signal?: AbortSignal
  /** How long one attempt may take, in milliseconds; the client's `timeoutMs` when absent. */
  timeoutMs?: number
  /** How often it is sent again at most; the client's `maxRetries` when absent. */
  maxRetries?: number
}

/** An answer: `data` or `error`, never both, and the `Response` with its status and headers (its body is read). */
export type Result<Data> =
  | { data: Data; error?: undefined; response: Response }
  | { data?: undefined; error: TaplineError; response: Response }

/** A method takes one object, the parameters of the address and the fields of the body together. */
export type Method<Id extends keyof operations> =
  None extends ParamsOf<Id>
    ? (params?: ParamsOf<Id>, options?: CallOptions) => Promise<Result<DataOf<Id>>>
    : (params: ParamsOf<Id>, options?: CallOptions) => Promise<Result<DataOf<Id>>>

/** Everything behind a list, in order. Nothing is asked for before it is iterated over. */
export interface Pages<Params extends unknown[], Page> {
  /**
   * Item by item; the next page is asked for when this one is used up. `limit` is the size of a page, not of the whole:
   * leave the loop with `break`.
   *
   * @throws TaplineError on any answer but a success.
   * @throws TaplineNetworkError when there is none.
   */
  all(...params: Params): AsyncGenerator<ItemOf<Page>, void, undefined>
  /** The same, page by page. */
  pages(...params: Params): AsyncGenerator<Page, void, undefined>
}

type None = Record<never, never>
type ItemOf<Page> = Page extends { data: (infer Item)[] } ? Item : never

/** A method that answers with one page, and can go through all of them. */
export type ListMethod<Id extends keyof operations> = Method<Id> & Pages<Parameters<Method<Id>>, DataOf<Id>>
