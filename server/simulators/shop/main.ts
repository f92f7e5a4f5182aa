import { parseArgs } from 'node:util'
import type { ShopSettings } from './settings.ts'
import { startShop } from './start-shop.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })

// Keys come as a message: what stands among the arguments is seen by every process of the machine.
process.once('message', (settings: ShopSettings) => {
  startShop(settings, { port: Number(values.port) }).then(
    (shop) => {
      const stop = () => void shop.stop().then(() => process.exit(0))
      process.once('SIGTERM', stop)
      process.once('SIGINT', stop)
      console.log(JSON.stringify({ url: shop.url }))
    },
    (error: unknown) => {
      console.error((error as Error).message)
      process.exit(1)
    },
  )
})
process.once('disconnect', () => process.exit(0))
