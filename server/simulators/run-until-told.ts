import { fstatSync } from 'node:fs'

/** Says on one line where a simulator is, and ends the process with it: by a signal, or when the parent is gone. */
export function runUntilTold(simulator: { url: string; stop(): Promise<void> }): void {
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    void simulator.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', stop)
  // Only a pipe means that a parent holds the other end; /dev/null has ended before it began.
  const stdin = fstatSync(0)
  if (stdin.isFIFO() || stdin.isSocket()) process.stdin.on('end', stop).on('error', stop).resume()

  console.log(JSON.stringify({ url: simulator.url }))
}
