import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** One address for several servers: each connection goes to one that is ready, and breaks when that one dies. */
export async function startBalancer(portsReady: () => number[]) {
  const open = new Set<Socket>()
  let turn = 0
  const server = createServer((client) => {
    const ports = portsReady()
    const port = ports[turn++ % ports.length]
    if (port === undefined) return void client.on('error', () => undefined).destroy()
    const behind = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      open.add(one)
      one
        .on('error', () => other.destroy())
        .on('close', () => {
          open.delete(one)
          other.destroy()
        })
        .pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
