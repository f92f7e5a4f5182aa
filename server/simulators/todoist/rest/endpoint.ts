import type { IncomingMessage } from 'node:http'
import { checkedId } from '../arguments.ts'
import type { Arguments } from '../arguments.ts'
import type { Todoist } from '../todoist.ts'
import { mustMay, type Token, type User } from '../users.ts'

/** One call of the API after its token was accepted and its body read. */
export interface ApiCall {
  todoist: Todoist
  token: Token
  actor: User
  args: Arguments
  query: Record<string, string>
  request: IncomingMessage
  body: Buffer
}

export interface Endpoint {
  method: string
  segments: string[]
  run(call: ApiCall, id: string): unknown
}

const READS = ['data:read', 'data:read_write']
const WRITES = ['data:read_write']
const DELETES = ['data:delete']

/** `tasks/:id/close`: at most one id, which is checked before anything is looked up. */
export function endpoint(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  run: Endpoint['run'],
  scopes = method === 'GET' ? READS : method === 'POST' ? WRITES : DELETES,
): Endpoint {
  const segments = path.split('/')
  return {
    method,
    segments,
    run(call, id) {
      mustMay(call.token, ...scopes)
      return run(call, segments.includes(':id') ? checkedId(id, 'id') : '')
    },
  }
}

export function matchEndpoint(
  endpoints: Endpoint[],
  method: string,
  segments: string[],
): { found: Endpoint; id: string } | undefined {
  for (const found of endpoints) {
    if (found.method !== method || found.segments.length !== segments.length) continue
    const fits = found.segments.every((segment, at) => segment === ':id' || segment === segments[at])
    if (fits) return { found, id: segments[found.segments.indexOf(':id')] ?? '' }
  }
  return undefined
}
