import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { generateSecret, verifyWebhook, type VerifyWebhookResult } from '@tapline/signing'
import { expect, onTestFinished, test } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))

function run(args: string[], settings: Record<string, string>) {
  const child = spawn('npm', ['start', '--silent', '--', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...settings },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  return once(child, 'close').then(([status]) => ({ status: status as number, output }))
}

test('the order arrives at the door, signed over its bytes', async () => {
  const secret = generateSecret()
  const arrived: { result: VerifyWebhookResult; order: unknown }[] = []
  const door = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const result = verifyWebhook({ headers: request.headers, body, secrets: [secret] })
      arrived.push({ result, order: JSON.parse(body.toString()) })
      response.writeHead(result.verified ? 200 : 401).end('{"status":"processed"}')
    })
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
  onTestFinished(() => void door.close())

  const settings = {
    TAPLINE_WEBHOOK_URL: `http://127.0.0.1:${(door.address() as AddressInfo).port}/api/webhook/whk_1`,
    TAPLINE_SIGNING_SECRET: secret,
  }
  expect(await run(['1002', '4900.00'], settings)).toEqual({
    status: 0,
    output: '200 {"status":"processed"}\n',
  })
  const payload = { email: 'anna@example.com', amount: '4900.00', orderId: '1002' }
  expect(arrived).toMatchObject([
    { result: { verified: true, secretIndex: 0 }, order: { action: 'purchase', payload } },
  ])
})

test('without its settings it says which ones', async () => {
  const { status, output } = await run([], {})
  expect(status).toBe(2)
  expect(output).toContain('Set TAPLINE_WEBHOOK_URL and TAPLINE_SIGNING_SECRET')
})
