import { pageOf } from '../http/page-of.ts'
import type { Answer } from '../http/request.ts'
import { deliver, isWanted, unknownFilters } from '../shop/events/deliveries.ts'
import { BASE64, scramble } from '../shop/ids.ts'
import { presentDelivery, presentEndpoint } from '../shop/present.ts'
import { isRefusal, refuse, type Refusal } from '../shop/refusal.ts'
import type { Endpoint, Shop } from '../shop/state.ts'
import { sample } from './event-answers.ts'

const MOST_ENDPOINTS = 20
const DAY_S = 86_400

export const listWebhookEndpoints: Answer<'listWebhookEndpoints'> = (shop, { query }) => {
  const { data, nextCursor } = pageOf(shop.state.endpoints, query, ({ id }) => id)
  return { status: 200, body: { data: data.map((endpoint) => presentEndpoint(shop, endpoint)), nextCursor } }
}

export const createWebhookEndpoint: Answer<'createWebhookEndpoint'> = (shop, { body }) => {
  const { url, description = null, events = [], enabled = true } = body
  const checked = checkWish({ url, events })
  if (isRefusal(checked)) return checked
  if (shop.state.endpoints.length >= MOST_ENDPOINTS)
    return refuse('too-many-endpoints', { most: MOST_ENDPOINTS })
  const id = shop.newId('endpoint')
  const secret = newSecret(shop, id, 0)
  const endpoint: Endpoint = {
    id,
    url: checked,
    description,
    events,
    ...(enabled
      ? { status: 'enabled', disabledBecause: null }
      : { status: 'disabled', disabledBecause: 'owner' }),
    secrets: [{ value: secret, expiresAt: null }],
    createdAt: shop.now(),
    updatedAt: shop.now(),
  }
  shop.state.endpoints.push(endpoint)
  return { status: 201, body: { ...presentEndpoint(shop, endpoint), secret } }
}

export const getWebhookEndpoint: Answer<'getWebhookEndpoint'> = (shop, { path: { endpointId } }) => {
  const endpoint = find(shop, endpointId)
  return isRefusal(endpoint) ? endpoint : { status: 200, body: presentEndpoint(shop, endpoint) }
}

export const updateWebhookEndpoint: Answer<'updateWebhookEndpoint'> = (
  shop,
  { path: { endpointId }, body },
) => {
  const endpoint = find(shop, endpointId)
  if (isRefusal(endpoint)) return endpoint
  const { url = endpoint.url, events = endpoint.events, description, enabled } = body
  const checked = checkWish({ url, events })
  if (isRefusal(checked)) return checked
  Object.assign(endpoint, { url: checked, events, updatedAt: shop.now() })
  if (description !== undefined) endpoint.description = description
  if (enabled === true) Object.assign(endpoint, { status: 'enabled', disabledBecause: null })
  if (enabled === false) Object.assign(endpoint, { status: 'disabled', disabledBecause: 'owner' })
  for (const delivery of shop.state.deliveries)
    if (delivery.endpointId === endpointId)
      delivery.status = endpoint.status === 'enabled' ? 'waiting' : 'held'
  return { status: 200, body: presentEndpoint(shop, endpoint) }
}

export const deleteWebhookEndpoint: Answer<'deleteWebhookEndpoint'> = (shop, { path: { endpointId } }) => {
  const endpoint = find(shop, endpointId)
  if (isRefusal(endpoint)) return endpoint
  const { state } = shop
  state.endpoints = state.endpoints.filter(({ id }) => id !== endpointId)
  state.deliveries = state.deliveries.filter((delivery) => delivery.endpointId !== endpointId)
  return { status: 204 }
}

export const rotateWebhookSecret: Answer<'rotateWebhookSecret'> = (
  shop,
  { path: { endpointId }, body = {} },
) => {
  const { overlapSeconds = DAY_S, force = false } = body
  const endpoint = find(shop, endpointId)
  if (isRefusal(endpoint)) return endpoint
  const now = shop.now()
  const live = endpoint.secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
  const until = live.find(({ expiresAt }) => expiresAt !== null)?.expiresAt
  if (until != null && !force) return refuse('rotation-in-progress', { until: new Date(until).toISOString() })
  const older = live
    .filter(({ expiresAt }) => expiresAt === null && overlapSeconds > 0)
    .map(({ value }) => ({ value, expiresAt: now + overlapSeconds * 1_000 }))
  const secret = newSecret(shop, endpointId, now)
  endpoint.secrets = [{ value: secret, expiresAt: null }, ...older]
  return { status: 201, body: { ...presentEndpoint(shop, endpoint), secret } }
}

