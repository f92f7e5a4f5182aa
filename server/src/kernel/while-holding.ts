type Choices<T> = {
  everyMs: number
  /** Until a little later than it is called again. */
  holdOn: () => Promise<unknown>
  work: () => Promise<T>
}

/**
 * Holds on to what was taken for a short while, for as long as the work lasts: whoever works long keeps it, whoever dies loses
 * it soon. A hold that fails is tried again; what is lost by then is noticed by whoever asks for it.
 */
export async function whileHolding<T>({ everyMs, holdOn, work }: Choices<T>): Promise<T> {
  const heart = setInterval(() => void holdOn().catch(() => undefined), everyMs)
  try {
    return await work()
  } finally {
    clearInterval(heart)
  }
}
