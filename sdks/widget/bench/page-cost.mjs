// What the widget costs a page: the same page with and without it, turn about, in Chromium whose CPU is slowed down four times.
// node sdks/widget/bench/page-cost.mjs [turns]
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

// A tool of the repository, no part of any package.
const { buildBundles } = await import(new URL('../../../scripts/build-bundles.mjs', import.meta.url).href)

const TURNS = Number(process.argv[2] ?? 9)
const SLOWDOWN = 4
const LONG_MS = 50
const SETTLE_MS = 3_500

const PAGE = {
  ...{ name: 'Shop', locale: 'en', currency: 'RUB', widget: {}, telegram: true },
  chat: { open: true, changesAt: null, requireIdentity: false, maxAttachmentBytes: 1e6 },
  bonuses: { percent: 5, maxSpendPercent: 30, spending: 'off', nominals: [] },
}
// A page of a shop: many things with pictures, and a script that is busy itself.
const BODY =
  '<p><b>A thing</b> <i>for the house</i> <button>Buy</button></p>'.repeat(400) +
  '<script>for (let turn = 0; turn < 6; turn++) setTimeout(() => { const until = performance.now() + 15; while (performance.now() < until); }, turn * 120)</script>'
const WATCH = `<script>window.seen = { shift: 0, long: [] }
new PerformanceObserver((list) => list.getEntries().forEach((one) => (seen.shift += one.value))).observe({ type: 'layout-shift', buffered: true })
new PerformanceObserver((list) => list.getEntries().forEach((one) => seen.long.push(one.duration))).observe({ type: 'longtask', buffered: true })</script>`

const folder = await mkdtemp(join(tmpdir(), 'tapline-page-cost-'))
const { weights } = await buildBundles(folder)
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://page')
  const anywhere = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
  if (pathname === '/v1/page')
    return response
      .writeHead(200, { 'content-type': 'application/json', ...anywhere })
      .end(JSON.stringify(PAGE))
  if (pathname.startsWith('/js/')) {
    const zipped = await readFile(join(folder, `${pathname.slice(4)}.gz`))
    const headers = { 'content-type': 'text/javascript', 'content-encoding': 'gzip', ...anywhere }
    return response.writeHead(200, headers).end(zipped)
  }
  const tag = pathname === '/with' ? '<script async src="/js/tapline-chat.js" data-key="pk_1"></script>' : ''
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end(
    `<!doctype html><html lang="en"><head><title>Shop</title>${WATCH}${tag}</head><body>${BODY}</body></html>`,
  )
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const origin = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})

async function load(path) {
  const page = await browser.newPage({ viewport: { width: 360, height: 720 } })
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  const events = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  await session.send('Tracing.start', { categories: 'devtools.timeline', transferMode: 'ReportEvents' }) // prettier-ignore
  await page.goto(origin + path, { waitUntil: 'load' })
  await page.waitForTimeout(SETTLE_MS)
  if (path === '/with') await page.locator('tapline-chat .bubble').waitFor()
  const { shift, long } = await page.evaluate('seen')
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await done
  await page.close()
  return {
    shift,
    long,
    blocking: long.reduce((sum, ms) => sum + Math.max(0, ms - LONG_MS), 0),
    ...costOf(events),
  }
}

/** Of the main thread, what runs for the widget's script: compiled, evaluated and called, each stretch counted once. */
function costOf(events) {
  const isOurs = ({ args: { data = {}, fileName = '' } = {} }) =>
    [data.url, data.scriptName, fileName, data.stackTrace?.[0]?.url].some((url) =>
      String(url).includes('/js/tapline-chat'),
    )
  const ours = events
    .filter(
      (event) =>
        event.ph === 'X' &&
        ['EvaluateScript', 'FunctionCall', 'v8.compile'].includes(event.name) &&
        isOurs(event),
    ) // prettier-ignore
    .sort((one, other) => one.tts - other.tts)
  let until = 0
  let total = 0
  let longest = 0
  // The time of the thread, not of the clock: the machine may be busy with others.
  for (const { tts: ts, tdur: dur = 0 } of ours) {
    const own = Math.max(0, ts + dur - Math.max(ts, until))
    total += own
    longest = Math.max(longest, own)
    until = Math.max(until, ts + dur)
  }
  return { scriptMs: total / 1_000, longestMs: longest / 1_000 }
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]
const runs = { '/without': [], '/with': [] }
await load('/with')
for (let turn = 0; turn < TURNS; turn++)
  for (const path of turn % 2 ? ['/with', '/without'] : ['/without', '/with'])
    runs[path].push(await load(path))

const of = (path, name) => median(runs[path].map((run) => run[name]))
const most = (path, name) => Math.max(...runs[path].map((run) => run[name]))
const row = (what, value) => console.log(what.padEnd(58), value)
row(`loader, main thread at ${SLOWDOWN}x slowdown, median (most), ms`, `${of('/with', 'scriptMs').toFixed(1)} (${most('/with', 'scriptMs').toFixed(1)})`) // prettier-ignore
row('longest stretch of it, median (most), ms', `${of('/with', 'longestMs').toFixed(1)} (${most('/with', 'longestMs').toFixed(1)})`) // prettier-ignore
row('layout shift without / with, most', `${most('/without', 'shift')} / ${most('/with', 'shift')}`)
row('blocking time without / with, median, ms', `${of('/without', 'blocking').toFixed(1)} / ${of('/with', 'blocking').toFixed(1)}`) // prettier-ignore
row('long tasks without / with, median count', `${median(runs['/without'].map(({ long }) => long.length))} / ${median(runs['/with'].map(({ long }) => long.length))}`) // prettier-ignore
for (const [name, bytes] of Object.entries(weights)) row(name, `${(bytes / 1_000).toFixed(2)} kB gzip`)

await browser.close()
server.closeAllConnections()
server.close()
await rm(folder, { recursive: true, force: true })
