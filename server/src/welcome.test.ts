import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { welcome } from './welcome.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

it('registers whom the phone can link, and says where everything is', () => {
  const text = welcome({
    url: 'http://127.0.0.1:8080',
    roles: ['api'],
    shopUrl: 'http://127.0.0.1:8083',
    tildaUrl: 'http://127.0.0.1:8084',
    simulatorUrl: 'http://127.0.0.1:8081',
    boardUrl: 'http://127.0.0.1:8082',
    simulatorToken: 'token-of-the-bot',
    boardToken: 'token-of-the-owner',
    operatorToken: undefined,
    secretsFile: undefined,
    orderId: '1',
    demo: {
      projectId: 'prj_1',
      secretKey: 'sk_1',
      telegramId: '1001',
      keys: {
        ...{ webhookUrl: 'http://127.0.0.1:8080/w', publishableKey: 'pk_1' },
        ...{ signingSecret: 'whsec_1', tildaApiKey: 'tilda_1' },
      },
    },
  })
  const named = [...readme.matchAll(/^\| .+ \| <(http:[^>]+)> \| `\w*PORT` \|$/gm)].map(([, url]) => url)
  expect(named.filter((address) => text.includes(` ${address}  (`))).toEqual(named)
  expect(named).toHaveLength(5)
  // What the simulator gives to person 1001.
  expect(text).toContain('"phone":"+79000001001"')
  expect(text).toContain('token-of-the-bot')
  expect(text).toContain('token-of-the-owner')
  expect(text).toContain('export TAPLINE_SIGNING_SECRET=whsec_1\n')
  expect(text).toContain('export TAPLINE_TILDA_API_KEY=tilda_1\n')
})
