import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { createTapline } from '@tapline/client'
import { signIdentity } from '@tapline/signing'

const {
  TAPLINE_WEBHOOK_URL: webhookUrl,
  TAPLINE_SIGNING_SECRET: secret,
  TAPLINE_PUBLISHABLE_KEY: key,
  TAPLINE_SHOPPER: shopper = '',
  PORT = '3000',
} = process.env
if (!webhookUrl || !secret || !key) {
  console.error(
    'Set TAPLINE_WEBHOOK_URL, TAPLINE_SIGNING_SECRET and TAPLINE_PUBLISHABLE_KEY: all are in the answer that created the project.',
  )
  process.exit(2)
}

const PRICE = 1990
const MOST_LETTERS = 10_000
const door = createTapline({ webhookUrl, signingSecrets: [secret] })
const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const page = read('shop.html')
  .replaceAll('{{url}}', new URL(webhookUrl).origin)
  .replaceAll('{{key}}', key)
  .replaceAll('{{email}}', shopper)
let orders = Date.now()

/** The price is the shop's, and what bonuses take off is Tapline's word: a page may claim anything of both. */
async function order(form: URLSearchParams): Promise<string> {
  const orderId = String(++orders)
  const brought = (name: string) => form.get(name) ?? undefined
  const [email, reservation] = [brought('email'), brought('tapline_reservation')]
  const [discount = '0.00', referralCode] = [brought('tapline_discount'), brought('tapline_referral')]
  const told = await door
    .purchase(
      {
        ...{ orderId, email: email ?? '', amount: `${PRICE}.00`, storefront: 'plain-html' },
        items: [{ sku: 'MUG-1', name: 'Mug, sand', price: `${PRICE}.00`, quantity: 1 }],
        ...(reservation !== undefined && { reservation, discount }),
        ...(referralCode !== undefined && { referralCode }),
      },
      { waitSeconds: 5 },
    )
    .catch(() => undefined)
  const result = told?.data?.result
  console.log(`Order ${orderId}: ${told?.error?.code ?? told?.data?.status ?? 'not told'}`)
  // The shop sells whatever becomes of the bonuses; nobody is charged before it is known what they have paid for.
  if (reservation === undefined) return `Order ${orderId}. To pay: ${PRICE}.00`
  if (result === undefined)
    return `Order ${orderId}. Your bonuses are still being looked at: we will write what there is to pay.`
  const spent = Number(result.spent ?? 0)
  const toPay = `Order ${orderId}. To pay: ${(PRICE - spent).toFixed(2)}`
  return spent === Number(discount) ? toPay : `${toPay}. The bonuses of this cart could not be used.`
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > MOST_LETTERS) throw new Error('The order is too long.')
  }
  return new URLSearchParams(text)
}

const server = createServer((request, response) => {
  const answer = (status: number, type: string, text: string) =>
    response
      .writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
      .end(text)
  const route = `${request.method} ${request.url}`
  if (route === 'GET /') answer(200, 'text/html', page)
  else if (route === 'GET /shop.css') answer(200, 'text/css', read('shop.css'))
  // In earnest whoever the session's cookie says. Nobody is signed in: no token, and Telegram is offered.
  else if (route === 'GET /identity')
    answer(200, 'text/plain', shopper && signIdentity({ secret, email: shopper }))
  else if (route === 'POST /order')
    void bodyOf(request)
      .then(order)
      .then((words) =>
        answer(200, 'text/html', `<!doctype html><title>Thank you</title><h1>Thank you</h1><p>${words}</p>`),
      )
      .catch(() => answer(400, 'text/plain', 'The order could not be read.'))
  else answer(404, 'text/plain', 'Not found')
}).listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`Listening on http://127.0.0.1:${address?.port}`)
})
