import { signRequest } from '@tapline/signing'

const [, , orderId = '1001', amount = '4900.00'] = process.argv
const { TAPLINE_WEBHOOK_URL: address, TAPLINE_SIGNING_SECRET: secret } = process.env
if (!address || !secret) {
  console.error(
    'Set TAPLINE_WEBHOOK_URL and TAPLINE_SIGNING_SECRET: both are in the answer that created the project.',
  )
  process.exit(2)
}

const body = JSON.stringify({ action: 'purchase', payload: { email: 'anna@example.com', amount, orderId } })

// A try again is signed again, over the same bytes: the order's own id keeps it from counting twice.
const signature = signRequest({ body, secrets: [secret] })

const response = await fetch(address, {
  method: 'POST',
  headers: { 'content-type': 'application/json', prefer: 'wait=5', ...signature },
  body,
})
console.log(response.status, await response.text())
process.exitCode = response.ok ? 0 : 1
