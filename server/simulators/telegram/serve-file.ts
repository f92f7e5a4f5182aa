import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse } from './answer.ts'
import type { Call } from './calls.ts'
import { fileStream } from './file-stream.ts'
import { pause } from './pause.ts'
import { resetConnection } from './reset-connection.ts'
import type { Telegram } from './telegram.ts'

/** What faults and the log call a download. */
const METHOD = 'downloadFile'

/** `GET /file/bot<token>/<file_path>`: the bytes, while the link lives. */
export async function serveFile(
  telegram: Telegram,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.resume()
  if (telegram.settings.outage) return resetConnection(response)
  const [, token, path] = /^\/file\/bot([^/]+)\/(.+)$/.exec(decodedPath(url)) ?? []
  const bot = telegram.bots.findByToken(token ?? '')
  if (!bot || bot.revoked || !path) return refuseWith(response, bot && !bot.revoked ? 404 : 401)

  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const record = (outcome: Call['outcome'], status: number | undefined) =>
    telegram.calls.record({
      at: telegram.clock.now(),
      botId: bot.id,
      method: METHOD,
      parameters: { file_path: path },
      outcome,
      status,
      answer: undefined,
    })
  const fault = telegram.faults.take({ method: METHOD, chatId: undefined })
  if (fault?.delayMs) await pause(fault.delayMs, gone.signal)
  if (fault?.effect === 'drop-before-processing') {
    record('dropped-before-processing', undefined)
    return resetConnection(response)
  }
  if (typeof fault?.effect === 'object') {
    record('answered', fault.effect.answer.status)
    return refuseWith(response, fault.effect.answer.status)
  }
  const file = telegram.files.findByLink(bot.id, path)
  if (!file || file.content === 'dropped') {
    record('answered', 404)
    return refuseWith(response, 404)
  }
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': file.sizeBytes })
  if (fault?.effect === 'drop-after-processing') {
    record('dropped-after-processing', 200)
    // Half of the file arrives, as when a connection breaks.
    const half = fileStream(file, Math.floor(file.sizeBytes / 2))
    half.on('end', () => resetConnection(response))
    half.pipe(response, { end: false })
    return
  }
  record('answered', 200)
  fileStream(file).pipe(response)
}

function refuseWith(response: ServerResponse, status: number): void {
  const reason = { 401: 'Unauthorized', 404: 'Not Found' }[status] ?? 'Scripted by the simulator'
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(refuse(status, reason)))
}

function decodedPath(url: URL): string {
  try {
    return decodeURIComponent(url.pathname)
  } catch {
    return url.pathname
  }
}
