import type { components } from '@tapline/client'
import { http, type HttpHandler } from 'msw'
import { verifyBodySignature, verifyWebhook } from '@tapline/signing/web'
import { settleTime } from '../shop/books/settle-time.ts'
import { receive, turnAway, type DoorAnswer } from '../shop/door.ts'
import { refuse, type Refusal } from '../shop/refusal.ts'
import type { Shop } from '../shop/state.ts'
import { tell } from './problems.ts'
import { respond } from './serve.ts'

type Setting = {
  shop: Shop
  baseUrl: string
  webhookSecret: string
  signingSecret: string
  requireSignature: boolean
}

const FORM = 'application/x-www-form-urlencoded'
const MOST_WAIT_S = 10
const A_MINUTE: Record<string, string> = {
  'ratelimit-policy': '"default";q=100;w=60',
  ratelimit: '"default";r=99;t=60',
}

/** The storefronts' door. A standard action is processed at once, also where the answer says that it waits. */
export function serveDoor({
  shop,
  baseUrl,
  webhookSecret,
  signingSecret,
  requireSignature,
}: Setting): HttpHandler[] {
  const path = `${baseUrl}/api/webhook/:webhookSecret`
  const rejected = (refusal: Refusal) => {
    const { inboxItemId } = turnAway(shop, refusal, shop.newId('request')) as { inboxItemId: string }
    return respond(shop, refusal, {}, inboxItemId)
  }
  return [
    http.post(path, async ({ request, params }) => {
      settleTime(shop)
      const body = new Uint8Array(await request.arrayBuffer())
      if (params.webhookSecret !== webhookSecret) return respond(shop, refuse('unauthorized'))
      const signature = await verify(request.headers, body, signingSecret)
      if (signature === 'wrong') return respond(shop, refuse('unauthorized'))
      const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
      if (type !== 'application/json' && type !== FORM)
        return rejected(refuse('unsupported-media-type', { contentType: type.slice(0, 100) }))
      if (requireSignature && signature === 'unsigned') return respond(shop, refuse('unauthorized'), A_MINUTE)
      if (type === FORM) {
        const ignored = { id: shop.newId('inboxItem'), status: 'ignored' }
        return respond(shop, { status: 200, body: ignored }, A_MINUTE)
      }
      const answer = receive(shop, new TextDecoder().decode(body), shop.newId('request'), tell)
      const waitSeconds = preferredWait(request.headers.get('prefer'))
      const headers = {
        ...A_MINUTE,
        ...(answer.waited && waitSeconds > 0 ? { 'preference-applied': `wait=${waitSeconds}` } : {}),
      }
      if (!answer.atOnce && waitSeconds === 0)
        return respond(shop, { status: 202, body: unfinished(answer) }, headers)
      return 'refusal' in answer
        ? respond(shop, answer.refusal, headers, answer.inboxItemId)
        : respond(shop, { status: 200, body: answer.accepted }, headers)
    }),
    http.all(path, () => respond(shop, refuse('method-not-allowed'), { allow: 'POST' })),
  ]
}

/** What those hear who do not wait: it is stored. */
function unfinished(answer: DoorAnswer): components['schemas']['Accepted'] {
  if ('refusal' in answer) return { id: answer.inboxItemId, status: 'accepted' }
  const { id, lines } = answer.accepted
  const stored = lines?.map((line) =>
    line.status === 'rejected' || line.repeated
      ? line
      : { line: line.line, id: line.id!, status: 'accepted' as const },
  )
  return { id, status: 'accepted', ...(stored && { lines: stored }) }
}

/** One that is sent is always checked. */
async function verify(
  headers: Headers,
  body: Uint8Array,
  secret: string,
): Promise<'verified' | 'unsigned' | 'wrong'> {
  if (headers.has('webhook-signature'))
    return (await verifyWebhook({ headers, body, secrets: [secret] })).verified ? 'verified' : 'wrong'
  const signature = headers.get('x-signature')
  if (signature === null) return 'unsigned'
  return (await verifyBodySignature({ body, signature, secrets: [secret] })) ? 'verified' : 'wrong'
}

function preferredWait(prefer: string | null): number {
  const seconds = Number(/(?:^|[\s,;])wait=(\d{1,4})(?=$|[\s,;])/i.exec(prefer ?? '')?.[1] ?? 0)
  return Math.min(seconds, MOST_WAIT_S)
}
