import type { Demo } from './demo.ts'

type Welcome = {
  url: string
  roles: readonly string[]
  simulatorUrl: string | undefined
  /** Shown on the first start only. */
  operatorToken: string | undefined
  secretsFile: string | undefined
  demo: (Demo & { webhookUrl: string }) | undefined
}

/** What a newcomer does next; every command in it works when pasted. */
export function welcome({ url, roles, simulatorUrl, operatorToken, secretsFile, demo }: Welcome): string {
  const lines = [
    '',
    `Tapline is running (${roles.join(', ')}).`,
    '',
    `  Reference    ${url}/docs`,
    `  Ready?       ${url}/readyz`,
  ]
  if (simulatorUrl !== undefined)
    lines.push(`  Telegram     ${simulatorUrl}  (a simulator: messages to customers arrive here)`)
  if (operatorToken !== undefined)
    lines.push('', `  Operator's token (also in ${secretsFile}):`, `    ${operatorToken}`)
  if (demo !== undefined) {
    const post = (body: object, query = '') =>
      `  curl -s -H 'Content-Type: application/json' ${query}-d '${JSON.stringify(body)}' \\\n    ${demo.webhookUrl}`
    lines.push(
      '',
      "The demo project's webhook address:",
      `  ${demo.webhookUrl}`,
      '',
      '1. Register a customer who is reached in Telegram:',
      post({
        action: 'register_user',
        payload: { email: 'anna@example.com', name: 'Anna', telegramId: demo.telegramId },
      }),
      '',
      '2. Post an order, and see the bonuses in the answer:',
      post(
        { action: 'purchase', payload: { email: 'anna@example.com', amount: '4900.00', orderId: '1001' } },
        "-H 'Prefer: wait=5' ",
      ),
      '',
      '3. Look the customer up:',
      `  curl -s -H 'Authorization: Bearer ${demo.secretKey}' '${url}/v1/customers?email=anna@example.com'`,
    )
  }
  lines.push('', 'Stop with Ctrl-C. The data stays; the next start goes on with it.', '')
  return lines.join('\n')
}
