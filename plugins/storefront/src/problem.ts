/**
 * Why something could not be done. Programs read `code`: those of the server's problem documents, such as
 * `insufficient-bonuses` and `origin-not-allowed`, and the page's own: `unreachable`, `timed-out`, `unexpected-answer`,
 * `proof-required`, `proof-expired`, `proven-already`, `amount-invalid`, `spending-off`, `spending-exists`, `cancelled`.
 */
export interface Problem {
  code: string
  /** For people, in the language that was asked for where the server said it. */
  detail: string
  /** The same may succeed later. */
  temporary: boolean
}

/** Either what was asked for or why it is not there; never an exception. */
export type Answer<Value> = { data: Value; problem?: undefined } | { data?: undefined; problem: Problem }

// Both are always own: a page that has written on `Object.prototype` is not read.
export const done = <Value>(data: Value) => ({ data, problem: undefined })
export const problem = (code: string, detail = code, temporary = false) => ({
  data: undefined,
  problem: { code, detail, temporary } satisfies Problem,
})
