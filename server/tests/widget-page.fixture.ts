import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { components } from '@tapline/openapi'
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { openChatDesk, ORIGIN } from './chat-desk.fixture.ts'
import { startTapline } from './tapline.fixture.ts'

type Schemas = components['schemas']

/** A tool of the repository, no part of any package: used as such. */
const BUILD = new URL('../../scripts/build-bundles.mjs', import.meta.url).href
type Build = { buildBundles(folder: string): Promise<{ weights: Record<string, number> }> }

const CHROMIUM = '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM)
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] // prettier-ignore

interface ShopPage {
  /** Of the script tag, beside its key. */
  attributes?: string
  /** Before the script tag. */
  head?: string
  body?: string
  headers?: Record<string, string>
  /** Without the widget. */
  bare?: boolean
}

export type WidgetPages = Awaited<ReturnType<typeof openWidgetPages>>

/** A shop's pages on an origin of their own, with the widget as the server serves it, in a real browser. */
export async function openWidgetPages(settings: Partial<Schemas['ChatSettings']> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tapline-widget-'))
  const [{ weights }, browser] = await Promise.all([
    (import(BUILD) as Promise<Build>).then(({ buildBundles }) => buildBundles(folder)),
    chromium.launch({ executablePath: CHROMIUM, args: ARGS }),
  ])
  const tapline = await startTapline({ env: { TAPLINE_BUNDLES_DIRECTORY: folder } })
  const pages = new Map<string, ShopPage>()

  const shopServer = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://shop')
    const { attributes = '', head = '', body = '', headers = {}, bare = false } = pages.get(pathname) ?? {}
    const tag = `<script async src="${tapline.url}/js/tapline-chat.js" data-key="${desk.shop.publishableKey}" ${attributes}></script>`
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
    response.end(
      `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"><title>A shop</title>${head}${bare ? '' : tag}</head><body><main><h1>Shop</h1>${body}</main></body></html>`,
    )
  }).listen(0, '127.0.0.1')
  await once(shopServer, 'listening')
  const origin = `http://127.0.0.1:${(shopServer.address() as AddressInfo).port}`
  const desk = await openChatDesk(tapline, { allowedOrigins: [origin, ORIGIN], ...settings })
  const contexts: BrowserContext[] = []

  /** A browser with nothing in it, and what its pages complain of. */
  async function visit(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...options,
    })
    contexts.push(context)
    context.setDefaultTimeout(10_000)
    const complaints: string[] = []
    const requested: string[] = []
    context.on('request', (request) => requested.push(request.url()))
    context.on('weberror', (error) => complaints.push(error.error().message))
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    async function open(path = '/', shown: ShopPage = {}): Promise<Page> {
      pages.set(path, shown)
      const page = await context.newPage()
      await page.goto(origin + path)
      return page
    }
    return { context, complaints, requested, open }
  }

  return {
    ...{ tapline, desk, browser, origin, weights, visit, pages },
    async leave(): Promise<void> {
      for (const context of contexts.splice(0)) await context.close()
    },
    async stop(): Promise<void> {
      await browser.close()
      shopServer.closeAllConnections()
      shopServer.close()
      await tapline.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export const bubble = (page: Page) => page.locator('tapline-chat .bubble')
export const panel = (page: Page) => page.locator('tapline-chat .panel')
export const field = (page: Page) => page.locator('tapline-chat .line textarea')
export const said = (page: Page) => page.locator('tapline-chat .said').allTextContents()

/** Opens the chat and says something. */
export async function say(page: Page, text: string): Promise<void> {
  if (!(await panel(page).isVisible())) await bubble(page).click()
  await field(page).fill(text)
  await field(page).press('Enter')
}
