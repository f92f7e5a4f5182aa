import type { Demo } from './demo.ts'

type Welcome = {
  url: string
  roles: readonly string[]
  /** The demo shop, beside it everything else. */
  shopUrl: string | undefined
  /** The page made with Tilda, alone. */
  tildaUrl: string | undefined
  simulatorUrl: string | undefined
  /** Of the simulated Todoist. */
  boardUrl: string | undefined
  simulatorToken: string | undefined
  boardToken: string | undefined
  /** Shown on the first start only. */
  operatorToken: string | undefined
  secretsFile: string | undefined
  /** Fresh at each start, so that the order to paste is a new one. */
  orderId: string
  demo:
    | (Demo & {
        keys: { webhookUrl: string; publishableKey: string; signingSecret: string; tildaApiKey: string }
      })
    | undefined
}

/** What a newcomer does next; every command in it works when pasted. */
export function welcome(settings: Welcome): string {
  const { url, roles, shopUrl, tildaUrl, simulatorUrl, boardUrl, simulatorToken, boardToken, operatorToken } =
    settings
  const { secretsFile, orderId, demo } = settings
  const lines = [
    '',
    `Tapline is running (${roles.join(', ')}).`,
    '',
    `  Server       ${url}  (the API, and the scripts of pages)`,
    `  Reference    ${url}/docs`,
    `  Ready?       ${url}/readyz`,
  ]
  if (shopUrl !== undefined)
    lines.splice(
      2,
      0,
      '',
      `  Open this    ${shopUrl}  (a demo shop, its customer's phone, the agents' board and the books)`,
    )
  if (shopUrl !== undefined) lines.push(`  Demo shop    ${shopUrl}/shop  (alone, on the storefront plugin)`)
  if (tildaUrl !== undefined) lines.push(`  Tilda        ${tildaUrl}  (a simulator: the page of a shop made with Tilda)`) // prettier-ignore
  if (simulatorUrl !== undefined)
    lines.push(
      `  Telegram     ${simulatorUrl}  (a simulator: a phone with the shop's bot, for Anna and Boris; the bot's token is ${simulatorToken})`,
    )
  if (boardUrl !== undefined)
    lines.push(
      `  Todoist      ${boardUrl}  (a simulator: the agents' board, on which Olga answers; what is written to the bot is a task here; the
               token of its account, which is Tapline's, is ${boardToken})`,
    )
  if (operatorToken !== undefined)
    lines.push('', `  Operator's token (also in ${secretsFile}):`, `    ${operatorToken}`)
  else if (secretsFile !== undefined) lines.push(`  Operator     the token is in ${secretsFile}`)
  if (demo !== undefined) {
    const { webhookUrl, publishableKey, signingSecret, tildaApiKey } = demo.keys
    const post = (body: object) =>
      `  curl -s -w '\\n' -H 'Content-Type: application/json' -H 'Prefer: wait=5' -d '${JSON.stringify(body)}' \\\n    ${webhookUrl}`
    lines.push(
      '',
      "The demo project's keys, as the programs of examples/ and your own want them:",
      `  export TAPLINE_URL=${url}`,
      `  export TAPLINE_WEBHOOK_URL=${webhookUrl}`,
      `  export TAPLINE_SIGNING_SECRET=${signingSecret}`,
      `  export TAPLINE_SECRET_KEY=${demo.secretKey}`,
      `  export TAPLINE_PUBLISHABLE_KEY=${publishableKey}`,
      `  export TAPLINE_TILDA_API_KEY=${tildaApiKey}`,
      '',
      '1. Register a customer who is reached in Telegram. In the phone, Anna links herself to it by sharing her number:',
      post({
        action: 'register_user',
        payload: {
          email: 'anna@example.com',
          phone: phoneOf(demo.telegramId),
          name: 'Anna',
          telegramId: demo.telegramId,
        },
      }),
      '',
      '2. Post an order, and see the bonuses in the answer:',
      post({ action: 'purchase', payload: { email: 'anna@example.com', amount: '4900.00', orderId } }),
      '',
      '3. Look the customer up:',
      `  curl -s -w '\\n' -H 'Authorization: Bearer ${demo.secretKey}' '${url}/v1/customers?email=anna@example.com'`,
      '',
      '4. See what happens as events, and send your own code one (--forward http://localhost:3000/tapline):',
      `  TAPLINE_URL=${url} TAPLINE_SECRET_KEY=${demo.secretKey} npm run -s tapline -- listen`,
    )
  }
  lines.push('', 'Stop with Ctrl-C. The data stays; the next start goes on with it.', '')
  return lines.join('\n')
}

/** The number that this person of the simulated Telegram shares. */
function phoneOf(telegramId: string): string {
  return `+7900${telegramId.padStart(7, '0')}`
}
