import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { POST } from './route.ts'

// What Next.js does for you: Node's request to the platform's Request, and back.
const server = createServer((incoming, outgoing) => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one)
  }
  const method = incoming.method ?? 'GET'
  const body = method === 'GET' || method === 'HEAD' ? undefined : Readable.toWeb(incoming)
  const request = new Request('http://127.0.0.1/', { method, headers, body, duplex: 'half' })
  POST(request).then(
    async (response) => outgoing.writeHead(response.status).end(await response.text()),
    (error) => {
      console.error(error)
      outgoing.writeHead(500).end()
    },
  )
})

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`Listening on http://127.0.0.1:${address?.port}`)
})
