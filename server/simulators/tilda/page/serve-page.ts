import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import type { Tilda } from '../tilda.ts'
import { pictureOf } from './picture.ts'
import { renderMembers, renderPayment, renderShop } from './render-page.ts'

const SCRIPTS = ['load', 'cart', 'promocode', 'forms', 'store', 'members', 'pay']
const read = (name: string) => readFileSync(new URL(name, import.meta.url))
const FILES = new Map([
  ['/page/tilda.css', { type: 'text/css', bytes: read('tilda.css') }],
  ...SCRIPTS.map((name): [string, { type: string; bytes: Buffer }] => [
    `/page/tilda-${name}.js`,
    { type: 'text/javascript', bytes: read(`tilda-${name}.js`) },
  ]),
])

/** The pages that visitors see, and what they load. */
export function servePage({ site, orders }: Tilda, path: string, response: ServerResponse): boolean {
  const send = (type: string, body: string | Buffer) => {
    response.writeHead(200, {
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': 'no-store',
      ...(site.policy !== null && { 'Content-Security-Policy': site.policy }),
    })
    response.end(body)
    return true
  }
  const file = FILES.get(path)
  if (file) return send(file.type, file.bytes)
  if (path === '/') return send('text/html', renderShop(site))
  if (path === '/members') return send('text/html', renderMembers(site))
  const order = orders.get(path.replace(/^\/pay\//, ''))
  if (order) return send('text/html', renderPayment(site, order))
  const product = site.products.find(({ uid }) => path === `/page/picture/${uid}.svg`)
  return product ? send('image/svg+xml', pictureOf(product.picture)) : false
}
