import { createChat } from '@tapline/chat'
import { WebSocket } from 'ws'

const [, , url = 'http://127.0.0.1:8080', origin = 'https://shop.example.com'] = process.argv
const { TAPLINE_PUBLISHABLE_KEY: publishableKey, TAPLINE_SECRET_KEY: secretKey } = process.env
if (!publishableKey || !secretKey) {
  console.error(
    'Set TAPLINE_PUBLISHABLE_KEY and TAPLINE_SECRET_KEY: both are in the answer that created the project.',
  )
  process.exit(2)
}

const visitor = createChat({
  url,
  publishableKey,
  name: 'Anna',
  webSocket: WebSocket,
  // What a browser adds by itself.
  fetch: (address, init) => fetch(address, { ...init, headers: { ...(init.headers as object), origin } }),
})
const bot = createChat({
  url,
  session: async () => ({ token: secretKey }),
  follow: 'project',
  webSocket: WebSocket,
})

bot.on('message', ({ message }) => {
  if (message.sender?.kind === 'visitor') bot.send(message.conversationId, `You said: ${message.text}`)
})
const answered = new Promise<void>((resolve) => {
  visitor.on('message', ({ message }) => {
    console.log(`${message.sender?.kind}: ${message.text}`)
    if (message.sender?.kind === 'bot') resolve()
  })
})

await Promise.all([visitor.connect(), bot.connect()])
const { id } = await visitor.startConversation()
await visitor.send(id, 'Where is my order?').stored
await answered
visitor.disconnect()
bot.disconnect()
