import { receiveWebhook } from '@tapline/signing/express'
import express from 'express'

const { TAPLINE_WEBHOOK_SECRET: secret, PORT = '3000' } = process.env
if (!secret) {
  console.error('Set TAPLINE_WEBHOOK_SECRET: it is in the answer that made the webhook endpoint.')
  process.exit(2)
}

// In earnest a unique column of your database, written in the same transaction as the effect.
const seen = new Set<string>()

const app = express()
// Above express.json(): what is signed are the bytes.
app.post(
  '/tapline',
  receiveWebhook({ secrets: [secret] }, (event, { id }) => {
    if (seen.has(id)) return
    seen.add(id)
    console.log(`${event.type} ${JSON.stringify(event.data)}`)
  }),
)
app.use(express.json())

const server = app.listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`Listening on http://127.0.0.1:${address?.port}/tapline`)
})
