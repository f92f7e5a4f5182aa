import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'

const CHROMIUM = '/usr/bin/chromium'

test.skipIf(!existsSync(CHROMIUM))(
  'the checkout says what it earns, and sells when nobody answers',
  async () => {
    let isUp = true
    const api = createServer((request, response) => {
      if (!isUp) return void request.socket.destroy()
      const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
      response.writeHead(200, { ...headers, 'content-type': 'application/json' })
      let text = ''
      request.on('data', (chunk) => (text += String(chunk)))
      request.on('end', () => {
        const { amount = '0' } = (text === '' ? {} : JSON.parse(text)) as { amount?: string }
        response.end(JSON.stringify({ earned: String(Number(amount) / 10), spend: { most: '0.00' } }))
      })
    }).listen(0, '127.0.0.1')
    await once(api, 'listening')
    const child = spawn(process.execPath, ['--conditions=tapline-source', '--import', 'tsx', 'serve.ts'], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: {
        ...{ PATH: process.env.PATH, PORT: '0', TAPLINE_PUBLISHABLE_KEY: 'pk_of_the_test' },
        TAPLINE_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
      },
    })
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu'],
    })
    onTestFinished(async () => {
      await browser.close()
      child.kill()
      api.close()
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    while (!output.includes('Listening on ')) await once(child.stdout, 'data')

    const page = await browser.newPage()
    await page.goto(/http:\S+/.exec(output)![0])
    await page.getByText('+199 bonuses for this order').waitFor()
    await page.getByText('One more').click()
    await page.getByText('+398 bonuses for this order').waitFor()
    expect(await page.getByText('Pay with bonuses').isVisible()).toBe(true)
    isUp = false
    await page.reload()
    await page.getByText('To pay: 1990.00 − 0.00').waitFor()
    expect(await page.getByText('bonuses').count()).toBe(0)
  },
)
