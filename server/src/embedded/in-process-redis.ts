import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'

export type InProcessRedis = { readonly port: number; close(): Promise<void> }

/** Enough of Redis for a look at the product, inside this process; whatever it holds is gone with it. */
export async function startInProcessRedis(password: string): Promise<InProcessRedis> {
  const { RedisServerState, Resp2Server, createRedisCommandExecutor } = await import('js-redis-server/core')
  const state = new RedisServerState({ databaseCount: 16, requirepass: password })
  const { server } = new Resp2Server({ server: state, executor: createRedisCommandExecutor() })
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  // Not its own listen(): that one is open to the whole network.
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
      state.close()
    },
  }
}
