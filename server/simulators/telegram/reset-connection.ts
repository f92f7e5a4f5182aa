import type { ServerResponse } from 'node:http'

export function resetConnection(response: ServerResponse): void {
  response.socket?.resetAndDestroy()
}
