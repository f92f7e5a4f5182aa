import { HttpResponse, http, type HttpHandler } from 'msw'
import type { Shop } from '../shop/state.ts'
import { refuse } from '../shop/refusal.ts'
import { respond } from './serve.ts'

/** Where an announced file is uploaded to, and loaded from. Of its bytes only their number is kept. */
export function serveFiles({ shop, baseUrl }: { shop: Shop; baseUrl: string }): HttpHandler[] {
  const find = (id: unknown) => shop.state.chat.attachments.get(String(id))
  return [
    http.put(`${baseUrl}/v1/uploads/:attachmentId`, async ({ request, params }) => {
      const attachment = find(params.attachmentId)
      if (attachment === undefined) return respond(shop, refuse('attachment-not-found'))
      if (attachment.expiresAt <= shop.now()) return respond(shop, refuse('attachment-expired'))
      const { byteLength: size } = await request.arrayBuffer()
      const type = request.headers.get('content-type') ?? attachment.declaredType
      attachment.uploaded ??= { size, type }
      return new HttpResponse(null, { status: 200 })
    }),
    http.get(`${baseUrl}/v1/files/:attachmentId`, ({ params }) => {
      const attachment = find(params.attachmentId)
      if (attachment?.state !== 'ready') return respond(shop, refuse('attachment-not-found'))
      const { size, type } = attachment.uploaded!
      return new HttpResponse(new Uint8Array(size), { headers: { 'content-type': type } })
    }),
  ]
}
