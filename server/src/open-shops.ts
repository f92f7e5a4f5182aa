import { isRefusal } from './kernel/refusal.ts'
import type { App } from './app.ts'
import type { Config } from './config.ts'
import type { Demo } from './demo.ts'
import { hasShops, startShop, startTildaSite, type Infrastructure } from './infrastructure.ts'

type Dependencies = {
  app: App
  demo: Demo
  config: Pick<Config, 'shopPort' | 'tildaSitePort' | 'dataDirectory'>
  simulators: Infrastructure['simulators']
}

/** Where the programs of `examples/` are, when they are started as their READMEs say. */
const EXAMPLES = ['http://127.0.0.1:3000', 'http://127.0.0.1:8090']

/** Of a project that has chosen none. */
const USUAL_COLOUR = '#1f6feb'
/** Of the demo shop's own buttons. */
const SHOP_COLOUR = '#2d6a4f'

/** The demo's two shops, where they are: one on the storefront plugin, one made with Tilda. Their pages are let in. */
export async function openShops({ app, demo, config, simulators }: Dependencies) {
  const { projectId, secretKey } = demo
  const secretOf = async (kind: Parameters<App['projects']['liveSecrets']>[1]): Promise<string> => {
    const [live] = await app.projects.liveSecrets(projectId, kind)
    if (live === undefined) throw new Error(`The demo project has no ${kind}`)
    return live.value
  }
  const apiUrl = app.url()
  const publishableKey = await secretOf('publishable-key')
  const webhookUrl = app.projects.webhookUrl(await secretOf('webhook-secret'))
  const [signingSecret, tildaApiKey] = await Promise.all([
    secretOf('signing-secret'),
    secretOf('tilda-api-key'),
  ])
  const keys = { webhookUrl, publishableKey, signingSecret, tildaApiKey }
  if (!hasShops) return { keys, url: undefined, tildaUrl: undefined, stop: () => Promise.resolve() }
  const script = (name: string) =>
    `<script async src="${apiUrl}/js/${name}" data-key="${publishableKey}"></script>`
  const tilda = await startTildaSite(config.tildaSitePort, config.dataDirectory, {
    snippet: script('tapline-tilda.js') + script('tapline-chat.js'),
    membersSnippet: `<div data-tapline="account"></div>${script('tapline-tilda.js')}`,
    webhook: {
      ...{ url: webhookUrl, form: 'C', products: 'objects', escaped: false },
      key: { name: 'Api-Key', value: tildaApiKey, place: 'header' },
    },
  })
  const shop = await startShop(config.shopPort, {
    ...{ apiUrl, publishableKey, secretKey, webhookUrl },
    identitySecret: signingSecret,
    telegramUrl: simulators.telegram?.url ?? null,
    todoistUrl: simulators.todoist?.url ?? null,
    tildaUrl: tilda.url,
  })
  await letIn(app, projectId, [shop.url, tilda.url, ...EXAMPLES])
  await paint(app, projectId)
  return {
    keys,
    url: shop.url,
    tildaUrl: tilda.url,
    async stop(): Promise<void> {
      await Promise.all([shop.stop(), tilda.stop()])
    },
  }
}

/** Beside the pages that the project's owner let in. */
async function letIn(app: App, projectId: string, origins: readonly string[]): Promise<void> {
  const settings = await app.chat.settings.of(projectId)
  const allowedOrigins = [...new Set([...settings.allowedOrigins, ...origins])]
  const refused = await app.chat.settings.put(projectId, { ...settings, allowedOrigins })
  if (isRefusal(refused)) throw new Error(`The pages of the demo were refused: ${refused.refused}`)
}

/** In the shop's green, unless the project's owner has chosen a colour. */
async function paint(app: App, projectId: string): Promise<void> {
  const settings = await app.chat.pageSettings.of(projectId)
  const { widget } = settings
  if (widget.colour !== USUAL_COLOUR) return
  const refused = await app.chat.pageSettings.put(projectId, {
    ...settings,
    widget: { ...widget, colour: SHOP_COLOUR },
  })
  if (isRefusal(refused)) throw new Error(`The colour of the demo was refused: ${refused.refused}`)
}