export const testWebhookEndpoint: Answer<'testWebhookEndpoint'> = (
  shop,
  { path: { endpointId }, body = {} },
) => {
  const endpoint = find(shop, endpointId)
  if (isRefusal(endpoint)) return endpoint
  if (endpoint.status === 'disabled') return refuse('endpoint-disabled', { endpointId })
  const event = sample(shop, body.type ?? 'webhook.test')
  return { status: 202, body: presentDelivery(deliver(shop, endpoint, event)) }
}

/** Done at once: what matches is on its way again. */
export const replayToWebhookEndpoint: Answer<'replayToWebhookEndpoint'> = (
  shop,
  { path: { endpointId }, body = {} },
) => {
  const { types = [], statuses = ['failed', 'never'] } = body
  const unknown = unknownFilters(types)
  if (unknown.length > 0) return refuse('event-type-unknown', { types: unknown })
  const endpoint = find(shop, endpointId)
  if (isRefusal(endpoint)) return endpoint
  if (endpoint.status === 'disabled') return refuse('endpoint-disabled', { endpointId })
  const { state } = shop
  const from = body.from ?? null
  const until = body.until ?? new Date(shop.now()).toISOString()
  const events = state.events.filter(({ id, type, timestamp }) => {
    const known = state.deliveries.find((one) => one.endpointId === endpointId && one.eventId === id)
    const isAmong = statuses.includes(
      known === undefined ? 'never' : known.status === 'held' ? 'held' : 'failed',
    )
    const isThen = (from === null || Date.parse(timestamp) >= Date.parse(from)) && Date.parse(timestamp) <= Date.parse(until) // prettier-ignore
    return isAmong && isThen && isWanted(types, type)
  })
  for (const event of events) deliver(shop, endpoint, event)
  const now = new Date(shop.now()).toISOString()
  const replay = {
    id: shop.newId('replay'),
    endpointId,
    state: 'finished' as const,
    eventsCount: events.length,
    replayedCount: events.length,
    from,
    until,
    types,
    statuses,
    createdAt: now,
    finishedAt: now,
  }
  state.replays.push(replay)
  return { status: 202, body: replay }
}

export const listWebhookReplays: Answer<'listWebhookReplays'> = ({ state: { replays } }, { query }) => {
  const { endpointId } = query
  const wanted = replays.filter((replay) => endpointId === undefined || replay.endpointId === endpointId)
  return { status: 200, body: pageOf(wanted, query, ({ id }) => id) }
}

export const getWebhookReplay: Answer<'getWebhookReplay'> = (
  { state: { replays } },
  { path: { replayId } },
) => {
  const replay = replays.find(({ id }) => id === replayId)
  return replay === undefined ? refuse('replay-not-found', { replayId }) : { status: 200, body: replay }
}

function find({ state: { endpoints } }: Shop, endpointId: string): Endpoint | Refusal {
  return endpoints.find(({ id }) => id === endpointId) ?? refuse('endpoint-not-found', { endpointId })
}

/** The address in one spelling, or why no event may go there. Only what the text says is judged. */
function checkWish({ url, events }: { url: string; events: string[] }): string | Refusal {
  const unknown = unknownFilters(events)
  if (unknown.length > 0) return refuse('event-type-unknown', { types: unknown })
  const because = (why: string) => refuse('webhook-url-refused', { because: why })
  if (!/^https?:\/\/[^/]/i.test(url.trim()) || !URL.canParse(url.trim()))
    return because(/^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? 'not-https' : 'malformed')
  const parsed = new URL(url.trim())
  if (parsed.username !== '' || parsed.password !== '') return because('credentials')
  if (/(^|\.)localhost$|^127\.|^10\.|^192\.168\.|^\[/.test(parsed.hostname)) return because('private-address')
  if (parsed.protocol !== 'https:') return because('not-https')
  if (!['', '443', '8443'].includes(parsed.port)) return because('port')
  parsed.hash = ''
  return parsed.href
}

function newSecret({ seed }: Shop, endpointId: string, at: number): string {
  return `whsec_${scramble(43, BASE64, seed, endpointId, at).replace(/.$/, 'A')}=`
}
