import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { generateSecret, verifyWebhook } from '@tapline/signing'
import { verifyIdentity } from '@tapline/signing/identity'
import { expect, onTestFinished, test } from 'vitest'

const secret = generateSecret()

async function start(webhookUrl: string) {
  const child = spawn(process.execPath, ['--conditions=tapline-source', '--import', 'tsx', 'shop.ts'], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: {
      ...{
        PATH: process.env.PATH,
        PORT: '0',
        TAPLINE_WEBHOOK_URL: webhookUrl,
        TAPLINE_SIGNING_SECRET: secret,
      },
      ...{ TAPLINE_PUBLISHABLE_KEY: 'pk_of_the_test', TAPLINE_SHOPPER: 'anna@example.com' },
    },
  })
  onTestFinished(() => void child.kill())
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  while (!output.includes('Listening on ')) await once(child.stdout, 'data')
  return { url: /http:\S+/.exec(output)![0], output: () => output }
}

test('the page has its key, the shopper its token, and the order brings what was put aside', async () => {
  const arrived: { verified: boolean; payload: { discount?: string } }[] = []
  const tapline = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const { verified } = verifyWebhook({ headers: request.headers, body, secrets: [secret] })
      arrived.push({ verified, ...JSON.parse(body.toString()) })
      response.writeHead(200, { 'content-type': 'application/json' })
      // Whatever a page claims, 200 were put aside.
      const spent = arrived.at(-1)!.payload.discount === '200.00' ? '200.00' : '0.00'
      response.end(JSON.stringify({ id: 'inb_1', status: 'processed', result: { spent } }))
    })
  }).listen(0, '127.0.0.1')
  await once(tapline, 'listening')
  onTestFinished(() => void tapline.close())
  const origin = `http://127.0.0.1:${(tapline.address() as AddressInfo).port}`
  const { url, output } = await start(`${origin}/api/webhook/whk_1`)

  const page = await (await fetch(url)).text()
  expect(page).toContain(`src="${origin}/js/tapline-storefront.js"`)
  expect(page).toContain('data-key="pk_of_the_test"')
  const token = await (await fetch(`${url}/identity`)).text()
  expect(verifyIdentity({ token, secrets: [secret] })).toMatchObject({ verified: true })

  const form = {
    email: 'anna@example.com',
    tapline_reservation: 'BONUS7K3M9QXA',
    tapline_discount: '200.00',
    tapline_referral: 'ANNA7',
  }
  const ordered = await fetch(`${url}/order`, { method: 'POST', body: new URLSearchParams(form) })
  expect(await ordered.text()).toMatch(/Order \d+\. To pay: 1790\.00</)
  const forged = { ...form, tapline_discount: '1990.00' }
  const answer = await fetch(`${url}/order`, { method: 'POST', body: new URLSearchParams(forged) })
  expect(await answer.text()).toContain('To pay: 1990.00. The bonuses of this cart could not be used.')
  expect(arrived.slice(0, 1)).toMatchObject([
    {
      verified: true,
      payload: {
        amount: '1990.00',
        reservation: 'BONUS7K3M9QXA',
        discount: '200.00',
        referralCode: 'ANNA7',
        storefront: 'plain-html',
      },
    },
  ])
  expect(output()).toContain(': processed')
})
