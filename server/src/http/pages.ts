import { createRequire } from 'node:module'
import express, { type Router } from 'express'
import type { Contract } from './serve-contract.ts'
import type { Tellings } from './problem.ts'

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src blob:; base-uri 'none'; frame-ancestors 'none'"

/** What people read: the reference, the document itself, and what each problem code means. Nothing comes from elsewhere. */
export function pages({ contract, tellings }: { contract: Contract; tellings: Tellings }): Router {
  const router = express.Router()
  const redoc = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js')
  const document = JSON.stringify(contract)

  router.get('/openapi.json', (_request, response) => void response.type('application/json').send(document))
  router.get(
    '/',
    (_request, response) =>
      void response.setHeader('content-security-policy', PAGE_POLICY).type('html').send(FRONT),
  )
  router.get(
    '/docs',
    (_request, response) =>
      void response.setHeader('content-security-policy', PAGE_POLICY).type('html').send(REFERENCE),
  )
  router.get(
    '/docs/redoc.js',
    (_request, response) =>
      void response
        .setHeader('cache-control', 'public, max-age=86400')
        .sendFile(redoc, { dotfiles: 'allow' }),
  )
  router.get('/docs/start.js', (_request, response) => void response.type('js').send(START))
  router.get(
    '/docs/problems',
    (_request, response) =>
      void response.setHeader('content-security-policy', PAGE_POLICY).type('html').send(problems(tellings)),
  )
  return router
}

const REFERENCE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tapline reference</title>
<style>body { margin: 0; font-family: system-ui, sans-serif }</style>
<div id="reference"><p style="padding: 2rem">Loading the reference … The document itself is at <a href="/openapi.json">/openapi.json</a>.</p></div>
<script src="/docs/redoc.js"></script>
<script src="/docs/start.js"></script>
</html>`

const FRONT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tapline</title>
<style>
  body { font: 17px/1.6 system-ui, sans-serif; margin: 3rem auto; max-width: 38rem; padding: 0 1rem; color: #1b1f24 }
  li { margin: .3rem 0 } @media (prefers-color-scheme: dark) { body { background: #15181c; color: #e6e8eb } a { color: #7db3ff } }
</style>
<h1>Tapline</h1>
<p>Loyalty bonuses, live chat and a support desk for shops, behind one API.</p>
<ul>
  <li><a href="/docs">Reference</a> of the API, and the <a href="/openapi.json">OpenAPI document</a>
  <li><a href="/docs/problems">Problem codes</a> and what to do about each
  <li><a href="/readyz">Is it ready?</a> · <a href="/metrics">Metrics</a>
</ul>
<p>The terminal in which it was started shows the demo project's address and a first order to send.</p>
</html>`

const START = `Redoc.init('/openapi.json', {
  disableSearch: false, hideDownloadButton: false, expandResponses: '200,201,202',
  theme: { typography: { fontFamily: 'system-ui, sans-serif', headings: { fontFamily: 'system-ui, sans-serif' } } },
}, document.getElementById('reference'))`

function problems(tellings: Tellings): string {
  const rows = Object.entries(tellings)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(
      ([code, { status, detail }]) =>
        `<tr id="${code}"><td><code>${code}</code><td>${status}<td>${detail.en}<br><small lang="ru">${detail.ru}</small></tr>`,
    )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tapline: problem codes</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1b1f24 }
  table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top; padding: .5rem; border-bottom: 1px solid #ddd }
  tr:target { background: #fff6d6 } small { color: #5b6470 } code { overflow-wrap: anywhere }
  @media (max-width: 40rem) { table, tbody, tr, td { display: block; padding: .1rem 0; border: 0 } th { display: none } tr { padding: .6rem 0; border-bottom: 1px solid #ddd } }
  @media (prefers-color-scheme: dark) { body { background: #15181c; color: #e6e8eb } td, th { border-color: #333 } tr:target { background: #3a3315 } small { color: #9aa4b0 } a { color: #7db3ff } }
</style>
<h1>Problem codes</h1>
<p>Every error is an <code>application/problem+json</code> document with one of these in <code>code</code>. See the <a href="/docs">reference</a>.</p>
<table><tr><th>code<th>status<th>what it says</tr>${rows.join('')}</table>
</html>`
}
