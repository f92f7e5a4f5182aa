// A use of every export, compiled and run by tests/packages.int.test.ts against the packed package.
import {
  generateSecret,
  signBody,
  signIdentity,
  signRequest,
  signWebhook,
  verifyBodySignature,
  verifyWebhook,
  type VerifyWebhookResult,
} from '@tapline/signing'
import { receiveWebhook as receiveByExpress } from '@tapline/signing/express'
import { receiveWebhook as receiveByFastify } from '@tapline/signing/fastify'
import { receiveWebhook as receiveByFetch, type WebhookEvent } from '@tapline/signing/fetch'
import { verifyIdentity, type VerifyIdentityResult } from '@tapline/signing/identity'
import * as web from '@tapline/signing/web'

async function use(): Promise<void> {
  const secret = generateSecret()
  const secrets: readonly string[] = [secret, web.generateSecret()]
  const body = JSON.stringify({ type: 'order.paid', timestamp: '2026-11-21T10:00:00Z', data: {} })

  const sent = signWebhook({ id: 'evt_1', timestamp: new Date(), body, secrets })
  const result: VerifyWebhookResult = verifyWebhook({ headers: sent, body, secrets })
  check(result.verified && result.id === 'evt_1')
  check((await web.verifyWebhook({ headers: signRequest({ body, secrets }), body, secrets })).verified)
  check(
    (await web.signWebhook({ id: 'evt_1', timestamp: new Date(), body, secrets }))['webhook-id'] === 'evt_1',
  )

  check(verifyBodySignature({ body, signature: signBody({ body, secret }), secrets }))
  check(await web.verifyBodySignature({ body, signature: await web.signBody({ body, secret }), secrets }))

  const visitor: VerifyIdentityResult = verifyIdentity({
    token: signIdentity({ secret, externalId: '1' }),
    secrets,
  })
  check(visitor.verified && visitor.identity.externalId === '1')
  check(
    (await web.verifyIdentity({ token: await web.signIdentity({ secret, phone: '+7' }), secrets })).verified,
  )

  let received: WebhookEvent | undefined
  const handle = receiveByFetch({ secrets }, (event) => void (received = event))
  const headers = await web.signRequest({ body, secrets })
  const response = await handle(new Request('https://shop.example', { method: 'POST', headers, body }))
  check(response.status === 204 && received?.type === 'order.paid')

  check(receiveByExpress({ secrets }).length === 3)
  check(receiveByFastify({ url: '/tapline', secrets }, () => undefined).length === 1)
  console.log('ok')
}

function check(truth: boolean): void {
  if (!truth) throw new Error('not so')
}

void use()
