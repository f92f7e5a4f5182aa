import { receiveWebhook } from '@tapline/signing/fetch'

// In Next.js this file is app/api/tapline/route.ts. In Hono: app.post('/api/tapline', (c) => POST(c.req.raw)).
export const POST = receiveWebhook({ secrets: [process.env.TAPLINE_WEBHOOK_SECRET!] }, (event, { id }) => {
  console.log(`${id} ${event.type} ${JSON.stringify(event.data)}`)
})
