import type { components } from '@tapline/openapi'

export type PageInfo = components['schemas']['Page']
export type Look = components['schemas']['WidgetLook']
export type Greeting = NonNullable<Look['greetings']>[number]

const PATIENCE_MS = 5_000

/** What holds while the server has not said otherwise: a chat works without it. */
export const UNKNOWN_PAGE: PageInfo = {
  ...{ name: '', locale: 'ru', currency: 'RUB', widget: { offlineForm: false }, telegram: false },
  chat: { open: true, changesAt: null, requireIdentity: false, maxAttachmentBytes: 20_971_520 },
  bonuses: { percent: 0, maxSpendPercent: 0, spending: 'off', nominals: [] },
}

/** What the shop has chosen; why not where the server itself says that this page may not ask; nothing where it cannot be asked. */
export async function loadPage(url: string, key: string): Promise<PageInfo | string | undefined> {
  try {
    const response = await fetch(`${url}/v1/page`, {
      // Said although it is usual: a page may have given every object a method of its own.
      method: 'GET',
      headers: { authorization: `Bearer ${key}` },
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const told = (await response.json()) as (PageInfo & { detail?: string }) | null
    if (response.status === 401 || response.status === 403) return told?.detail
    // Something in between may answer in the server's place.
    return response.ok && told?.widget && told.chat && told.bonuses ? told : undefined
  } catch {
    return undefined
  }
}
