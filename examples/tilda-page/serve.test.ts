import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const start = (env: Record<string, string>) =>
  spawn(process.execPath, ['--import', 'tsx', 'serve.ts'], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: process.env.PATH, PORT: '0', ...env },
  })
const said = (stream: NodeJS.ReadableStream, pattern: RegExp) =>
  new Promise<string>((resolve) => {
    let text = ''
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const [found] = pattern.exec(text) ?? []
      if (found) resolve(found)
    })
  })

it('serves a shop with the snippet, and says what it lacks', async () => {
  const shop = start({
    TAPLINE_URL: 'https://bonus.example.com',
    TAPLINE_PUBLISHABLE_KEY: 'pk_1',
    TAPLINE_WEBHOOK_URL: 'https://bonus.example.com/api/webhook/wh_1',
    TAPLINE_TILDA_API_KEY: 'key',
  })
  const lacking = start({ TAPLINE_URL: 'https://bonus.example.com' })
  try {
    const [url, complaint] = await Promise.all([
      said(shop.stdout, /(?<=^The shop is open: )http:\S+$/m),
      said(lacking.stderr, /Set .*first/),
    ])
    expect(await (await fetch(url)).text()).toContain(
      '<script async src="https://bonus.example.com/js/tapline-tilda.js" data-key="pk_1"></script>',
    )
    expect(complaint).toBe('Set TAPLINE_PUBLISHABLE_KEY, TAPLINE_WEBHOOK_URL, TAPLINE_TILDA_API_KEY first')
  } finally {
    shop.kill()
    lacking.kill()
  }
})
