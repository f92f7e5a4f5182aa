import type { IncomingMessage, ServerResponse } from 'node:http'
import { usablePromoCode } from './promo-codes.ts'
import { readBody } from './read-body.ts'
import { payOrder, takeOrder } from './take-order.ts'
import type { Tilda } from './tilda.ts'

/** What Tilda's own servers answer to its pages: forms, promo codes, prices, payment. */
export async function serveSite(
  tilda: Tilda,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const answer = SERVED.find(({ path }) => path.test(url.pathname))?.answer
  if (!answer || request.method !== 'POST') return false
  const { pathname: path } = url
  const body = await readBody(request)
  const call = { at: tilda.clock.now(), method: 'POST', path, body }
  const { delayMs, effect } = tilda.faults.take(path) ?? {}
  if (delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, delayMs))
  if (effect === 'drop') {
    tilda.calls.push({ ...call, status: undefined })
    response.destroy()
    return true
  }
  const status = effect?.status ?? 200
  const result = effect ? (effect.body ?? {}) : answer(tilda, body, path)
  tilda.calls.push({ ...call, status })
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(result))
  return true
}

const SERVED: Array<{ path: RegExp; answer: (tilda: Tilda, body: string, path: string) => unknown }> = [
  { path: /^\/procces\/$/, answer: (tilda, body) => takeOrder(tilda, new URLSearchParams(body)) },
  {
    path: /^\/promocode\/$/,
    answer(tilda, body) {
      const { code, discountsum, discountpercent } =
        usablePromoCode(tilda, new URLSearchParams(body).get('promocode') ?? '') ?? {}
      if (code === undefined) return { error: 'Промокод не найден' }
      return { promocode: code, discountsum, discountpercent, message: 'OK' }
    },
  },
  {
    path: /^\/api\/getpriceproducts\/$/,
    answer: ({ site }, body) => ({
      products: (JSON.parse(body) as { uids: string[] }).uids.map((uid) => {
        const product = site.products.find((each) => each.uid === uid)
        return product ? { uid, price: product.price } : { uid, error: 'NOT_FOUND_PRODUCT' }
      }),
    }),
  },
  {
    path: /^\/pay\/\d{10}$/,
    answer: (tilda, _body, path) => ({ paid: payOrder(tilda, path.slice('/pay/'.length)).paid }),
  },
]
