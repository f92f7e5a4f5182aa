import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { generateSecret, signRequest } from '@tapline/signing'
import { expect, onTestFinished, test } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))
const body = JSON.stringify({
  type: 'bonus.awarded',
  timestamp: '2026-11-21T10:00:00Z',
  data: { amount: '245.00' },
})

async function start(secret: string) {
  const child = spawn(process.execPath, ['--conditions=tapline-source', '--import', 'tsx', 'receiver.ts'], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0', TAPLINE_WEBHOOK_SECRET: secret },
  })
  onTestFinished(() => void child.kill())
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  while (!output.includes('Listening on ')) await once(child.stdout, 'data')
  return { url: /http:\S+/.exec(output)![0], output: () => output }
}

test('an event is received, a stranger is not', async () => {
  const secret = generateSecret()
  const { url, output } = await start(secret)
  const send = async (by: string) => {
    const headers = signRequest({ body, secrets: [by], id: 'evt_1' })
    const response = await fetch(url, { method: 'POST', headers, body })
    return `${response.status} ${await response.text()}`
  }
  expect(await send(secret)).toBe('204 ')
  expect(await send(secret)).toBe('204 ')
  expect(await send(generateSecret())).toBe('401 Unauthorized')
  await expect.poll(() => output()).toContain('turned a webhook away (no-matching-signature)')
  expect(output().match(/bonus\.awarded \{"amount":"245\.00"\}/g)).toHaveLength(1)
})
