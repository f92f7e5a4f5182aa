import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const { TAPLINE_URL: url, TAPLINE_PUBLISHABLE_KEY: key, PORT = '3000' } = process.env
if (!url || !key) {
  console.error('Set TAPLINE_URL and TAPLINE_PUBLISHABLE_KEY.')
  process.exit(2)
}

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('shop.tsx', import.meta.url))],
  conditions: ['tapline-source'],
  define: { 'process.env.NODE_ENV': '"production"' },
  ...{ bundle: true, minify: true, write: false, format: 'esm', target: 'es2022', jsx: 'automatic' },
})
const script = outputFiles[0]!.text
const page = `<!doctype html><html lang="en"><title>Clay &amp; Co</title>
<body data-url="${url}" data-key="${key}"><div id="shop"></div><script type="module" src="/shop.js"></script></body></html>`

const server = createServer((request, response) => {
  const [type, text] = request.url === '/shop.js' ? ['text/javascript', script] : ['text/html', page]
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(text)
}).listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`Listening on http://127.0.0.1:${address?.port}`)
})
