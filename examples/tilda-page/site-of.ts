/** What the owner of a Tilda site enters: the snippet of the T123 block, and the webhook of the site's forms. */
export function siteOf({ url, publishableKey, webhookUrl, tildaApiKey }: Record<Setting, string>) {
  return {
    snippet: `<script async src="${url}/js/tapline-tilda.js" data-key="${publishableKey}"></script>`,
    membersSnippet: '<div data-tapline="account"></div>',
    webhook: {
      url: webhookUrl,
      form: 'C',
      products: 'objects',
      escaped: false,
      key: { name: 'Api-Key', value: tildaApiKey, place: 'header' },
    },
  }
}

const SETTINGS = {
  url: 'TAPLINE_URL',
  publishableKey: 'TAPLINE_PUBLISHABLE_KEY',
  webhookUrl: 'TAPLINE_WEBHOOK_URL',
  tildaApiKey: 'TAPLINE_TILDA_API_KEY',
} as const

type Setting = keyof typeof SETTINGS

/** The settings of the environment, or the names of those that it lacks. */
export function readSettings(
  environment: Record<string, string | undefined>,
): { settings: Record<Setting, string> } | { lacking: string[] } {
  const lacking = Object.values(SETTINGS).filter((name) => !environment[name])
  if (lacking.length > 0) return { lacking }
  const all = Object.entries(SETTINGS).map(([setting, name]) => [setting, environment[name]!])
  return { settings: Object.fromEntries(all) as Record<Setting, string> }
}
