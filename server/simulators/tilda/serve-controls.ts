import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Controls } from './controls.ts'
import { readBody } from './read-body.ts'

/** `POST /control/<name-in-kebab-case>` with the argument as JSON. */
export async function serveControls(
  controls: Controls,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, body: object) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    response.end(JSON.stringify(body))
  }
  const name = path.slice('/control/'.length).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  if (request.method !== 'POST' || !Object.hasOwn(controls, name)) {
    return answer(404, { error: `There is no control ${name}` })
  }
  // A page of somewhere else must not steer.
  if (request.headers['content-type'] !== 'application/json' && request.headers.origin !== undefined) {
    return answer(415, { error: 'Send JSON' })
  }
  try {
    const body = await readBody(request)
    const control = controls[name as keyof Controls] as (argument: unknown) => unknown
    answer(200, { result: (await control(body === '' ? {} : JSON.parse(body))) ?? null })
  } catch (error) {
    answer(400, { error: error instanceof Error ? error.message : String(error) })
  }
}
