/** A port as it is typed; 0 lets the system choose. Ends the process where it is none. */
export function readPort(typed: string): number {
  const port = Number(typed)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  console.error(`--port must be a number from 0 to 65535, and it is ${typed}`)
  process.exit(1)
}
