/** Runs a piece of work again and again, one at a time, with a pause between; `true` means that there is more at once. */
export function repeat(
  work: () => Promise<boolean>,
  { everyMs, onError }: { everyMs: number; onError: (error: unknown) => void },
) {
  let stopped = false
  let wakeUp: () => void = () => undefined
  let woken = false

  const running = (async () => {
    while (!stopped) {
      let more = false
      woken = false
      try {
        more = await work()
      } catch (error) {
        onError(error)
      }
      if (stopped || more || woken) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs * (0.9 + Math.random() * 0.2))
        wakeUp = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()

  return {
    /** Do not wait for the pause to end. */
    nudge() {
      woken = true
      wakeUp()
    },
    async stop() {
      stopped = true
      wakeUp()
      await running
    },
  }
}

export type Repeating = ReturnType<typeof repeat>
