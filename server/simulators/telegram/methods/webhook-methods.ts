import { accept, badRequest, refuse, type Refused } from '../answer.ts'
import type { WebhookTarget } from '../webhook-target.ts'
import { applyAllowedUpdates } from './allowed-updates.ts'
import { integer, isTrue, type Method } from './method.ts'

const PORTS = ['', '443', '80', '88', '8443']
const SET_EVERY_MS = 1000

export const setWebhook: Method = (call) => {
  const { telegram, bot, parameters } = call
  const url = String(parameters.url ?? '').trim()
  if (url === '') return deleteWebhook(call)

  const wrong = wrongAddress(url, telegram.settings.httpsWebhooksOnly)
  if (wrong) return badRequest(`bad webhook: ${wrong}`)
  const secretToken = readSecret(parameters.secret_token)
  if (typeof secretToken === 'object') return secretToken
  const maxConnections = integer(parameters.max_connections) ?? 40
  const target: WebhookTarget = {
    url,
    secretToken,
    maxConnections: maxConnections >= 1 && maxConnections <= 100 ? maxConnections : 40,
    ipAddress: parameters.ip_address ? String(parameters.ip_address) : undefined,
  }

  const now = telegram.webhooks.state(bot)
  const isSame = now.target && JSON.stringify(now.target) === JSON.stringify(target)
  const asksNothingElse = parameters.allowed_updates === undefined && !isTrue(parameters.drop_pending_updates)
  if (isSame && asksNothingElse) return accept(true, 'Webhook is already set')
  if (telegram.clock.now() - now.setAt < SET_EVERY_MS) {
    return refuse(429, 'Too Many Requests: retry after 1', { retry_after: 1 })
  }
  applyAllowedUpdates(bot, parameters.allowed_updates)
  if (isTrue(parameters.drop_pending_updates)) bot.updates.clear()
  telegram.polls.end(bot, 'terminated by setWebhook request')
  telegram.webhooks.set(bot, target)
  return accept(true, 'Webhook was set')
}

export const deleteWebhook: Method = ({ telegram, bot, parameters }) => {
  if (isTrue(parameters.drop_pending_updates)) bot.updates.clear()
  if (!telegram.webhooks.state(bot).target) return accept(true, 'Webhook is already deleted')
  telegram.webhooks.set(bot, undefined)
  return accept(true, 'Webhook was deleted')
}

export const getWebhookInfo: Method = ({ telegram, bot }) => {
  const { target, lastError } = telegram.webhooks.state(bot)
  return accept({
    url: target?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: bot.updates.pending().length,
    ...(target && { max_connections: target.maxConnections }),
    ...(target?.ipAddress && { ip_address: target.ipAddress }),
    ...(lastError && {
      last_error_date: Math.floor(lastError.at / 1000),
      last_error_message: lastError.message,
    }),
    ...(bot.updates.allowed.length > 0 && { allowed_updates: bot.updates.allowed }),
  })
}

function wrongAddress(address: string, httpsOnly: boolean): string | undefined {
  if (!URL.canParse(address)) return 'invalid webhook URL specified'
  const url = new URL(address)
  if (!['http:', 'https:'].includes(url.protocol)) return 'invalid webhook URL specified'
  if (!httpsOnly) return undefined
  if (url.protocol !== 'https:') return 'An HTTPS URL must be provided for webhook'
  return PORTS.includes(url.port) ? undefined : 'Webhook can be set up only on ports 80, 88, 443 or 8443'
}

function readSecret(parameter: unknown): string | undefined | Refused {
  if (parameter === undefined || parameter === '') return undefined
  const secret = String(parameter)
  if (secret.length > 256) return badRequest('secret token is too long')
  return /^[A-Za-z0-9_-]+$/.test(secret) ? secret : badRequest('secret token contains unallowed characters')
}
