import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { readSettings, siteOf } from './site-of.ts'

const read = readSettings(process.env)
if ('lacking' in read) {
  console.error(`Set ${read.lacking.join(', ')} first: the README says where they are.`)
  process.exit(1)
}
const site = join(mkdtempSync(join(tmpdir(), 'tilda-page-')), 'site.json')
writeFileSync(site, JSON.stringify(siteOf(read.settings)))

// The stand-in for Tilda is a program of its own, and stops with this one.
const simulator = fileURLToPath(new URL('../../server/simulators/tilda/main.ts', import.meta.url))
const port = process.env.PORT ?? '8090'
const shop = spawn(process.execPath, [...process.execArgv, simulator, '--port', port, '--site', site], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
// It says where it is as programs do.
createInterface(shop.stdout).once('line', (line) => {
  const { url } = JSON.parse(line) as { url: string }
  console.log(`The shop is open: ${url}`)
  console.log(`Its origin has to be allowed: PUT /v1/chat-settings { "allowedOrigins": ["${url}"] }`)
})
shop.on('exit', (code) => {
  if (code) console.error(`The shop did not stay. If port ${port} is taken, PORT takes another.`)
  process.exit(code ?? 1)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => shop.kill(signal))
