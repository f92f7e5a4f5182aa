/** Stops the calling program, with a sentence that says what to do. */
export function mistake(sentence: string): never {
  throw new TypeError(sentence)
}

/** `Null`, `Undefined`, `Object`, `Date`, `Uint8Array` …: also for values of another realm, as jest makes them. */
export function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}
